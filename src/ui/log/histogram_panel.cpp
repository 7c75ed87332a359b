// The counts as bars, and what they are of.
#include "ui/log/histogram_panel.h"

#include "ui/export/export_action.h"
#include "ui/shell/number_text.h"

namespace rewindow {

namespace {

constexpr int kMicrosecondsAMillisecond = 1000;

QString stepText(const TimeStep& step) {
    const auto count = static_cast<int>(step.count);
    const auto named = [count](const QString& one, const QString& many) {
        return count == 1 ? one : many.arg(count);
    };
    switch (step.unit) {
    case TimeStep::Unit::Microsecond:
        if (count % kMicrosecondsAMillisecond == 0) {
            const int milliseconds = count / kMicrosecondsAMillisecond;
            return milliseconds == 1 ? HistogramPanel::tr("millisecond")
                                     : HistogramPanel::tr("%1 milliseconds").arg(milliseconds);
        }
        return named(HistogramPanel::tr("microsecond"), HistogramPanel::tr("%1 microseconds"));
    case TimeStep::Unit::Second:
        return named(HistogramPanel::tr("second"), HistogramPanel::tr("%1 seconds"));
    case TimeStep::Unit::Minute:
        return named(HistogramPanel::tr("minute"), HistogramPanel::tr("%1 minutes"));
    case TimeStep::Unit::Hour:
        return named(HistogramPanel::tr("hour"), HistogramPanel::tr("%1 hours"));
    case TimeStep::Unit::Day:
        return named(HistogramPanel::tr("day"), HistogramPanel::tr("%1 days"));
    case TimeStep::Unit::Week:
        return named(HistogramPanel::tr("week"), HistogramPanel::tr("%1 weeks"));
    case TimeStep::Unit::Month:
        return named(HistogramPanel::tr("month"), HistogramPanel::tr("%1 months"));
    case TimeStep::Unit::Year:
        return named(HistogramPanel::tr("year"), HistogramPanel::tr("%1 years"));
    }
    return {};
}

/// [begin, end) as a condition.
FilterExpression within(const TimeSpan& span) {
    return confinedTo({}, span).expression();
}

} // namespace

HistogramPanel::HistogramPanel(LogCounts& counts, QWidget* parent)
    : Panel(Theme::Role::Event, tr("Events over time"), parent)
    , m_counts(counts)
    , m_view(new HistogramView) {
    setBody(m_view);
    addHeaderAction(pictureExport(*this, tr("Export the histogram…"), [this] {
        return pictureOf(*m_view, QStringLiteral("events-over-time"));
    }));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(&counts, &LogCounts::overTimeChanged, this, &HistogramPanel::showCounts);
    connect(m_view, &HistogramView::spanChosen, this, [this](const TimeSpan& span) {
        emit filterWanted(confinedTo(m_counts.filter(), span));
    });
    connect(m_view, &HistogramView::wholeWanted, this, [this] {
        if (spanOf(m_counts.filter()))
            emit filterWanted(confinedTo(m_counts.filter(), std::nullopt));
    });
    connect(m_view, &HistogramView::timeChosen, this, [this](Timestamp time) {
        m_counts.find(time, this,
                      [this](GlobalPosition position) { emit positionWanted(position); });
    });
    showCounts();
}

std::optional<FilterExpression> HistogramPanel::currentCondition() const {
    const int bar = m_view->currentBar();
    if (bar < 0)
        return std::nullopt;
    return within({m_view->bars().beginOf(bar), m_view->bars().endOf(bar)});
}

void HistogramPanel::showCounts() {
    const LogCounts::OverTime& counts = m_counts.overTime();
    HistogramBars bars;
    bars.edges = counts.grid.edges;
    for (const QString& type : counts.types)
        bars.types += type;
    if (counts.hasOthers)
        bars.types += QString();
    bars.counts = counts.counts;
    if (!m_counts.error().isEmpty())
        m_view->setMessage(tr("The events could not be counted. %1").arg(m_counts.error()));
    else if (bars.bars() == 0)
        m_view->setMessage(m_counts.isComplete() ? tr("There are no events to count yet.")
                                                 : tr("Counting the events…"));
    else if (isOfNone())
        m_view->setMessage(tr("No event matches this filter."));
    else
        m_view->setMessage({});
    if (bars.bars() > 0)
        setTitle(tr("Events per %1").arg(stepText(counts.grid.step)));
    m_view->setSpan(spanOf(m_counts.filter()));
    m_view->setBars(bars);
    setNote(stateText());
}

bool HistogramPanel::isOfNone() const {
    return m_counts.isComplete() && m_counts.counted() == 0;
}

/// Which events the bars count, and how far that is; nothing where there are no bars to drag over.
QString HistogramPanel::stateText() const {
    if (isOfNone())
        return {};
    const bool isOfAll = confinedTo(m_counts.filter(), std::nullopt).isEmpty();
    if (m_counts.isComplete())
        return isOfAll ? tr("drag to select a time range")
                       : tr("the %1 events that the filter finds · drag to select a time range")
                             .arg(numberText(m_counts.counted()));
    if (m_counts.total() == 0)
        return m_counts.way() == LogCounts::Way::Reading ? tr("looking through the log…")
                                                         : tr("counting…");
    return m_counts.way() == LogCounts::Way::Reading
               ? tr("partial: %1 found up to position %2 of %3")
                     .arg(numberText(m_counts.counted()), numberText(m_counts.reached()),
                          numberText(m_counts.total()))
               : tr("partial: %1 of %2 events counted")
                     .arg(numberText(m_counts.reached()), numberText(m_counts.total()));
}

} // namespace rewindow
