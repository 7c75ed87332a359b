// View tables in a PostgreSQL store of our own schema.
#include "store/postgres/pg_view_tables.h"

#include "store/postgres/pg_connection.h"
#include "store/postgres/pg_view_queries.h"
#include "store/postgres/pg_view_transaction.h"
#include "store/sql/sql_view_tables.h"

namespace rewindow {

using namespace viewsql;

namespace {

/// An index is named by its table and column, and names are cut at 63 bytes.
constexpr qsizetype kLongestName = 25;

class PgViewTables final : public SqlViewTables<PgViewQueries> {
  public:
    PgViewTables(PgConnection& connection, const QString& schema, bool writable)
        : SqlViewTables(writable)
        , m_connection(connection)
        , m_queries(connection, schema) {}

    Result<std::unique_ptr<ViewTransaction>> begin() override;
    Result<std::unique_ptr<ViewTransaction>>
    beginRebuild(const std::vector<ViewSchema>& schemas) override;

  private:
    PgViewQueries& queries() override { return m_queries; }
    QString storeName() const override { return m_connection.name(); }
    Result<void> checkNames(const std::vector<ViewSchema>& schemas) const override {
        return checkSchemas(schemas, QStringLiteral("PostgreSQL"), kLongestName);
    }
    Result<void> makeMissing(const std::vector<ViewSchema>& schemas) override;

    Result<PgTransaction> beginWriting();
    Result<void> execute(const QStringList& statements);
    /// Puts the view's checkpoint to 0; whether it is paused stays as it was.
    Result<void> startCheckpoint(const QString& view);

    PgConnection& m_connection;
    PgViewQueries m_queries;
};

Result<PgTransaction> PgViewTables::beginWriting() {
    if (const auto writable = checkWritable(); !writable)
        return std::unexpected(writable.error());
    const bool isPart = m_connection.isInTransaction();
    auto transaction =
        isPart ? PgTransaction::beginPart(m_connection) : PgTransaction::begin(m_connection);
    if (!transaction)
        return transaction;
    // An append that goes on holds other writers up: it does not wait for a view that is being
    // rebuilt, which is caught up afterwards.
    const auto locked = m_connection.execute(
        QStringLiteral("LOCK TABLE %1 IN SHARE ROW EXCLUSIVE MODE%2")
            .arg(m_queries.checkpointsTable(), isPart ? QStringLiteral(" NOWAIT") : QString()));
    if (!locked)
        return std::unexpected(locked.error());
    return transaction;
}

Result<void> PgViewTables::execute(const QStringList& statements) {
    for (const QString& statement : statements)
        if (const auto done = m_connection.execute(statement); !done)
            return std::unexpected(done.error());
    return {};
}

Result<void> PgViewTables::startCheckpoint(const QString& view) {
    const auto done = m_connection.execute(
        {QStringLiteral("INSERT INTO %1(name) VALUES(?) ON CONFLICT(name) DO UPDATE SET position=0")
             .arg(m_queries.checkpointsTable()),
         {view}});
    return done ? Result<void>() : std::unexpected(done.error());
}

Result<void> PgViewTables::makeMissing(const std::vector<ViewSchema>& schemas) {
    auto transaction = beginWriting();
    if (!transaction)
        return std::unexpected(transaction.error());
    // Another process may have made them since.
    const auto missing = missingOf(schemas);
    if (!missing)
        return std::unexpected(missing.error());
    for (const ViewSchema& schema : schemas) {
        if (!missing->contains(viewOf(schema)))
            continue;
        // Rows without history, companions or checkpoint are of no use: the view starts anew.
        if (const auto made = execute(pgDropView(m_queries, schema.name) +
                                      pgCreateView(m_queries, schema, schema.name));
            !made)
            return made;
        if (schema.companionOf.isEmpty())
            if (const auto made = startCheckpoint(schema.name); !made)
                return made;
    }
    return transaction->commit();
}

Result<std::unique_ptr<ViewTransaction>> PgViewTables::begin() {
    auto transaction = beginWriting();
    if (!transaction)
        return std::unexpected(transaction.error());
    return std::make_unique<PgViewTransaction>(m_queries, std::move(*transaction));
}

Result<std::unique_ptr<ViewTransaction>>
PgViewTables::beginRebuild(const std::vector<ViewSchema>& schemas) {
    if (const auto checked = checkNames(schemas); !checked)
        return std::unexpected(checked.error());
    auto transaction = beginWriting();
    if (!transaction)
        return std::unexpected(transaction.error());
    auto rebuild = std::make_unique<PgViewTransaction>(m_queries, std::move(*transaction), schemas);
    for (const ViewSchema& schema : schemas) {
        const QString shadow = shadowOf(schema.name);
        if (const auto made =
                execute(pgDropView(m_queries, shadow) + pgCreateView(m_queries, schema, shadow));
            !made)
            return std::unexpected(made.error());
        if (schema.companionOf.isEmpty())
            if (const auto made = startCheckpoint(schema.name); !made)
                return std::unexpected(made.error());
    }
    return rebuild;
}

} // namespace

std::unique_ptr<ViewTables> makePgViewTables(PgConnection& connection, const QString& schema,
                                             bool writable) {
    return std::make_unique<PgViewTables>(connection, schema, writable);
}

} // namespace rewindow
