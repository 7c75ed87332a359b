// Writing the rows of view tables, their histories and checkpoints on a database server.
#pragma once

#include "base/error.h"
#include "store/sql/bound_sql.h"
#include "store/sql/view_rows.h"
#include "store/view_tables.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <optional>
#include <vector>

namespace rewindow {

/// Queries are the ServerViewQueries of one database. Which transaction it is, and how a rebuild
/// ends, is the database's own affair.
template <class Queries>
class ServerViewTransaction : public ViewTransaction {
  public:
    Result<ViewStatus> status(const QString& view) override;
    Result<std::vector<ViewRow>> rows(const QString& view, const RowQuery& query) final;
    Result<void> apply(const QString& view, const std::vector<RowChange>& changes) final;
    Result<void> setCheckpoint(const QString& view, GlobalPosition checkpoint) override;
    Result<void> setPaused(const QString& view, bool paused) final;

  protected:
    /// `queries` must outlive it. `rebuilt`: the views that are written to their shadow tables.
    ServerViewTransaction(Queries& queries, std::vector<ViewSchema> rebuilt)
        : m_queries(queries)
        , m_rebuilt(std::move(rebuilt)) {}

    Queries& queries() const { return m_queries; }
    const std::vector<ViewSchema>& rebuilt() const { return m_rebuilt; }
    bool isRebuilt(const QString& view) const {
        return std::ranges::find(m_rebuilt, view, &ViewSchema::name) != m_rebuilt.end();
    }
    /// What is written of a view's checkpoint; nothing where there is none.
    Result<std::optional<ViewStatus>> recorded(const QString& view);
    Result<void> write(const BoundSql& sql);

  private:
    struct Table {
        QString name;
        ViewSchema schema;
        bool hasHistory = false;
    };

    /// The end of an INSERT that writes these columns, quoted, to the row that has the same key
    /// already.
    virtual QString orUpdate(const QString& key, const QStringList& columns) const = 0;
    /// The one parameter, 0 or 1, as what is told of being paused.
    virtual QString truth() const = 0;

    QString tableOf(const QString& view) const {
        return isRebuilt(view) ? viewsql::shadowOf(view) : view;
    }
    /// Fails with NotFound where there is none.
    Result<const Table*> table(const QString& view);
    Result<void> applyToRow(const Table& table, const QString& id,
                            const std::vector<const RowChange*>& changes);
    Result<void> writeHistory(const Table& table, const RowChange& change);
    Result<void> writeRow(const Table& table, const ViewRow& row);

    Queries& m_queries;
    std::vector<ViewSchema> m_rebuilt;
    QHash<QString, Table> m_tables; ///< by view
};

template <class Queries>
Result<const typename ServerViewTransaction<Queries>::Table*>
ServerViewTransaction<Queries>::table(const QString& view) {
    if (const auto known = m_tables.constFind(view); known != m_tables.constEnd())
        return &*known;
    const QString name = tableOf(view);
    auto shape = m_queries.shape(view, name);
    if (!shape)
        return std::unexpected(shape.error());
    if (!*shape)
        return fail(Error::Kind::NotFound, QStringLiteral("there is no view %1").arg(view));
    const auto hasHistory = m_queries.hasTable(viewsql::historyOf(name));
    if (!hasHistory)
        return std::unexpected(hasHistory.error());
    return &*m_tables.insert(view, Table{name, std::move(**shape), *hasHistory});
}

template <class Queries>
Result<void> ServerViewTransaction<Queries>::write(const BoundSql& sql) {
    const auto written = m_queries.connection().execute(sql);
    return written ? Result<void>() : std::unexpected(written.error());
}

template <class Queries>
Result<std::optional<ViewStatus>> ServerViewTransaction<Queries>::recorded(const QString& view) {
    const auto answer = m_queries.connection().execute(
        {QStringLiteral("SELECT position,paused FROM %1 WHERE name=?")
             .arg(m_queries.checkpointsTable()),
         {view}});
    if (!answer)
        return std::unexpected(answer.error());
    if (answer->rows() == 0)
        return std::optional<ViewStatus>();
    return ViewStatus{view, GlobalPosition(answer->integer(0, 0)), answer->boolean(0, 1), 0};
}

template <class Queries>
Result<ViewStatus> ServerViewTransaction<Queries>::status(const QString& view) {
    const auto there = recorded(view);
    if (!there)
        return std::unexpected(there.error());
    if (!*there)
        return fail(Error::Kind::NotFound, QStringLiteral("there is no view %1").arg(view));
    return **there;
}

template <class Queries>
Result<std::vector<ViewRow>> ServerViewTransaction<Queries>::rows(const QString& view,
                                                                  const RowQuery& query) {
    const auto found = table(view);
    if (!found)
        return std::unexpected(found.error());
    return m_queries.rows((*found)->schema, (*found)->name, query);
}

template <class Queries>
Result<void> ServerViewTransaction<Queries>::apply(const QString& view,
                                                   const std::vector<RowChange>& changes) {
    const auto found = table(view);
    if (!found)
        return std::unexpected(found.error());
    const auto byRow = viewsql::changesByRow((*found)->schema, changes);
    if (!byRow)
        return std::unexpected(byRow.error());
    for (const auto& [id, ofRow] : *byRow)
        if (const auto applied = applyToRow(**found, id, ofRow); !applied)
            return applied;
    return {};
}

template <class Queries>
Result<void>
ServerViewTransaction<Queries>::applyToRow(const Table& table, const QString& id,
                                           const std::vector<const RowChange*>& changes) {
    RowQuery one;
    one.id = id;
    const auto found = m_queries.rows(table.schema, table.name, one);
    if (!found)
        return std::unexpected(found.error());
    const std::optional<ViewRow> before =
        found->empty() ? std::nullopt : std::optional(found->front());
    const auto lasting = viewsql::lastingChanges(before, changes);
    if (table.hasHistory)
        for (const RowChange* change : lasting)
            if (const auto written = writeHistory(table, *change); !written)
                return written;
    const std::optional<ViewRow>& after = lasting.empty() ? before : lasting.back()->row;
    if (after == before)
        return {};
    if (after)
        return writeRow(table, *after);
    return write(
        {QStringLiteral("DELETE FROM %1 WHERE id=?").arg(m_queries.named(table.name)), {id}});
}

template <class Queries>
Result<void> ServerViewTransaction<Queries>::writeHistory(const Table& table,
                                                          const RowChange& change) {
    BoundSql sql{{}, {change.id, change.position.value()}};
    if (change.row)
        sql.values.emplace_back(viewsql::encodeRow(*change.row));
    sql.text = QStringLiteral("INSERT INTO %1(row_id,from_position,\"values\") VALUES(?,?,%2)")
                   .arg(m_queries.named(viewsql::historyOf(table.name)),
                        change.row ? QStringLiteral("?") : QStringLiteral("NULL")) +
               orUpdate(QStringLiteral("row_id,from_position"),
                        {viewsql::quoted(QStringLiteral("values"))});
    return write(sql);
}

template <class Queries>
Result<void> ServerViewTransaction<Queries>::writeRow(const Table& table, const ViewRow& row) {
    BoundSql sql;
    QStringList cells;
    QStringList columns;
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        cells += viewsql::parameter(row.values[i], sql.values);
        columns += viewsql::quoted(table.schema.columns[i].name);
    }
    sql.text =
        QStringLiteral("INSERT INTO %1(%2) VALUES(%3)")
            .arg(m_queries.named(table.name), viewsql::columnList(table.schema), cells.join(u',')) +
        orUpdate(QStringLiteral("id"), columns);
    return write(sql);
}

template <class Queries>
Result<void> ServerViewTransaction<Queries>::setCheckpoint(const QString& view,
                                                           GlobalPosition checkpoint) {
    return write(
        {QStringLiteral("UPDATE %1 SET position=? WHERE name=?").arg(m_queries.checkpointsTable()),
         {checkpoint.value(), view}});
}

template <class Queries>
Result<void> ServerViewTransaction<Queries>::setPaused(const QString& view, bool paused) {
    return write({QStringLiteral("UPDATE %1 SET paused=%2 WHERE name=?")
                      .arg(m_queries.checkpointsTable(), truth()),
                  {qint64(paused ? 1 : 0), view}});
}

} // namespace rewindow
