#include "ui/aggregate/panel_dock.h"

#include "ui/shell/icons.h"
#include "ui/shell/panel.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QMenu>
#include <QMouseEvent>

namespace rewindow {

namespace {
constexpr int kHeaderHeight = 33;

/// The gap above the panel, by which it is dragged too.
class Grip : public QWidget {
  public:
    explicit Grip(QWidget* parent) : QWidget(parent) { setCursor(Qt::SizeAllCursor); }
    QSize sizeHint() const override { return {PanelDock::kGap, PanelDock::kGap}; }
    QSize minimumSizeHint() const override { return sizeHint(); }
};

} // namespace

PanelDock::PanelDock(const QString& title, const QString& name, Panel& panel, QWidget* parent)
    : QDockWidget(title, parent)
    , m_panel(panel)
    , m_float(new QAction(icon(QStringLiteral("layout")), tr("Float %1").arg(title), this)) {
    setObjectName(name);
    setWidget(&panel);
    // Qt drags a dock by its title bar: here the gap above the panel is one, and the panel's header
    // passes on what it gets.
    setTitleBarWidget(new Grip(this));
    panel.installEventFilter(this);
    m_float->setCheckable(true);
    m_float->setToolTip(tr("Take the panel “%1” out of the window, or put it back").arg(title));
    connect(m_float, &QAction::triggered, this, &QDockWidget::setFloating);
    connect(this, &QDockWidget::topLevelChanged, m_float, &QAction::setChecked);
}

bool PanelDock::isHeader(const QPoint& place) const {
    return m_panel.rect().contains(place) && place.y() < Theme::instance().scaled(kHeaderHeight);
}

bool PanelDock::eventFilter(QObject* watched, QEvent* event) {
    if (watched != &m_panel)
        return QDockWidget::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::MouseButtonPress: {
        const auto& press = *static_cast<QMouseEvent*>(event);
        if (press.button() != Qt::LeftButton || !isHeader(press.position().toPoint()))
            break;
        m_pressed = press.position().toPoint();
        forward(press);
        return true;
    }
    case QEvent::MouseMove:
    case QEvent::MouseButtonRelease:
        if (!m_pressed)
            break;
        forward(*static_cast<QMouseEvent*>(event));
        if (event->type() == QEvent::MouseButtonRelease)
            m_pressed.reset();
        return true;
    case QEvent::MouseButtonDblClick:
        if (!isHeader(static_cast<QMouseEvent*>(event)->position().toPoint()))
            break;
        setFloating(!isFloating());
        return true;
    case QEvent::ContextMenu: {
        const auto& asked = *static_cast<QContextMenuEvent*>(event);
        if (!isHeader(asked.pos()))
            break;
        showMenu(asked.globalPos());
        return true;
    }
    default:
        break;
    }
    return QDockWidget::eventFilter(watched, event);
}

void PanelDock::forward(const QMouseEvent& event) {
    const QPoint moved = event.position().toPoint() - *m_pressed;
    const QPoint place = QPoint(m_pressed->x(), kGap / 2) + moved;
    QMouseEvent passed(event.type(), place, event.globalPosition(), event.button(), event.buttons(),
                       event.modifiers());
    QCoreApplication::sendEvent(this, &passed);
}

void PanelDock::showMenu(const QPoint& globalPlace) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(isFloating() ? tr("Put back into the window") : tr("Float"), this,
                    [this] { setFloating(!isFloating()); });
    menu->addAction(icon(QStringLiteral("close")), tr("Close"), this, &QWidget::close);
    menu->popup(globalPlace);
}

} // namespace rewindow
