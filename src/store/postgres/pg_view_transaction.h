// Writing view tables, their histories and checkpoints in PostgreSQL, in one transaction.
#pragma once

#include "store/postgres/pg_transaction.h"
#include "store/postgres/pg_view_queries.h"

#include <QHash>

namespace rewindow {

class PgViewTransaction final : public ViewTransaction {
  public:
    /// `rebuilt`: the views that are written to their shadow tables, to be swapped in by commit().
    PgViewTransaction(PgViewQueries& queries, PgTransaction transaction,
                      std::vector<ViewSchema> rebuilt = {});

    Result<ViewStatus> status(const QString& view) override;
    Result<std::vector<ViewRow>> rows(const QString& view, const RowQuery& query) override;
    Result<void> apply(const QString& view, const std::vector<RowChange>& changes) override;
    Result<void> setCheckpoint(const QString& view, GlobalPosition checkpoint) override;
    Result<void> setPaused(const QString& view, bool paused) override;
    Result<void> commit() override;

  private:
    struct Table {
        QString name;
        ViewSchema schema;
        bool hasHistory = false;
    };

    QString tableOf(const QString& view) const;
    /// Fails with NotFound where there is none.
    Result<const Table*> table(const QString& view);
    Result<void> applyToRow(const Table& table, const QString& id,
                            const std::vector<const RowChange*>& changes);
    Result<void> write(const BoundSql& sql);
    /// The statements that put a view's shadow in its place.
    QStringList swapIn(const ViewSchema& schema) const;

    PgViewQueries& m_queries;
    PgTransaction m_transaction;
    std::vector<ViewSchema> m_rebuilt;
    QHash<QString, Table> m_tables; ///< by view
};

/// The statements that make a view's table, its history unless it is a companion, and its indexes.
QStringList pgCreateView(const PgViewQueries& queries, const ViewSchema& schema,
                         const QString& table);
QStringList pgDropView(const PgViewQueries& queries, const QString& table);

} // namespace rewindow
