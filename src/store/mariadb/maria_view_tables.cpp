// View tables in a MariaDB store of our own schema.
#include "store/mariadb/maria_view_tables.h"

#include "store/mariadb/maria_connection.h"
#include "store/mariadb/maria_named_lock.h"
#include "store/mariadb/maria_view_queries.h"
#include "store/mariadb/maria_view_transaction.h"
#include "store/sql/sql_view_tables.h"

#include <QThread>

namespace rewindow {

using namespace viewsql;

namespace {

/// A table's name has at most 64 characters, that of a history's shadow included.
constexpr qsizetype kLongestName = 45;
const QString kMakingViews = QStringLiteral("rewindow: making views of ");
/// While another puts a view in place.
constexpr int kMostAttempts = 300;
constexpr unsigned long kBetweenAttemptsMs = 20;

class MariaViewTables final : public SqlViewTables<MariaViewQueries> {
  public:
    MariaViewTables(MariaConnection& connection, bool writable)
        : SqlViewTables(writable)
        , m_connection(connection)
        , m_queries(connection) {}

    Result<std::unique_ptr<ViewTransaction>> begin() override;
    Result<std::unique_ptr<ViewTransaction>>
    beginRebuild(const std::vector<ViewSchema>& schemas) override;

  private:
    MariaViewQueries& queries() override { return m_queries; }
    QString storeName() const override { return m_connection.name(); }
    Result<void> checkNames(const std::vector<ViewSchema>& schemas) const override {
        return checkSchemas(schemas, QStringLiteral("MariaDB"), kLongestName);
    }
    Result<void> makeMissing(const std::vector<ViewSchema>& schemas) override;

    /// Begins a transaction in which no other writes to views.
    Result<MariaTransaction> beginWriting();
    Result<void> run(const QStringList& statements);
    /// Makes the view and its companions anew, of whatever is left of them.
    Result<void> make(const std::vector<ViewSchema>& schemas, const QString& view);

    MariaConnection& m_connection;
    MariaViewQueries m_queries;
};

Result<MariaTransaction> MariaViewTables::beginWriting() {
    const bool isPart = m_connection.isInTransaction();
    for (int attempt = 1;; ++attempt) {
        auto transaction = isPart ? MariaTransaction::beginPart(m_connection)
                                  : MariaTransaction::begin(m_connection);
        if (!transaction)
            return transaction;
        // An append that goes on holds other writers up: it does not wait for a view that is being
        // rebuilt, which is caught up afterwards.
        const auto places = m_connection.execute(
            QStringLiteral("SELECT position FROM view_checkpoints FOR UPDATE") +
            (isPart ? QStringLiteral(" NOWAIT") : QString()));
        if (!places && (isPart || !m_connection.hadToGiveWay() || attempt == kMostAttempts))
            return std::unexpected(places.error());
        bool isMoving = !places.has_value();
        for (int row = 0; places && row < places->rows(); ++row)
            isMoving = isMoving || places->integer(row, 0) < 0;
        if (!isMoving)
            return transaction;
        if (isPart || attempt == kMostAttempts)
            return fail(
                Error::Kind::Storage,
                QStringLiteral("a view of %1 is being put in place").arg(m_connection.name()),
                QStringLiteral("try it again"));
        transaction = std::unexpected(Error());
        QThread::msleep(kBetweenAttemptsMs);
    }
}

Result<void> MariaViewTables::run(const QStringList& statements) {
    for (const QString& statement : statements)
        if (const auto done = m_connection.run(statement); !done)
            return done;
    return {};
}

Result<void> MariaViewTables::make(const std::vector<ViewSchema>& schemas, const QString& view) {
    // A statement that makes a table commits. Until the last one the view has no checkpoint, so
    // that half a view is made again.
    const auto forgotten = m_connection.execute(
        {QStringLiteral("UPDATE view_checkpoints SET position=-1 WHERE name=?"), {view}});
    if (!forgotten)
        return std::unexpected(forgotten.error());
    for (const ViewSchema& schema : schemas)
        if (viewOf(schema) == view)
            if (const auto made =
                    run(mariaDropView(schema.name) + mariaCreateView(schema, schema.name));
                !made)
                return made;
    return setMariaCheckpoint(m_connection, view, GlobalPosition(0));
}

Result<void> MariaViewTables::makeMissing(const std::vector<ViewSchema>& schemas) {
    if (const auto writable = checkWritable(); !writable)
        return writable;
    if (m_connection.isInTransaction())
        return fail(
            Error::Kind::Usage,
            QStringLiteral("no view of %1 can be made inside an append").arg(m_connection.name()));
    const auto lock = MariaNamedLock::take(m_connection, kMakingViews);
    if (!lock)
        return std::unexpected(lock.error());
    // Another process may have made them since.
    const auto missing = missingOf(schemas);
    if (!missing)
        return std::unexpected(missing.error());
    for (const QString& view : *missing)
        if (const auto made = make(schemas, view); !made)
            return made;
    return {};
}

Result<std::unique_ptr<ViewTransaction>> MariaViewTables::begin() {
    if (const auto writable = checkWritable(); !writable)
        return std::unexpected(writable.error());
    auto transaction = beginWriting();
    if (!transaction)
        return std::unexpected(transaction.error());
    return std::make_unique<MariaViewTransaction>(m_queries, std::move(*transaction));
}

Result<std::unique_ptr<ViewTransaction>>
MariaViewTables::beginRebuild(const std::vector<ViewSchema>& schemas) {
    if (const auto checked = checkNames(schemas); !checked)
        return std::unexpected(checked.error());
    if (const auto writable = checkWritable(); !writable)
        return std::unexpected(writable.error());
    auto lock = MariaNamedLock::take(m_connection, kMakingViews);
    if (!lock)
        return std::unexpected(lock.error());
    for (const ViewSchema& schema : schemas) {
        const QString shadow = shadowOf(schema.name);
        if (const auto made = run(mariaDropView(shadow) + mariaCreateView(schema, shadow)); !made)
            return std::unexpected(made.error());
    }
    auto transaction = beginWriting();
    if (!transaction)
        return std::unexpected(transaction.error());
    return std::make_unique<MariaViewTransaction>(m_queries, std::move(*transaction), schemas,
                                                  std::move(*lock));
}

} // namespace

std::unique_ptr<ViewTables> makeMariaViewTables(MariaConnection& connection, bool writable) {
    return std::make_unique<MariaViewTables>(connection, writable);
}

} // namespace rewindow
