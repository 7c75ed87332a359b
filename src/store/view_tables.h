// The tables projections write, with the history of every row and each view's checkpoint.
#pragma once

#include "base/error.h"
#include "base/ordinals.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace rewindow {

/// A cell: null, a whole number, or text.
using ViewValue = std::variant<std::monostate, qint64, QString>;
QString toDisplay(const ViewValue& value); ///< null as empty

struct ViewColumn {
    enum class Type { Text, Integer };
    QString name;
    Type type = Type::Text;
    bool indexed = false; ///< rows are looked up by it
    /// How a person reads it; the stored value is not touched.
    enum class Meaning { Plain, Money, Time };
    Meaning meaning = Meaning::Plain;
};

/// A view table's shape. Its first column is `id`, text and unique.
struct ViewSchema {
    QString name;
    std::vector<ViewColumn> columns;
    /// The view this table is a companion of: it is written in that view's transactions under its
    /// checkpoint, has no history and no checkpoint of its own, and status() does not list it.
    /// Empty: a view in its own right.
    QString companionOf = {};
    int columnNamed(const QString& column) const; ///< -1 where there is none
};

/// A row: one value a column of the schema, in its order; the first is the id.
struct ViewRow {
    std::vector<ViewValue> values;
    QString id() const;
    bool operator==(const ViewRow&) const = default;
};

/// What one event did to one row.
struct RowChange {
    QString id;
    GlobalPosition position;
    std::optional<ViewRow> row; ///< nothing: the row was deleted
};

struct ViewStatus {
    QString name;
    GlobalPosition checkpoint; ///< of the last event applied
    bool paused = false;
    qint64 rows = 0;
};

struct RowQuery {
    std::optional<QString> id;
    std::optional<std::pair<QString, ViewValue>> where; ///< column and value
    QString after; ///< exclusive; rows come in the order of their ids' bytes
    qint64 limit = -1;
    std::optional<GlobalPosition> at; ///< as of this position, from the history; else the live rows
};

/// A transaction on some views: what was read in it stays true until commit(). Rolls back when it
/// is destroyed uncommitted.
class ViewTransaction {
  public:
    virtual ~ViewTransaction() = default;
    virtual Result<ViewStatus> status(const QString& view) = 0; ///< `rows` is not counted here
    virtual Result<std::vector<ViewRow>> rows(const QString& view, const RowQuery& query) = 0;
    /// Writes the rows and their history.
    virtual Result<void> apply(const QString& view, const std::vector<RowChange>& changes) = 0;
    virtual Result<void> setCheckpoint(const QString& view, GlobalPosition checkpoint) = 0;
    virtual Result<void> setPaused(const QString& view, bool paused) = 0;
    virtual Result<void> commit() = 0;
};

/// The view tables of a store: in the store itself when it is ours, else in its workspace.
/// Belongs to the Store's thread.
class ViewTables {
  public:
    virtual ~ViewTables() = default;

    /// Creates what is missing; a table of another shape fails with Storage (rebuild it).
    virtual Result<void> ensure(const std::vector<ViewSchema>& schemas) = 0;
    /// Of the views that exist, ordered by name.
    virtual Result<std::vector<ViewStatus>> status() = 0;
    /// Like status(), but without counting rows: cheap to ask often.
    virtual Result<std::vector<ViewStatus>> checkpoints() { return status(); }
    /// Works on a read-only store too. An unknown view fails with NotFound, naming those there are.
    virtual Result<std::vector<ViewRow>> rows(const QString& view, const RowQuery& query) = 0;
    /// How many rows there are, live or as of a position.
    virtual Result<qint64> rowCount(const QString& view, std::optional<GlobalPosition> at) = 0;
    /// Column names as the table has them, so that a view can be read without its projection.
    virtual Result<ViewSchema> schema(const QString& view) = 0;
    /// The position that gave cell (id, column) the value it had as of `at` (live: its last value);
    /// nothing where the row did not exist. By look-up in the row's history.
    virtual Result<std::optional<GlobalPosition>> setBy(const QString& view, const QString& id,
                                                        const QString& column,
                                                        std::optional<GlobalPosition> at) = 0;
    /// Begins a writing transaction; other writers wait for it. Inside an append (WithAppend) it is
    /// a part of that one. Fails with ReadOnly.
    virtual Result<std::unique_ptr<ViewTransaction>> begin() = 0;
    /// Like begin(), on empty shadow tables of these views; commit() swaps them in.
    virtual Result<std::unique_ptr<ViewTransaction>>
    beginRebuild(const std::vector<ViewSchema>&) = 0;
};

} // namespace rewindow
