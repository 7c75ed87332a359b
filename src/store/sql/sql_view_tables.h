// View tables that lie in a database: what is read of them, and whether one is missing.
#pragma once

#include "store/sql/view_rows.h"
#include "store/view_tables.h"

#include <QSet>

#include <algorithm>

namespace rewindow {

/// Queries are what one database answers of them: `checkpoints()`, `shape()`, `hasTable()`,
/// `rows()`, `rowCount()` and `setBy()`. How tables are made and written there is its own affair.
template <class Queries>
class SqlViewTables : public ViewTables {
  public:
    Result<void> ensure(const std::vector<ViewSchema>& schemas) final;
    Result<std::vector<ViewStatus>> status() final;
    Result<std::vector<ViewStatus>> checkpoints() final { return queries().checkpoints(); }
    Result<std::vector<ViewRow>> rows(const QString& view, const RowQuery& query) final;
    Result<qint64> rowCount(const QString& view, std::optional<GlobalPosition> at) final;
    Result<ViewSchema> schema(const QString& view) final;
    Result<std::optional<GlobalPosition>> setBy(const QString& view, const QString& id,
                                                const QString& column,
                                                std::optional<GlobalPosition> at) final;

  protected:
    explicit SqlViewTables(bool writable) : m_writable(writable) {}

    /// Fails with ReadOnly.
    Result<void> checkWritable() const;
    /// The views of which a table is missing, their own or a companion's.
    Result<QSet<QString>> missingOf(const std::vector<ViewSchema>& schemas);

  private:
    virtual Queries& queries() = 0;
    /// The store, in sentences and on a command line.
    virtual QString storeName() const = 0;
    /// Fails with Usage for names that the database cannot have.
    virtual Result<void> checkNames(const std::vector<ViewSchema>& schemas) const = 0;
    /// Makes the views of which something is missing, once nobody else can make them.
    virtual Result<void> makeMissing(const std::vector<ViewSchema>& schemas) = 0;

    static bool isAmong(const QString& view, const std::vector<ViewStatus>& known) {
        return std::ranges::find(known, view, &ViewStatus::name) != known.end();
    }
    /// False: something of it is missing. Fails where it has another shape.
    Result<bool> isWhole(const ViewSchema& schema);

    bool m_writable;
};

template <class Queries>
Result<void> SqlViewTables<Queries>::checkWritable() const {
    if (m_writable)
        return {};
    return fail(
        Error::Kind::ReadOnly,
        QStringLiteral("%1 is open read-only, so its views cannot be written").arg(storeName()));
}

template <class Queries>
Result<bool> SqlViewTables<Queries>::isWhole(const ViewSchema& schema) {
    const auto shape = queries().shape(schema.name, schema.name);
    if (!shape)
        return std::unexpected(shape.error());
    if (!*shape)
        return false;
    if (!viewsql::sameShape(**shape, schema))
        return std::unexpected(viewsql::otherShape(**shape, schema, storeName()));
    if (!schema.companionOf.isEmpty())
        return true;
    const auto known = queries().checkpoints();
    if (!known)
        return std::unexpected(known.error());
    return isAmong(schema.name, *known) ? queries().hasTable(viewsql::historyOf(schema.name))
                                        : false;
}

template <class Queries>
Result<QSet<QString>> SqlViewTables<Queries>::missingOf(const std::vector<ViewSchema>& schemas) {
    QSet<QString> missing;
    for (const ViewSchema& schema : schemas) {
        const auto whole = isWhole(schema);
        if (!whole)
            return std::unexpected(whole.error());
        if (!*whole)
            missing.insert(viewsql::viewOf(schema));
    }
    return missing;
}

template <class Queries>
Result<void> SqlViewTables<Queries>::ensure(const std::vector<ViewSchema>& schemas) {
    if (const auto checked = checkNames(schemas); !checked)
        return checked;
    const auto missing = missingOf(schemas);
    if (!missing)
        return std::unexpected(missing.error());
    return missing->isEmpty() ? Result<void>() : makeMissing(schemas);
}

template <class Queries>
Result<std::vector<ViewStatus>> SqlViewTables<Queries>::status() {
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

template <class Queries>
Result<ViewSchema> SqlViewTables<Queries>::schema(const QString& view) {
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
    return std::unexpected(viewsql::noSuchView(view, *known));
}

template <class Queries>
Result<std::vector<ViewRow>> SqlViewTables<Queries>::rows(const QString& view,
                                                          const RowQuery& query) {
    const auto shape = schema(view);
    if (!shape)
        return std::unexpected(shape.error());
    return queries().rows(*shape, view, query);
}

template <class Queries>
Result<qint64> SqlViewTables<Queries>::rowCount(const QString& view,
                                                std::optional<GlobalPosition> at) {
    const auto shape = schema(view);
    if (!shape)
        return std::unexpected(shape.error());
    return queries().rowCount(view, at);
}

template <class Queries>
Result<std::optional<GlobalPosition>>
SqlViewTables<Queries>::setBy(const QString& view, const QString& id, const QString& column,
                              std::optional<GlobalPosition> at) {
    const auto shape = schema(view);
    if (!shape)
        return std::unexpected(shape.error());
    const int index = shape->columnNamed(column);
    if (index < 0)
        return fail(Error::Kind::NotFound,
                    QStringLiteral("view %1 has no column %2").arg(view, column),
                    QStringLiteral("its columns are %1").arg(viewsql::columnNames(*shape)));
    return queries().setBy(view, id, index, at);
}

} // namespace rewindow
