// A view of the domain: its rows, live or as of the playhead, and what can be done to it.
#include "ui/aggregate/projection_panel.h"

#include "model/export/store_tables.h"
#include "model/items/view_rows_model.h"
#include "model/projection/projection_runner.h"
#include "model/session/aggregate_replay.h"
#include "model/session/session.h"
#include "ui/aggregate/view_rows_actions.h"
#include "ui/aggregate/view_rows_audit.h"
#include "ui/aggregate/view_rows_footer.h"
#include "ui/aggregate/view_rows_table.h"
#include "ui/export/export_action.h"
#include "ui/places/link_clipboard.h"
#include "ui/shell/icons.h"
#include "ui/shell/number_text.h"
#include "ui/shell/yielding_button.h"

#include <QAction>
#include <QActionGroup>
#include <QLabel>

#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace rewindow {

namespace {} // namespace

ProjectionPanel::ProjectionPanel(Session& session, AggregateReplay& replay, QWidget* parent)
    : Panel(Theme::Role::View, tr("Projection"), parent)
    , m_session(session)
    , m_replay(replay)
    , m_rows(new ViewRowsModel(session.reading(), this))
    , m_actions(new ViewRowsActions(session, this)) {
    buildHeader();
    buildBody();

    connect(&session, &Session::momentChanged, this, &ProjectionPanel::takeMoment);
    connect(&session, &Session::viewsChanged, this, &ProjectionPanel::takeViews);
    connect(&session, &Session::headChanged, this, &ProjectionPanel::takeViews);
    connect(&session, &Session::projectionProgress, this, &ProjectionPanel::showProgress);
    connect(&session, &Session::failed, m_footer, &ViewRowsFooter::hideProgress);
    connect(&replay, &AggregateReplay::outlineChanged, this, &ProjectionPanel::describeMoment);
    takeViews();
    markRowAtHand();
}

ProjectionPanel::~ProjectionPanel() = default;

void ProjectionPanel::buildHeader() {
    auto* times = new QActionGroup(this);
    m_live = times->addAction(tr("live"));
    m_live->setToolTip(tr("Show the rows as they are now, wherever the playhead is"));
    m_asOf = times->addAction(tr("as of playhead"));
    for (QAction* action : {m_live, m_asOf})
        action->setCheckable(true);
    m_live->setObjectName(QStringLiteral("projection.live"));
    m_live->setIcon(icon(QStringLiteral("live")));
    m_asOf->setObjectName(QStringLiteral("projection.as-of"));
    m_asOf->setIcon(icon(QStringLiteral("history")));
    m_asOf->setChecked(true);
    auto* other =
        new QAction(icon(QStringLiteral("history")), tr("Live ⇄ as of the playhead"), this);
    other->setObjectName(QStringLiteral("projection.switch-time"));
    other->setShortcut(Qt::ALT | Qt::SHIFT | Qt::Key_L);
    connect(other, &QAction::triggered, this,
            [this] { (m_live->isChecked() ? m_asOf : m_live)->trigger(); });
    addAction(other);
    connect(times, &QActionGroup::triggered, this, &ProjectionPanel::showRows);

    QList<QAction*> shown{m_live, m_asOf};
    shown.append(m_actions->all());
    for (QAction* action : shown) {
        // The switch says which moment is shown: its words stay.
        const bool isSwitch = action == m_live || action == m_asOf;
        QToolButton* button = isSwitch ? new QToolButton(this) : new YieldingButton(action, this);
        if (isSwitch) {
            button->setDefaultAction(action);
            button->setToolButtonStyle(Qt::ToolButtonTextOnly);
            button->setAccessibleName(action->text());
        }
        button->setFont(Theme::instance().smallFont());
        button->setAutoRaise(true);
        m_buttons.append(button);
        addHeaderWidget(button);
    }
    addHeaderAction(tableExport(*this, tr("Export the projection…"), [this] {
        return viewTable(m_session.info().url, m_rows->schema(), m_rows->at());
    }));
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        for (QToolButton* button : m_buttons)
            button->setFont(Theme::instance().smallFont());
    });
}

void ProjectionPanel::buildBody() {
    auto* body = new QWidget(this);
    m_pages = new QStackedWidget(body);
    m_table = new ViewRowsTable(*m_rows, m_pages);
    m_message = new QWidget(m_pages);
    m_sentence = new QLabel(m_message);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setObjectName(QStringLiteral("projection.message"));
    m_build = new QPushButton(icon(QStringLiteral("rebuild")), tr("Rebuild"), m_message);
    m_build->setObjectName(QStringLiteral("projection.build"));
    m_audit = new ViewRowsAudit(m_pages);
    m_footer = new ViewRowsFooter(body);

    auto* message = new QVBoxLayout(m_message);
    message->setContentsMargins(24, 12, 24, 12);
    message->addStretch(1);
    message->addWidget(m_sentence);
    message->addWidget(m_build, 0, Qt::AlignHCenter);
    message->addStretch(1);
    for (QWidget* page :
         {static_cast<QWidget*>(m_table), m_message, static_cast<QWidget*>(m_audit)})
        m_pages->addWidget(page);
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_footer);
    setBody(body);

    connect(m_build, &QPushButton::clicked, m_actions->rebuild(), &QAction::trigger);
    connect(m_table, &ViewRowsTable::rowChosen, this, &ProjectionPanel::chooseRow);
    connect(m_table, &ViewRowsTable::whoSetThis, this, &ProjectionPanel::askWhoSet);
    connect(m_table, &ViewRowsTable::linkRequested, this,
            [this](const QString& id, const QString& column) {
                if (shownView())
                    copyLink(momentOf(id, column));
            });
    connect(m_rows, &ViewRowsModel::rowAtHandFound, this, [this](int row) {
        const Moment& moment = m_session.moment();
        m_table->scrollToRow(row, moment.view == m_view ? moment.column : QString());
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ProjectionPanel::tellColumn);
    connect(m_rows, &ViewRowsModel::settled, this, [this] {
        m_table->setPlaceholder(m_rows->at() ? tr("No row existed at this moment.")
                                             : tr("This view has no rows yet."));
    });
    connect(m_rows, &ViewRowsModel::failed, this, [this](const Error& error) {
        const bool missing = error.kind == Error::Kind::NotFound;
        showMessage(missing ? tr("%1 is not built yet.").arg(m_view) : error.sentence(), missing);
    });
    connect(m_footer, &ViewRowsFooter::viewChosen, this, &ProjectionPanel::chooseView);
    connect(m_footer, &ViewRowsFooter::goTo, this, &ProjectionPanel::goTo);
    connect(m_footer, &ViewRowsFooter::cancelled, &m_session, &Session::cancelProjectionWork);
    connect(m_footer, &ViewRowsFooter::cancelled, m_footer, &ViewRowsFooter::hideProgress);
    connect(m_actions, &ViewRowsActions::auditStarted, this,
            [this] { m_footer->showProgress(tr("Auditing %1…").arg(m_view), 0, 0); });
    connect(m_actions, &ViewRowsActions::audited, this, &ProjectionPanel::showAudit);
    connect(m_actions, &ViewRowsActions::auditFailed, this, [this](const Error& error) {
        m_footer->hideProgress();
        if (error.kind != Error::Kind::Cancelled)
            m_footer->showSentence(error.sentence());
    });
    connect(m_audit, &ViewRowsAudit::closed, this, [this] {
        m_pages->setCurrentWidget(m_table);
        m_table->setFocus();
    });
    connect(m_audit, &ViewRowsAudit::driftChosen, this,
            [this](const QString& id, GlobalPosition position) {
                chooseRow(id, {});
                if (position.value() > 0)
                    m_session.setPlayhead(position);
            });
}

QList<QAction*> ProjectionPanel::projectionActions() const {
    return actions();
}

const ViewState* ProjectionPanel::shownView() const {
    for (const ViewState& view : m_session.views())
        if (view.schema.name == m_view)
            return &view;
    return m_session.views().empty() ? nullptr : &m_session.views().front();
}

void ProjectionPanel::takeViews() {
    QStringList names;
    for (const ViewState& view : m_session.views())
        names.append(view.schema.name);
    if (names != m_viewNames) {
        m_viewNames = names;
        m_footer->setViews(names);
    }
    const QString wanted = m_session.moment().view;
    if (names.contains(wanted))
        m_view = wanted;
    else if (!names.contains(m_view))
        m_view = names.value(0);
    m_footer->setCurrentView(m_view);
    describeView();
    markRowAtHand();
    showRows();
}

void ProjectionPanel::takeMoment(const Moment& now, const Moment& before) {
    const QString view = m_viewNames.contains(now.view) ? now.view : m_viewNames.value(0);
    if (now.view != before.view && view != m_view) {
        m_view = view;
        m_footer->setCurrentView(m_view);
        m_footer->clearAnswer();
        describeView();
        m_pages->setCurrentWidget(m_table);
    }
    markRowAtHand();
    showRows();
}

void ProjectionPanel::chooseView(const QString& view) {
    m_view = view;
    m_footer->clearAnswer();
    m_pages->setCurrentWidget(m_table);
    describeView();
    m_session.setRow(view, {});
    markRowAtHand();
    showRows();
}

void ProjectionPanel::showRows() {
    describeMoment();
    const ViewState* view = shownView();
    m_actions->setView(view);
    if (!view) {
        m_rows->clear();
        showMessage(
            tr("The %1 domain has no projections: it knows what the payloads hold, not what "
               "they mean. Open the store with a domain that has views to see them here.")
                .arg(m_session.domain()->name()),
            false);
        return;
    }
    if (view->status.checkpoint.value() == 0 && view->lag > 0 && !view->status.paused) {
        m_rows->clear();
        showMessage(
            tr("%1 is not built yet: none of the %2 events of the log has been applied to it.")
                .arg(m_view, numberText(view->lag)),
            true);
        return;
    }
    if (m_pages->currentWidget() == m_message)
        m_pages->setCurrentWidget(m_table);
    const bool asOf = m_asOf->isChecked() && !m_session.moment().isLive();
    ViewWish wish{view->schema, std::nullopt, view->status.checkpoint};
    if (asOf) {
        wish.at = m_session.playhead();
        wish.changesOf = m_session.playhead();
    }
    m_rows->show(wish);
}

void ProjectionPanel::showMessage(const QString& message, bool offersRebuild) {
    m_sentence->setText(message);
    m_build->setVisible(offersRebuild);
    m_pages->setCurrentWidget(m_message);
}

void ProjectionPanel::describeMoment() {
    const bool possible = m_session.info().hasPositions;
    m_asOf->setEnabled(possible);
    if (!possible) {
        m_live->setChecked(true);
        m_asOf->setToolTip(
            tr("This store has no global positions, so nothing can be shown as of one"));
        return;
    }
    m_asOf->setToolTip(tr("Show the rows as they were at the playhead, and follow it"));
    const StreamVersion version = m_replay.version();
    if (m_session.moment().isLive())
        m_asOf->setText(tr("as of playhead"));
    else if (version.value() > 0 && m_replay.outline().stream == m_session.moment().stream)
        m_asOf->setText(tr("as of v%1").arg(version.value()));
    else
        m_asOf->setText(tr("as of %1").arg(numberText(m_session.playhead().value())));
}

void ProjectionPanel::describeView() {
    const ViewState* view = shownView();
    setTitle(view ? view->schema.name : tr("Projection"));
    if (!view) {
        setBadge({});
        return;
    }
    QString badge = tr("checkpoint %1 · lag %2")
                        .arg(numberText(view->status.checkpoint.value()), numberText(view->lag));
    if (view->status.paused)
        badge += tr(" · paused");
    setBadge(badge, view->lag || view->status.paused ? Theme::Role::Event : Theme::Role::View);
}

void ProjectionPanel::markRowAtHand() {
    const Moment& moment = m_session.moment();
    const ViewState* view = shownView();
    const auto type = view ? view->rowAggregateType : std::nullopt;
    const std::string stream = moment.stream.toStdString();
    if (type && toQString(streamType(stream)) == *type)
        m_rows->setRowAtHand(toQString(streamId(stream)));
    else
        m_rows->setRowAtHand(moment.view == m_view ? moment.row : QString());
}

void ProjectionPanel::chooseRow(const QString& id, const QString& column) {
    if (!shownView())
        return;
    const Moment chosen = momentOf(id, column);
    Moment besideIt = m_session.moment();
    besideIt.column = column;
    if (besideIt == chosen)
        m_session.amend(chosen); // another cell of the row is no jump
    else
        m_session.go(chosen);
}

void ProjectionPanel::tellColumn(const QModelIndex& current) {
    Moment moment = m_session.moment();
    const QString id = current.data(ViewRowsModel::IdRole).toString();
    if (!m_table->hasFocus() || moment.view != m_view || moment.row != id || id.isEmpty())
        return;
    moment.column = current.data(ViewRowsModel::ColumnRole).toString();
    m_session.amend(std::move(moment));
}

/// The row, and the aggregate it is of.
Moment ProjectionPanel::momentOf(const QString& id, const QString& column) const {
    Moment moment = m_session.moment();
    moment.view = m_view;
    moment.row = id;
    moment.column = column;
    const ViewState* view = shownView();
    if (view && view->rowAggregateType)
        moment.stream = *view->rowAggregateType + u'-' + id;
    return moment;
}

void ProjectionPanel::askWhoSet(const QString& id, const QString& column) {
    struct Answer {
        std::optional<RecordedEvent> event;
    };
    const quint64 question = ++m_question;
    const QString cell = QStringLiteral("%1 / %2").arg(id, column);
    m_session.reading().run<Answer>(
        this,
        [view = m_view, at = m_rows->at(), id, column](Store& store,
                                                       const CancelToken&) -> Result<Answer> {
            auto tables = ProjectionRunner(store, {}).tables();
            if (!tables)
                return std::unexpected(tables.error());
            const auto position = (*tables)->setBy(view, id, column, at);
            if (!position)
                return std::unexpected(position.error());
            if (!*position)
                return Answer{};
            auto event = store.reader().eventAt(**position);
            if (!event)
                return std::unexpected(event.error());
            return Answer{std::move(*event)};
        },
        [this, question, cell](Result<Answer> answer) {
            if (question != m_question)
                return;
            if (!answer)
                m_footer->showSentence(answer.error().sentence());
            else if (answer->event)
                m_footer->showSetter(cell, *answer->event);
            else
                m_footer->showSentence(tr("No event set %1 at this moment.").arg(cell));
        });
}

void ProjectionPanel::goTo(const QString& stream, GlobalPosition position) {
    Moment moment = m_session.moment();
    moment.stream = stream;
    moment.playhead = position;
    m_session.go(moment);
}

void ProjectionPanel::showAudit(const QString& view, const std::vector<Drift>& drifts) {
    m_footer->hideProgress();
    const ViewState* shown = shownView();
    if (!shown || shown->schema.name != view)
        return;
    m_audit->setFindings(shown->schema, drifts, shown->status.rows, shown->status.checkpoint);
    m_pages->setCurrentWidget(m_audit);
}

void ProjectionPanel::showProgress(const QString& view, qint64 reached, qint64 total) {
    if (reached >= total)
        m_footer->hideProgress();
    else
        m_footer->showProgress(
            tr("%1: %2 of %3 events").arg(view, numberText(reached), numberText(total)), reached,
            total);
}

} // namespace rewindow
