// Asking the overview, and the filter's words about time.
#include "ui/log/histogram_panel.h"

#include "model/session/session.h"
#include "ui/shell/number_text.h"

#include <limits>

namespace rewindow {

namespace {

using Kind = FilterExpression::Kind;

/// The conditions that all must hold.
std::vector<FilterExpression> conditions(const EventFilter& filter) {
    const FilterExpression& whole = filter.expression();
    return whole.kind() == Kind::All ? whole.parts() : std::vector{whole};
}

bool isAboutTime(const FilterExpression& condition) {
    return condition.kind() == Kind::Comparison && condition.place().field == FilterField::Time;
}

FilterExpression timeCondition(FilterOperator comparison, Timestamp time) {
    const QString text = time.toString();
    return FilterExpression::comparison({FilterField::Time, {}}, comparison,
                                        FilterTime{time, Timestamp(time.microseconds() + 1), text});
}

QString stepText(const TimeStep& step) {
    const auto count = static_cast<int>(step.count);
    const auto named = [count](const QString& one, const QString& many) {
        return count == 1 ? one : many.arg(count);
    };
    switch (step.unit) {
    case TimeStep::Unit::Microsecond:
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

} // namespace

EventFilter confinedTo(const EventFilter& filter, const std::optional<TimeSpan>& span) {
    std::vector<FilterExpression> kept = conditions(filter);
    std::erase_if(kept, isAboutTime);
    if (span) {
        kept.push_back(timeCondition(FilterOperator::GreaterOrEqual, span->begin));
        kept.push_back(timeCondition(FilterOperator::Less, span->end));
    }
    return EventFilter(FilterExpression::all(std::move(kept)));
}

std::optional<TimeSpan> spanOf(const EventFilter& filter) {
    std::optional<Timestamp> begin;
    std::optional<Timestamp> end;
    for (const FilterExpression& condition : conditions(filter)) {
        if (!isAboutTime(condition))
            continue;
        const auto* time = std::get_if<FilterTime>(&condition.value());
        if (!time)
            continue;
        switch (condition.comparison()) {
        case FilterOperator::GreaterOrEqual:
            begin = time->from;
            break;
        case FilterOperator::Greater:
            begin = time->to;
            break;
        case FilterOperator::Less:
            end = time->from;
            break;
        case FilterOperator::LessOrEqual:
            end = time->to;
            break;
        case FilterOperator::Match:
        case FilterOperator::Equal:
            begin = time->from;
            end = time->to;
            break;
        case FilterOperator::NotEqual:
            break;
        }
    }
    if (!begin && !end)
        return std::nullopt;
    return TimeSpan{begin.value_or(Timestamp(std::numeric_limits<qint64>::min())),
                    end.value_or(Timestamp(std::numeric_limits<qint64>::max()))};
}

HistogramPanel::HistogramPanel(Session& session, QWidget* parent)
    : Panel(Theme::Role::Event, tr("Events over time"), parent)
    , m_overview(session.info().url)
    , m_view(new HistogramView) {
    setBody(m_view);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_view->setMessage(tr("Counting the events…"));
    connect(&session, &Session::headChanged, &m_overview, [this] { m_overview.follow(); });
    connect(&m_overview, &LogOverview::grown, this, &HistogramPanel::ask);
    connect(&m_overview, &LogOverview::completed, this, &HistogramPanel::ask);
    connect(&m_overview, &LogOverview::progress, this, &HistogramPanel::showState);
    connect(&m_overview, &LogOverview::failed, this, [this](const Error& error) {
        m_view->setMessage(tr("The events could not be counted. %1").arg(error.sentence()));
    });
    connect(m_view, &HistogramView::spanChosen, this,
            [this](const TimeSpan& span) { emit filterWanted(confinedTo(m_filter, span)); });
    connect(m_view, &HistogramView::wholeWanted, this, [this] {
        if (spanOf(m_filter))
            emit filterWanted(confinedTo(m_filter, std::nullopt));
    });
    connect(m_view, &HistogramView::timeChosen, this, &HistogramPanel::find);
    m_overview.build();
    showState();
}

void HistogramPanel::setFilter(const EventFilter& filter) {
    m_filter = filter;
    m_view->setSpan(spanOf(filter));
    showState();
}

void HistogramPanel::ask() {
    m_isAsking = true;
    m_overview.histogram({}, this, [this](const Result<Histogram>& histogram) {
        m_isAsking = false;
        if (histogram)
            take(*histogram);
    });
}

void HistogramPanel::take(const Histogram& histogram) {
    HistogramBars bars;
    bars.edges = histogram.grid().edges;
    for (const QString& type : histogram.types())
        bars.types += type;
    if (histogram.hasOthers())
        bars.types += QString();
    for (std::size_t bucket = 0; bucket < histogram.buckets(); ++bucket)
        for (std::size_t stack = 0; stack < histogram.stacks(); ++stack)
            bars.counts.push_back(histogram.count(bucket, stack));
    m_view->setMessage(histogram.buckets() == 0 ? tr("There are no events to count yet.")
                                                : QString());
    if (histogram.buckets() > 0)
        setTitle(tr("Events per %1").arg(stepText(histogram.grid().step)));
    m_view->setBars(bars);
    showState();
}

void HistogramPanel::showState() {
    if (m_overview.isComplete()) {
        setNote(m_filter.isEmpty() ? tr("drag to select a time range")
                                   : tr("of all events · drag to select a time range"));
        return;
    }
    setNote(m_overview.total() == 0
                ? tr("counting…")
                : tr("partial: %1 of %2 events counted")
                      .arg(numberText(m_overview.reached()), numberText(m_overview.total())));
}

void HistogramPanel::find(Timestamp time) {
    OverviewSelection selection;
    selection.from = time;
    m_overview.matchedRows(selection, this, [this](const Result<MatchedRows>& rows) {
        if (rows && rows->count() > 0)
            emit positionWanted(rows->positionOf(0));
    });
}

} // namespace rewindow
