// The rows a projection sees inside a view transaction, with what it wrote gathered up.
#pragma once

#include "model/projection/projection.h"
#include "model/projection/row_index.h"

#include <QHash>
#include <QString>

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace rewindow {

/// Rows of one view: those of the transaction, overlaid by what was put and removed since. What a
/// single event did can be taken back; flush() hands the rest to the transaction. Everything read
/// stays cached, which is sound as long as the transaction lasts.
class RowOverlay final : public ViewRows {
  public:
    /// `companions`: the schemas of the tables that companion() may be asked for.
    RowOverlay(ViewTransaction& transaction, ViewSchema schema,
               std::vector<ViewSchema> companions = {});

    std::optional<ViewRow> row(const QString& id) override;
    std::vector<ViewRow> rowsWhere(const QString& column, const ViewValue& value) override;
    void put(ViewRow row) override;
    void remove(const QString& id) override;
    ViewRows& companion(const QString& table) override;

    void beginEvent(GlobalPosition position);
    /// Undoes what was put and removed since beginEvent().
    void takeBackEvent();
    Result<void> flush();
    /// Reading rows may fail where ViewRows cannot say so: it is said here, once an event is over.
    const std::optional<Error>& failure() const;

  private:
    /// A column that rows were looked up by.
    struct Lookup {
        RowIndex cached;                ///< of the rows in the cache
        std::set<ViewValue> known = {}; ///< values of which the cache has every row
    };

    Lookup& lookupBy(int column);
    void remember(const QString& id, std::optional<ViewRow> row);
    void change(const QString& id, std::optional<ViewRow> row);
    std::vector<ViewRow> read(const RowQuery& query);

    ViewTransaction& m_transaction;
    ViewSchema m_schema;
    std::map<QString, RowOverlay> m_companions;
    QHash<QString, std::optional<ViewRow>> m_cached;
    std::map<int, Lookup> m_lookups; ///< by column
    std::vector<RowChange> m_changes;
    GlobalPosition m_position;
    std::vector<std::pair<QString, std::optional<ViewRow>>> m_undo; ///< of this event, newest last
    std::size_t m_changesBefore = 0;
    std::optional<Error> m_failure;
};

} // namespace rewindow
