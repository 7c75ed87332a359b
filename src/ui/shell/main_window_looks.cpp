// How things are shown and gone through: theme, size of text, zone of times, borders, order
// of reading.
#include "model/items/time_text.h"
#include "ui/compare/compare_window.h"
#include "ui/shell/border_mover.h"
#include "ui/shell/desktop_preference.h"
#include "ui/shell/main_window.h"
#include "ui/shell/reading_focus.h"
#include "ui/shell/status_line.h"
#include "ui/shell/store_view.h"

#include <QActionGroup>
#include <QPainter>
#include <QPixmap>

namespace rewindow {

namespace {
constexpr int kShade = 110; ///< of what lies under another window, of 255
}

QPixmap MainWindow::picture() {
    QPixmap all = grab();
    QWidget* over = m_view ? m_view->comparison() : nullptr;
    if (!over)
        return all;
    const QPixmap shown = over->grab();
    const QRect place(QPoint((width() - over->width()) / 2, (height() - over->height()) / 2),
                      over->size());
    QPainter painter(&all);
    painter.fillRect(rect(), QColor(0, 0, 0, kShade));
    painter.drawPixmap(place.topLeft(), shown);
    painter.setPen(Theme::instance().color(Theme::Role::Border));
    painter.drawRect(place.adjusted(-1, -1, 0, 0));
    return all;
}

void MainWindow::connectThemes() {
    for (QAction* action : m_do.themes->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(m_settings.themeChoice()));
    const auto apply = [this] {
        const ThemeChoice choice = m_settings.themeChoice();
        const Theme::Kind desktop = m_preference ? m_preference->kind() : Theme::instance().kind();
        const Theme::Kind kind = choice == ThemeChoice::Auto   ? desktop
                                 : choice == ThemeChoice::Dark ? Theme::Kind::Dark
                                                               : Theme::Kind::Light;
        if (kind != Theme::instance().kind())
            Theme::instance().apply(kind);
    };
    connect(m_do.themes, &QActionGroup::triggered, this, [this, apply](QAction* action) {
        m_settings.setThemeChoice(static_cast<ThemeChoice>(action->data().toInt()));
        apply();
    });
    if (m_preference)
        connect(m_preference, &DesktopPreference::changed, this, apply);
}

void MainWindow::connectTimes() {
    using Zone = TimeZoneChoice::Zone;
    TimeZoneChoice::instance().choose(m_settings.hasLocalTimes() ? Zone::Local : Zone::Utc);
    m_do.localTimes->setChecked(m_settings.hasLocalTimes());
    connect(m_do.localTimes, &QAction::toggled, this, [this](bool local) {
        m_settings.setLocalTimes(local);
        TimeZoneChoice::instance().choose(local ? Zone::Local : Zone::Utc);
    });
}

void MainWindow::connectBorders() {
    m_borders = new BorderMover(*this);
    connect(m_do.moveBorder, &QAction::triggered, m_borders, [this] { m_borders->take(); });
    connect(m_borders, &BorderMover::hinted, m_status,
            [this](const QString& hint) { m_status->showMessage(hint); });
}

void MainWindow::setZoom(int percent) {
    Theme::instance().setZoom(percent);
    m_settings.setZoom(Theme::instance().zoom());
}

/// Pages come and go and their parts are moved: no order that was set once would last.
bool MainWindow::focusNextPrevChild(bool next) {
    return moveFocus(*this, next);
}

} // namespace rewindow
