// The window: a row of tools over a first page, a notice, or an open store.
#pragma once

#include "base/error.h"
#include "store/store_url.h"
#include "ui/shell/actions.h"
#include "ui/shell/landing.h"
#include "ui/shell/settings.h"
#include "ui/shell/window_actions.h"

#include <QMainWindow>
#include <QTimer>

#include <functional>
#include <memory>

class QStackedWidget;

namespace rewindow {

class BorderMover;
class DemoJob;
class DesktopPreference;
class LastPlace;
class MessageStrip;
class NoticePage;
class PasswordDesk;
class PlacesDesk;
class Session;
class StartPage;
class StatusLine;
class StoreView;
class ToolRow;

/// Composes; each page owns its own. Whatever takes long runs elsewhere, and what goes wrong is
/// said in the page.
class MainWindow : public QMainWindow {
    Q_OBJECT

  public:
    using Opened = std::function<void(Result<void>)>;

    /// `preference` is what the theme follows while the choice is Auto; may be nullptr: the theme
    /// is left as it is.
    MainWindow(Settings& settings, DesktopPreference* preference, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Opens a store and goes to a place in it. `opened` is told when it is there, or why not; the
    /// window says so too. Opening another one meanwhile gives up this one. By value: what is
    /// passed may belong to the store that is closed for it.
    void openStore(StoreUrl url, QString domain = {}, Landing landing = {}, Opened opened = {});
    /// From what a person typed or dropped.
    void openAddress(QString address);
    /// Opens this user's demo, making it first where it is not there.
    void openDemo();
    void closeStore();

    Session* session() const; ///< nullptr while no store is open
    const Actions& actionList() const { return m_actions; }
    const WindowActions& windowActions() const { return m_do; }
    /// Nothing is being opened, read or folded at this instant.
    bool isQuiet() const;
    /// The window as it looks, with what stands over it.
    QPixmap picture();
    /// What a notice or the message strip says; empty for nothing.
    QString message() const;
    PlacesDesk* places() const { return m_places.get(); } ///< nullptr while no store is open

    /// Off: leaves out what a clock measured, so that a picture is the same each time.
    void setTimingsShown(bool shown) { m_timings = shown; }

  protected:
    bool focusNextPrevChild(bool next) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    void layOut();
    void connectActions();
    void connectThemes();
    void connectTimes();
    void connectBorders();
    void connectPlaces();
    void installPlaces();
    void openLink(const Moment& moment);
    void goTo(const Landing& landing, const Opened& opened);
    bool isDrawnOnly() const;
    void goWhereLeft(const Opened& opened);
    void comeInSight(const Result<void>& word, const std::function<void()>& then);
    void fillMenus();
    void fillRecent();
    void chooseFile();
    void connectToServer();
    void showStart();
    /// A store to open, and what then.
    struct Wish {
        StoreUrl url;
        QString domain;
        Landing landing;
        Opened opened;
    };
    void tryToOpen(const Wish& wish);
    void takeRefusal(const Wish& wish, const Error& error);
    void install(std::unique_ptr<Session> session);
    void refused(const Error& error);
    void takeMoment();
    void showReplay(qint64 events, qint64 microseconds);
    void setZoom(int percent);
    void showShortcuts();
    void showAbout();

    Settings& m_settings;
    DesktopPreference* m_preference;
    Actions m_actions;
    QTimer m_refill; ///< of the menus, once what is going on is done
    WindowActions m_do;

    ToolRow* m_tools = nullptr;
    MessageStrip* m_strip = nullptr; ///< what does not concern a store
    QStackedWidget* m_stack = nullptr;
    StartPage* m_start = nullptr;
    NoticePage* m_notice = nullptr;
    StatusLine* m_status = nullptr;
    BorderMover* m_borders = nullptr;
    QMenu* m_storeMenu = nullptr;
    QMenu* m_recentMenu = nullptr;
    QAction* m_cancel = nullptr;
    QAction* m_retry = nullptr;
    StoreView* m_view = nullptr;
    PasswordDesk* m_passwords = nullptr;
    std::unique_ptr<PlacesDesk> m_places; ///< these two go before m_view
    std::unique_ptr<LastPlace> m_lastPlace;
    std::unique_ptr<DemoJob> m_demo;
    std::unique_ptr<QObject> m_opening; ///< guard of the store being opened
    std::function<void()> m_again;      ///< what m_retry does
    bool m_timings = true;
};

} // namespace rewindow
