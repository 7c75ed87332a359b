// What an audit of a view found.
#pragma once

#include "model/projection/audit.h"

#include <QWidget>

class QLabel;
class QTableWidget;

namespace rewindow {

/// Says that the view agrees with a fresh fold, or lists the cells that do not. Choosing a drift
/// names its row and the event that last set its cell.
class ViewRowsAudit : public QWidget {
    Q_OBJECT

  public:
    explicit ViewRowsAudit(QWidget* parent = nullptr);

    /// `rows` were compared, up to the view's checkpoint.
    void setFindings(const ViewSchema& schema, const std::vector<Drift>& drifts, qint64 rows,
                     GlobalPosition checkpoint);

  signals:
    void driftChosen(const QString& id, rewindow::GlobalPosition position);
    void closed();

  private:
    void choose(int row);

    std::vector<Drift> m_drifts;
    QLabel* m_summary = nullptr;
    QTableWidget* m_table = nullptr;
};

} // namespace rewindow
