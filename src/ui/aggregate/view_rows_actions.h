// What can be done to a view: step, pause, catch up, rebuild, audit.
#pragma once

#include "model/projection/audit.h"

#include <QList>
#include <QObject>

#include <optional>

class QAction;
class QWidget;

namespace rewindow {

class Session;
struct ViewState;

/// The actions of one view at a time, enabled as that view allows.
class ViewRowsActions : public QObject {
    Q_OBJECT

  public:
    /// The actions belong to `owner`, whose window their shortcuts work in.
    ViewRowsActions(Session& session, QWidget* owner);

    /// The view acted upon; nothing: none. Its present state decides what is enabled.
    void setView(const ViewState* view);
    const QList<QAction*>& all() const { return m_all; }
    QAction* rebuild() const { return m_rebuild; }
    bool isAuditing() const { return m_auditing; }

  signals:
    void auditStarted();
    void audited(const QString& view, const std::vector<rewindow::Drift>& drifts);
    /// Cancelled included.
    void auditFailed(const rewindow::Error& error);

  private:
    QAction* add(const QString& name, const QString& iconName, const QString& text,
                 const QString& help, const QKeySequence& keys);
    void togglePause();
    void runAudit();
    void describePause();

    Session& m_session;
    QWidget* m_owner;
    QString m_view;
    bool m_paused = false;
    bool m_auditing = false;
    QList<QAction*> m_all;
    QAction* m_step = nullptr;
    QAction* m_pause = nullptr;
    QAction* m_catchUp = nullptr;
    QAction* m_rebuild = nullptr;
    QAction* m_audit = nullptr;
};

} // namespace rewindow
