// A sentence over a table of a few rows.
#include "ui/log/provisional_panel.h"

#include "model/items/provisional_model.h"
#include "model/session/session.h"
#include "ui/log/log_delegate.h"
#include "ui/log/log_header.h"
#include "ui/shell/number_text.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kPatienceMs = 500;
constexpr int kMostRowsInSight = 4;
constexpr int kMargin = 8;

} // namespace

ProvisionalPanel::ProvisionalPanel(Session& session, QWidget* parent)
    : Panel(Theme::Role::Event, tr("Provisional"), parent)
    , m_session(session)
    , m_model(new ProvisionalModel(this))
    , m_sentence(new QLabel)
    , m_table(new QTableView) {
    auto* body = new QWidget(this);
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_sentence->setContentsMargins(kMargin + 2, 0, kMargin, kMargin - 2);
    layout->addWidget(m_sentence);
    m_table->setModel(m_model);
    m_table->setItemDelegate(new LogDelegate(m_table));
    m_table->setAccessibleName(tr("Provisional events"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    layout->addWidget(m_table);
    setBody(body);
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, &ProvisionalPanel::present);
    connect(&session, &Session::edgeChanged, this, &ProvisionalPanel::take);
    connect(&Theme::instance(), &Theme::changed, this, &ProvisionalPanel::fit);
    hide();
    take();
}

void ProvisionalPanel::take() {
    const auto& open = m_session.edge().open;
    const GlobalPosition gap = open ? open->first : GlobalPosition(0);
    if (gap != m_gap) {
        m_gap = gap;
        hide();
        m_patience.stop();
        if (open)
            m_patience.start();
        else
            m_model->setEvents({});
    } else if (open && !m_patience.isActive()) {
        present();
    }
}

QString ProvisionalPanel::sentence() const {
    return m_sentence->text();
}

void ProvisionalPanel::present() {
    const auto& open = m_session.edge().open;
    if (!open)
        return;
    m_model->setEvents(m_session.provisional());
    // Without a current one, reading a table aloud can fail.
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0));
    const QString missing =
        open->first == open->last
            ? tr("Position %1 is missing, and a transaction that is under way may still fill it.")
                  .arg(numberText(open->first.value()))
            : tr("Positions %1 to %2 are missing, and transactions that are under way may still "
                 "fill them.")
                  .arg(numberText(open->first.value()), numberText(open->last.value()));
    m_sentence->setText(missing + u' ' +
                        tr("Until then these events have no place in the log: versions, views and "
                           "counts are without them."));
    setNote(m_model->rowCount() == 1 ? tr("1 event")
                                     : tr("%1 events").arg(numberText(m_model->rowCount())));
    setAccessibleName(tr("Provisional") + QStringLiteral(". ") + m_sentence->text());
    fit();
    show();
}

/// Its columns are as wide as those of the log below.
void ProvisionalPanel::fit() {
    for (int column = 0; column < m_model->columnCount(); ++column)
        m_table->setColumnWidth(
            column, LogHeader::usualWidth(static_cast<LogColumn::Kind>(column),
                                          m_model->headerData(column, Qt::Horizontal).toString()));
    const int row = Theme::instance().rowHeight();
    m_table->verticalHeader()->setDefaultSectionSize(row);
    const int rows = std::clamp(m_model->rowCount(), 1, kMostRowsInSight);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() + rows * row + 2);
}

} // namespace rewindow
