// Going places: the window's part in it.
#include "model/session/session.h"
#include "ui/places/action_palette.h"
#include "ui/places/places_desk.h"
#include "ui/shell/main_window.h"
#include "ui/shell/store_view.h"

namespace rewindow {

void MainWindow::connectPlaces() {
    connect(m_do.goTo, &QAction::triggered, this, [this] {
        if (m_places)
            m_places->goTo();
    });
    connect(m_do.addBookmark, &QAction::triggered, this, [this] {
        if (m_places)
            m_places->addBookmark();
    });
    connect(m_do.showBookmarks, &QAction::triggered, this, [this](bool shown) {
        if (m_places)
            m_places->showBookmarks(shown);
    });
    connect(m_do.runAction, &QAction::triggered, this,
            [this] { (new ActionPalette(actionsOf(*this, m_actions.all()), this))->popUp(); });
}

void MainWindow::installPlaces() {
    m_places = std::make_unique<PlacesDesk>(*m_view->session(), m_do.addBookmark,
                                            m_do.showBookmarks, *this);
    connect(m_places.get(), &PlacesDesk::failed, m_view, &StoreView::say);
    connect(m_places.get(), &PlacesDesk::commandChosen, m_view, &StoreView::presentCommand);
    // Queued: opening another store ends the desk this comes from.
    connect(m_places.get(), &PlacesDesk::linkChosen, this, &MainWindow::openLink,
            Qt::QueuedConnection);
    // A window that is drawn to a picture goes nowhere, and leaves nothing behind.
    if (!testAttribute(Qt::WA_DontShowOnScreen))
        m_places->record();
}

void MainWindow::openLink(const Moment& moment) {
    const auto url = StoreUrl::parse(moment.store);
    if (!url) {
        if (m_view)
            m_view->say(url.error());
        return;
    }
    openStore(*url, {}, Landing::of(moment));
}

} // namespace rewindow
