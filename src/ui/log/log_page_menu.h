// What can be done with a row of the log.
#pragma once

#include "store/event_filter.h"

#include <QModelIndex>

#include <functional>

class QAction;
class QMenu;
class QWidget;

namespace rewindow {

/// Deletes itself when closed. `narrow` is called with the filter to show from now on.
QMenu* logRowMenu(const QModelIndex& index, QAction* open, const EventFilter& filter,
                  const std::function<void(const QString&)>& narrow, QWidget* parent);

} // namespace rewindow
