// Opening and closing stores: the window's part in it.
#include "model/places/last_place.h"
#include "model/session/session.h"
#include "store/passwords.h"
#include "ui/places/places_desk.h"
#include "ui/shell/connect_dialog.h"
#include "ui/shell/demo_job.h"
#include "ui/shell/file_dialog.h"
#include "ui/shell/main_window.h"
#include "ui/shell/notice_page.h"
#include "ui/shell/password_desk.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/start_page.h"
#include "ui/shell/status_line.h"
#include "ui/shell/store_view.h"
#include "ui/shell/tool_row.h"

#include <QActionGroup>
#include <QFileInfo>
#include <QStackedWidget>

namespace rewindow {

void MainWindow::chooseFile() {
    auto* dialog =
        new FileDialog(this, tr("Open a store"), m_settings.lastFolder(),
                       tr("Stores (*.db *.sqlite *.sqlite3 *.jsonl *.ndjson);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const QString path = dialog->selectedFiles().value(0);
        if (path.isEmpty())
            return;
        m_settings.setLastFolder(QFileInfo(path).path());
        openAddress(path);
    });
    dialog->open();
}

void MainWindow::connectToServer() {
    auto* dialog = new ConnectDialog(m_settings.recentServers(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const auto url = dialog->url();
        if (!url)
            return;
        openStore(*url);
        if (!url->password().isEmpty())
            m_passwords->take(url->withoutPassword(), url->password(), dialog->isToBeKept());
    });
    dialog->open();
}

// By value, as in openStore(): what is opened again lies in m_again, which changes meanwhile.
// NOLINTNEXTLINE(performance-unnecessary-value-param)
void MainWindow::openAddress(QString address) {
    const auto url = StoreUrl::parse(address);
    if (url) {
        openStore(*url);
        return;
    }
    m_again = [this, address] { openAddress(address); };
    refused(url.error());
}

// NOLINTNEXTLINE(performance-unnecessary-value-param)
void MainWindow::openStore(StoreUrl url, QString domain, Landing landing, Opened opened) {
    closeStore();
    if (!url.password().isEmpty())
        passwords::keep(url, url.password());
    url = url.withoutPassword(); // from here on it may be shown and remembered
    m_again = [this, url, domain, landing] { openStore(url, domain, landing); };
    m_notice->showProgress(tr("Opening %1…").arg(url.displayName()), m_cancel);
    m_stack->setCurrentWidget(m_notice);
    tryToOpen({url, domain, landing, opened});
}

void MainWindow::tryToOpen(const Wish& wish) {
    m_opening = std::make_unique<QObject>();
    Session::open(wish.url, wish.domain, m_opening.get(),
                  [this, wish](Result<std::unique_ptr<Session>> session) {
                      m_opening.release()->deleteLater(); // it guards the call this runs in
                      if (!session)
                          return takeRefusal(wish, session.error());
                      m_passwords->accepted(wish.url);
                      install(std::move(*session));
                      if (wish.landing == Landing{} && !isDrawnOnly())
                          goWhereLeft(wish.opened);
                      else
                          goTo(wish.landing, wish.opened);
                  });
}

void MainWindow::takeRefusal(const Wish& wish, const Error& error) {
    const auto end = [this, wish, error] {
        m_passwords->stop();
        refused(error);
        if (wish.opened)
            wish.opened(std::unexpected(error));
    };
    // A picture is drawn with nobody before it.
    if (error.kind != Error::Kind::Password || isDrawnOnly())
        return end();
    m_passwords->ask(
        wish.url, error, [this, wish] { tryToOpen(wish); }, end);
}

void MainWindow::install(std::unique_ptr<Session> opened) {
    m_view = new StoreView(std::move(opened), m_actions, m_settings);
    m_stack->addWidget(m_view);
    Session& session = *m_view->session();
    const QString address = session.info().url.toString();
    m_settings.addRecentStore(address);
    if (!session.info().url.isFile())
        m_settings.addRecentServer(address);
    m_settings.setOpenStore(address);
    fillRecent();
    m_tools->setSession(&session);
    m_status->setSession(&session);
    installPlaces();
    connect(m_view, &StoreView::replayed, this, &MainWindow::showReplay);
    connect(&session, &Session::momentChanged, this, &MainWindow::takeMoment);
    for (QAction* action : m_do.domains->actions())
        action->setChecked(action->data().toString() == session.domain()->name());
    takeMoment();
    setWindowTitle(tr("%1 — Rewindow").arg(onOneLine(session.info().url.displayName(), 120)));
}

void MainWindow::refused(const Error& error) {
    m_cancel->setText(tr("Back to the first page"));
    m_notice->showTrouble(tr("This store could not be opened"), error.sentence(),
                          {m_retry, m_do.open, m_cancel});
    m_stack->setCurrentWidget(m_notice);
}

void MainWindow::openDemo() {
    const QString path = DemoJob::usualPath();
    if (QFileInfo::exists(path)) {
        openStore(StoreUrl::sqliteFile(path));
        return;
    }
    closeStore();
    m_again = [this] { openDemo(); };
    m_demo = std::make_unique<DemoJob>(path);
    m_notice->showProgress(tr("Making the demo…"), m_cancel);
    m_stack->setCurrentWidget(m_notice);
    connect(m_demo.get(), &DemoJob::progress, m_notice, &NoticePage::setProgress);
    connect(m_demo.get(), &DemoJob::finished, this, [this, path](const Result<void>& made) {
        m_demo.release()->deleteLater();
        if (made)
            openStore(StoreUrl::sqliteFile(path));
        else
            refused(made.error());
    });
}

void MainWindow::closeStore() {
    m_demo.reset();
    m_opening.reset();
    m_passwords->stop();
    m_cancel->setText(tr("Cancel"));
    m_tools->setSession(nullptr);
    m_status->setSession(nullptr);
    m_places.reset();
    m_lastPlace.reset();
    delete std::exchange(m_view, nullptr);
    setWindowTitle(tr("Rewindow"));
    takeMoment();
    m_stack->setCurrentWidget(m_start);
}

void MainWindow::showStart() {
    closeStore();
    m_start->setFocus();
}

} // namespace rewindow
