// The table that shows a view's rows.
#pragma once

#include "ui/shell/row_in_sight.h"

#include <QString>
#include <QTableView>

class QAction;

namespace rewindow {

class ViewRowsModel;

/// Tells its model which rows are in sight, copies whole values, and always has a current cell.
class ViewRowsTable : public QTableView {
    Q_OBJECT

  public:
    ViewRowsTable(ViewRowsModel& rows, QWidget* parent);

    /// Shown in the middle while there are no rows.
    void setPlaceholder(const QString& text);
    /// To its cell in the column of that name, else to its first.
    void scrollToRow(int row, const QString& column = {});
    /// Makes the columns fit their values again, as after a change of view.
    void refit();

  signals:
    void rowChosen(const QString& id, const QString& column);
    void linkRequested(const QString& id, const QString& column);
    void whoSetThis(const QString& id, const QString& column);

  protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool viewportEvent(QEvent* event) override;

  private:
    QAction* addOwnAction(const QString& text, const QString& iconName, const QKeySequence& keys,
                          void (ViewRowsTable::*slot)());
    void chooseCurrent();
    void askWhoSetCurrent();
    void copyCell();
    void copyRow();
    void askForLink();
    void tellSight();
    void keepCurrent();
    void fitColumns();
    void takeTheme();

    ViewRowsModel& m_rows;
    RowInSight m_inSight{*this};
    QString m_placeholder;
    bool m_fitted = false; ///< columns fit the rows of this view
    bool m_fitting = false;
    bool m_userSized = false; ///< the user drew a column's width: leave it
};

} // namespace rewindow
