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

  private:
    Timestamp recordedAt(const SqliteStatement& row) const;

    const EventSql& m_sql;
    /// Separates a stream's type from its id, where no column tells the type; empty: it has none.
    std::string m_typeSeparator;
    bool m_hasCategory;
    Profile::Encoding m_timeEncoding;
    std::optional<JsonPointer> m_correlation;
    std::optional<JsonPointer> m_causation;
};

} // namespace rewindow
