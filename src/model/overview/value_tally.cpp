// A hash table of values, up to a limit.
#include "model/overview/value_tally.h"

#include "base/json.h"

#include <algorithm>

namespace rewindow {

namespace {

constexpr std::size_t kMostShown = 200;

/// `utf8` cut where a character ends.
std::string shortened(std::string_view utf8) {
    if (utf8.size() <= kMostShown)
        return std::string(utf8);
    constexpr unsigned char kContinuation = 0x80;
    constexpr unsigned char kContinuationMask = 0xc0;
    std::size_t end = kMostShown;
    while (end > 0 && (static_cast<unsigned char>(utf8[end]) & kContinuationMask) == kContinuation)
        --end;
    return std::string(utf8.substr(0, end)) + "…";
}

/// The text by which a value is counted.
std::string shown(const Json& value) {
    switch (value.kind()) {
    case Json::Kind::Array:
        return "[…]";
    case Json::Kind::Object:
        return "{…}";
    default:
        return shortened(value.dump());
    }
}

} // namespace

void ValueTally::add(std::string value, qint64 count) {
    if (const auto known = m_counts.find(value); known != m_counts.end())
        known->second += count;
    else if (m_counts.size() < m_most)
        m_counts.emplace(std::move(value), count);
    else
        m_untold += count;
}

Facet ValueTally::facet(std::size_t most) const {
    std::vector<std::pair<std::string_view, qint64>> counts(m_counts.begin(), m_counts.end());
    const auto end = counts.begin() + std::ptrdiff_t(std::min(most, counts.size()));
    std::partial_sort(counts.begin(), end, counts.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    Facet facet;
    facet.distinct = qint64(counts.size()) + (m_untold > 0 ? 1 : 0);
    facet.isCapped = m_untold > 0;
    facet.others = m_untold;
    for (auto each = counts.begin(); each != counts.end(); ++each) {
        if (each < end)
            facet.values.push_back({toQString(each->first), each->second});
        else
            facet.others += each->second;
    }
    return facet;
}

std::optional<std::string> ValueFinder::operator()(const RecordedEvent& event) const {
    using Source = ValueFacetRequest::Source;
    if (m_source == Source::CorrelationId)
        return event.correlationId().empty() ? std::nullopt
                                             : std::optional(shortened(event.correlationId()));
    const std::string_view text = m_source == Source::Data ? event.data() : event.metadata();
    if (!mayHold(text))
        return std::nullopt;
    const auto parsed = Json::parse(text);
    const Json* value = parsed ? m_pointer.in(*parsed) : nullptr;
    return value == nullptr ? std::nullopt : std::optional(shown(*value));
}

/// Spares parsing where the last key does not even occur. An escape may hide one.
bool ValueFinder::mayHold(std::string_view text) const {
    if (text.empty() || m_pointer.isRoot())
        return !text.empty();
    const std::string& key = m_pointer.tokens().back();
    const bool isIndex = key.find_first_not_of("0123456789") == std::string::npos;
    return isIndex || text.find(key) != std::string_view::npos ||
           text.find('\\') != std::string_view::npos;
}

} // namespace rewindow
