// Decoding a row: numbers, times, and the ids that lie inside metadata.
#include "store/sqlite/event_row.h"

#include "base/json.h"

#include <cmath>
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

/// The text at `pointer`, kept in `buffer`.
std::string_view idIn(std::string_view metadata, const JsonPointer& pointer, std::string& buffer) {
    buffer.clear();
    if (mayHold(metadata, pointer))
        if (const auto parsed = Json::parse(metadata))
            buffer = textAt(*parsed, pointer);
    return buffer;
}

} // namespace

EventRow::EventRow(const Profile& profile, const EventSql& sql)
    : m_sql(sql)
    , m_typeSeparator(profile.typeSeparator.toStdString())
    , m_hasCategory(profile.aggregateType.isPresent())
    , m_timeEncoding(profile.recordedAt.encoding)
    , m_correlation(pointerOf(profile.correlationPointer))
    , m_causation(pointerOf(profile.causationPointer)) {}

Timestamp EventRow::recordedAt(const SqliteStatement& row) const {
    using Encoding = Profile::Encoding;
    const auto scaled = [&row](qint64 microseconds) {
        if (!row.isReal(EventSql::RecordedAt))
            return Timestamp(row.integer(EventSql::RecordedAt) * microseconds);
        return Timestamp(
            std::llround(row.real(EventSql::RecordedAt) * static_cast<double>(microseconds)));
    };
    switch (m_timeEncoding) {
    case Encoding::EpochMicroseconds:
        return scaled(1);
    case Encoding::EpochMilliseconds:
        return scaled(1'000);
    case Encoding::EpochSeconds:
        return scaled(1'000'000);
    default:
        // A time nobody can read is no reason to withhold the event.
        return Timestamp::parse(row.text(EventSql::RecordedAt)).value_or(Timestamp());
    }
}

StreamVersion EventRow::version(const SqliteStatement& row) const {
    return m_sql.version(row.integer(EventSql::Version));
}

std::string_view EventRow::category(const SqliteStatement& row, int column) const {
    if (m_hasCategory)
        return row.text(column);
    const std::string_view stream = row.text(EventSql::Stream);
    const std::size_t end =
        m_typeSeparator.empty() ? std::string_view::npos : stream.find(m_typeSeparator);
    return end == std::string_view::npos ? std::string_view() : stream.substr(0, end);
}

std::string_view EventRow::correlation(const SqliteStatement& row, std::string& buffer) const {
    return m_correlation ? idIn(row.text(EventSql::Metadata), *m_correlation, buffer)
                         : row.text(EventSql::Correlation);
}

std::string_view EventRow::causation(const SqliteStatement& row, std::string& buffer) const {
    return m_causation ? idIn(row.text(EventSql::Metadata), *m_causation, buffer)
                       : row.text(EventSql::Causation);
}

EventHeader EventRow::header(const SqliteStatement& row) const {
    return {GlobalPosition(row.integer(EventSql::Position)),
            version(row),
            recordedAt(row),
            row.text(EventSql::Stream),
            row.text(EventSql::HeaderType),
            category(row, EventSql::HeaderCategory)};
}

RecordedEvent EventRow::event(const SqliteStatement& row) const {
    RecordedEvent::Texts texts{row.text(EventSql::Stream),   row.text(EventSql::Id),
                               row.text(EventSql::Type),     row.text(EventSql::Data),
                               row.text(EventSql::Metadata), row.text(EventSql::Correlation),
                               row.text(EventSql::Causation)};
    std::string correlation;
    std::string causation;
    const std::string_view metadata =
        texts[static_cast<std::size_t>(RecordedEvent::Text::Metadata)];
    if (mayHold(metadata, m_correlation) || mayHold(metadata, m_causation)) {
        if (const auto parsed = Json::parse(metadata)) {
            correlation = textAt(*parsed, m_correlation);
            causation = textAt(*parsed, m_causation);
        }
        if (m_correlation)
            texts[static_cast<std::size_t>(RecordedEvent::Text::CorrelationId)] = correlation;
        if (m_causation)
            texts[static_cast<std::size_t>(RecordedEvent::Text::CausationId)] = causation;
    }
    return RecordedEvent(GlobalPosition(row.integer(EventSql::Position)), version(row),
                         recordedAt(row), texts);
}

} // namespace rewindow
