// View tables in SQLite: in a store of our own schema, or in a workspace.
#include "store/sqlite/sqlite_view_tables.h"

#include "store/sql/sql_view_tables.h"
#include "store/sqlite/sqlite_connection.h"
#include "store/sqlite/sqlite_view_transaction.h"
#include "store/sqlite/view_sql.h"
#include "store/sqlite/wal_checkpoint.h"

namespace rewindow {

using namespace viewsql;

namespace {

class SqliteViewTables final : public SqlViewTables<ViewQueries> {
  public:
    SqliteViewTables(SqliteConnection& connection, bool writable)
        : SqlViewTables(writable)
        , m_connection(connection)
        , m_statements(connection) {
        if (writable)
            m_checkpoints = WalCheckpoints::of(connection);
    }

    Result<std::unique_ptr<ViewTransaction>> begin() override;
    Result<std::unique_ptr<ViewTransaction>>
    beginRebuild(const std::vector<ViewSchema>& schemas) override;

  private:
    ViewQueries& queries() override { return m_statements.queries(); }
    QString storeName() const override { return m_connection.path(); }
    Result<void> checkNames(const std::vector<ViewSchema>& schemas) const override;
    Result<void> makeMissing(const std::vector<ViewSchema>& schemas) override;

    Result<ImmediateTransaction> beginWriting();
    Result<void> execute(const QStringList& statements);
    /// Puts the view's checkpoint to 0; whether it is paused stays as it was.
    Result<void> startCheckpoint(const QString& view);

    SqliteConnection& m_connection;
    std::shared_ptr<WalCheckpoints> m_checkpoints;
    ViewStatements m_statements;
};

Result<void> SqliteViewTables::checkNames(const std::vector<ViewSchema>& schemas) const {
    for (const ViewSchema& schema : schemas)
        if (const auto checked = checkSchema(schema); !checked)
            return checked;
    return {};
}

Result<ImmediateTransaction> SqliteViewTables::beginWriting() {
    if (const auto writable = checkWritable(); !writable)
        return std::unexpected(writable.error());
    auto transaction = m_connection.isInTransaction()
                           ? ImmediateTransaction::beginPart(m_connection)
                           : ImmediateTransaction::begin(m_connection, Durability::Redoable);
    if (!transaction)
        return transaction;
    if (const auto valid = m_statements.revalidate(); !valid)
        return std::unexpected(valid.error());
    return transaction;
}

Result<void> SqliteViewTables::execute(const QStringList& statements) {
    for (const QString& statement : statements)
        if (const auto done = m_connection.execute(statement); !done)
            return done;
    return {};
}

Result<void> SqliteViewTables::startCheckpoint(const QString& view) {
    const auto statement = m_statements.statement(
        QStringLiteral("INSERT INTO view_checkpoints(name, position) VALUES(?, 0) "
                       "ON CONFLICT(name) DO UPDATE SET position = 0"));
    if (!statement)
        return std::unexpected(statement.error());
    (*statement)->bind(0, view);
    const auto done = (*statement)->step();
    (*statement)->reset();
    if (!done)
        return std::unexpected(done.error());
    return {};
}

Result<void> SqliteViewTables::makeMissing(const std::vector<ViewSchema>& schemas) {
    auto transaction = beginWriting();
    if (!transaction)
        return std::unexpected(transaction.error());
    if (const auto made = m_connection.execute(createCheckpoints()); !made)
        return made;
    // Another process may have made them since.
    const auto missing = missingOf(schemas);
    if (!missing)
        return std::unexpected(missing.error());
    for (const ViewSchema& schema : schemas) {
        if (!missing->contains(viewOf(schema)))
            continue;
        // Rows without history, companions or checkpoint are of no use: the view starts anew.
        const QString name = schema.name;
        if (const auto made = execute(dropTables(name) + createTables(schema, name) +
                                      createIndexes(schema, name));
            !made)
            return made;
        if (schema.companionOf.isEmpty())
            if (const auto made = startCheckpoint(name); !made)
                return made;
    }
    return transaction->commit();
}

Result<std::unique_ptr<ViewTransaction>> SqliteViewTables::begin() {
    auto transaction = beginWriting();
    if (!transaction)
        return std::unexpected(transaction.error());
    return std::make_unique<SqliteViewTransaction>(m_statements, std::move(*transaction));
}

Result<std::unique_ptr<ViewTransaction>>
SqliteViewTables::beginRebuild(const std::vector<ViewSchema>& schemas) {
    if (const auto checked = checkNames(schemas); !checked)
        return std::unexpected(checked.error());
    auto begun = beginWriting();
    if (!begun)
        return std::unexpected(begun.error());
    auto transaction =
        std::make_unique<SqliteViewTransaction>(m_statements, std::move(*begun), schemas);
    if (const auto made = m_connection.execute(createCheckpoints()); !made)
        return std::unexpected(made.error());
    for (const ViewSchema& schema : schemas) {
        const QString shadow = shadowOf(schema.name);
        if (const auto made = execute(dropTables(shadow) + createTables(schema, shadow) +
                                      createIndexes(schema, shadow));
            !made)
            return std::unexpected(made.error());
        if (schema.companionOf.isEmpty())
            if (const auto made = startCheckpoint(schema.name); !made)
                return std::unexpected(made.error());
    }
    return transaction;
}

} // namespace

std::unique_ptr<ViewTables> makeSqliteViewTables(SqliteConnection& connection, bool writable) {
    return std::make_unique<SqliteViewTables>(connection, writable);
}

} // namespace rewindow
