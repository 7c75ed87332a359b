// Over the log: the line in which it is filtered, other filters, and how many events that leaves.
#pragma once

#include "model/filter/filter_tab_list.h"
#include "store/event_filter.h"

#include <QList>
#include <QPointer>
#include <QWidget>

#include <functional>

class QAction;
class QLabel;
class QMenu;
class QToolButton;

namespace rewindow {

class FilterCompleter;
class FilterKnowledge;
class FilterLine;
class FilterTabs;
class KeptFilterTabs;
class LogOverview;
class Pill;
class SavedFilters;
class Session;

class FilterBar : public QWidget {
    Q_OBJECT

  public:
    /// Both must outlive it.
    FilterBar(Session& session, LogOverview& overview, QWidget* parent = nullptr);
    ~FilterBar() override;

    const EventFilter& filter() const;
    FilterLine* line() const { return m_line; }
    FilterTabs* tabs() const { return m_tabs; }
    SavedFilters* saved() const { return m_saved; }
    QToolButton* menuButton() const { return m_menuButton; }
    FilterCompleter* completer() const;
    FilterKnowledge* knowledge() const { return m_knowledge; }
    /// What works while the keyboard is in it, and may elsewhere.
    QList<QAction*> actions() const;
    /// Nothing is being looked up at this instant.
    bool isQuiet() const;

    /// Shows a filter from elsewhere.
    void showFilter(const EventFilter& filter);
    void showText(const QString& text);
    /// The moment has another filter: in the tab that has it, else in this one.
    void followMoment(const QString& text);
    /// Takes in a condition, or what is not wanted.
    void narrowTo(const FilterExpression& wanted);
    void leaveOut(const FilterExpression& unwanted);
    /// How many events there are: "7 of 10 events".
    void setCount(const QString& count);
    /// Into the line, to write a filter.
    void startTyping();

    /// Tells where one is in the table: kept with each tab.
    void setPlaceOf(std::function<TablePlace()> placeOf) { m_placeOf = std::move(placeOf); }
    const FilterTabList& tabList() const { return m_list; }
    /// Brings back the tabs there were when the store was left, around the present filter, and
    /// keeps them from now on.
    void keepTabs();
    void openTab();
    void closeTab(int tab);
    void nextTab(int step);

  signals:
    void filterChanged(const rewindow::EventFilter& filter);
    /// After a tab's filter: where one was under it.
    void placeWanted(const rewindow::TablePlace& place);

  private:
    void makeActions();
    void layOut();
    void takeTheme();
    void leaveTab();
    void arriveInTab();
    void fillMenu(QMenu& menu);
    void showSaved();
    void presentTabs();

    FilterKnowledge* m_knowledge = nullptr;
    SavedFilters* m_saved = nullptr;
    KeptFilterTabs* m_kept = nullptr;
    bool m_keeps = false;
    FilterTabList m_list;
    std::function<TablePlace()> m_placeOf;
    FilterTabs* m_tabs = nullptr;
    FilterLine* m_line = nullptr;
    QPointer<FilterCompleter> m_completer; ///< of the window
    QToolButton* m_menuButton = nullptr;
    Pill* m_count = nullptr;
    QLabel* m_mistake = nullptr;
    QAction* m_save = nullptr;
    QAction* m_open = nullptr;
    QAction* m_close = nullptr;
    QAction* m_next = nullptr;
    QAction* m_previous = nullptr;
};

} // namespace rewindow
