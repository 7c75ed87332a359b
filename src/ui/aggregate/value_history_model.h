// The history of one place in a state as a table.
#pragma once

#include "model/timeline/timeline.h"

#include <QAbstractTableModel>

#include <vector>

namespace rewindow {

/// A row a change, newest first: version, event type, value.
class ValueHistoryModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { VersionColumn, TypeColumn, ValueColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setChanges(std::vector<ValueChange> changes); ///< oldest first
    StreamVersion version(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

  private:
    const ValueChange& change(const QModelIndex& index) const;

    std::vector<ValueChange> m_changes;
};

} // namespace rewindow
