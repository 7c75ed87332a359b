// How an event's row looks: a coloured square before the type, dim after the playhead.
#pragma once

#include <QStyledItemDelegate>

namespace rewindow {

/// Shows a LogModel's texts as plain text on one line.
class LogDelegate : public QStyledItemDelegate {
    Q_OBJECT

  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QString displayText(const QVariant& value, const QLocale& locale) const override;
};

} // namespace rewindow
