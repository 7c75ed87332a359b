// Powers of two, split into eight.
#include "model/statistics/size_histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace rewindow {

namespace {

constexpr int kSplitBits = 3;
constexpr int kSplit = 1 << kSplitBits;
constexpr std::size_t kFinePowers = 3;

/// 0 for size 0, then one for each power of two.
std::size_t powerOf(qint64 size) {
    return static_cast<std::size_t>(std::bit_width(static_cast<quint64>(size)));
}
qint64 leastOfPower(std::size_t power) {
    return power == 0 ? 0 : qint64{1} << (power - 1);
}

/// Sizes below eight have a bucket each.
std::size_t bucketOf(qint64 size) {
    if (size < kSplit)
        return static_cast<std::size_t>(size);
    const int shift = static_cast<int>(powerOf(size)) - 1 - kSplitBits;
    return static_cast<std::size_t>((shift + 1) * kSplit + ((size >> shift) & (kSplit - 1)));
}
qint64 leastOfBucket(std::size_t bucket) {
    if (bucket < kSplit)
        return static_cast<qint64>(bucket);
    const std::size_t shift = bucket / kSplit - 1;
    return static_cast<qint64>(kSplit + bucket % kSplit) << shift;
}

} // namespace

void SizeHistogram::add(qint64 size, GlobalPosition at) {
    m_least = m_count == 0 ? size : std::min(m_least, size);
    if (m_count == 0 || size > m_most) {
        m_most = size;
        m_mostAt = at;
    }
    ++m_count;
    m_total += size;
    const std::size_t bucket = bucketOf(size);
    if (bucket >= m_counts.size()) {
        m_counts.resize(bucket + 1);
        m_examples.resize(bucket + 1);
    }
    ++m_counts[bucket];
    m_examples[bucket] = at;
}

qint64 SizeHistogram::quantile(double share) const {
    const auto rank = static_cast<qint64>(std::ceil(share * static_cast<double>(m_count)));
    qint64 below = 0;
    for (std::size_t bucket = 0; bucket < m_counts.size(); ++bucket) {
        below += m_counts[bucket];
        if (below >= std::max<qint64>(rank, 1)) {
            const qint64 from = leastOfBucket(bucket);
            const qint64 to = leastOfBucket(bucket + 1) - 1;
            return std::clamp(from + (to - from) / 2, m_least, m_most);
        }
    }
    return m_most;
}

SizeStatistics SizeHistogram::statistics() const {
    SizeStatistics sizes{.count = m_count,
                         .total = m_total,
                         .least = m_least,
                         .median = quantile(0.5),
                         .p95 = quantile(0.95),
                         .most = m_most,
                         .mostAt = m_mostAt,
                         .buckets = {}};
    if (m_count == 0)
        return sizes;
    // Sizes that hardly differ are told apart more finely.
    const std::size_t last = m_counts.size() - 1;
    const bool isFine = powerOf(m_most) - powerOf(m_least) < kFinePowers;
    for (std::size_t bucket = bucketOf(m_least); bucket <= last; ++bucket) {
        const qint64 from = leastOfBucket(bucket);
        const bool isFirst = sizes.buckets.empty();
        if (isFirst || isFine || powerOf(from) != powerOf(sizes.buckets.back().from)) {
            const qint64 to = isFine ? leastOfBucket(bucket + 1) : leastOfPower(powerOf(from) + 1);
            sizes.buckets.push_back({.from = isFine ? from : leastOfPower(powerOf(from)),
                                     .to = to - 1,
                                     .count = 0,
                                     .example = {}});
        }
        SizeBucket& into = sizes.buckets.back();
        into.count += m_counts[bucket];
        into.example = std::max(into.example, m_examples[bucket]);
    }
    return sizes;
}

} // namespace rewindow
