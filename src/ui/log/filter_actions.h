// Filter for, filter out, colour by, copy: what can be done with any value the Log page shows.
#pragma once

#include "store/filter/filter_expression.h"

#include <QList>
#include <QObject>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

class QAction;
class QMenu;
class QModelIndex;
class QPoint;
class QWidget;

namespace rewindow {

class EventPanel;
class FacetsPanel;
class FilterBar;
class HistogramPanel;
class LogModel;
class LogTable;

/// A value, as what finds the events that have it.
struct FilterTarget {
    FilterExpression condition;
    QString text; ///< to copy
};

/// By keys on what the keyboard stands on, and as entries of context menus.
class FilterActions : public QObject {
    Q_OBJECT

  public:
    /// The actions work while the keyboard is in `page`; the bar outlives this.
    FilterActions(FilterBar& bar, QWidget* page);

    /// In a cell's menu the actions of its row come first, a null one as a separator.
    void watchTable(LogTable& table, const LogModel& model, const QList<QAction*>& ofRow);
    void watchEvent(EventPanel& panel);
    void watchHistogram(HistogramPanel& panel);
    void watchFacets(FacetsPanel& panel);
    QList<QAction*> actions() const { return {m_only, m_without, m_colour}; }

  signals:
    void colourWanted(const rewindow::FilterExpression& condition);

  private:
    using TargetOf = std::function<std::optional<FilterTarget>()>;
    using Act = void (FilterActions::*)(const FilterExpression& condition);
    using Filler = std::function<void(QMenu& menu, const QPoint& place)>;

    QAction* make(QWidget* page, const QString& name, const QString& drawing, const QString& tip,
                  const QKeySequence& keys, Act act);
    void watch(QWidget* view, TargetOf target);
    std::optional<FilterTarget> target() const;
    void only(const FilterExpression& condition);
    void without(const FilterExpression& condition);
    void fill(QMenu& menu, const FilterTarget& target);
    void fillOfCell(QMenu& menu, const LogModel& model, const QModelIndex& index);
    void offer(QMenu& menu, const QString& label, const QAction& like, Act act,
               const FilterExpression& condition, bool isAtHand);
    void offerFilters(QMenu& menu, const FilterExpression& condition, bool isAtHand);
    void offerColour(QMenu& menu, const FilterExpression& condition, bool isAtHand);
    void giveMenu(QWidget* view, QWidget* area, const Filler& filler);
    void giveMenu(QWidget* view, QWidget* area, const TargetOf& target);

    FilterBar& m_bar;
    std::vector<std::pair<QWidget*, TargetOf>> m_watched;
    QAction* m_only = nullptr;
    QAction* m_without = nullptr;
    QAction* m_colour = nullptr;
};

} // namespace rewindow
