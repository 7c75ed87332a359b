// What can be done with a cell of the log.
#pragma once

#include <QList>
#include <QModelIndex>

#include <functional>

class QAction;
class QMenu;
class QWidget;

namespace rewindow {

class FilterExpression;
class LogModel;

/// What to do with what finds the events that have the value of a cell.
struct LogCellWishes {
    std::function<void(const FilterExpression&)> only;
    std::function<void(const FilterExpression&)> without;
    std::function<void(const FilterExpression&)> colour;
};

/// `actions` come first, a null one as a separator. Deletes itself when closed.
QMenu* logCellMenu(const LogModel& model, const QModelIndex& index, const QList<QAction*>& actions,
                   const LogCellWishes& wishes, QWidget* parent);

} // namespace rewindow
