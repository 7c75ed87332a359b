// A row of the causation tree: an event's type, and at the end of the row where it lies.
#pragma once

#include "ui/shell/event_type_delegate.h"

namespace rewindow {

/// Of the type's column of a CausationModel; the text of its other column stands at the right. The
/// two share a row's width, so that a deep chain of causes takes from neither before it must.
class CausationDelegate : public EventTypeDelegate {
    Q_OBJECT

  public:
    explicit CausationDelegate(QObject* parent = nullptr) : EventTypeDelegate(-1, parent) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace rewindow
