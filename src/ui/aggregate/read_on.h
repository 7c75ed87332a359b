// Reading on in a tree as it is scrolled.
#pragma once

#include <QModelIndex>

#include <functional>
#include <optional>

class QTreeView;

namespace rewindow {

/// The first parent whose last row there is comes in sight of `tree`, or soon will, and of which
/// `hasMore` says that there are more rows; nothing where there is none. Qt itself looks only at
/// the end of the whole tree; parents in its middle have an end too. An invalid index is the root.
std::optional<QModelIndex> parentToReadOn(const QTreeView& tree,
                                          const std::function<bool(const QModelIndex&)>& hasMore);

} // namespace rewindow
