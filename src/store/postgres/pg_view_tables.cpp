// View tables in a PostgreSQL store of our own schema.
#include "store/postgres/pg_view_tables.h"

#include "store/postgres/pg_connection.h"
#include "store/postgres/pg_view_queries.h"
#include "store/postgres/pg_view_transaction.h"
#include "store/sql/view_rows.h"

#include <QSet>

#include <algorithm>

namespace rewindow {

using namespace viewsql;

namespace {

/// An index is named by its table and column, and names are cut at 63 bytes.
constexpr qsizetype kLongestName = 25;

bool isAmong(const QString& view, const std::vector<ViewStatus>& known) {
    return std::ranges::find(known, view, &ViewStatus::name) != known.end();
}

Result<void> checkNames(const std::vector<ViewSchema>& schemas) {
    for (const ViewSchema& schema : schemas) {
        if (const auto checked = checkSchema(schema); !checked)
            return checked;
        const bool isLong = schema.name.size() > kLongestName ||
                            std::ranges::any_of(schema.columns, [](const ViewColumn& column) {
                                return column.name.size() > kLongestName;
                            });
        if (isLong)
            return fail(Error::Kind::Usage,
                        QStringLiteral("view %1 has a name that is too long for PostgreSQL")
                            .arg(schema.name),
                        QStringLiteral("names of views and columns have at most %1 letters")
                            .arg(kLongestName));
    }
    return {};
}

class PgViewTables final : public ViewTables {
  public:
    PgViewTables(PgConnection& connection, const QString& schema, bool writable)
        : m_connection(connection)
        , m_queries(connection, schema)
        , m_writable(writable) {}

    Result<void> ensure(const std::vector<ViewSchema>& schemas) override;
    Result<std::vector<ViewStatus>> status() override;
    Result<std::vector<ViewStatus>> checkpoints() override { return m_queries.checkpoints(); }
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
    Result<PgTransaction> beginWriting();
    Result<void> execute(const QStringList& statements);
    /// Puts the view's checkpoint to 0; whether it is paused stays as it was.
    Result<void> startCheckpoint(const QString& view);
    /// False: something of it is missing. Fails where it has another shape.
    Result<bool> isWhole(const ViewSchema& schema);
    /// The views of which a table is missing, their own or a companion's.
    Result<QSet<QString>> missingOf(const std::vector<ViewSchema>& schemas);

    PgConnection& m_connection;
    PgViewQueries m_queries;
    bool m_writable;
};

Result<PgTransaction> PgViewTables::beginWriting() {
    if (!m_writable)
        return fail(Error::Kind::ReadOnly,
                    QStringLiteral("%1 is open read-only, so its views cannot be written")
                        .arg(m_connection.name()));
    const bool isPart = m_connection.isInTransaction();
    auto transaction =
        isPart ? PgTransaction::beginPart(m_connection) : PgTransaction::begin(m_connection);
    if (!transaction)
        return transaction;
    // An append that goes on holds other writers up: it does not wait for a view that is being
    // rebuilt, which is caught up afterwards.
    const auto locked =
        m_connection.execute(QStringLiteral("LOCK TABLE %1 IN SHARE ROW EXCLUSIVE MODE%2")
                                 .arg(m_queries.named(QStringLiteral("view_checkpoints")),
                                      isPart ? QStringLiteral(" NOWAIT") : QString()));
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
             .arg(m_queries.named(QStringLiteral("view_checkpoints"))),
         {view}});
    return done ? Result<void>() : std::unexpected(done.error());
}

Result<bool> PgViewTables::isWhole(const ViewSchema& schema) {
    const auto shape = m_queries.shape(schema.name, schema.name);
    if (!shape)
        return std::unexpected(shape.error());
    if (!*shape)
        return false;
    if (!sameShape(**shape, schema))
        return std::unexpected(otherShape(**shape, schema, m_connection.name()));
    if (!schema.companionOf.isEmpty())
        return true;
    const auto known = m_queries.checkpoints();
    if (!known)
        return std::unexpected(known.error());
    return isAmong(schema.name, *known) ? m_queries.hasTable(historyOf(schema.name)) : false;
}

Result<QSet<QString>> PgViewTables::missingOf(const std::vector<ViewSchema>& schemas) {
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

Result<void> PgViewTables::ensure(const std::vector<ViewSchema>& schemas) {
    if (const auto checked = checkNames(schemas); !checked)
        return checked;
    if (const auto missing = missingOf(schemas); !missing || missing->isEmpty())
        return missing ? Result<void>() : std::unexpected(missing.error());
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

Result<std::vector<ViewStatus>> PgViewTables::status() {
    auto all = m_queries.checkpoints();
    if (!all)
        return all;
    for (ViewStatus& status : *all) {
        const auto count = m_queries.rowCount(status.name, std::nullopt);
        if (!count)
            return std::unexpected(count.error());
        status.rows = *count;
    }
    return all;
}

Result<ViewSchema> PgViewTables::schema(const QString& view) {
    const auto known = m_queries.checkpoints();
    if (!known)
        return std::unexpected(known.error());
    if (isAmong(view, *known)) {
        auto shape = m_queries.shape(view, view);
        if (!shape)
            return std::unexpected(shape.error());
        if (*shape)
            return std::move(**shape);
    }
    return std::unexpected(noSuchView(view, *known));
}

Result<std::vector<ViewRow>> PgViewTables::rows(const QString& view, const RowQuery& query) {
    const auto shape = schema(view);
    if (!shape)
        return std::unexpected(shape.error());
    return m_queries.rows(*shape, view, query);
}

Result<qint64> PgViewTables::rowCount(const QString& view, std::optional<GlobalPosition> at) {
    const auto shape = schema(view);
    if (!shape)
        return std::unexpected(shape.error());
    return m_queries.rowCount(view, at);
}

Result<std::optional<GlobalPosition>> PgViewTables::setBy(const QString& view, const QString& id,
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
    return m_queries.setBy(view, id, index, at);
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
