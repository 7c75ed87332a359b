// A view's rows in memory, with who set each cell.
#pragma once

#include "model/projection/projection.h"
#include "model/projection/row_index.h"

#include <QString>

#include <map>
#include <utility>

namespace rewindow {

/// Knows of each cell which position last gave it another value.
class MemoryRows final : public ViewRows {
  public:
    explicit MemoryRows(ViewSchema schema, std::vector<ViewSchema> companions = {});

    std::optional<ViewRow> row(const QString& id) override;
    std::vector<ViewRow> rowsWhere(const QString& column, const ViewValue& value) override;
    void put(ViewRow row) override;
    void remove(const QString& id) override;
    ViewRows& companion(const QString& table) override;

    /// What follows happens at this position.
    void beginEvent(GlobalPosition position) { m_position = position; }

    using Setters = std::map<std::pair<QString, int>, GlobalPosition>;
    std::map<QString, ViewRow>& rows() { return m_rows; }
    Setters& setters() { return m_setBy; }

  private:
    ViewSchema m_schema;
    std::map<QString, MemoryRows> m_companions;
    GlobalPosition m_position;
    std::map<QString, ViewRow> m_rows;
    Setters m_setBy;
    std::map<int, RowIndex> m_indexes; ///< by column, for those that were looked up by
};

} // namespace rewindow
