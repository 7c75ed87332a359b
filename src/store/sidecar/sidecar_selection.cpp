// Selecting rows by masks of bytes, which compilers make quick.
#include "store/sidecar/sidecar_selection.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace rewindow {

NameSet::NameSet(NameId names, bool contained)
    : m_words((std::size_t(names) + kBits - 1) / kBits, contained ? ~quint64(0) : 0)
    , m_size(names)
    , m_rest(contained) {}

void NameSet::intersect(const NameSet& other) {
    const NameId size = std::max(m_size, other.m_size);
    *this = widened(size);
    const NameSet wide = other.widened(size);
    for (std::size_t i = 0; i < m_words.size(); ++i)
        m_words[i] &= wide.m_words[i];
    m_rest = m_rest && other.m_rest;
}

NameSet NameSet::widened(NameId names) const {
    NameSet wide = *this;
    if (names <= m_size)
        return wide;
    wide.m_words.resize((std::size_t(names) + kBits - 1) / kBits, m_rest ? ~quint64(0) : 0);
    wide.m_size = names;
    const NameId endOfWord = std::min<NameId>(names, (m_size + kBits - 1) / kBits * kBits);
    for (NameId id = m_size; id < endOfWord; ++id)
        wide.set(id, m_rest);
    return wide;
}

void NameSet::set(NameId id, bool contained) {
    if (id >= m_size)
        *this = widened(id + 1);
    const quint64 bit = quint64(1) << (id % kBits);
    quint64& word = m_words[id / kBits];
    word = contained ? word | bit : word & ~bit;
}

quint32 SidecarChunk::selected() const {
    return mask == nullptr ? end - begin : std::accumulate(mask, mask + (end - begin), quint32(0));
}

Error cutOff() {
    return {Error::Kind::Storage,
            QStringLiteral("the index of this log was cut off by another program"),
            {},
            QStringLiteral("it is built anew by itself")};
}

SidecarWalk::SidecarWalk(const SidecarView& view, const SidecarSelection& selection)
    : m_view(view)
    , m_from(selection.from ? selection.from->microseconds() : std::numeric_limits<qint64>::min())
    , m_until(selection.until ? selection.until->microseconds()
                              : std::numeric_limits<qint64>::max()) {
    if (selection.types) {
        std::vector<quint8>& types = m_types.emplace(view.names(NameKind::Type));
        for (NameId id = 0; id < types.size(); ++id)
            types[id] = selection.types->contains(id) ? 1 : 0;
    }
    if (selection.streams)
        m_streams = selection.streams->widened(view.names(NameKind::Stream));
}

bool SidecarWalk::begin(const SidecarSegment& segment) {
    const qint64 earliest = segment.header().earliest;
    const qint64 latest = segment.header().latest;
    const bool isOpen = m_until == std::numeric_limits<qint64>::max();
    m_isTimeSure = earliest >= m_from && (isOpen || latest < m_until);
    return latest >= m_from && (isOpen || earliest < m_until);
}

const quint8* SidecarWalk::mask(const SidecarSegment& segment, quint32 begin, quint32 end) {
    if (m_isTimeSure && !m_types && !m_streams)
        return nullptr;
    const quint32 rows = end - begin;
    quint8* mask = m_mask.data();
    if (m_isTimeSure) {
        std::fill_n(mask, rows, quint8(1));
    } else {
        const qint64* times = segment.times(begin, end, m_times.data());
        const bool isOpen = m_until == std::numeric_limits<qint64>::max();
        for (quint32 i = 0; i < rows; ++i)
            mask[i] = quint8(times[i] >= m_from) & quint8(isOpen | (times[i] < m_until));
    }
    if (m_types)
        segment.withTypes([&](const auto* types) {
            const quint8* wanted = m_types->data();
            for (quint32 i = 0; i < rows; ++i)
                mask[i] &= wanted[types[begin + i]];
        });
    if (m_streams) {
        const quint32* streams = segment.streams() + begin;
        const quint64* words = m_streams->words();
        for (quint32 i = 0; i < rows; ++i)
            mask[i] &= quint8(words[streams[i] / NameSet::kBits] >> (streams[i] % NameSet::kBits) &
                              quint64(1));
    }
    return mask;
}

} // namespace rewindow
