// View tables in SQLite: in a store of our own schema, or in a workspace.
#include "store/sqlite/sqlite_view_tables.h"

#include "store/sqlite/sqlite_connection.h"
#include "store/sqlite/sqlite_view_transaction.h"
#include "store/sqlite/view_sql.h"
#include "store/sqlite/wal_checkpoint.h"

#include <algorithm>

namespace rewindow {

using namespace viewsql;

namespace {

QString columnNames(const ViewSchema& schema) {
    QStringList names;
    for (const ViewColumn& column : schema.columns)
        names += column.type == ViewColumn::Type::Integer
                     ? column.name + QStringLiteral(" (a number)")
                     : column.name;
    return names.join(QStringLiteral(", "));
}

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
    enum class Presence { Missing, Whole };

    ViewQueries& queries() { return m_statements.queries(); }
    Error readOnly() const;
    Result<ImmediateTransaction> beginWriting();
    Result<void> execute(const QStringList& statements);
    /// Makes the view's row in view_checkpoints, at 0, unless it is there.
    Result<void> makeCheckpoint(const QString& view);
    Result<Presence> presence(const ViewSchema& schema);
    Result<void> createMissing(const ViewSchema& schema);

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
    auto transaction = ImmediateTransaction::begin(m_connection, Durability::Redoable);
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

Result<void> SqliteViewTables::makeCheckpoint(const QString& view) {
    const auto statement = m_statements.statement(
        QStringLiteral("INSERT OR IGNORE INTO view_checkpoints(name) VALUES(?)"));
    if (!statement)
        return std::unexpected(statement.error());
    (*statement)->bind(0, view);
    const auto done = (*statement)->step();
    (*statement)->reset();
    if (!done)
        return std::unexpected(done.error());
    return {};
}

Result<SqliteViewTables::Presence> SqliteViewTables::presence(const ViewSchema& schema) {
    const auto known = queries().checkpoints();
    if (!known)
        return std::unexpected(known.error());
    const auto shape = queries().shape(schema.name, schema.name);
    if (!shape)
        return std::unexpected(shape.error());
    const auto history = queries().hasTable(historyOf(schema.name));
    if (!history)
        return std::unexpected(history.error());
    if (!*shape)
        return Presence::Missing;
    if (!sameShape(**shape, schema))
        return fail(
            Error::Kind::Storage,
            QStringLiteral("view %1 in %2 has the columns %3; now it should have %4")
                .arg(schema.name, m_connection.path(), columnNames(**shape), columnNames(schema)),
            QStringLiteral("rebuild it: rewindow project %1 --rebuild --view %2")
                .arg(m_connection.path(), schema.name));
    const bool whole = *history && isAmong(schema.name, *known);
    return whole ? Presence::Whole : Presence::Missing;
}

Result<void> SqliteViewTables::createMissing(const ViewSchema& schema) {
    const auto there = presence(schema);
    if (!there)
        return std::unexpected(there.error());
    if (*there == Presence::Whole)
        return {};
    // Rows without their history or checkpoint are of no use: all of the view starts anew.
    const QString name = schema.name;
    if (const auto made =
            execute(dropTables(name) + createTables(schema, name) + createIndexes(schema, name));
        !made)
        return made;
    return makeCheckpoint(name);
}

Result<void> SqliteViewTables::ensure(const std::vector<ViewSchema>& schemas) {
    bool missing = false;
    for (const ViewSchema& schema : schemas) {
        if (const auto checked = checkSchema(schema); !checked)
            return checked;
        const auto there = presence(schema);
        if (!there)
            return std::unexpected(there.error());
        missing = missing || *there == Presence::Missing;
    }
    if (!missing)
        return {};
    auto transaction = beginWriting();
    if (!transaction)
        return std::unexpected(transaction.error());
    if (const auto made = m_connection.execute(createCheckpoints()); !made)
        return made;
    for (const ViewSchema& schema : schemas)
        if (const auto made = createMissing(schema); !made)
            return made;
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
    QStringList names;
    for (const ViewStatus& status : *known)
        names += status.name;
    return fail(Error::Kind::NotFound, QStringLiteral("there is no view %1").arg(view),
                names.isEmpty()
                    ? QStringLiteral("this store has no views yet")
                    : QStringLiteral("the views are %1").arg(names.join(QStringLiteral(", "))));
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
        if (const auto made = makeCheckpoint(schema.name); !made)
            return std::unexpected(made.error());
        if (const auto reset = transaction->setCheckpoint(schema.name, GlobalPosition(0)); !reset)
            return std::unexpected(reset.error());
    }
    return transaction;
}

} // namespace

std::unique_ptr<ViewTables> makeSqliteViewTables(SqliteConnection& connection, bool writable) {
    return std::make_unique<SqliteViewTables>(connection, writable);
}

} // namespace rewindow
