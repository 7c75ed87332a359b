// The Log page: every event of the store, and one of them in detail.
#pragma once

#include "model/items/log_model.h"
#include "model/moment/moment.h"

#include <QWidget>

class QSplitter;

namespace rewindow {

class CausationPanel;
class ContextPanel;
class EventPanel;
class FacetsPanel;
class FilterActions;
class FilterBar;
class FilterLine;
class HistogramPanel;
class LogAppearance;
class LogCounts;
class LogDetail;
class LogFollow;
class LogMarking;
class LogMoments;
class LogNavigation;
class LogOverview;
class LogTable;
class LogTablePanel;
class ProvisionalPanel;
class Session;

class LogPage : public QWidget {
    Q_OBJECT

  public:
    explicit LogPage(Session& session, QWidget* parent = nullptr);

    /// What the page adds to the list of actions.
    QList<QAction*> actions() const { return m_actions; }
    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);

    LogModel* model() const { return m_model; }
    LogTable* table() const { return m_table; }
    ProvisionalPanel* provisionalPanel() const { return m_provisional; }
    FilterBar* filterBar() const { return m_filter; }
    FilterLine* filterLine() const;
    EventPanel* eventPanel() const;
    CausationPanel* causationPanel() const;
    HistogramPanel* histogramPanel() const { return m_histogram; }
    FacetsPanel* facetsPanel() const { return m_facets; }
    LogAppearance* appearance() const { return m_appearance; }
    LogMarking* marking() const { return m_marking; }
    LogFollow* follow() const { return m_follow; }
    ContextPanel* contextPanel() const { return m_context; }
    /// That moment, with the event at the top of the table.
    Moment placed(Moment moment) const;
    /// Nothing is being counted for this page at this instant.
    bool isQuiet() const;

  private:
    void begin();
    void makeActions();
    void makeContext();
    void connectValues();
    void layOut();
    void takeMoment(const Moment& now, const Moment& before);
    void takeFilter(const EventFilter& filter);
    void takeState();
    LogSummary summary() const;
    void showCount();
    void presentEvent(const QModelIndex& index);
    void connectParts();

    Session& m_session;
    LogOverview* m_overview = nullptr;
    LogCounts* m_counts = nullptr;
    LogModel* m_model = nullptr;
    LogTable* m_table = nullptr;
    FilterBar* m_filter = nullptr;
    LogTablePanel* m_tablePanel = nullptr;
    ProvisionalPanel* m_provisional = nullptr;
    LogDetail* m_detail = nullptr;
    HistogramPanel* m_histogram = nullptr;
    FacetsPanel* m_facets = nullptr;
    FilterActions* m_values = nullptr;
    LogAppearance* m_appearance = nullptr;
    LogMarking* m_marking = nullptr;
    LogFollow* m_follow = nullptr;
    LogNavigation* m_navigation = nullptr;
    LogMoments* m_moments = nullptr;
    ContextPanel* m_context = nullptr;
    bool m_hasBegun = false; ///< to show the log
    QSplitter* m_splitter = nullptr;
    QSplitter* m_body = nullptr;   ///< facets beside the tables
    QSplitter* m_tables = nullptr; ///< the log over the context
    QAction* m_newestFirst = nullptr;
    QAction* m_open = nullptr;
    QAction* m_copyLink = nullptr;
    QAction* m_showContext = nullptr;
    QList<QAction*> m_actions;
    bool m_shown = false; ///< the current row's event was asked for: its position is known
};

} // namespace rewindow
