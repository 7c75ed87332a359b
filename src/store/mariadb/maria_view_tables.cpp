// View tables in a MariaDB store of our own schema.
#include "store/mariadb/maria_view_tables.h"

#include "store/mariadb/maria_connection.h"
#include "store/mariadb/maria_named_lock.h"
#include "store/mariadb/maria_view_queries.h"
#include "store/mariadb/maria_view_transaction.h"
#include "store/sql/view_rows.h"

#include <QSet>
#include <QThread>

#include <algorithm>

namespace rewindow {

using namespace viewsql;

namespace {

/// A table's name has at most 64 characters, that of a history's shadow included.
constexpr qsizetype kLongestName = 45;
const QString kMakingViews = QStringLiteral("rewindow: making views of ");
/// While another puts a view in place.
constexpr int kMostAttempts = 300;
constexpr unsigned long kBetweenAttemptsMs = 20;

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
            return fail(
                Error::Kind::Usage,
                QStringLiteral("view %1 has a name that is too long for MariaDB").arg(schema.name),
                QStringLiteral("names of views and columns have at most %1 letters")
                    .arg(kLongestName));
    }
    return {};
}

class MariaViewTables final : public ViewTables {
  public:
    MariaViewTables(MariaConnection& connection, bool writable)
        : m_connection(connection)
        , m_queries(connection)
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
    Result<void> checkWritable() const;
    /// Begins a transaction in which no other writes to views.
    Result<MariaTransaction> beginWriting();
    Result<void> run(const QStringList& statements);
    /// Makes the view and its companions anew, of whatever is left of them.
    Result<void> make(const std::vector<ViewSchema>& schemas, const QString& view);
    /// False: something of it is missing. Fails where it has another shape.
    Result<bool> isWhole(const ViewSchema& schema);
    /// The views of which a table is missing, their own or a companion's.
    Result<QSet<QString>> missingOf(const std::vector<ViewSchema>& schemas);

    MariaConnection& m_connection;
    MariaViewQueries m_queries;
    bool m_writable;
};

Result<void> MariaViewTables::checkWritable() const {
    if (m_writable)
        return {};
    return fail(Error::Kind::ReadOnly,
                QStringLiteral("%1 is open read-only, so its views cannot be written")
                    .arg(m_connection.name()));
}

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

Result<bool> MariaViewTables::isWhole(const ViewSchema& schema) {
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

Result<QSet<QString>> MariaViewTables::missingOf(const std::vector<ViewSchema>& schemas) {
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

Result<void> MariaViewTables::ensure(const std::vector<ViewSchema>& schemas) {
    if (const auto checked = checkNames(schemas); !checked)
        return checked;
    if (const auto missing = missingOf(schemas); !missing || missing->isEmpty())
        return missing ? Result<void>() : std::unexpected(missing.error());
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

Result<std::vector<ViewStatus>> MariaViewTables::status() {
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

Result<ViewSchema> MariaViewTables::schema(const QString& view) {
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

Result<std::vector<ViewRow>> MariaViewTables::rows(const QString& view, const RowQuery& query) {
    const auto shape = schema(view);
    if (!shape)
        return std::unexpected(shape.error());
    return m_queries.rows(*shape, view, query);
}

Result<qint64> MariaViewTables::rowCount(const QString& view, std::optional<GlobalPosition> at) {
    const auto shape = schema(view);
    if (!shape)
        return std::unexpected(shape.error());
    return m_queries.rowCount(view, at);
}

Result<std::optional<GlobalPosition>> MariaViewTables::setBy(const QString& view, const QString& id,
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
    return std::make_unique<MariaViewTransaction>(
        m_queries, std::move(*transaction),
        MariaViewTransaction::Rebuild{schemas, {}, std::move(*lock)});
}

} // namespace

std::unique_ptr<ViewTables> makeMariaViewTables(MariaConnection& connection, bool writable) {
    return std::make_unique<MariaViewTables>(connection, writable);
}

} // namespace rewindow
