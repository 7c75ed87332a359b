// What can be done to a view: step, pause, catch up, rebuild, audit.
#include "ui/aggregate/view_rows_actions.h"

#include "model/session/session.h"
#include "ui/shell/icons.h"

#include <QAction>
#include <QWidget>

namespace rewindow {

ViewRowsActions::ViewRowsActions(Session& session, QWidget* owner)
    : QObject(owner)
    , m_session(session)
    , m_owner(owner) {
    m_step =
        add(QStringLiteral("projection.step"), QStringLiteral("step-forward"), tr("Step"),
            tr("Apply the next event of the log to this view"), Qt::ALT | Qt::SHIFT | Qt::Key_S);
    m_pause = add(QStringLiteral("projection.pause"), QStringLiteral("pause"), tr("Pause"), {},
                  Qt::ALT | Qt::SHIFT | Qt::Key_P);
    m_catchUp =
        add(QStringLiteral("projection.catch-up"), QStringLiteral("catch-up"), tr("Catch up"),
            tr("Apply every event up to the head of the log"), Qt::ALT | Qt::SHIFT | Qt::Key_C);
    m_rebuild = add(QStringLiteral("projection.rebuild"), QStringLiteral("rebuild"), tr("Rebuild"),
                    tr("Fold all events afresh into a new table and put it in this one's place"),
                    Qt::ALT | Qt::SHIFT | Qt::Key_R);
    m_audit = add(QStringLiteral("projection.audit"), QStringLiteral("audit"), tr("Audit"),
                  tr("Fold all events afresh and list the cells that disagree"),
                  Qt::ALT | Qt::SHIFT | Qt::Key_A);
    m_pause->setCheckable(true);
    connect(m_step, &QAction::triggered, this, [this] { m_session.step(m_view); });
    connect(m_pause, &QAction::triggered, this, &ViewRowsActions::togglePause);
    connect(m_catchUp, &QAction::triggered, this, [this] { m_session.catchUp(m_view); });
    connect(m_rebuild, &QAction::triggered, this, [this] { m_session.rebuild(m_view); });
    connect(m_audit, &QAction::triggered, this, &ViewRowsActions::runAudit);
    setView(nullptr);
}

QAction* ViewRowsActions::add(const QString& name, const QString& iconName, const QString& text,
                              const QString& help, const QKeySequence& keys) {
    auto* action = new QAction(icon(iconName), text, m_owner);
    action->setObjectName(name);
    action->setShortcut(keys);
    action->setToolTip(
        QStringLiteral("%1 (%2)").arg(help, keys.toString(QKeySequence::NativeText)));
    m_owner->addAction(action);
    m_all.append(action);
    return action;
}

void ViewRowsActions::setView(const ViewState* view) {
    m_view = view ? view->schema.name : QString();
    m_paused = view && view->status.paused;
    m_step->setEnabled(view && view->lag > 0);
    m_catchUp->setEnabled(view && view->lag > 0);
    m_pause->setEnabled(view);
    m_rebuild->setEnabled(view);
    m_audit->setEnabled(view && !m_auditing);
    describePause();
}

void ViewRowsActions::describePause() {
    m_pause->setText(m_paused ? tr("Resume") : tr("Pause"));
    // Not a triangle, which is to step; held down, it says by itself that the view is paused.
    m_pause->setChecked(m_paused);
    const QString help = m_paused ? tr("Let this view follow the log again")
                                  : tr("Keep this view where it is, whatever is appended");
    m_pause->setToolTip(QStringLiteral("%1 (%2)").arg(
        help, m_pause->shortcut().toString(QKeySequence::NativeText)));
}

void ViewRowsActions::togglePause() {
    m_pause->setChecked(m_paused); // until the view is
    m_session.setPaused(m_view, !m_paused);
}

void ViewRowsActions::runAudit() {
    m_auditing = true;
    m_audit->setEnabled(false);
    emit auditStarted();
    m_session.audit(m_view, this, [this, view = m_view](Result<std::vector<Drift>> drifts) {
        m_auditing = false;
        m_audit->setEnabled(!m_view.isEmpty());
        if (drifts)
            emit audited(view, *drifts);
        else
            emit auditFailed(drifts.error());
    });
}

} // namespace rewindow
