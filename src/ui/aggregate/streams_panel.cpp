#include "ui/aggregate/streams_panel.h"

#include "model/export/store_tables.h"
#include "model/items/streams_model.h"
#include "model/session/session.h"
#include "ui/aggregate/streams_tree.h"
#include "ui/export/export_action.h"
#include "ui/places/link_clipboard.h"
#include "ui/shell/icons.h"
#include "ui/shell/number_text.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace rewindow {

namespace {
constexpr int kTypingMs = 150;
constexpr int kLeastWidth = 160;
constexpr int kNewsMs = 200;
} // namespace

StreamsPanel::StreamsPanel(Session& session, QWidget* parent)
    : Panel(Theme::Role::Aggregate, tr("Streams"), parent)
    , m_session(session)
    , m_streams(new StreamsModel(session.background(), this))
    , m_filter(new QLineEdit)
    , m_tree(new StreamsTree(*m_streams)) {
    m_filter->setPlaceholderText(tr("Filter streams…"));
    m_filter->setAccessibleName(tr("Filter streams by a part of their name"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    auto* body = new QWidget(this);
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* line = new QVBoxLayout;
    line->setContentsMargins(8, 8, 8, 6);
    line->addWidget(m_filter);
    layout->addLayout(line);
    layout->addWidget(m_tree, 1);
    setBody(body);
    body->setMinimumWidth(kLeastWidth); // of a stream's name enough to tell it from others
    m_tree->setPlaceholder(tr("Reading the streams…"));

    m_focusFilter = new QAction(icon(QStringLiteral("filter")), tr("Filter streams"), this);
    m_focusFilter->setShortcut(Qt::CTRL | Qt::Key_F);
    m_focusFilter->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_focusFilter->setToolTip(tr("Show the streams whose name contains a text (Ctrl+F)"));
    connect(m_focusFilter, &QAction::triggered, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });

    addHeaderAction(tableExport(*this, tr("Export the streams…"), [this] {
        StreamQuery query;
        query.containing = m_streams->filter();
        return streamsTable(m_session.info().url, query, QStringLiteral("streams"));
    }));

    auto* link = new QAction(icon(QStringLiteral("link")), tr("Copy link to this stream"), this);
    link->setStatusTip(tr("A rewindow:// address of this stream, at the playhead."));
    connect(link, &QAction::triggered, this, &StreamsPanel::copyLinkToStream);
    m_tree->addAction(link);

    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingMs);
    m_news.setSingleShot(true);
    m_news.setInterval(kNewsMs);
    connect(m_filter, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this,
            [this] { m_streams->setFilter(m_filter->text().trimmed()); });
    connect(&m_news, &QTimer::timeout, m_streams, &StreamsModel::refresh);
    connect(&session, &Session::headChanged, this, [this] {
        if (!m_news.isActive())
            m_news.start();
    });
    connect(m_tree, &StreamsTree::streamRequested, this, [this](const QString& stream) {
        if (stream != m_session.moment().stream)
            m_session.selectStream(stream);
    });
    connect(m_streams, &StreamsModel::revealed, m_tree, &StreamsTree::showStream);
    connect(m_streams, &StreamsModel::failed, &session, &Session::failed);
    connect(m_streams, &StreamsModel::loaded, this, &StreamsPanel::describe);
    connect(m_streams, &QAbstractItemModel::modelReset, this, &StreamsPanel::followMoment);
    connect(&session, &Session::momentChanged, this,
            [this](const Moment& now, const Moment& before) {
                if (now.stream != before.stream)
                    followMoment();
            });
    m_streams->reload();
    followMoment();
}

void StreamsPanel::copyLinkToStream() {
    const QString stream = m_tree->currentIndex().data(StreamsModel::StreamRole).toString();
    if (stream.isEmpty())
        return;
    Moment moment = m_session.moment();
    if (moment.stream != stream)
        moment.pointer.clear();
    moment.stream = stream;
    copyLink(moment);
}

void StreamsPanel::followMoment() {
    const QString& stream = m_session.moment().stream;
    if (stream.isEmpty())
        m_tree->showNone();
    else
        m_streams->reveal(stream);
}

void StreamsPanel::describe() {
    const bool filtered = !m_streams->filter().isEmpty();
    const QString total = numberText(m_streams->streamCount());
    if (filtered)
        setNote(tr("%1%2 of %3")
                    .arg(numberText(m_streams->foundCount()),
                         m_streams->isComplete() ? QString() : QStringLiteral("+"), total));
    else
        setNote(total);
    m_tree->setPlaceholder(filtered && !m_streams->isComplete() ? tr("Searching…")
                           : filtered                           ? tr("No stream is named so")
                                                                : tr("No streams yet"));
}

bool StreamsPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down) {
            m_tree->setFocus(Qt::TabFocusReason);
            return true;
        }
        if (key == Qt::Key_Escape && !m_filter->text().isEmpty()) {
            m_filter->clear();
            return true;
        }
    }
    return Panel::eventFilter(watched, event);
}

} // namespace rewindow
