// Loops over columns: nothing in them is looked up that is not in the processor's cache.
#include "store/sidecar/sidecar_counts.h"

#include <algorithm>

namespace rewindow {

namespace {

/// Which bucket a time is of. Times mostly come in order: the last answer is tried first.
class BucketFinder {
  public:
    explicit BucketFinder(const std::vector<qint64>& edges)
        : m_edges(edges)
        , m_perMicrosecond(double(edges.size() - 1) /
                           (double(edges.back()) - double(edges.front())))
        , m_low(edges[0])
        , m_high(edges[1]) {}

    /// `time` lies between the first edge and the last.
    std::size_t operator()(qint64 time) {
        if (time < m_low || time >= m_high)
            find(time);
        return m_bucket;
    }

  private:
    void find(qint64 time) {
        // Edges are about evenly spaced: from where it would be if they were, it is not far.
        const double along = (double(time) - double(m_edges.front())) * m_perMicrosecond;
        const std::size_t last = m_edges.size() - 2;
        m_bucket = std::min(static_cast<std::size_t>(std::max(along, 0.0)), last);
        while (time < m_edges[m_bucket])
            --m_bucket;
        while (m_bucket < last && time >= m_edges[m_bucket + 1])
            ++m_bucket;
        m_low = m_edges[m_bucket];
        m_high = m_edges[m_bucket + 1];
    }

    const std::vector<qint64>& m_edges;
    double m_perMicrosecond;
    std::size_t m_bucket = 0;
    qint64 m_low;
    qint64 m_high;
};

/// Counts by number in several arrays by turns, as one number often follows itself and a counter
/// is not ready to be raised again at once.
class Tally {
  public:
    explicit Tally(std::size_t numbers) : m_numbers(numbers), m_counts(numbers * kTurns) {}

    template <class Number>
    void add(const Number* numbers, const quint8* mask, quint32 size) {
        qint64* counts = m_counts.data();
        quint32 i = 0;
        if (mask == nullptr) {
            for (; i + kTurns <= size; i += kTurns)
                for (std::size_t turn = 0; turn < kTurns; ++turn)
                    ++counts[turn * m_numbers + numbers[i + turn]];
            for (; i < size; ++i)
                ++counts[numbers[i]];
            return;
        }
        for (; i + kTurns <= size; i += kTurns)
            for (std::size_t turn = 0; turn < kTurns; ++turn)
                counts[turn * m_numbers + numbers[i + turn]] += mask[i + turn];
        for (; i < size; ++i)
            counts[numbers[i]] += mask[i];
    }

    std::vector<qint64> sums() && {
        for (std::size_t turn = 1; turn < kTurns; ++turn)
            for (std::size_t i = 0; i < m_numbers; ++i)
                m_counts[i] += m_counts[turn * m_numbers + i];
        m_counts.resize(m_numbers);
        return std::move(m_counts);
    }

  private:
    static constexpr std::size_t kTurns = 4;
    std::size_t m_numbers;
    std::vector<qint64> m_counts;
};

} // namespace

Result<std::vector<qint64>> countTypes(const SidecarView& view, const SidecarSelection& selection,
                                       qint64 from, const CancelToken& cancel) {
    Tally tally(view.names(NameKind::Type));
    SidecarWalk walk(view, selection);
    auto walked = walk.run(from, cancel, [&tally](const SidecarChunk& chunk) {
        chunk.segment.withTypes([&](const auto* types) {
            tally.add(types + chunk.begin, chunk.mask, chunk.end - chunk.begin);
        });
        return true;
    });
    if (!walked)
        return std::unexpected(walked.error());
    return std::move(tally).sums();
}

Result<std::vector<qint64>> countStreams(const SidecarView& view, const SidecarSelection& selection,
                                         qint64 from, const CancelToken& cancel) {
    // One array alone: there may be millions of streams, and events of one seldom stand together.
    std::vector<qint64> counts(view.names(NameKind::Stream));
    SidecarWalk walk(view, selection);
    auto walked = walk.run(from, cancel, [&counts](const SidecarChunk& chunk) {
        const quint32* streams = chunk.segment.streams() + chunk.begin;
        const quint32 rows = chunk.end - chunk.begin;
        if (chunk.mask == nullptr)
            for (quint32 i = 0; i < rows; ++i)
                ++counts[streams[i]];
        else
            for (quint32 i = 0; i < rows; ++i)
                counts[streams[i]] += chunk.mask[i];
        return true;
    });
    if (!walked)
        return std::unexpected(walked.error());
    return counts;
}

std::vector<qint64> sumCategories(const SidecarView& view, const std::vector<qint64>& streams) {
    std::vector<qint64> sums(view.names(NameKind::Category));
    for (const SidecarSegment& segment : view.segments()) {
        const sidecar::NewNames& added = segment.newNames(NameKind::Stream);
        const quint32* categories = segment.newCategories();
        for (quint32 i = 0; i < added.count && added.first + i < streams.size(); ++i)
            sums[categories[i]] += streams[added.first + i];
    }
    return sums;
}

Result<std::vector<qint64>> countOverTime(const SidecarView& view, const TimeBuckets& buckets,
                                          const SidecarSelection& selection, qint64 from,
                                          const CancelToken& cancel) {
    std::vector<qint64> counts(buckets.buckets() * buckets.stacks);
    if (counts.empty())
        return counts;
    std::vector<quint32> stackOf = buckets.stackOf;
    stackOf.resize(view.names(NameKind::Type), buckets.stacks - 1);
    SidecarSelection inside = selection;
    const Timestamp first(buckets.edges.front());
    const Timestamp last(buckets.edges.back());
    inside.from = std::max(selection.from.value_or(first), first);
    inside.until = std::min(selection.until.value_or(last), last);

    BucketFinder bucketOf(buckets.edges);
    std::vector<qint64> room(SidecarWalk::kChunkRows);
    SidecarWalk walk(view, inside);
    auto walked = walk.run(from, cancel, [&](const SidecarChunk& chunk) {
        const qint64* times = chunk.segment.times(chunk.begin, chunk.end, room.data());
        const quint32 rows = chunk.end - chunk.begin;
        chunk.segment.withTypes([&](const auto* column) {
            const auto* types = column + chunk.begin;
            for (quint32 i = 0; i < rows; ++i)
                if (chunk.mask == nullptr || chunk.mask[i] != 0)
                    ++counts[bucketOf(times[i]) * buckets.stacks + stackOf[types[i]]];
        });
        return true;
    });
    if (!walked)
        return std::unexpected(walked.error());
    return counts;
}

} // namespace rewindow
