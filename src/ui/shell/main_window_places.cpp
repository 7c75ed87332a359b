// Going places: the window's part in it.
#include "model/places/last_place.h"
#include "model/session/session.h"
#include "ui/places/action_palette.h"
#include "ui/places/places_desk.h"
#include "ui/shell/main_window.h"
#include "ui/shell/store_view.h"

#include <QStackedWidget>

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
    connect(m_do.runAction, &QAction::triggered, this, [this] {
        QList<QAction*> listed = m_actions.all();
        if (m_places)
            listed += m_places->filterActions();
        (new ActionPalette(actionsOf(*this, listed), this))->popUp();
    });
}

void MainWindow::installPlaces() {
    m_places = std::make_unique<PlacesDesk>(*m_view->session(), m_do.addBookmark,
                                            m_do.showBookmarks, *this);
    connect(m_places.get(), &PlacesDesk::failed, m_view, &StoreView::say);
    connect(m_places.get(), &PlacesDesk::commandChosen, m_view, &StoreView::presentCommand);
    // Queued: opening another store ends the desk this comes from.
    connect(m_places.get(), &PlacesDesk::linkChosen, this, &MainWindow::openLink,
            Qt::QueuedConnection);
    if (!isDrawnOnly())
        m_places->record();
}

/// A window that is drawn to a picture goes nowhere, and leaves nothing behind.
bool MainWindow::isDrawnOnly() const {
    return testAttribute(Qt::WA_DontShowOnScreen);
}

void MainWindow::goTo(const Landing& landing, const Opened& opened) {
    land(*session(), landing, m_view, [this, opened](const Result<void>& there) {
        comeInSight(there, [opened, there] {
            if (opened)
                opened(there);
        });
    });
}

/// Not to find the place is worth a word, and no failure to open the store.
void MainWindow::goWhereLeft(const Opened& opened) {
    LastPlace::find(*session(), m_view, [this, opened](const Result<std::optional<Moment>>& left) {
        const Landing place = left && *left ? Landing::of(**left) : Landing{};
        land(*session(), place, m_view, [this, opened, left](const Result<void>& there) {
            comeInSight(left ? there : std::unexpected(left.error()), [opened] {
                if (opened)
                    opened({});
            });
        });
    });
}

/// The store is in sight when its first page is, not before.
void MainWindow::comeInSight(const Result<void>& word, const std::function<void()>& then) {
    connect(
        m_view, &StoreView::pageShown, this,
        [this, word, then] {
            m_stack->setCurrentWidget(m_view);
            if (!word)
                m_view->say(word.error());
            then();
        },
        Qt::SingleShotConnection);
    if (!isDrawnOnly())
        m_lastPlace = std::make_unique<LastPlace>(*session());
    m_view->begin();
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
