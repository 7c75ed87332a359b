// A prepared statement of a MariaDB session: its parameters, and the row it stands at.
#pragma once

#include "store/mariadb/maria_result.h"
#include "store/sql/bound_sql.h"

#include <memory>

struct st_mysql;
struct st_mysql_stmt;

namespace rewindow {

/// Keeps what libmariadb reads parameters from and writes rows to. Asking the server is up to the
/// session.
class MariaStatement {
  public:
    explicit MariaStatement(st_mysql* connection);
    ~MariaStatement();
    Q_DISABLE_COPY_MOVE(MariaStatement)

    st_mysql_stmt* handle() const { return m_handle.get(); }
    /// Before each execution; the values are copied. False: the statement has another number of
    /// parameters.
    bool bind(const BoundSql::Values& values);
    /// After it; 0: it answers with no rows.
    std::size_t beginRows();
    /// The row that was fetched last; it holds until the next.
    MariaRow row();

  private:
    struct Close {
        void operator()(st_mysql_stmt* handle) const;
    };
    struct Buffers;

    std::unique_ptr<st_mysql_stmt, Close> m_handle;
    std::unique_ptr<Buffers> m_buffers;
};

} // namespace rewindow
