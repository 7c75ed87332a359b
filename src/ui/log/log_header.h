// The header of the log's table: which columns are seen, in which order, how wide.
#pragma once

#include "model/items/log_columns.h"

#include <QHash>
#include <QHeaderView>
#include <QSet>

namespace rewindow {

class LogModel;

/// The column of signs stays first; the others can be dragged, and have a menu.
class LogHeader : public QHeaderView {
    Q_OBJECT

  public:
    /// In pixels, where nobody has drawn a column to another width.
    static int usualWidth(LogColumn::Kind kind, const QString& title);

    /// The model, which must be the view's, outlives it.
    explicit LogHeader(LogModel& model, QWidget* parent = nullptr);

    /// Asks the model for the fields among them. Columns that were seen keep their widths.
    void showColumns(const LogColumns& columns);
    /// As they are seen now.
    LogColumns columns() const;
    /// Gives every column the width that suits its contents.
    void fitColumns();
    /// Those a person drew, by the columns' words; at a zoom of 100 %.
    const QHash<QString, int>& drawnWidths() const { return m_drawn; }
    void setDrawnWidths(const QHash<QString, int>& widths);
    /// Of one section.
    QMenu* menuOf(int section);

  signals:
    /// By hand.
    void columnsChanged(const rewindow::LogColumns& columns);
    void dialogWanted();

  protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

  private:
    int widthOf(int section) const;

    LogModel& m_model;
    QHash<QString, int> m_drawn;
    QSet<int> m_resized;      ///< sections, since a button is down
    bool m_isShowing = false; ///< moves sections itself
};

} // namespace rewindow
