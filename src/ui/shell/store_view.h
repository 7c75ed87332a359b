// One open store: its session and the pages that show it.
#pragma once

#include "model/moment/moment.h"
#include "model/session/session.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QStackedWidget;

namespace rewindow {

class Actions;
class AggregatePage;
class CompareDesk;
class CompareWindow;
class ExportStrip;
class LogPage;
class MessageStrip;
class Settings;
class StatisticsPage;

/// Pages are made when they are first looked at; the session's moment says which one shows.
class StoreView : public QWidget {
    Q_OBJECT

  public:
    StoreView(std::unique_ptr<Session> session, Actions& actions, Settings& settings,
              QWidget* parent = nullptr);
    ~StoreView() override;

    Session* session() const { return m_session.get(); }
    /// Shows the page of the session's moment, as soon as it is made, from now on whenever it
    /// changes.
    void begin();
    /// A page is shown, and nothing is being read or folded at this instant.
    bool isQuiet() const;
    /// The session's moment, and what of its page only the page knows.
    Moment placed() const;
    CompareWindow* comparison() const; ///< nullptr while nothing is compared
    void say(const Error& error);
    /// Shows the form of that command on the Aggregate page.
    void presentCommand(const QString& command);
    QString message() const;
    void saveLayouts();
    /// Every page as it is at first.
    void resetLayouts();

  signals:
    /// Another page is in sight, or the first one.
    void pageShown();
    /// An aggregate's events were folded.
    void replayed(qint64 events, qint64 microseconds);

  private:
    void showPage(Page page);
    /// nullptr for one that is still being built, and will be shown when it is.
    QWidget* makePage(Page page);
    void makeLog();
    void makeStatistics();
    void takeAggregate();
    void sayReplayed();

    std::unique_ptr<Session> m_session; ///< outlives the pages, which are deleted first
    Actions& m_actions;
    Settings& m_settings;
    MessageStrip* m_strip = nullptr;
    QString m_whyStale; ///< what was said of it
    ExportStrip* m_exports = nullptr;
    QStackedWidget* m_stack = nullptr;
    QWidget* m_shown = nullptr; ///< of the pages below
    AggregatePage* m_aggregate = nullptr;
    LogPage* m_log = nullptr;
    StatisticsPage* m_statistics = nullptr;
    CompareDesk* m_compare = nullptr;
    QTimer m_keeping; ///< of layouts: also a window that is killed has them again
};

} // namespace rewindow
