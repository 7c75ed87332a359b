// A view of the domain: its rows, live or as of the playhead, and what can be done to it.
#pragma once

#include "model/projection/audit.h"
#include "ui/shell/panel.h"

class QActionGroup;
class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace rewindow {

class AggregateReplay;
class Session;
class ViewRowsActions;
class ViewRowsAudit;
class ViewRowsFooter;
class ViewRowsModel;
class ViewRowsTable;
struct Moment;
struct ViewState;

/// Shows the view the moment names (the first one where it names none). Rows are looked up as of
/// the playhead, or live; nothing is folded here.
class ProjectionPanel : public Panel {
    Q_OBJECT

  public:
    ProjectionPanel(Session& session, AggregateReplay& replay, QWidget* parent = nullptr);
    ~ProjectionPanel() override;

    /// Step, pause, catch up, rebuild, audit, and the switch between live and as of the playhead.
    QList<QAction*> projectionActions() const;

  protected:
  private:
    void buildBody();
    void buildHeader();
    void takeViews();
    void takeMoment(const Moment& now, const Moment& before);
    void chooseView(const QString& view);
    const ViewState* shownView() const; ///< nullptr: the domain has none
    void showRows();
    void showMessage(const QString& message, bool offersRebuild);
    void describeMoment();
    void describeView();
    void markRowAtHand();
    void tellColumn(const QModelIndex& current);
    Moment momentOf(const QString& id, const QString& column) const;
    void chooseRow(const QString& id, const QString& column);
    void askWhoSet(const QString& id, const QString& column);
    void goTo(const QString& stream, GlobalPosition position);
    void showAudit(const QString& view, const std::vector<Drift>& drifts);
    void showProgress(const QString& view, qint64 reached, qint64 total);

    Session& m_session;
    AggregateReplay& m_replay;
    ViewRowsModel* m_rows = nullptr;
    ViewRowsActions* m_actions = nullptr;
    QAction* m_live = nullptr;
    QAction* m_asOf = nullptr;
    QList<QToolButton*> m_buttons;
    QStackedWidget* m_pages = nullptr;
    ViewRowsTable* m_table = nullptr;
    QWidget* m_message = nullptr;
    QLabel* m_sentence = nullptr;
    QPushButton* m_build = nullptr;
    ViewRowsAudit* m_audit = nullptr;
    ViewRowsFooter* m_footer = nullptr;
    QStringList m_viewNames;
    QString m_view;
    quint64 m_question = 0; ///< the last *who set this*; older answers are dropped
};

} // namespace rewindow
