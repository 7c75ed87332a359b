// The table of the Log page: keys, and a place that stays where it is when events arrive.
#pragma once

#include <QTableView>

namespace rewindow {

class LogHeader;
class LogModel;

class LogTable : public QTableView {
    Q_OBJECT

  public:
    explicit LogTable(LogModel& model, QWidget* parent = nullptr);

    LogHeader* header() const { return m_header; }
    /// Makes the row of `index` the current one, in the column that is current, and shows it; where
    /// there is no such row, none is.
    void showRow(const QModelIndex& index, ScrollHint hint = EnsureVisible);
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;

  signals:
    void chosen(const QModelIndex& index); ///< Enter or a double click
    void currentRowChanged(const QModelIndex& index);
    void firstWanted(); ///< Home: the first row of the log, not of the window onto it
    void lastWanted();  ///< End
    void edgeReached(bool bottom);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void rowsInserted(const QModelIndex& parent, int start, int end) override;

  private:
    void takeTheme();
    /// A cell of the row that is in sight where `index` is in a column that is not.
    QModelIndex seen(const QModelIndex& index) const;

    LogHeader* m_header = nullptr;
};

} // namespace rewindow
