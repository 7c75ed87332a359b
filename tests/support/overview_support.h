// Asking an overview of a log, and what a loop over all events counts.
#pragma once

#include "model/overview/log_overview.h"
#include "support/sidecar_support.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>

namespace rewindow::test {

inline constexpr int kWaitMs = 60'000;

/// Waits for the answer to what `ask` asks with the guard and the callback it is given.
template <class Answer, class Ask>
Result<Answer> answerOf(Ask&& ask) {
    QObject guard;
    std::optional<Result<Answer>> answer;
    ask(&guard, [&answer](Result<Answer> given) { answer = std::move(given); });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, kWaitMs))
        return fail(Error::Kind::Storage, QStringLiteral("no answer came"));
    return *answer;
}

inline Result<Histogram> histogramOf(LogOverview& overview, const HistogramRequest& request) {
    return answerOf<Histogram>(
        [&](QObject* guard, auto done) { overview.histogram(request, guard, done); });
}

inline Result<Facets> facetsOf(LogOverview& overview, const FacetsRequest& request) {
    return answerOf<Facets>(
        [&](QObject* guard, auto done) { overview.facets(request, guard, done); });
}

inline Result<ValueFacet> valuesOf(LogOverview& overview, const ValueFacetRequest& request) {
    return answerOf<ValueFacet>(
        [&](QObject* guard, auto done) { overview.values(request, guard, {}, done); });
}

inline bool isBuilt(LogOverview& overview) {
    overview.build();
    return QTest::qWaitFor([&overview] { return !overview.isBuilding(); }, kWaitMs) &&
           overview.isComplete();
}

inline bool accepts(const OverviewSelection& selection, const PlainEvent& event) {
    const auto holds = [](const std::optional<QStringList>& names, const std::string& name) {
        return !names || names->contains(QString::fromStdString(name));
    };
    return (!selection.from || event.time >= selection.from->microseconds()) &&
           (!selection.until || event.time < selection.until->microseconds()) &&
           holds(selection.types, event.type) && holds(selection.streams, event.stream) &&
           holds(selection.categories, event.category);
}

/// What is wrong with a histogram of these events; empty when nothing is.
inline QString difference(const Histogram& histogram, const std::vector<PlainEvent>& events) {
    std::vector<qint64> expected(histogram.buckets() * histogram.stacks());
    const std::vector<Timestamp>& edges = histogram.grid().edges;
    std::map<std::string, qint64> frequency;
    for (const PlainEvent& event : events) {
        ++frequency[event.type];
        const auto after = std::upper_bound(edges.begin(), edges.end(), Timestamp(event.time));
        if (!accepts(histogram.request().selection, event) || after == edges.begin() ||
            after == edges.end())
            continue;
        const auto& types = histogram.types();
        const auto type = std::find(types.begin(), types.end(), QString::fromStdString(event.type));
        if (type == types.end() && !histogram.hasOthers())
            return QStringLiteral("type %1 is not among the stacks")
                .arg(QString::fromStdString(event.type));
        ++expected[std::size_t(after - edges.begin() - 1) * histogram.stacks() +
                   std::size_t(type - types.begin())];
    }
    for (std::size_t bucket = 0; bucket < histogram.buckets(); ++bucket)
        for (std::size_t stack = 0; stack < histogram.stacks(); ++stack)
            if (histogram.count(bucket, stack) != expected[bucket * histogram.stacks() + stack])
                return QStringLiteral("bucket %1, stack %2 is %3")
                    .arg(bucket)
                    .arg(stack)
                    .arg(histogram.count(bucket, stack));
    for (std::size_t i = 1; i < histogram.types().size(); ++i)
        if (frequency[histogram.types()[i - 1].toStdString()] <
            frequency[histogram.types()[i].toStdString()])
            return QStringLiteral("the stacks are not in order");
    if (histogram.rows() != qint64(events.size()))
        return QStringLiteral("%1 rows").arg(histogram.rows());
    return {};
}

inline QString difference(const Facet& facet, std::map<std::string, qint64> expected,
                          std::size_t most) {
    if (facet.distinct != qint64(expected.size()) ||
        facet.values.size() != std::min(most, expected.size()))
        return QStringLiteral("%1 values, %2 listed").arg(facet.distinct).arg(facet.values.size());
    qint64 last = std::numeric_limits<qint64>::max();
    for (const FacetValue& value : facet.values) {
        const auto found = expected.find(value.text.toStdString());
        if (found == expected.end() || found->second != value.count || value.count > last)
            return QStringLiteral("%1: %2").arg(value.text).arg(value.count);
        last = value.count;
        expected.erase(found);
    }
    qint64 others = 0;
    for (const auto& [name, count] : expected) {
        others += count;
        if (count > last)
            return QString::fromStdString(name) + QStringLiteral(" is not listed");
    }
    return others == facet.others ? QString() : QStringLiteral("%1 others").arg(facet.others);
}

inline QString difference(const Facets& facets, const std::vector<PlainEvent>& events) {
    std::map<std::string, qint64> types;
    std::map<std::string, qint64> categories;
    std::map<std::string, qint64> streams;
    for (const PlainEvent& event : events)
        if (accepts(facets.request().selection, event)) {
            ++types[event.type];
            ++categories[event.category];
            ++streams[event.stream];
        }
    const std::size_t most = facets.request().most;
    for (const auto& [facet, expected] :
         {std::pair{&facets.types(), &types}, std::pair{&facets.categories(), &categories},
          std::pair{&facets.streams(), &streams}})
        if (const QString wrong = difference(*facet, *expected, most); !wrong.isEmpty())
            return wrong;
    return {};
}

} // namespace rewindow::test
