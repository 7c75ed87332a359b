// A row of a store as an event, by a profile's encodings.
#pragma once

#include "base/json_pointer.h"
#include "store/profile.h"
#include "store/recorded_event.h"
#include "store/sqlite/event_sql.h"
#include "store/sqlite/sqlite_statement.h"

#include <optional>
#include <string>

namespace rewindow {

class EventRow {
  public:
    EventRow(const Profile& profile, const EventSql& sql);

    /// The row that a statement with EventSql's columns stands at.
    RecordedEvent event(const SqliteStatement& row) const;
    /// The row that a statement of EventSql::headers() stands at; it holds until the next step.
    EventHeader header(const SqliteStatement& row) const;

    // One part of such a row. What lies in metadata is put into `buffer`.
    StreamVersion version(const SqliteStatement& row) const;
    Timestamp recordedAt(const SqliteStatement& row) const;
    /// `column` is where the row has the aggregate's type, if the profile has it.
    std::string_view category(const SqliteStatement& row, int column) const;
    std::string_view correlation(const SqliteStatement& row, std::string& buffer) const;
    std::string_view causation(const SqliteStatement& row, std::string& buffer) const;

  private:
    const EventSql& m_sql;
    /// Separates a stream's type from its id, where no column tells the type; empty: it has none.
    std::string m_typeSeparator;
    bool m_hasCategory;
    Profile::Encoding m_timeEncoding;
    std::optional<JsonPointer> m_correlation;
    std::optional<JsonPointer> m_causation;
};

} // namespace rewindow
