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
class QTableView;
class QWidget;

namespace rewindow {

class EventPanel;
class FacetsPanel;
class FilterBar;
class HistogramPanel;
class LogModel;

/// A value, as what finds the events that have it.
struct FilterTarget {
    FilterExpression condition;
    QString text; ///< to copy
};

/// By keys on what the keyboard stands on, and as entries of context menus.
class FilterActions : public QObject {
    Q_OBJECT

  public:
    using TargetOf = std::function<std::optional<FilterTarget>()>;

    /// The actions work while the keyboard is in `page`; the bar outlives this.
    FilterActions(FilterBar& bar, QWidget* page);

    /// `target` tells what the keyboard stands on while it is in `view`.
    void watch(QWidget* view, TargetOf target);
    void watchTable(QTableView& table, const LogModel& model); ///< its menu is its own
    void watchEvent(EventPanel& panel);
    void watchHistogram(HistogramPanel& panel);
    void watchFacets(FacetsPanel& panel);
    QList<QAction*> actions() const { return {m_only, m_without, m_colour}; }
    /// Entries for a value.
    void fill(QMenu& menu, const FilterTarget& target);

    void only(const FilterExpression& condition);
    void without(const FilterExpression& condition);

  signals:
    void colourWanted(const rewindow::FilterExpression& condition);

  private:
    QAction* make(QWidget* page, const QString& name, const QString& drawing, const QString& tip,
                  const QKeySequence& keys,
                  void (FilterActions::*act)(const FilterExpression& condition));
    std::optional<FilterTarget> target() const;
    void giveMenu(QWidget* view, QWidget* area);

    FilterBar& m_bar;
    std::vector<std::pair<QWidget*, TargetOf>> m_watched;
    QAction* m_only = nullptr;
    QAction* m_without = nullptr;
    QAction* m_colour = nullptr;
};

} // namespace rewindow
