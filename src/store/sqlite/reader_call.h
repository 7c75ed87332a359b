// Of SqliteEventReader: one call from outside.
#pragma once

#include "store/sqlite/sqlite_event_reader.h"

namespace rewindow {

/// Looks after the file first, where no other call is under way, and lets `cancel` interrupt what
/// this call steps; not what its visitor does on the same connection.
class SqliteEventReader::Call {
  public:
    Call(SqliteEventReader& reader, const CancelToken& cancel);
    ~Call();
    Q_DISABLE_COPY_MOVE(Call)

    explicit operator bool() const { return m_ready.has_value(); }
    std::unexpected<Error> failure() const { return std::unexpected(m_ready.error()); }

  private:
    static int shallStop(void* context);

    SqliteEventReader& m_reader;
    const CancelToken* m_outer;
    Result<void> m_ready;
};

} // namespace rewindow
