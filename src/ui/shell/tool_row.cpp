// Buttons over actions, and two pills that follow the session.
#include "ui/shell/tool_row.h"

#include "model/session/session.h"
#include "ui/shell/go_to_button.h"
#include "ui/shell/icons.h"
#include "ui/shell/number_text.h"
#include "ui/shell/pill.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

namespace rewindow {

namespace {

constexpr int kNameShown = 40;

QToolButton* actionButton(QAction* action, Qt::ToolButtonStyle style, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setToolButtonStyle(style);
    button->setAccessibleName(action->text());
    button->setProperty("framed", true);
    return button;
}

} // namespace

ToolRow::ToolRow(const Parts& parts, QWidget* parent)
    : QWidget(parent)
    , m_store(new QToolButton(this))
    , m_live(new Pill(this))
    , m_profile(new Pill(this)) {
    m_store->setProperty("framed", true);
    m_store->setIcon(icon(QStringLiteral("store")));
    m_store->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_store->setPopupMode(QToolButton::InstantPopup);
    m_store->setMenu(parts.storeMenu);
    m_live->setDot(true);
    m_live->setClickable(true);
    m_live->setAccessibleName(parts.live->text());
    connect(m_live, &QAbstractButton::clicked, parts.live, &QAction::trigger);

    QToolButton* back = actionButton(parts.back, Qt::ToolButtonIconOnly, this);
    QToolButton* forward = actionButton(parts.forward, Qt::ToolButtonIconOnly, this);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 6, 10, 7);
    layout->setSpacing(8);
    layout->addWidget(m_store);
    layout->addWidget(back);
    layout->addWidget(forward);
    layout->addSpacing(2);
    layout->addWidget(m_live);
    layout->addWidget(m_profile);
    auto* goTo = new GoToButton(parts.goTo, this);
    layout->addStretch(1);
    layout->addWidget(goTo);
    layout->addStretch(1);
    m_ofSession = {back, forward, m_live, m_profile, goTo};
    for (QAction* page : parts.pages) {
        QToolButton* button = actionButton(page, Qt::ToolButtonTextOnly, this);
        layout->addWidget(button);
        m_ofSession.append(button);
    }
    update();
}

void ToolRow::setSession(Session* session) {
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    if (session) {
        connect(session, &Session::momentChanged, this, &ToolRow::update);
        connect(session, &Session::headChanged, this, &ToolRow::update);
    }
    update();
}

void ToolRow::update() {
    for (QWidget* widget : m_ofSession)
        widget->setVisible(m_session != nullptr);
    if (!m_session) {
        m_store->setText(tr("Open a store"));
        m_store->setAccessibleName(tr("Open a store"));
        return;
    }
    const StoreInfo& info = m_session->info();
    m_store->setText(menuText(info.url.displayName(), kNameShown));
    m_store->setToolTip(rewindow::toolTip(info.url.toString()));
    m_store->setAccessibleName(tr("Store %1").arg(info.url.displayName()));

    const Moment& moment = m_session->moment();
    m_live->setText(moment.isLive() ? tr("live")
                                    : tr("at %1").arg(numberText(moment.playhead->value())));
    m_live->setRole(moment.isLive() ? Theme::Role::View : Theme::Role::ChangedText);
    m_live->setToolTip(rewindow::toolTip(
        moment.isLive() ? tr("The playhead follows the head of the log. Click to stay "
                             "at this position.")
                        : tr("The playhead stands still. Click to follow the head of "
                             "the log.")));
    m_live->setAccessibleName(m_live->text());
    m_live->updateGeometry();

    m_profile->setText(
        QStringLiteral("%1 · %2").arg(info.database, info.ownSchema ? tr("native") : info.profile) +
        (info.readOnly ? tr(" · read-only") : QString()));
    m_profile->setToolTip(rewindow::toolTip(info.readOnly
                                                ? info.readOnlyReason
                                                : tr("Rewindow's own schema: commands can be sent "
                                                     "to this store.")));
    m_profile->setClickable(false);
    m_profile->setAccessibleName(m_profile->text());
    m_profile->updateGeometry();
}

void ToolRow::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Theme::Role::Panel));
    painter.fillRect(0, height() - 1, width(), 1, theme.color(Theme::Role::Border));
}

} // namespace rewindow
