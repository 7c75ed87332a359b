// A message strip over a stack of pages.
#include "ui/shell/store_view.h"

#include "ui/aggregate/aggregate_page.h"
#include "ui/aggregate/projection_panel.h"
#include "ui/compare/compare_desk.h"
#include "ui/compare/compare_window.h"
#include "ui/export/export_strip.h"
#include "ui/export/exports.h"
#include "ui/log/log_page.h"
#include "ui/shell/actions.h"
#include "ui/shell/message_strip.h"
#include "ui/shell/settings.h"
#include "ui/statistics/statistics_page.h"

#include <QStackedWidget>
#include <QVBoxLayout>

#include <chrono>

namespace rewindow {

namespace {
constexpr std::chrono::seconds kKeepEvery{3};
}

StoreView::StoreView(std::unique_ptr<Session> session, Actions& actions, Settings& settings,
                     QWidget* parent)
    : QWidget(parent)
    , m_session(std::move(session))
    , m_actions(actions)
    , m_settings(settings)
    , m_strip(new MessageStrip(this))
    , m_exports(new ExportStrip(this))
    , m_stack(new QStackedWidget(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_strip);
    layout->addWidget(m_exports);
    layout->addWidget(m_stack, 1);
    connect(m_session.get(), &Session::failed, this, &StoreView::say);
    connect(m_session.get(), &Session::staleChanged, this, [this](bool isStale) {
        if (isStale)
            m_whyStale = m_strip->message();
        else if (m_strip->message() == m_whyStale)
            m_strip->hide();
    });
    m_keeping.setInterval(kKeepEvery);
    connect(&m_keeping, &QTimer::timeout, this, &StoreView::saveLayouts);
}

StoreView::~StoreView() {
    saveLayouts();
    delete m_compare;
    delete m_stack; // the pages use the session until they are gone
}

void StoreView::begin() {
    Exports& exports = Exports::of(*this);
    m_exports->follow(exports);
    connect(&exports, &Exports::failed, this, &StoreView::say);
    showPage(m_session->moment().page);
    connect(m_session.get(), &Session::momentChanged, this,
            [this](const Moment& now) { showPage(now.page); });
    m_compare = new CompareDesk(*m_session, *this);
    m_compare->begin();
    m_keeping.start();
}

void StoreView::showPage(Page page) {
    QWidget* shown = makePage(page);
    if (!shown || shown == m_shown)
        return;
    m_shown = shown;
    m_stack->setCurrentWidget(shown);
    m_actions.setPage(shown);
    emit pageShown();
    shown->setFocus();
}

QWidget* StoreView::makePage(Page page) {
    if (page == Page::Log) {
        if (!m_log)
            makeLog();
        return m_log;
    }
    if (page == Page::Statistics) {
        if (!m_statistics)
            makeStatistics();
        return m_statistics;
    }
    if (!m_aggregate) {
        m_aggregate = new AggregatePage(*m_session, m_stack);
        m_aggregate->hide(); // until it is built
        connect(m_aggregate, &AggregatePage::built, this, &StoreView::takeAggregate);
    }
    return m_aggregate->isBuilt() ? m_aggregate : nullptr;
}

void StoreView::makeLog() {
    m_log = new LogPage(*m_session, m_stack);
    m_log->restoreLayout(m_settings.layout(pageName(Page::Log)));
    m_stack->addWidget(m_log);
    for (QAction* action : m_log->actions())
        m_actions.adopt(Actions::Menu::View, action, m_log);
}

void StoreView::makeStatistics() {
    m_statistics = new StatisticsPage(*m_session, m_stack);
    m_statistics->restoreLayout(m_settings.layout(pageName(Page::Statistics)));
    m_stack->addWidget(m_statistics);
    for (QAction* action : m_statistics->actions())
        m_actions.adopt(Actions::Menu::View, action, m_statistics);
}

void StoreView::takeAggregate() {
    m_aggregate->restoreLayout(m_settings.layout(pageName(Page::Aggregate)));
    m_stack->addWidget(m_aggregate);
    const QList<QAction*> ofProjection = m_aggregate->projection().projectionActions();
    for (QAction* action : m_aggregate->actions())
        m_actions.adopt(ofProjection.contains(action) ? Actions::Menu::Projection
                                                      : Actions::Menu::Aggregate,
                        action, m_aggregate);
    connect(&m_aggregate->replay(), &AggregateReplay::outlineChanged, this,
            &StoreView::sayReplayed);
    sayReplayed();
    showPage(m_session->moment().page);
}

void StoreView::sayReplayed() {
    const AggregateOutline& outline = m_aggregate->replay().outline();
    if (!outline.stream.isEmpty())
        emit replayed(outline.lastVersion().value(), outline.microseconds);
}

bool StoreView::isQuiet() const {
    return m_shown && m_session->isQuiet() && (!m_aggregate || m_aggregate->isQuiet()) &&
           (!m_log || m_log->isQuiet()) && (!m_statistics || m_statistics->isQuiet()) &&
           (!m_compare || m_compare->isQuiet());
}

Moment StoreView::placed() const {
    const Moment& moment = m_session->moment();
    return moment.page == Page::Log && m_log ? m_log->placed(moment) : moment;
}

CompareWindow* StoreView::comparison() const {
    return m_compare ? m_compare->window() : nullptr;
}

void StoreView::say(const Error& error) {
    m_strip->say(error);
}

void StoreView::presentCommand(const QString& command) {
    m_session->setPage(Page::Aggregate);
    makePage(Page::Aggregate);
    m_aggregate->presentCommand(command);
}

QString StoreView::message() const {
    return m_strip->message();
}

void StoreView::saveLayouts() {
    const auto save = [this](Page page, const QByteArray& layout) {
        if (layout != m_settings.layout(pageName(page)))
            m_settings.setLayout(pageName(page), layout);
    };
    if (m_log)
        save(Page::Log, m_log->saveLayout());
    if (m_statistics)
        save(Page::Statistics, m_statistics->saveLayout());
    if (m_aggregate && m_aggregate->isBuilt())
        save(Page::Aggregate, m_aggregate->saveLayout());
}

void StoreView::resetLayouts() {
    m_shown = nullptr;
    delete std::exchange(m_log, nullptr);
    delete std::exchange(m_aggregate, nullptr);
    delete std::exchange(m_statistics, nullptr);
    m_settings.forgetLayouts();
    showPage(m_session->moment().page);
}

} // namespace rewindow
