// Going places in one open store: what the window's actions for it do.
#include "ui/places/places_desk.h"

#include "model/filter/saved_filters.h"
#include "model/session/session.h"
#include "ui/aggregate/panel_dock.h"
#include "ui/places/bookmarks_panel.h"
#include "ui/places/go_to_dialog.h"
#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"

#include <QAction>
#include <QMainWindow>

namespace rewindow {

namespace {
constexpr int kPanelWidth = 300;
}

PlacesDesk::PlacesDesk(Session& session, QAction* add, QAction* show, QMainWindow& window)
    : m_session(session)
    , m_window(window)
    , m_add(add)
    , m_show(show)
    , m_bookmarks(BookmarksModel::of(session))
    , m_recent(session)
    , m_filters(SavedFilters::of(session)) {
    connect(&m_filters, &SavedFilters::changed, this, &PlacesDesk::makeFilterActions);
    makeFilterActions();
    connect(&m_bookmarks, &BookmarksModel::failed, this, &PlacesDesk::failed);
    connect(&m_bookmarks, &BookmarksModel::added, this, [this](qint64 id) {
        if (std::exchange(m_isAdding, false) && m_panel)
            m_panel->edit(id);
    });
}

PlacesDesk::~PlacesDesk() {
    delete m_dock; // the panel keeps what is being typed, while the model is there
    m_show->setChecked(false);
}

void PlacesDesk::makeFilterActions() {
    qDeleteAll(m_filterActions);
    m_filterActions.clear();
    for (const SavedFilter& saved : m_filters.filters()) {
        auto* action = new QAction(icon(QStringLiteral("filter")),
                                   tr("Filter the log: %1").arg(menuText(saved.name)), this);
        action->setStatusTip(onOneLine(saved.filter));
        connect(action, &QAction::triggered, this, [this, filter = saved.filter] {
            Moment moment = m_session.moment();
            moment.page = Page::Log;
            moment.filter = filter;
            m_session.go(std::move(moment));
        });
        m_filterActions.append(action);
    }
}

void PlacesDesk::goTo() {
    m_recent.load();
    m_bookmarks.load();
    auto* dialog = new GoToDialog(m_session, m_bookmarks, m_recent, &m_window);
    connect(dialog, &GoToDialog::chosen, this, &PlacesDesk::take);
    dialog->popUp();
}

void PlacesDesk::take(const Place& place) {
    if (place.kind == PlaceKind::Link && place.moment.store != m_session.moment().store) {
        emit linkChosen(place.moment);
        return;
    }
    go(place.moment);
    if (place.kind == PlaceKind::Command)
        emit commandChosen(place.command);
}

void PlacesDesk::go(Moment moment) {
    if (moment.playhead && *moment.playhead > m_session.head())
        moment.playhead = m_session.head();
    m_session.go(std::move(moment));
}

void PlacesDesk::addBookmark() {
    showBookmarks(true);
    m_isAdding = true;
    m_bookmarks.add(m_session.moment());
}

void PlacesDesk::showBookmarks(bool shown) {
    if (shown)
        makePanel();
    if (!m_dock)
        return;
    m_dock->setVisible(shown);
    if (shown) {
        m_bookmarks.load();
        m_panel->setFocus(Qt::ShortcutFocusReason);
    }
}

void PlacesDesk::makePanel() {
    if (m_dock)
        return;
    m_panel = new BookmarksPanel(m_bookmarks, m_add);
    connect(m_panel, &BookmarksPanel::chosen, this, &PlacesDesk::go);
    m_dock = new PanelDock(tr("Bookmarks"), QStringLiteral("bookmarks"), *m_panel, &m_window);
    m_dock->setContentsMargins(0, 0, PanelDock::kGap, PanelDock::kGap);
    m_window.addDockWidget(Qt::RightDockWidgetArea, m_dock);
    m_window.resizeDocks({m_dock}, {Theme::instance().scaled(kPanelWidth)}, Qt::Horizontal);
    connect(m_dock, &QDockWidget::visibilityChanged, this,
            [this] { m_show->setChecked(m_dock && !m_dock->isHidden()); });
}

BookmarksPanel* PlacesDesk::panel() const {
    return m_dock ? m_panel : nullptr;
}

} // namespace rewindow
