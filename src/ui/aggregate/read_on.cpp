#include "ui/aggregate/read_on.h"

#include <QTreeView>

namespace rewindow {

namespace {
constexpr int kAhead = 40; ///< rows below sight
}

std::optional<QModelIndex> parentToReadOn(const QTreeView& tree,
                                          const std::function<bool(const QModelIndex&)>& hasMore) {
    const QAbstractItemModel& model = *tree.model();
    const auto isEndOf = [&](const QModelIndex& index, const QModelIndex& parent) {
        return index.row() == model.rowCount(parent) - 1;
    };
    QModelIndex index = tree.indexAt(QPoint(2, 2));
    const int rowHeight = std::max(1, tree.visualRect(index).height());
    const int rows = tree.viewport()->height() / rowHeight + kAhead;
    for (int row = 0; row < rows && index.isValid(); ++row) {
        // A row may end its parent, and with it its parent's parent.
        const bool open = tree.isExpanded(index) && model.rowCount(index) > 0;
        for (QModelIndex end = open ? QModelIndex() : index;
             end.isValid() && isEndOf(end, end.parent()); end = end.parent())
            if (hasMore(end.parent()))
                return end.parent();
        index = tree.indexBelow(index);
    }
    return std::nullopt;
}

} // namespace rewindow
