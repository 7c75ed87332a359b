// The streams that lead a log: by length, size, age or the longest pause.
#pragma once

#include "model/statistics/statistics.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace rewindow {

/// The first 200 by the column that sort() names, largest first; by length at first. A Statistics
/// holds no more, so that there is no smallest first. Roles: see statistics_roles.h.
class StreamRankingModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { StreamColumn, EventsColumn, BytesColumn, AgeColumn, PauseColumn, ColumnCount };
    static constexpr std::size_t kMost = 200;

    using QAbstractTableModel::QAbstractTableModel;

    void setStatistics(std::shared_ptr<const Statistics> statistics);
    const StreamStatistics& stream(int row) const { return *m_rows[static_cast<std::size_t>(row)]; }
    int ranking() const { return m_column; } ///< the column

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::DescendingOrder) override;

  private:
    static qint64 value(const StreamStatistics& stream, int column);
    void rank();

    std::shared_ptr<const Statistics> m_statistics = std::make_shared<const Statistics>();
    std::vector<const StreamStatistics*> m_rows;
    int m_column = EventsColumn;
};

} // namespace rewindow
