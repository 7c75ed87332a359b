// The event types of a log, and how many and how large their events are.
#pragma once

#include "model/statistics/statistics.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace rewindow {

/// Most frequent first, until sort() says otherwise. Roles: see statistics_roles.h.
class TypesModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column {
        TypeColumn,
        EventsColumn,
        TotalColumn,
        MedianColumn,
        P95Column,
        MostColumn,
        LeastColumn,
        FirstColumn,
        LastColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows stay where they are while the types and their order stay the same.
    void setStatistics(std::shared_ptr<const Statistics> statistics);
    const TypeStatistics& type(int row) const;
    int rowOf(const QString& type) const; ///< -1: not there

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    int sortedBy() const { return m_column; }
    Qt::SortOrder direction() const { return m_direction; }
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

  private:
    QVariant value(const TypeStatistics& type, int column) const;
    std::vector<int> sorted() const;

    std::shared_ptr<const Statistics> m_statistics = std::make_shared<const Statistics>();
    std::vector<int> m_order; ///< of the statistics' types
    int m_column = EventsColumn;
    Qt::SortOrder m_direction = Qt::DescendingOrder;
};

} // namespace rewindow
