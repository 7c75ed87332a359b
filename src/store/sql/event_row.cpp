// Decoding a row: numbers, times, and the ids that lie inside metadata.
#include "store/sql/event_row.h"

#include "base/json.h"

#include <string>

namespace rewindow {

namespace {

std::optional<JsonPointer> pointerOf(const QString& text) {
    if (text.isEmpty())
        return std::nullopt;
    const auto pointer = JsonPointer::parse(text.toStdString());
    return pointer ? std::optional(*pointer) : std::nullopt;
}

std::string textAt(const Json& metadata, const std::optional<JsonPointer>& pointer) {
    const Json* value = pointer ? pointer->in(metadata) : nullptr;
    return value != nullptr ? std::string(value->text()) : std::string();
}

/// Whether `metadata` may hold the key that `pointer` ends in; spares parsing where it cannot.
bool mayHold(std::string_view metadata, const std::optional<JsonPointer>& pointer) {
    if (!pointer || metadata.empty())
        return false;
    return pointer->isRoot() || metadata.find('\\') != std::string_view::npos ||
           metadata.find(pointer->tokens().back()) != std::string_view::npos;
}

} // namespace

EventRow::EventRow(const Profile& profile, const EventSql& sql)
    : m_sql(sql)
    , m_typeSeparator(profile.typeSeparator.toStdString())
    , m_hasCategory(profile.aggregateType.isPresent())
    , m_hasId(profile.aggregateId.isPresent())
    , m_timeEncoding(sql.timeEncoding())
    , m_correlation(pointerOf(profile.correlationPointer))
    , m_causation(pointerOf(profile.causationPointer)) {}

std::string_view EventRow::idIn(std::string_view metadata, const JsonPointer& pointer,
                                std::string& buffer) {
    buffer.clear();
    if (mayHold(metadata, pointer))
        if (const auto parsed = Json::parse(metadata))
            buffer = textAt(*parsed, pointer);
    return buffer;
}

void EventRow::readIds(RecordedEvent::Texts& texts, std::string& correlation,
                       std::string& causation) const {
    const std::string_view metadata =
        texts[static_cast<std::size_t>(RecordedEvent::Text::Metadata)];
    if (!mayHold(metadata, m_correlation) && !mayHold(metadata, m_causation))
        return;
    if (const auto parsed = Json::parse(metadata)) {
        correlation = textAt(*parsed, m_correlation);
        causation = textAt(*parsed, m_causation);
    }
    if (m_correlation)
        texts[static_cast<std::size_t>(RecordedEvent::Text::CorrelationId)] = correlation;
    if (m_causation)
        texts[static_cast<std::size_t>(RecordedEvent::Text::CausationId)] = causation;
}

std::string_view EventRow::typeIn(std::string_view stream) const {
    const std::size_t end =
        m_typeSeparator.empty() ? std::string_view::npos : stream.find(m_typeSeparator);
    return end == std::string_view::npos ? std::string_view() : stream.substr(0, end);
}

StreamSummary EventRow::summaryOf(std::string_view stream, std::string_view type,
                                  std::string_view id) const {
    StreamSummary summary;
    summary.stream = toQString(stream);
    if (!m_hasCategory)
        type = typeIn(stream);
    summary.type = toQString(type);
    const std::string prefix = std::string(type) + m_typeSeparator;
    if (m_hasId)
        summary.id = toQString(id);
    else if (!m_typeSeparator.empty() && stream.starts_with(prefix))
        summary.id = toQString(stream.substr(prefix.size()));
    else
        summary.id = summary.stream;
    return summary;
}

} // namespace rewindow
