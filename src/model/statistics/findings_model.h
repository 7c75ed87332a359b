// Findings as rows.
#pragma once

#include "model/statistics/statistics.h"

#include <QAbstractTableModel>

#include <vector>

namespace rewindow {

/// Roles: see statistics_roles.h.
class FindingsModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column {
        SentenceColumn,
        KindColumn,
        TypeColumn,
        PathColumn,
        StreamColumn,
        PositionColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows stay where they are while the sentences stay the same.
    void setFindings(std::vector<Finding> findings);
    const Finding& finding(int row) const { return m_findings[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

  private:
    static QString kindText(Finding::Kind kind);

    std::vector<Finding> m_findings;
};

} // namespace rewindow
