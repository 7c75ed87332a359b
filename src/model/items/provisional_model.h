// The events that lie beyond a gap of the log that may still be filled.
#pragma once

#include "model/items/log_model.h"

#include <QAbstractTableModel>

#include <vector>

namespace rewindow {

/// Oldest first. Columns and roles are those of LogModel, up to the data.
class ProvisionalModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    using QAbstractTableModel::QAbstractTableModel;

    void setEvents(const std::vector<RecordedEvent>& events);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

  private:
    QString text(const QModelIndex& index) const;
    std::vector<LogRow> m_rows;
};

} // namespace rewindow
