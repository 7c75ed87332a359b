// One wide chart over three small ones.
#include "ui/statistics/log_charts.h"

#include "model/items/json_preview.h"
#include "model/items/time_text.h"
#include "model/statistics/span_text.h"
#include "model/statistics/statistics_filter.h"
#include "ui/export/export_action.h"
#include "ui/shell/number_text.h"
#include "ui/shell/panel.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace rewindow {

namespace {
constexpr int kGap = 6;
constexpr int kLeastBarWidth = 4; ///< pixels of a stretch of time
} // namespace

LogCharts::LogCharts(StatisticsGuide& guide, QWidget* parent)
    : QWidget(parent)
    , m_guide(guide)
    , m_time(new BarChart(Theme::Role::DimText, tr("Events over time")))
    , m_lengths(new BarChart(Theme::Role::Aggregate, tr("Streams by length")))
    , m_ages(new BarChart(Theme::Role::Aggregate, tr("Streams by age")))
    , m_sizes(new BarChart(Theme::Role::Event, tr("Payload sizes"))) {
    m_timePanel = panelOf(m_time, Theme::Role::Event, tr("Events over time"),
                          QStringLiteral("events-over-time"));
    m_lengthsPanel = panelOf(m_lengths, Theme::Role::Aggregate, tr("Streams by length"),
                             QStringLiteral("streams-by-length"));
    m_agesPanel = panelOf(m_ages, Theme::Role::Aggregate, tr("Streams by age"),
                          QStringLiteral("streams-by-age"));
    m_sizesPanel =
        panelOf(m_sizes, Theme::Role::Event, tr("Payload sizes"), QStringLiteral("payload-sizes"));
    auto* small = new QHBoxLayout;
    small->setSpacing(kGap);
    for (Panel* panel : {m_lengthsPanel, m_agesPanel, m_sizesPanel})
        small->addWidget(panel, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    column->addWidget(m_timePanel, 1);
    column->addLayout(small, 1);
    connect(&TimeZoneChoice::instance(), &TimeZoneChoice::changed, this, [this] {
        if (m_statistics)
            showTime();
    });
}

Panel* LogCharts::panelOf(BarChart* chart, Theme::Role role, const QString& title,
                          const QString& fileName) {
    auto* panel = new Panel(role, title, this);
    panel->setBody(chart);
    panel->addHeaderAction(
        pictureExport(*panel, tr("Export the chart “%1”…").arg(title),
                      [chart, fileName] { return pictureOf(*chart, fileName); }));
    connect(chart, &BarChart::chosen, this, [this, chart](int bar) {
        if (const StatisticsPlace place = placeOfBar(chart, bar); !place.words.isEmpty())
            m_guide.filterFor(place);
    });
    connect(chart, &BarChart::menuWanted, this, [this, chart](int bar, const QPoint& at) {
        if (QMenu* menu = m_guide.menu(placeOfBar(chart, bar), this))
            menu->popup(at);
    });
    return panel;
}

void LogCharts::setStatistics(std::shared_ptr<const Statistics> statistics) {
    m_statistics = std::move(statistics);
    const Statistics& shown = *m_statistics;
    m_lengths->setBars(lengthBars(shown));
    m_ages->setBars(ageBars(shown));
    m_lengthsPanel->setNote(tr("median %1").arg(numberText(shown.median.events)));
    m_agesPanel->setNote(tr("median %1").arg(spanText(shown.median.age())));
    showTime();
    showSizes();
}

void LogCharts::setType(const QString& type) {
    if (type == m_type)
        return;
    m_type = type;
    if (m_statistics)
        showSizes();
}

void LogCharts::showTime() {
    const int room = std::max(1, m_time->width() / Theme::instance().scaled(kLeastBarWidth));
    TimeBars bars = timeBars(*m_statistics, static_cast<std::size_t>(room));
    m_stretches = std::move(bars.stretches);
    m_time->setBars(std::move(bars.bars));
    m_timePanel->setNote(tr("%1 a bar").arg(spanText(bars.width)));
}

void LogCharts::showSizes() {
    const auto type = std::ranges::find(m_statistics->types, m_type, &TypeStatistics::type);
    const bool isOne = type != m_statistics->types.end();
    const SizeStatistics& sizes = isOne ? type->payload : m_statistics->payload;
    m_sizes->setBars(sizeBars(sizes, isOne ? m_type : QString()));
    m_sizesPanel->setTitle(isOne ? tr("Payloads of %1").arg(m_type) : tr("Payload sizes"));
    m_sizesPanel->setNote(tr("median %1").arg(byteCountText(sizes.median)));
    m_sizesPanel->setSquare(isOne ? Theme::instance().eventColor(m_type) : QColor());
}

StatisticsPlace LogCharts::placeOfBar(const BarChart* chart, int bar) const {
    const auto at = static_cast<std::size_t>(bar);
    const QString text = chart->bars()[at].text;
    if (chart == m_time) {
        const TimeBars::Stretch& stretch = m_stretches[at];
        return {
            .words = timeWords(stretch.from, stretch.to), .position = stretch.first, .text = text};
    }
    if (chart == m_sizes) {
        const auto type = std::ranges::find(m_statistics->types, m_type, &TypeStatistics::type);
        const bool isOne = type != m_statistics->types.end();
        const auto& buckets = (isOne ? type->payload : m_statistics->payload).buckets;
        return {.words = isOne ? typeWord(m_type) : QString(),
                .position = buckets[at].example,
                .isThere = true,
                .text = text};
    }
    const auto& buckets = chart == m_lengths ? m_statistics->lengths : m_statistics->ages;
    return {.words = streamWords(buckets[at].examples), .position = {}, .text = text};
}

void LogCharts::resizeEvent(QResizeEvent*) {
    if (m_statistics)
        showTime();
}

} // namespace rewindow
