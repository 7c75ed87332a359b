// What an audit of a view found.
#include "ui/aggregate/view_rows_audit.h"

#include "model/items/view_value_text.h"
#include "ui/shell/icons.h"
#include "ui/shell/number_text.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>

#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace rewindow {

namespace {

constexpr std::size_t kListed = 1'000; ///< drifts listed; the sentence tells how many there are

} // namespace

ViewRowsAudit::ViewRowsAudit(QWidget* parent)
    : QWidget(parent)
    , m_summary(new QLabel(this))
    , m_table(new QTableWidget(0, 5, this)) {
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setAccessibleName(tr("Result of the audit"));
    auto* close = new QPushButton(icon(QStringLiteral("close")), tr("Back to the rows"), this);
    connect(close, &QPushButton::clicked, this, &ViewRowsAudit::closed);

    m_table->setAccessibleName(tr("Cells that are not what the events say"));
    m_table->setHorizontalHeaderLabels(
        {tr("row"), tr("column"), tr("expected"), tr("actual"), tr("last set by")});
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    connect(m_table, &QTableWidget::cellClicked, this, &ViewRowsAudit::choose);
    connect(m_table, &QTableWidget::cellActivated, this, &ViewRowsAudit::choose);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(12, 8, 8, 8);
    top->addWidget(m_summary, 1);
    top->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_table, 1);
    layout->addStretch(0);
}

void ViewRowsAudit::setFindings(const ViewSchema& schema, const std::vector<Drift>& drifts,
                                qint64 rows, GlobalPosition checkpoint) {
    m_drifts = drifts;
    const Theme& theme = Theme::instance();
    QPalette palette = m_summary->palette();
    palette.setColor(QPalette::WindowText,
                     theme.color(drifts.empty() ? Theme::Role::View : Theme::Role::Trouble));
    m_summary->setPalette(palette);
    m_summary->setText(
        drifts.empty()
            ? tr("✓ No drift: %1 rows of %2 agree with a fresh fold at position %3.")
                  .arg(numberText(rows), schema.name, numberText(checkpoint.value()))
            : tr("✗ %1 cells of %2 are not what the events up to position %3 say. Rebuild the view "
                 "to put them right.")
                  .arg(numberText(static_cast<qint64>(drifts.size())), schema.name,
                       numberText(checkpoint.value())));
    m_table->setVisible(!drifts.empty());
    const auto listed = static_cast<int>(std::min(drifts.size(), kListed));
    m_table->setRowCount(listed);
    m_table->verticalHeader()->setDefaultSectionSize(theme.rowHeight());
    for (int row = 0; row < listed; ++row) {
        const Drift& drift = drifts[static_cast<std::size_t>(row)];
        const int column = schema.columnNamed(drift.column);
        const auto meaning = column < 0 ? ViewColumn::Meaning::Plain
                                        : schema.columns[static_cast<std::size_t>(column)].meaning;
        const auto value = [&](const std::optional<ViewValue>& cell) {
            return cell ? onOneLine(shownValue(*cell, meaning)) : tr("no row");
        };
        const QString event = drift.position.value()
                                  ? tr("position %1").arg(numberText(drift.position.value()))
                                  : tr("no event");
        const QString texts[] = {onOneLine(drift.id), onOneLine(drift.column),
                                 value(drift.expected), value(drift.actual), event};
        for (int cell = 0; cell < 5; ++cell) {
            auto* item = new QTableWidgetItem(texts[cell]);
            item->setFont(theme.monospaceFont());
            item->setToolTip(rewindow::toolTip(texts[cell]));
            m_table->setItem(row, cell, item);
        }
    }
    if (listed)
        m_table->setCurrentCell(0, 0);
}

void ViewRowsAudit::choose(int row) {
    if (row < 0 || static_cast<std::size_t>(row) >= m_drifts.size())
        return;
    const Drift& drift = m_drifts[static_cast<std::size_t>(row)];
    emit driftChosen(drift.id, drift.position);
}

} // namespace rewindow
