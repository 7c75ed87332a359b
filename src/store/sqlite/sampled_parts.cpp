// Giving out parts, and adding them up as soon as those before them are there.
#include "store/sqlite/sampled_parts.h"

#include <algorithm>

namespace rewindow {

namespace {

// Enough for threads of unequal speed to end together; what is waiting stays small.
constexpr qint64 kParts = 256;
// Fewer cost more to ask for than to look at.
constexpr qint64 kFewestPositions = 4096;

} // namespace

SampledParts::SampledParts(GlobalPosition first, GlobalPosition last, qint64 step)
    : m_first(first.value())
    , m_last(last.value())
    , m_length(std::max((m_last - m_first) / kParts + 1, kFewestPositions))
    , m_step(std::min(step, m_last - m_first + 1)) {}

std::optional<SampledParts::Part> SampledParts::take() {
    const std::lock_guard lock(m_mutex);
    const qint64 first = m_first + m_taken * m_length;
    if (m_error || first > m_last)
        return std::nullopt;
    return Part{m_taken++,
                GlobalPosition(first),
                GlobalPosition(std::min(first + m_length - 1, m_last)),
                {}};
}

void SampledParts::giveBack(Part part) {
    const std::lock_guard lock(m_mutex);
    m_waiting.emplace(part.number, std::move(part));
    for (auto next = m_waiting.begin(); next != m_waiting.end() && next->first == m_added;
         next = m_waiting.erase(next), ++m_added)
        add(next->second);
}

void SampledParts::fail(const Error& error) {
    const std::lock_guard lock(m_mutex);
    if (!m_error)
        m_error = error;
}

void SampledParts::add(const Part& part) {
    const auto matches = static_cast<qint64>(part.matches.size());
    for (qint64 next = (m_step - m_samples.rows % m_step) % m_step; next < matches; next += m_step)
        m_samples.positions.emplace_back(part.first.value() +
                                         part.matches[static_cast<std::size_t>(next)]);
    m_samples.rows += matches;
}

Result<EventReader::PositionSamples> SampledParts::samples() {
    const std::lock_guard lock(m_mutex);
    if (m_error)
        return std::unexpected(*m_error);
    return std::move(m_samples);
}

} // namespace rewindow
