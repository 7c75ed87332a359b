// View tables in SQLite: in a store of our own schema, or in a workspace.
#include "store/sqlite/sqlite_view_tables.h"

#include "store/sqlite/sqlite_connection.h"
#include "store/sqlite/sqlite_view_transaction.h"
#include "store/sqlite/view_sql.h"
#include "store/sqlite/wal_checkpoint.h"

#include <QSet>

#include <algorithm>

namespace rewindow {

using namespace viewsql;

namespace {

bool isAmong(const QString& view, const std::vector<ViewStatus>& known) {
    return std::ranges::find(known, view, &ViewStatus::name) != known.end();
}

class SqliteViewTables final : public ViewTables {
  public:
    SqliteViewTables(SqliteConnection& connection, bool writable)
        : m_connection(connection)
        , m_writable(writable)
        , m_statements(connection) {
        if (writable)
            m_checkpoints = WalCheckpoints::of(connection);
    }

    Result<void> ensure(const std::vector<ViewSchema>& schemas) override;
    Result<std::vector<ViewStatus>> status() override;
    Result<std::vector<ViewStatus>> checkpoints() override;
    Result<std::vector<ViewRow>> rows(const QString& view, const RowQuery& query) override;
    Result<qint64> rowCount(const QString& view, std::optional<GlobalPosition> at) override;
    Result<ViewSchema> schema(const QString& view) override;
    Result<std::optional<GlobalPosition>> setBy(const QString& view, const QString& id,
                                                const QString& column,
                                                std::optional<GlobalPosition> at) override;
    Result<std::unique_ptr<ViewTransaction>> begin() override;
    Result<std::unique_ptr<ViewTransaction>>
    beginRebuild(const std::vector<ViewSchema>& schemas) override;

  private:
    ViewQueries& queries() { return m_statements.queries(); }
    Error readOnly() const;
    Result<ImmediateTransaction> beginWriting();
    Result<void> execute(const QStringList& statements);
    /// Puts the view's checkpoint to 0; whether it is paused stays as it was.
    Result<void> startCheckpoint(const QString& view);
    /// False: something of it is missing. Fails where it has another shape.
    Result<bool> isWhole(const ViewSchema& schema);
    /// The views of which a table is missing, their own or a companion's.
    Result<QSet<QString>> missingOf(const std::vector<ViewSchema>& schemas);

    SqliteConnection& m_connection;
    bool m_writable;
    std::shared_ptr<WalCheckpoints> m_checkpoints;
    ViewStatements m_statements;
};

Error SqliteViewTables::readOnly() const {
    return Error{Error::Kind::ReadOnly,
                 QStringLiteral("%1 is open read-only, so its views cannot be written")
                     .arg(m_connection.path()),
                 {},
                 {}};
}

Result<ImmediateTransaction> SqliteViewTables::beginWriting() {
    if (!m_writable)
        return std::unexpected(readOnly());
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

Result<bool> SqliteViewTables::isWhole(const ViewSchema& schema) {
    const auto shape = queries().shape(schema.name, schema.name);
    if (!shape)
        return std::unexpected(shape.error());
    if (!*shape)
        return false;
    if (!sameShape(**shape, schema))
        return std::unexpected(otherShape(**shape, schema, m_connection.path()));
    if (!schema.companionOf.isEmpty())
        return true;
    const auto known = queries().checkpoints();
    if (!known)
        return std::unexpected(known.error());
    return isAmong(schema.name, *known) ? queries().hasTable(historyOf(schema.name)) : false;
}

Result<QSet<QString>> SqliteViewTables::missingOf(const std::vector<ViewSchema>& schemas) {
    QSet<QString> missing;
    for (const ViewSchema& schema : schemas) {
        const auto whole = isWhole(schema);
        if (!whole)
            return std::unexpected(whole.error());
        if (!*whole)
            missing.insert(viewOf(schema));
    }
    return missing;
}

Result<void> SqliteViewTables::ensure(const std::vector<ViewSchema>& schemas) {
    for (const ViewSchema& schema : schemas)
        if (const auto checked = checkSchema(schema); !checked)
            return checked;
    if (const auto missing = missingOf(schemas); !missing || missing->isEmpty())
        return missing ? Result<void>() : std::unexpected(missing.error());
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

Result<std::vector<ViewStatus>> SqliteViewTables::checkpoints() {
    return queries().checkpoints();
}

Result<std::vector<ViewStatus>> SqliteViewTables::status() {
    auto all = queries().checkpoints();
    if (!all)
        return all;
    for (ViewStatus& status : *all) {
        const auto count = queries().rowCount(status.name, std::nullopt);
        if (!count)
            return std::unexpected(count.error());
        status.rows = *count;
    }
    return all;
}

Result<ViewSchema> SqliteViewTables::schema(const QString& view) {
    const auto known = queries().checkpoints();
    if (!known)
        return std::unexpected(known.error());
    if (isAmong(view, *known)) {
        auto shape = queries().shape(view, view);
        if (!shape)
            return std::unexpected(shape.error());
        if (*shape)
            return std::move(**shape);
    }
    return std::unexpected(noSuchView(view, *known));
}

Result<std::vector<ViewRow>> SqliteViewTables::rows(const QString& view, const RowQuery& query) {
    const auto shape = schema(view);
    if (!shape)
        return std::unexpected(shape.error());
    return queries().rows(*shape, view, query);
}

Result<qint64> SqliteViewTables::rowCount(const QString& view, std::optional<GlobalPosition> at) {
    const auto shape = schema(view);
    if (!shape)
        return std::unexpected(shape.error());
    return queries().rowCount(view, at);
}

Result<std::optional<GlobalPosition>> SqliteViewTables::setBy(const QString& view,
                                                              const QString& id,
                                                              const QString& column,
                                                              std::optional<GlobalPosition> at) {
    const auto shape = schema(view);
    if (!shape)
        return std::unexpected(shape.error());
    const int index = shape->columnNamed(column);
    if (index < 0)
        return fail(Error::Kind::NotFound,
                    QStringLiteral("view %1 has no column %2").arg(view, column),
                    QStringLiteral("its columns are %1").arg(columnNames(*shape)));
    return queries().setBy(view, id, index, at);
}

Result<std::unique_ptr<ViewTransaction>> SqliteViewTables::begin() {
    auto transaction = beginWriting();
    if (!transaction)
        return std::unexpected(transaction.error());
    return std::make_unique<SqliteViewTransaction>(m_statements, std::move(*transaction));
}

Result<std::unique_ptr<ViewTransaction>>
SqliteViewTables::beginRebuild(const std::vector<ViewSchema>& schemas) {
    for (const ViewSchema& schema : schemas)
        if (const auto checked = checkSchema(schema); !checked)
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
