// A row of a store as an event, by a profile's encodings.
#pragma once

#include "base/json_pointer.h"
#include "store/profile.h"
#include "store/recorded_event.h"
#include "store/sql/event_sql.h"

#include <cmath>
#include <optional>
#include <string>

namespace rewindow {

/// A Row is what a database's statement stands at: `text(column)`, `integer(column)`,
/// `isReal(column)` and `real(column)`, columns numbered from 0.
class EventRow {
  public:
    EventRow(const Profile& profile, const EventSql& sql);

    /// The row that a statement with EventSql's columns stands at.
    template <class Row>
    RecordedEvent event(const Row& row) const;
    /// The row that a statement of EventSql::headers() stands at; it holds until the next step.
    template <class Row>
    EventHeader header(const Row& row) const;

    // One part of such a row. What lies in metadata is put into `buffer`.
    template <class Row>
    StreamVersion version(const Row& row) const;
    template <class Row>
    Timestamp recordedAt(const Row& row) const;
    /// `column` is where the row has the aggregate's type, if the profile has it.
    template <class Row>
    std::string_view category(const Row& row, int column) const;
    template <class Row>
    std::string_view correlation(const Row& row, std::string& buffer) const;
    template <class Row>
    std::string_view causation(const Row& row, std::string& buffer) const;

    /// One stream by itself, as a statement of EventSql::streams() has it.
    template <class Row>
    StreamSummary summary(const Row& row) const;
    /// The type that a stream's name tells; empty where names tell none.
    std::string_view typeIn(std::string_view stream) const;

  private:
    /// Puts the ids that metadata holds into the texts; the buffers keep them.
    void readIds(RecordedEvent::Texts& texts, std::string& correlation,
                 std::string& causation) const;
    StreamSummary summaryOf(std::string_view stream, std::string_view type,
                            std::string_view id) const;
    static std::string_view idIn(std::string_view metadata, const JsonPointer& pointer,
                                 std::string& buffer);

    const EventSql& m_sql;
    /// Separates a stream's type from its id, where no column tells the type; empty: it has none.
    std::string m_typeSeparator;
    bool m_hasCategory;
    bool m_hasId;
    Profile::Encoding m_timeEncoding;
    std::optional<JsonPointer> m_correlation;
    std::optional<JsonPointer> m_causation;
};

template <class Row>
Timestamp EventRow::recordedAt(const Row& row) const {
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

template <class Row>
StreamVersion EventRow::version(const Row& row) const {
    return m_sql.version(row.integer(EventSql::Version));
}

template <class Row>
std::string_view EventRow::category(const Row& row, int column) const {
    return m_hasCategory ? row.text(column) : typeIn(row.text(EventSql::Stream));
}

template <class Row>
std::string_view EventRow::correlation(const Row& row, std::string& buffer) const {
    return m_correlation ? idIn(row.text(EventSql::Metadata), *m_correlation, buffer)
                         : row.text(EventSql::Correlation);
}

template <class Row>
std::string_view EventRow::causation(const Row& row, std::string& buffer) const {
    return m_causation ? idIn(row.text(EventSql::Metadata), *m_causation, buffer)
                       : row.text(EventSql::Causation);
}

template <class Row>
EventHeader EventRow::header(const Row& row) const {
    return {GlobalPosition(row.integer(EventSql::Position)),
            version(row),
            recordedAt(row),
            row.text(EventSql::Stream),
            row.text(EventSql::HeaderType),
            category(row, EventSql::HeaderCategory)};
}

template <class Row>
RecordedEvent EventRow::event(const Row& row) const {
    RecordedEvent::Texts texts{row.text(EventSql::Stream),   row.text(EventSql::Id),
                               row.text(EventSql::Type),     row.text(EventSql::Data),
                               row.text(EventSql::Metadata), row.text(EventSql::Correlation),
                               row.text(EventSql::Causation)};
    std::string correlation;
    std::string causation;
    readIds(texts, correlation, causation);
    return RecordedEvent(GlobalPosition(row.integer(EventSql::Position)), version(row),
                         recordedAt(row), texts);
}

template <class Row>
StreamSummary EventRow::summary(const Row& row) const {
    enum { Name, Events, Version, Type, Id };
    StreamSummary summary = summaryOf(row.text(Name), row.text(Type), row.text(Id));
    summary.events = row.integer(Events);
    summary.version = m_sql.version(row.integer(Version));
    return summary;
}

} // namespace rewindow
