// Writing view tables, their histories and checkpoints in MariaDB, in one transaction.
#pragma once

#include "store/mariadb/maria_named_lock.h"
#include "store/mariadb/maria_transaction.h"
#include "store/mariadb/maria_view_queries.h"
#include "store/sql/server_view_transaction.h"

#include <map>
#include <optional>

namespace rewindow {

/// A statement that makes, drops or renames a table commits, so that a rebuild is no transaction as
/// a whole. Its shadow tables are filled in one that also puts the checkpoints of their views to
/// -1: these views are being put in place, and nobody else writes to them. Then all tables are
/// renamed at once, and the checkpoints are put to where the rebuild ended. Whatever is cut off in
/// between leaves views without a checkpoint, which are made anew.
class MariaViewTransaction final : public ServerViewTransaction<MariaViewQueries> {
  public:
    MariaViewTransaction(MariaViewQueries& queries, MariaTransaction transaction);
    /// `rebuilt`: the views that are written to their shadow tables, to be put in place by
    /// commit(), while `lock` keeps others from making views.
    MariaViewTransaction(MariaViewQueries& queries, MariaTransaction transaction,
                         std::vector<ViewSchema> rebuilt, MariaNamedLock lock);
    ~MariaViewTransaction() override;

    Result<ViewStatus> status(const QString& view) override;
    Result<void> setCheckpoint(const QString& view, GlobalPosition checkpoint) override;
    Result<void> commit() override;

  private:
    QString orUpdate(const QString& key, const QStringList& columns) const override;
    QString truth() const override { return QStringLiteral("?"); }
    Result<void> putInPlace();

    std::optional<MariaNamedLock> m_lock; ///< of a rebuild
    std::optional<MariaTransaction> m_transaction;
    std::map<QString, GlobalPosition> m_checkpoints; ///< of the views that are rebuilt
};

/// The statements that make a view's table, its history unless it is a companion, and its indexes.
QStringList mariaCreateView(const ViewSchema& schema, const QString& table);
QStringList mariaDropView(const QString& table);
/// By itself, not in a transaction; whether the view is paused stays as it was.
Result<void> setMariaCheckpoint(MariaConnection& connection, const QString& view,
                                GlobalPosition checkpoint);

} // namespace rewindow
