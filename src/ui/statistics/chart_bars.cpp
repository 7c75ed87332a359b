// Labels short, texts whole.
#include "ui/statistics/chart_bars.h"

#include "model/items/json_preview.h"
#include "model/items/time_text.h"
#include "model/statistics/span_text.h"
#include "ui/shell/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace rewindow {

namespace {

constexpr std::size_t kTypesApart = 12; ///< of a stack; the others are one
constexpr int kTypesNamed = 6;

class Words {
    Q_DECLARE_TR_FUNCTIONS(ChartBars)
};

/// Without the year where it tells a time of day.
QString timeLabel(Timestamp at, qint64 width) {
    const QString text = timeText(at, width);
    return text.contains(u' ') ? text.sliced(text.indexOf(u'-', 1) + 1) : text;
}

QString eventsText(qint64 count) {
    return count == 1 ? Words::tr("1 event") : Words::tr("%1 events").arg(numberText(count));
}

QString streamsText(qint64 count) {
    return count == 1 ? Words::tr("1 stream") : Words::tr("%1 streams").arg(numberText(count));
}

ChartBar timeBar(const Statistics& statistics, std::size_t from, std::size_t to) {
    ChartBar bar;
    qint64 others = 0;
    std::vector<std::pair<qint64, const QString*>> named;
    for (std::size_t t = 0; t < statistics.types.size(); ++t) {
        const TypeStatistics& type = statistics.types[t];
        qint64 count = 0;
        for (std::size_t i = from; i < to; ++i)
            count += type.overTime[i];
        if (count == 0)
            continue;
        if (t < kTypesApart)
            bar.segments.push_back({type.type, count});
        else
            others += count;
        named.emplace_back(count, &type.type);
    }
    if (others > 0)
        bar.segments.push_back({{}, others});
    std::ranges::stable_sort(named, std::ranges::greater(),
                             [](const auto& type) { return type.first; });
    QStringList types;
    for (const auto& [count, type] : named) {
        if (types.size() == kTypesNamed) {
            types.append(QStringLiteral("…"));
            break;
        }
        types.append(QStringLiteral("%1 %2").arg(*type, numberText(count)));
    }
    bar.text = types.join(QStringLiteral(", "));
    return bar;
}

QString ageLabel(const StreamBucket& bucket) {
    if (bucket.from == 0)
        return Words::tr("< 1 s");
    return Words::tr("≥ %1").arg(spanText(bucket.from));
}

} // namespace

TimeBars timeBars(const Statistics& statistics, std::size_t most) {
    TimeBars result;
    const LogTimes& times = statistics.times;
    const std::size_t count = times.starts.size();
    const std::size_t joined =
        std::max<std::size_t>(1, (count + most - 1) / std::max<std::size_t>(most, 1));
    result.width = times.width * static_cast<qint64>(joined);
    for (std::size_t i = 0; i < count; i += joined) {
        const std::size_t end = std::min(count, i + joined);
        const Timestamp from = times.starts[i];
        const Timestamp to(times.starts[end - 1].microseconds() + times.width);
        GlobalPosition first;
        for (std::size_t at = i; at < end && first == GlobalPosition(0); ++at)
            first = times.firsts[at];
        ChartBar bar = timeBar(statistics, i, end);
        bar.label = timeLabel(from, result.width);
        const QString types = bar.text;
        bar.text = Words::tr("%1 – %2, %3")
                       .arg(timeText(from, TimeDigits::Second), timeText(to, TimeDigits::Second),
                            eventsText(bar.count()));
        if (!types.isEmpty())
            bar.text += QStringLiteral(": ") + types;
        result.bars.push_back(std::move(bar));
        result.stretches.push_back({from, to, first});
    }
    return result;
}

std::vector<ChartBar> lengthBars(const Statistics& statistics) {
    std::vector<ChartBar> bars;
    for (const StreamBucket& bucket : statistics.lengths) {
        const bool isOne = bucket.from == bucket.to;
        const QString range =
            isOne ? numberText(bucket.from)
                  : QStringLiteral("%1–%2").arg(numberText(bucket.from), numberText(bucket.to));
        bars.push_back(
            {.label = isOne ? range : numberText(bucket.from),
             .text = bucket.to == 1
                         ? Words::tr("%1 of 1 event").arg(streamsText(bucket.count))
                         : Words::tr("%1 of %2 events").arg(streamsText(bucket.count), range),
             .segments = {{{}, bucket.count}}});
    }
    return bars;
}

std::vector<ChartBar> ageBars(const Statistics& statistics) {
    std::vector<ChartBar> bars;
    for (const StreamBucket& bucket : statistics.ages) {
        const QString range =
            bucket.to == std::numeric_limits<qint64>::max()
                ? Words::tr("%1 or more").arg(spanText(bucket.from))
                : Words::tr("%1 to %2").arg(spanText(bucket.from), spanText(bucket.to + 1));
        bars.push_back(
            {.label = ageLabel(bucket),
             .text = Words::tr("%1, first to last event %2").arg(streamsText(bucket.count), range),
             .segments = {{{}, bucket.count}}});
    }
    return bars;
}

std::vector<ChartBar> sizeBars(const SizeStatistics& sizes, const QString& type) {
    std::vector<ChartBar> bars;
    bars.reserve(sizes.buckets.size());
    for (const SizeBucket& bucket : sizes.buckets)
        bars.push_back({.label = byteCountText(bucket.from),
                        .text = Words::tr("%1 with payloads of %2 to %3 bytes")
                                    .arg(eventsText(bucket.count), numberText(bucket.from),
                                         numberText(bucket.to)),
                        .segments = {{type, bucket.count}}});
    return bars;
}

} // namespace rewindow
