// What the window is made of, its menus, and what follows the open store's moment.
#include "ui/shell/main_window.h"

#include "model/places/last_place.h"
#include "model/session/session.h"
#include "ui/places/link_clipboard.h"
#include "ui/places/places_desk.h"
#include "ui/places/why_disabled.h"
#include "ui/shell/demo_job.h"
#include "ui/shell/icons.h"
#include "ui/shell/message_strip.h"
#include "ui/shell/notice_page.h"
#include "ui/shell/number_text.h"
#include "ui/shell/password_desk.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/shortcuts_dialog.h"
#include "ui/shell/start_page.h"
#include "ui/shell/status_line.h"
#include "ui/shell/store_view.h"
#include "ui/shell/table_access.h"
#include "ui/shell/theme.h"
#include "ui/shell/tool_row.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace rewindow {

namespace {
constexpr int kWidth = 1280;
constexpr int kHeight = 800;
constexpr int kZoomStep = 10;
constexpr int kAddressShown = 120; ///< of a store that was open before
} // namespace

MainWindow::MainWindow(Settings& settings, DesktopPreference* preference, QWidget* parent)
    : QMainWindow(parent)
    , m_settings(settings)
    , m_preference(preference)
    , m_do(m_actions, this) {
    installTableAccess();
    setAcceptDrops(true);
    setWindowIcon(QIcon(QStringLiteral(":/rewindow/icons/rewindow.svg")));
    layOut();
    connectActions();
    connectPlaces();
    connectThemes();
    connectTimes();
    connectBorders();
    fillMenus();
    // A page brings dozens of actions: the menus are made anew once for all of them.
    m_refill.setSingleShot(true);
    connect(&m_actions, &Actions::changed, &m_refill, qOverload<>(&QTimer::start));
    connect(&m_refill, &QTimer::timeout, this, &MainWindow::fillMenus);
    resize(kWidth, kHeight);
    restoreGeometry(m_settings.windowGeometry());
    showStart();
    if (!m_settings.setAside().isEmpty())
        m_strip->say({Error::Kind::Storage,
                      tr("The window's settings could not be read, and begin anew; they were put "
                         "aside as %1")
                          .arg(QDir::toNativeSeparators(m_settings.setAside())),
                      {},
                      {}});
}

MainWindow::~MainWindow() {
    m_status->setSession(nullptr);
    m_tools->setSession(nullptr);
    m_places.reset();
    m_lastPlace.reset();
    delete m_view;
}

void MainWindow::layOut() {
    m_storeMenu = new QMenu(this);
    m_recentMenu = new QMenu(tr("Open recent"), this);
    m_recentMenu->setIcon(icon(QStringLiteral("recent")));
    m_cancel = new QAction(icon(QStringLiteral("cancel")), tr("Cancel"), this);
    m_retry = new QAction(icon(QStringLiteral("refresh")), tr("Try again"), this);
    m_tools = new ToolRow({.storeMenu = m_storeMenu,
                           .back = m_do.back,
                           .forward = m_do.forward,
                           .live = m_do.live,
                           .goTo = m_do.goTo,
                           .pages = {m_do.logPage, m_do.aggregatePage, m_do.statisticsPage}});
    m_start = new StartPage({m_do.demo, m_do.open, m_do.connectTo});
    m_notice = new NoticePage;
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_start);
    m_stack->addWidget(m_notice);
    auto* central = new QWidget;
    auto* column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_strip = new MessageStrip(central);
    column->addWidget(m_tools);
    column->addWidget(m_strip);
    column->addWidget(m_stack, 1);
    setCentralWidget(central);
    auto* name = new QLabel(tr("Rewindow"));
    name->setObjectName(QStringLiteral("applicationName"));
    menuBar()->setCornerWidget(name, Qt::TopLeftCorner);
    m_status = new StatusLine;
    setStatusBar(m_status);
    m_passwords = new PasswordDesk(*this);
    connect(m_passwords, &PasswordDesk::failed, this, [this](const Error& error) {
        if (m_view)
            m_view->say(error);
        else
            m_strip->say(error);
    });
    connect(m_start, &StartPage::recentChosen, this, &MainWindow::openAddress);
    connect(m_start, &StartPage::forgetRecent, this, [this](const QString& address) {
        m_settings.removeRecentStore(address);
        fillRecent();
    });
}

void MainWindow::connectActions() {
    const auto on = [this](QAction* action, auto&& does) {
        connect(action, &QAction::triggered, this, std::forward<decltype(does)>(does));
    };
    on(m_do.open, [this] { chooseFile(); });
    on(m_do.connectTo, [this] { connectToServer(); });
    on(m_do.demo, [this] { openDemo(); });
    const auto leave = [this] {
        m_settings.setOpenStore({});
        showStart();
    };
    on(m_do.close, leave);
    on(m_do.quit, [this] { close(); });
    on(m_do.reload, [this] {
        if (session())
            openStore(session()->info().url, {}, Landing::of(session()->moment()));
    });
    on(m_do.copyLink, [this] {
        if (session())
            copyLink(m_view->placed());
    });
    connect(m_do.domains, &QActionGroup::triggered, this, [this](QAction* action) {
        if (session())
            openStore(session()->info().url, action->data().toString(),
                      Landing::of(session()->moment()));
    });
    on(m_do.logPage, [this] {
        if (session())
            session()->setPage(Page::Log);
    });
    on(m_do.aggregatePage, [this] {
        if (session())
            session()->setPage(Page::Aggregate);
    });
    on(m_do.statisticsPage, [this] {
        if (session())
            session()->setPage(Page::Statistics);
    });
    on(m_do.back, [this] {
        if (session())
            session()->back();
    });
    on(m_do.forward, [this] {
        if (session())
            session()->forward();
    });
    on(m_do.live, [this] {
        if (session())
            session()->setPlayhead(
                session()->moment().isLive() ? std::optional(session()->playhead()) : std::nullopt);
    });
    on(m_do.zoomIn, [this] { setZoom(Theme::instance().zoom() + kZoomStep); });
    on(m_do.zoomOut, [this] { setZoom(Theme::instance().zoom() - kZoomStep); });
    on(m_do.zoomReset, [this] { setZoom(100); });
    on(m_do.resetLayout, [this] {
        if (m_view)
            m_view->resetLayouts();
    });
    on(m_do.fullScreen, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    on(m_do.shortcuts, [this] { showShortcuts(); });
    on(m_do.about, [this] { showAbout(); });
    on(m_cancel, leave);
    on(m_retry, [this] {
        if (const auto again = m_again) // it replaces m_again
            again();
    });
}

void MainWindow::fillMenus() {
    menuBar()->clear();
    qDeleteAll(menuBar()->findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly));
    for (const Actions::Menu menu : Actions::kMenus) {
        const QList<QAction*> actions = m_actions.inSight(menu);
        if (actions.isEmpty())
            continue;
        QMenu* shown = menuBar()->addMenu(Actions::menuName(menu));
        for (QAction* action : actions) {
            if (action == m_do.quit || action == m_do.back || action == m_do.zoomIn ||
                action == m_do.themes->actions().first() ||
                action == m_do.domains->actions().first())
                shown->addSeparator();
            shown->addAction(action);
            if (action == m_do.demo)
                shown->addMenu(m_recentMenu);
        }
    }
    m_storeMenu->clear();
    m_storeMenu->addActions({m_do.open, m_do.connectTo, m_do.demo});
    m_storeMenu->addMenu(m_recentMenu);
    m_storeMenu->addSeparator();
    m_storeMenu->addActions({m_do.reload, m_do.copyLink, m_do.close});
    fillRecent();
}

void MainWindow::fillRecent() {
    const QStringList addresses = m_settings.recentStores();
    m_start->setRecent(addresses);
    m_recentMenu->clear();
    m_recentMenu->setEnabled(!addresses.isEmpty());
    for (const QString& address : addresses)
        m_recentMenu->addAction(menuText(address, kAddressShown), this,
                                [this, address] { openAddress(address); });
}

Session* MainWindow::session() const {
    return m_view ? m_view->session() : nullptr;
}

void MainWindow::takeMoment() {
    const Session* open = session();
    for (QAction* action : m_do.ofStore())
        setEnabledOr(*action, open, tr("Open a store first."));
    setEnabledOr(*m_do.back, open && open->canGoBack(), tr("There is nowhere to go back to."));
    setEnabledOr(*m_do.forward, open && open->canGoForward(),
                 tr("You have not gone back from anywhere."));
    if (!open)
        return;
    const Page page = open->moment().page;
    (page == Page::Log          ? m_do.logPage
     : page == Page::Statistics ? m_do.statisticsPage
                                : m_do.aggregatePage)
        ->setChecked(true);
    m_do.live->setChecked(open->moment().isLive());
}

void MainWindow::showReplay(qint64 events, qint64 microseconds) {
    const QString what =
        events == 1 ? tr("replayed 1 event") : tr("replayed %1 events").arg(numberText(events));
    m_status->setReplay(m_timings ? tr("%1 in %2").arg(what, durationText(microseconds)) : what);
}

bool MainWindow::isQuiet() const {
    return !m_opening && !m_demo && (!m_view || m_view->isQuiet());
}

QString MainWindow::message() const {
    if (m_stack->currentWidget() == m_notice)
        return m_notice->sentence();
    const QString ofStore = m_view ? m_view->message() : QString();
    return ofStore.isEmpty() ? m_strip->message() : ofStore;
}

void MainWindow::showShortcuts() {
    auto* dialog = new ShortcutsDialog(m_actions, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showAbout() {
    auto* box =
        new QMessageBox(QMessageBox::NoIcon, tr("About Rewindow"),
                        tr("Rewindow %1\n\nA desktop window onto an event log, one that "
                           "rewinds.\n\nFree software under the GNU General Public License, "
                           "version 3 or later.")
                            .arg(QCoreApplication::applicationVersion()),
                        QMessageBox::Close, this);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    m_settings.setWindowGeometry(saveGeometry());
    if (m_view)
        m_view->saveLayouts();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().first().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    openAddress(event->mimeData()->urls().first().toLocalFile());
}

} // namespace rewindow
