// Scrolling to a row of a view that has not got its size yet.
#pragma once

#include <QAbstractItemView>
#include <QPersistentModelIndex>

namespace rewindow {

/// Scrolls a view to a row, and again whenever the view is resized, until somebody moves about in
/// it: a row found while the window is still being laid out then stands where one found later does.
class RowInSight : public QObject {
    Q_OBJECT

  public:
    explicit RowInSight(QAbstractItemView& view);

    /// A row that is in sight already stays where it is.
    void seek(const QModelIndex& index, QAbstractItemView::ScrollHint hint);

  protected:
    bool eventFilter(QObject* object, QEvent* event) override;

  private:
    void scroll();
    void scrollAfresh();

    QAbstractItemView& m_view;
    QPersistentModelIndex m_sought;
    QAbstractItemView::ScrollHint m_hint = QAbstractItemView::EnsureVisible;
};

} // namespace rewindow
