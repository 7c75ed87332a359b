// Columns that always fit their view: nothing is cut, nothing scrolls sideways.
#pragma once

#include <QObject>

#include <vector>

class QAbstractScrollArea;
class QHeaderView;

namespace rewindow {

/// Columns have widths of their own; one takes what is left. Those that find no room are hidden,
/// the last first, until there is some again.
class ColumnFit : public QObject {
    Q_OBJECT

  public:
    /// Of `view`, whose columns `header` lays out; `flexible` is never hidden.
    ColumnFit(QAbstractScrollArea& view, QHeaderView& header, int flexible);

    /// One a column, in pixels; of the flexible one the least it needs. 0: never shown.
    void setWidths(std::vector<int> widths);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void fit();

    QAbstractScrollArea& m_view;
    QHeaderView& m_header;
    int m_flexible = 0;
    std::vector<int> m_widths;
};

} // namespace rewindow
