// The rows a projection sees inside a view transaction, with what it wrote gathered up.
#pragma once

#include "model/projection/projection.h"

#include <QHash>
#include <QString>

#include <map>
#include <optional>
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
    void change(const QString& id, std::optional<ViewRow> row);
    std::vector<ViewRow> read(const RowQuery& query);

    ViewTransaction& m_transaction;
    ViewSchema m_schema;
    std::map<QString, RowOverlay> m_companions;
    QHash<QString, std::optional<ViewRow>> m_cached;
    std::vector<RowChange> m_changes;
    GlobalPosition m_position;
    std::vector<std::pair<QString, std::optional<ViewRow>>> m_undo; ///< of this event, newest last
    std::size_t m_changesBefore = 0;
    std::optional<Error> m_failure;
};

} // namespace rewindow
