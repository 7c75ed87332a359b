// Writing view tables, their histories and checkpoints in one transaction.
#pragma once

#include "store/sqlite/immediate_transaction.h"
#include "store/sqlite/sqlite_statement.h"
#include "store/sqlite/view_queries.h"
#include "store/view_tables.h"

#include <QHash>
#include <QSet>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace rewindow {

class SqliteConnection;

/// What is needed to write one view's table: its shape and its statements.
struct ViewTableStatements {
    QString table;
    ViewSchema schema;
    SqliteStatement select;
    SqliteStatement insert;
    SqliteStatement update;
    /// Sets what is not indexed: leaves the pages of indexes alone.
    SqliteStatement updatePlain;
    SqliteStatement remove;
    std::optional<SqliteStatement> history; ///< companions have none

    static Result<ViewTableStatements> prepare(SqliteConnection& connection,
                                               const ViewSchema& schema, const QString& table,
                                               bool hasHistory);
};

/// The statements of a connection's views, kept from one transaction to the next for as long as the
/// database's schema stays as it was.
class ViewStatements {
  public:
    explicit ViewStatements(SqliteConnection& connection)
        : m_connection(connection)
        , m_queries(connection) {}

    SqliteConnection& connection() { return m_connection; }
    ViewQueries& queries() { return m_queries; }
    /// To be called when a transaction has begun. Forgets all that another schema made stale.
    Result<void> revalidate();
    /// Of `table`, which holds `view`. Fails with NotFound where there is none.
    Result<ViewTableStatements*> of(const QString& view, const QString& table);
    Result<SqliteStatement*> statement(const QString& sql);
    void forget();

  private:
    SqliteConnection& m_connection;
    ViewQueries m_queries;
    std::optional<qint64> m_schemaVersion;
    QHash<QString, std::shared_ptr<ViewTableStatements>> m_tables;
    QHash<QString, std::shared_ptr<SqliteStatement>> m_statements;
};

class SqliteViewTransaction final : public ViewTransaction {
  public:
    /// `rebuilt`: the views that are written to their shadow tables, to be swapped in by commit().
    SqliteViewTransaction(ViewStatements& statements, ImmediateTransaction transaction,
                          std::vector<ViewSchema> rebuilt = {});
    ~SqliteViewTransaction() override;

    Result<ViewStatus> status(const QString& view) override;
    Result<std::vector<ViewRow>> rows(const QString& view, const RowQuery& query) override;
    Result<void> apply(const QString& view, const std::vector<RowChange>& changes) override;
    Result<void> setCheckpoint(const QString& view, GlobalPosition checkpoint) override;
    Result<void> setPaused(const QString& view, bool paused) override;
    Result<void> commit() override;

  private:
    QString tableOf(const QString& view) const;
    Result<std::optional<ViewRow>> row(ViewTableStatements& table, const QString& id);
    Result<void> applyToRow(ViewTableStatements& table, const QString& id,
                            const std::vector<const RowChange*>& changes);
    Result<void> setInCheckpoint(const QString& view, const QString& column, qint64 value);
    Result<void> swapIn(const ViewSchema& schema);

    ViewStatements& m_statements;
    std::optional<ImmediateTransaction> m_transaction;
    std::vector<ViewSchema> m_rebuilt;
};

} // namespace rewindow
