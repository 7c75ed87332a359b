// Open addressing over pages of records.
#include "model/statistics/stream_table.h"

#include "store/recorded_event.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <set>

namespace rewindow {

namespace {

constexpr std::size_t kNamePage = 256u << 10;
constexpr std::size_t kRanked = 200;
constexpr qsizetype kExamples = 12;
/// Up to this length of the longest stream each length is told apart.
constexpr qint64 kEachLength = 24;

constexpr qint64 kSecond = 1'000'000;
constexpr qint64 kDay = 86'400 * kSecond;
constexpr qint64 kAges[] = {0,        kSecond,   60 * kSecond, 3600 * kSecond, kDay,
                            7 * kDay, 30 * kDay, 365 * kDay,   3650 * kDay};

} // namespace

struct StreamTable::Record {
    const char* name = nullptr;
    quint32 nameBytes = 0;
    quint32 hash = 0;
    qint64 events = 0;
    qint64 bytes = 0;
    qint64 firstAt = 0;
    qint64 lastAt = 0;
    qint64 firstPosition = 0;
    qint64 lastPosition = 0;
    qint64 pause = 0;
    qint64 pauseEnd = 0;

    std::string_view text() const { return {name, nameBytes}; }
    qint64 age() const { return lastAt - firstAt; }
    StreamStatistics statistics() const {
        return {.stream = toQString(text()),
                .events = events,
                .bytes = bytes,
                .first = {GlobalPosition(firstPosition), Timestamp(firstAt)},
                .last = {GlobalPosition(lastPosition), Timestamp(lastAt)},
                .pause = pause,
                .pauseEnd = GlobalPosition(pauseEnd)};
    }
};

StreamTable::StreamTable() : m_slots(1024) {}
StreamTable::~StreamTable() = default;

StreamTable::Record& StreamTable::at(std::size_t index) const {
    return m_pages[index / kPageRecords][index % kPageRecords];
}

const char* StreamTable::keepName(std::string_view name) {
    if (name.size() > m_nameLeft) {
        const std::size_t page = std::max(kNamePage, name.size());
        m_names.push_back(std::make_unique<char[]>(page));
        m_nameLeft = page;
        m_nameBytes += page;
    }
    // Pages are filled from their end.
    m_nameLeft -= name.size();
    char* kept = m_names.back().get() + m_nameLeft;
    std::ranges::copy(name, kept);
    return kept;
}

void StreamTable::growSlots() {
    std::vector<quint32> grown(m_slots.size() * 2);
    const std::size_t mask = grown.size() - 1;
    for (std::size_t i = 0; i < m_size; ++i) {
        std::size_t slot = at(i).hash & mask;
        while (grown[slot] != 0)
            slot = (slot + 1) & mask;
        grown[slot] = static_cast<quint32>(i + 1);
    }
    m_slots = std::move(grown);
}

StreamTable::Record* StreamTable::find(std::string_view stream, quint32 hash) {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = hash & mask;
    for (; m_slots[slot] != 0; slot = (slot + 1) & mask) {
        Record& record = at(m_slots[slot] - 1);
        if (record.hash == hash && record.text() == stream)
            return &record;
    }
    if (m_size == kMostStreams || m_nameBytes + stream.size() > kMostNameBytes)
        return nullptr;
    if (m_size % kPageRecords == 0)
        m_pages.push_back(std::make_unique<Record[]>(kPageRecords));
    m_slots[slot] = static_cast<quint32>(++m_size);
    Record& record = at(m_size - 1);
    record.name = keepName(stream);
    record.nameBytes = static_cast<quint32>(stream.size());
    record.hash = hash;
    if (m_size * 10 > m_slots.size() * 7)
        growSlots();
    return &record;
}

bool StreamTable::add(std::string_view stream, qint64 bytes, const EventPlace& place) {
    const std::size_t whole = std::hash<std::string_view>{}(stream);
    Record* record = find(stream, static_cast<quint32>(whole ^ (whole >> 32)));
    if (!record)
        return false;
    const qint64 time = place.at.microseconds();
    const qint64 position = place.position.value();
    if (record->events == 0) {
        record->firstAt = record->lastAt = time;
        record->firstPosition = position;
    } else if (time - record->lastAt > record->pause) {
        record->pause = time - record->lastAt;
        record->pauseEnd = position;
    }
    ++record->events;
    record->bytes += bytes;
    record->firstAt = std::min(record->firstAt, time);
    record->lastAt = std::max(record->lastAt, time);
    record->lastPosition = position;
    return true;
}

namespace {

qint64 medianOf(std::vector<qint64>& values) {
    if (values.empty())
        return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// The stretches between the bounds of streams' lengths.
std::vector<StreamBucket> lengthBuckets(qint64 longest) {
    std::vector<StreamBucket> buckets;
    const bool each = longest <= kEachLength;
    for (qint64 from = 1; from <= longest; from = each ? from + 1 : from * 2)
        buckets.push_back(
            {.from = from, .to = each ? from : from * 2 - 1, .count = 0, .examples = {}});
    return buckets;
}

std::vector<StreamBucket> ageBuckets() {
    std::vector<StreamBucket> buckets;
    for (std::size_t i = 0; i < std::size(kAges); ++i) {
        const qint64 to =
            i + 1 < std::size(kAges) ? kAges[i + 1] - 1 : std::numeric_limits<qint64>::max();
        buckets.push_back({.from = kAges[i], .to = to, .count = 0, .examples = {}});
    }
    return buckets;
}

void count(std::vector<StreamBucket>& buckets, qint64 value, std::string_view stream) {
    const auto after = std::ranges::upper_bound(buckets, value, {}, &StreamBucket::from);
    StreamBucket& bucket = *std::prev(after);
    ++bucket.count;
    if (bucket.examples.size() < kExamples)
        bucket.examples.append(toQString(stream));
}

} // namespace

void StreamTable::describe(Statistics& into) const {
    into.streams = static_cast<qint64>(m_size);
    if (m_size == 0)
        return;
    std::vector<qint64> values(m_size);
    const auto median = [&](auto&& value) {
        for (std::size_t i = 0; i < m_size; ++i)
            values[i] = value(at(i));
        return medianOf(values);
    };
    into.median.events = median([](const Record& record) { return record.events; });
    into.median.bytes = median([](const Record& record) { return record.bytes; });
    into.median.pause = median([](const Record& record) { return record.pause; });
    const qint64 age = median([](const Record& record) { return record.age(); });
    into.median.last.at = Timestamp(age);

    qint64 longest = 0;
    for (std::size_t i = 0; i < m_size; ++i)
        longest = std::max(longest, at(i).events);
    into.lengths = lengthBuckets(longest);
    into.ages = ageBuckets();
    for (std::size_t i = 0; i < m_size; ++i) {
        const Record& record = at(i);
        count(into.lengths, record.events, record.text());
        count(into.ages, record.age(), record.text());
    }
    while (into.ages.back().count == 0)
        into.ages.pop_back();
    rank(into.ranked);
}

/// The leaders by each number, each stream once.
void StreamTable::rank(std::vector<StreamStatistics>& into) const {
    std::set<quint32> leaders;
    std::vector<quint32> order(m_size);
    const auto lead = [&](auto&& value) {
        for (std::size_t i = 0; i < m_size; ++i)
            order[i] = static_cast<quint32>(i);
        const auto before = [&](quint32 left, quint32 right) {
            const qint64 a = value(at(left));
            const qint64 b = value(at(right));
            return a != b ? a > b : left < right;
        };
        const std::size_t most = std::min(kRanked, m_size);
        std::ranges::nth_element(order, order.begin() + static_cast<std::ptrdiff_t>(most - 1),
                                 before);
        leaders.insert(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most));
    };
    lead([](const Record& record) { return record.events; });
    lead([](const Record& record) { return record.bytes; });
    lead([](const Record& record) { return record.age(); });
    lead([](const Record& record) { return record.pause; });
    for (const quint32 index : leaders)
        into.push_back(at(index).statistics());
}

} // namespace rewindow
