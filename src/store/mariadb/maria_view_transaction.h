// Writing view tables, their histories and checkpoints in MariaDB, in one transaction.
#pragma once

#include "store/mariadb/maria_named_lock.h"
#include "store/mariadb/maria_transaction.h"
#include "store/mariadb/maria_view_queries.h"

#include <QHash>

#include <map>
#include <optional>

namespace rewindow {

/// A statement that makes, drops or renames a table commits, so that a rebuild is no transaction as
/// a whole. Its shadow tables are filled in one that also puts the checkpoints of their views to
/// -1: these views are being put in place, and nobody else writes to them. Then all tables are
/// renamed at once, and the checkpoints are put to where the rebuild ended. Whatever is cut off in
/// between leaves views without a checkpoint, which are made anew.
class MariaViewTransaction final : public ViewTransaction {
  public:
    struct Rebuild {
        std::vector<ViewSchema> schemas;
        std::map<QString, GlobalPosition> checkpoints;
        MariaNamedLock lock;
    };

    /// `rebuild`: the views that are written to their shadow tables, to be put in place by
    /// commit().
    MariaViewTransaction(MariaViewQueries& queries, MariaTransaction transaction,
                         std::optional<Rebuild> rebuild = std::nullopt);
    ~MariaViewTransaction() override;

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

    bool isRebuilt(const QString& view) const;
    QString tableOf(const QString& view) const;
    /// Fails with NotFound where there is none.
    Result<const Table*> table(const QString& view);
    Result<void> applyToRow(const Table& table, const QString& id,
                            const std::vector<const RowChange*>& changes);
    Result<void> write(const BoundSql& sql);
    Result<void> putInPlace();

    MariaViewQueries& m_queries;
    std::optional<Rebuild> m_rebuild;
    std::optional<MariaTransaction> m_transaction;
    QHash<QString, Table> m_tables; ///< by view
};

/// The statements that make a view's table, its history unless it is a companion, and its indexes.
QStringList mariaCreateView(const ViewSchema& schema, const QString& table);
QStringList mariaDropView(const QString& table);
/// By itself, not in a transaction; whether the view is paused stays as it was.
Result<void> setMariaCheckpoint(MariaConnection& connection, const QString& view,
                                GlobalPosition checkpoint);

} // namespace rewindow
