// Sentences, and what makes one worth saying.
#include "model/statistics/findings.h"

#include "model/items/json_preview.h"
#include "model/items/shown_locale.h"
#include "model/statistics/schema_inference.h"
#include "model/statistics/span_text.h"
#include "model/statistics/statistics_pass.h"
#include "model/statistics/stream_table.h"

#include <QCoreApplication>

#include <algorithm>

namespace rewindow {

namespace {

constexpr std::size_t kMost = 500;
/// So many times the median stands out.
constexpr qint64 kOutstanding = 10;
constexpr qint64 kFewEvents = 20;
constexpr qint64 kFewBytes = 10'000;
constexpr qint64 kShortPause = 60'000'000;
constexpr std::size_t kOfEach = 5;

class Words {
    Q_DECLARE_TR_FUNCTIONS(Findings)
};

QString number(qint64 value) {
    return shownNumber(value);
}

QString at(GlobalPosition position) {
    return number(position.value());
}

Finding::Kind kindOf(const SchemaDrift& drift) {
    switch (drift.what) {
    case SchemaDrift::What::Appeared:
        return Finding::Kind::Appeared;
    case SchemaDrift::What::Vanished:
        return Finding::Kind::Vanished;
    default:
        return Finding::Kind::Changed;
    }
}

void addPayloads(const TypeStatistics& type, std::vector<Finding>& into) {
    for (const SchemaPath& path : type.schema) {
        for (const SchemaDrift& drift : path.drift)
            into.push_back({.kind = kindOf(drift),
                            .sentence = Words::tr("%1: %2").arg(
                                type.type, driftText(path, drift, drift.position.value() > 0)),
                            .type = type.type,
                            .path = path.path,
                            .stream = {},
                            .position = drift.position});
        if (path.keysLeftOut > 0)
            into.push_back(
                {.kind = Finding::Kind::Limit,
                 .sentence =
                     Words::tr("%1: %2 holds more keys than are told apart, or lies too deep; it "
                               "may be a map whose keys are values")
                         .arg(type.type, path.path),
                 .type = type.type,
                 .path = path.path,
                 .stream = {},
                 .position = {}});
    }
    if (type.notJson > 0)
        into.push_back({.kind = Finding::Kind::Changed,
                        .sentence = Words::tr("%1: %2 of %3 payloads are not JSON")
                                        .arg(type.type, number(type.notJson), number(type.events)),
                        .type = type.type,
                        .path = {},
                        .stream = {},
                        .position = type.firstNotJson});
    const SizeStatistics& sizes = type.payload;
    if (sizes.most >= kFewBytes && sizes.most > kOutstanding * std::max<qint64>(sizes.median, 1))
        into.push_back(
            {.kind = Finding::Kind::Payload,
             .sentence = Words::tr("%1: a payload has %2, %3 times as much as the median")
                             .arg(type.type, byteCountText(sizes.most),
                                  number(sizes.most / std::max<qint64>(sizes.median, 1))),
             .type = type.type,
             .path = {},
             .stream = {},
             .position = sizes.mostAt});
}

/// The streams that lead by a number, as far as they stand out.
template <class Value, class Sentence>
void addStreams(const Statistics& of, Value value, qint64 least, qint64 median, Sentence sentence,
                GlobalPosition (*place)(const StreamStatistics&), std::vector<Finding>& into) {
    std::vector<const StreamStatistics*> leaders;
    for (const StreamStatistics& stream : of.ranked)
        if (value(stream) >= least && value(stream) > kOutstanding * median)
            leaders.push_back(&stream);
    std::ranges::stable_sort(leaders, std::ranges::greater(),
                             [&](const StreamStatistics* stream) { return value(*stream); });
    if (leaders.size() > kOfEach)
        leaders.resize(kOfEach);
    for (const StreamStatistics* stream : leaders)
        into.push_back({.kind = Finding::Kind::Stream,
                        .sentence = sentence(*stream, number(value(*stream) / median)),
                        .type = {},
                        .path = {},
                        .stream = stream->stream,
                        .position = place(*stream)});
}

void addStreams(const Statistics& of, std::vector<Finding>& into) {
    const auto lastPlace = [](const StreamStatistics& stream) { return stream.last.position; };
    const auto pauseEnd = [](const StreamStatistics& stream) { return stream.pauseEnd; };
    if (of.median.events > 0)
        addStreams(
            of, [](const StreamStatistics& stream) { return stream.events; }, kFewEvents,
            of.median.events,
            [](const StreamStatistics& stream, const QString& times) {
                return Words::tr("Stream %1 is %2 times as long as the median: %3 events")
                    .arg(stream.stream, times, number(stream.events));
            },
            lastPlace, into);
    if (of.median.bytes > 0)
        addStreams(
            of, [](const StreamStatistics& stream) { return stream.bytes; }, kFewBytes,
            of.median.bytes,
            [](const StreamStatistics& stream, const QString& times) {
                return Words::tr("Stream %1 is %2 times as fat as the median: payloads of %3")
                    .arg(stream.stream, times, byteCountText(stream.bytes));
            },
            lastPlace, into);
    if (of.median.pause > 0)
        addStreams(
            of, [](const StreamStatistics& stream) { return stream.pause; }, kShortPause,
            of.median.pause,
            [](const StreamStatistics& stream, const QString& times) {
                return Words::tr("Stream %1 stood still for %2, %3 times as long as the median")
                    .arg(stream.stream, spanText(stream.pause), times);
            },
            pauseEnd, into);
}

void addLimits(const Statistics& of, std::vector<Finding>& into) {
    const auto add = [&into](const QString& sentence) {
        into.push_back({.kind = Finding::Kind::Limit,
                        .sentence = sentence,
                        .type = {},
                        .path = {},
                        .stream = {},
                        .position = {}});
    };
    if (of.otherTypes > 0)
        add(Words::tr("%1 events are of types beyond the first %2, which are not told apart")
                .arg(number(of.otherTypes), number(StatisticsPass::kMostTypes)));
    if (of.eventsOfOtherStreams > 0)
        add(Words::tr("%1 events are in streams beyond the first %2, which are not told apart")
                .arg(number(of.eventsOfOtherStreams), number(of.streams)));
}

} // namespace

QString driftText(const SchemaPath& path, const SchemaDrift& drift, bool hasPositions) {
    const auto text = [&](const QString& withPosition, const QString& without) {
        return hasPositions ? withPosition.arg(at(drift.position)) : without;
    };
    const QString kind = valueKindName(drift.kind);
    switch (drift.what) {
    case SchemaDrift::What::Appeared:
        return path.path + u' ' +
               text(Words::tr("appeared at position %1"), Words::tr("appeared later on"));
    case SchemaDrift::What::Vanished:
        return path.path + u' ' +
               text(Words::tr("vanished after position %1"), Words::tr("vanished"));
    case SchemaDrift::What::KindChanged:
        return path.path + u' ' +
               Words::tr("changed from %1 to %2").arg(valueKindName(drift.before), kind) +
               text(Words::tr(" at position %1"), QString());
    case SchemaDrift::What::KindAppeared:
        return path.path + u' ' + Words::tr("is sometimes %1").arg(kind) +
               text(Words::tr(" since position %1"), Words::tr(", but was not at first"));
    case SchemaDrift::What::KindVanished:
        break;
    }
    return path.path + u' ' + Words::tr("is no longer %1").arg(kind) +
           text(Words::tr(" after position %1"), QString());
}

std::vector<Finding> findingsOf(const Statistics& statistics) {
    std::vector<Finding> findings;
    for (const TypeStatistics& type : statistics.types)
        addPayloads(type, findings);
    addStreams(statistics, findings);
    addLimits(statistics, findings);
    std::ranges::stable_sort(findings, {}, &Finding::kind);
    if (findings.size() > kMost) {
        const auto left = static_cast<qint64>(findings.size() - kMost);
        findings.resize(kMost);
        findings.push_back(
            {.kind = Finding::Kind::Limit,
             .sentence = Words::tr("%1 more findings are not listed").arg(number(left)),
             .type = {},
             .path = {},
             .stream = {},
             .position = {}});
    }
    return findings;
}

} // namespace rewindow
