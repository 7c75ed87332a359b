// A row of facets: a value over a bar, or the name of a facet.
#pragma once

#include "ui/shell/cell_delegate.h"

namespace rewindow {

class FacetsDelegate : public CellDelegate {
    Q_OBJECT

  public:
    static constexpr double kBarOpacity = 0.26; ///< of the bar that a value stands on

    explicit FacetsDelegate(QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace rewindow
