// Writing view tables, their histories and checkpoints in PostgreSQL, in one transaction.
#pragma once

#include "store/postgres/pg_transaction.h"
#include "store/postgres/pg_view_queries.h"
#include "store/sql/server_view_transaction.h"

namespace rewindow {

class PgViewTransaction final : public ServerViewTransaction<PgViewQueries> {
  public:
    /// `rebuilt`: the views that are written to their shadow tables, to be swapped in by commit().
    PgViewTransaction(PgViewQueries& queries, PgTransaction transaction,
                      std::vector<ViewSchema> rebuilt = {});

    Result<void> commit() override;

  private:
    QString orUpdate(const QString& key, const QStringList& columns) const override;
    QString truth() const override { return QStringLiteral("(?<>0)"); }
    /// The statements that put a view's shadow in its place.
    QStringList swapIn(const ViewSchema& schema) const;

    PgTransaction m_transaction;
};

/// The statements that make a view's table, its history unless it is a companion, and its indexes.
QStringList pgCreateView(const PgViewQueries& queries, const ViewSchema& schema,
                         const QString& table);
QStringList pgDropView(const PgViewQueries& queries, const QString& table);

} // namespace rewindow
