// Labels that follow the session's signals.
#include "ui/shell/status_line.h"

#include "model/session/session.h"
#include "ui/shell/elided_label.h"
#include "ui/shell/number_text.h"
#include "ui/shell/plain_text.h"

namespace rewindow {

StatusLine::StatusLine(QWidget* parent)
    : QStatusBar(parent)
    , m_log(new ElidedLabel)
    , m_streams(new ElidedLabel)
    , m_replay(new ElidedLabel)
    , m_assumed(new ElidedLabel)
    , m_readOnly(new ElidedLabel)
    , m_views(new ElidedLabel) {
    setSizeGripEnabled(false);
    for (ElidedLabel* label : {m_log, m_streams, m_replay}) {
        label->setContentsMargins(8, 3, 8, 3);
        addWidget(label);
    }
    for (ElidedLabel* label : {m_assumed, m_readOnly, m_views}) {
        label->setContentsMargins(8, 3, 8, 3);
        addPermanentWidget(label);
    }
    update();
}

void StatusLine::setSession(Session* session) {
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    if (session) {
        connect(session, &Session::headChanged, this, &StatusLine::update);
        connect(session, &Session::viewsChanged, this, &StatusLine::update);
        connect(session, &Session::momentChanged, this, &StatusLine::update);
        connect(session, &Session::staleChanged, this, &StatusLine::update);
        connect(session, &Session::edgeChanged, this, &StatusLine::update);
    }
    setReplay({});
    update();
}

void StatusLine::setReplay(const QString& text) {
    m_replay->setText(text);
}

void StatusLine::update() {
    if (!m_session) {
        for (ElidedLabel* label : {m_log, m_streams, m_replay, m_assumed, m_readOnly, m_views})
            label->clear();
        m_log->setText(tr("No store is open"));
        return;
    }
    m_replay->setVisible(m_session->moment().page == Page::Aggregate);
    const LogSummary& summary = m_session->summary();
    const QString head = numberText(summary.head.value());
    m_log->setText(m_session->isStale()
                       ? tr("stale: the server cannot be reached · head %1").arg(head)
                       : tr("head %1").arg(head));
    m_streams->setText(summary.streams == 1 ? tr("1 stream")
                                            : tr("%1 streams").arg(numberText(summary.streams)));
    const StoreInfo& info = m_session->info();
    m_readOnly->setText(info.readOnly ? tr("read-only") : QString());
    m_readOnly->setToolTip(rewindow::toolTip(info.readOnlyReason));
    m_views->setText(viewsText());
    showAssumed();
}

void StatusLine::showAssumed() {
    const std::vector<LogGap>& gaps = m_session->edge().assumed;
    if (gaps.empty()) {
        m_assumed->clear();
        m_assumed->setToolTip({});
        return;
    }
    m_assumed->setText(gaps.size() == 1
                           ? tr("1 gap assumed dead")
                           : tr("%1 gaps assumed dead").arg(numberText(qint64(gaps.size()))));
    const LogGap& last = gaps.back();
    m_assumed->setToolTip(rewindow::toolTip(
        tr("From here it cannot be seen who writes to this store, so a position that is missing "
           "counts as given up after ten seconds; the last one is %1. If its event comes after "
           "all, it is shown, and said so.")
            .arg(numberText(last.last.value()))));
}

QString StatusLine::viewsText() const {
    const std::vector<ViewState>& views = m_session->views();
    if (views.empty())
        return tr("no projections");
    QStringList behind;
    for (const ViewState& view : views) {
        if (view.lag > 0)
            behind.append(tr("%1 %2 behind").arg(view.schema.name, numberText(view.lag)));
    }
    if (!behind.isEmpty())
        return behind.join(QStringLiteral(" · "));
    return views.size() == 1 ? tr("1 projection up to date")
                             : tr("%1 projections up to date").arg(views.size());
}

} // namespace rewindow
