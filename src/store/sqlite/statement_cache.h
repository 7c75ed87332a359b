// Prepared statements kept for the next time, each used by one call at a time.
#pragma once

#include "store/sqlite/sqlite_statement.h"

#include <QHashFunctions>
#include <QString>

#include <memory>
#include <unordered_map>

namespace rewindow {

class StatementCache {
  public:
    explicit StatementCache(SqliteConnection& connection) : m_connection(connection) {}

    /// A statement on loan: goes back into the cache, reset, when it is destroyed.
    class Loan {
      public:
        Loan(Loan&& other) = default;
        Loan& operator=(Loan&&) = delete;
        ~Loan();
        SqliteStatement& operator*() { return *m_statement; }
        SqliteStatement* operator->() { return m_statement.get(); }

      private:
        friend class StatementCache;
        Loan(StatementCache& cache, QString sql, std::unique_ptr<SqliteStatement> statement)
            : m_cache(&cache)
            , m_sql(std::move(sql))
            , m_statement(std::move(statement)) {}
        StatementCache* m_cache;
        QString m_sql;
        std::unique_ptr<SqliteStatement> m_statement;
    };

    Result<Loan> take(const QString& sql);
    void clear() { m_idle.clear(); }

  private:
    SqliteConnection& m_connection;
    std::unordered_map<QString, std::unique_ptr<SqliteStatement>> m_idle;
};

} // namespace rewindow
