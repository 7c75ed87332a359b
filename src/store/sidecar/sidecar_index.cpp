// Building, comparing and extending a sidecar index.
#include "store/sidecar/sidecar_index.h"

#include "store/sidecar/sidecar_hash.h"
#include "store/sidecar/sidecar_selection.h"
#include "store/store.h"
#include "store/workspace.h"

#include <QRandomGenerator>

#include <algorithm>
#include <limits>

namespace rewindow {

namespace {

/// Fewer events than these are gathered further before they make a segment.
constexpr quint32 kLeastRows = 4096;
/// Whether the file is still whole is looked at so often while it is added to.
constexpr quint32 kRowsBetweenLooks = 16'384;
/// How many segments, and how many rows in between, are compared with the store.
constexpr std::size_t kComparedSegments = 256;
constexpr int kComparedRows = 32;
constexpr int kComparedRowsLater = 8;

std::string_view textOf(const QByteArray& bytes) {
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// Never 0, which says that an id is not known.
quint64 idHash(std::string_view id) {
    return sidecarHash(id, 0) | 1;
}

Result<quint64> idHashAt(EventReader& reader, qint64 position) {
    const auto event = reader.eventAt(GlobalPosition(position));
    if (!event)
        return std::unexpected(event.error());
    return *event ? idHash((*event)->id()) : 0;
}

} // namespace

SidecarIndex::SidecarIndex(const StoreInfo& info)
    : m_store(sidecarHash(textOf(info.storeId.toUtf8()), 0))
    , m_hasPositions(info.hasPositions)
    , m_seed(QRandomGenerator::system()->generate64()) {
    // Without positions an event may come to lie between others: such an index is not kept.
    const auto path = Workspace::pathOf(info.storeId, QStringLiteral(".sidecar"));
    if (!m_hasPositions || !path)
        return;
    m_path = *path;
    m_lock.emplace(m_path);
    SidecarFile found = SidecarFile::open(m_path, m_store, isKept());
    if (!found.isOpen())
        return;
    m_seed = found.seed();
    m_segments = found.segments();
    if (!m_segments.empty())
        m_lastId = m_segments.back().header().lastId;
    if (isKept())
        m_file = std::move(found);
    publish();
}

SidecarIndex::~SidecarIndex() {
    // Whether it succeeds or not: what is not written is read again.
    if (m_appender && m_appender->rows() > 0 && isKept())
        static_cast<void>(write(0, m_lastId));
}

void SidecarIndex::publish() {
    std::vector<SidecarSegment> segments = m_segments;
    if (m_appender && m_appender->rows() > 0) {
        const auto gathered = std::make_shared<const QByteArray>(m_appender->segment(0, 0, 0));
        const std::shared_ptr<const char> bytes(gathered, gathered->constData());
        if (auto read = SidecarSegment::read(bytes, std::size_t(gathered->size()), 0))
            segments.push_back(std::move(*read));
    }
    m_view = SidecarView(std::move(segments), m_seed, m_hasPositions);
}

void SidecarIndex::startOver() {
    m_seed = QRandomGenerator::system()->generate64();
    m_file = {};
    m_segments.clear();
    m_appender.reset();
    m_lastId = 0;
    publish();
}

Result<bool> SidecarIndex::isThere(EventReader& reader, qint64 row, quint64 id) const {
    const auto event = reader.eventAt(m_view.positionOf(row));
    if (!event)
        return std::unexpected(event.error());
    return *event && (*event)->recordedAt() == m_view.timeOf(row) &&
           (*event)->type() == m_view.name(NameKind::Type, m_view.typeOf(row)) &&
           (*event)->stream() == m_view.name(NameKind::Stream, m_view.streamOf(row)) &&
           (id == 0 || id == idHash((*event)->id()));
}

Result<bool> SidecarIndex::isOfStore(EventReader& reader) const {
    const qint64 rows = m_view.rows();
    if (rows == 0)
        return true;
    auto same = isThere(reader, rows - 1, m_lastId);
    if (!m_isCompared) {
        const auto segments = m_view.segments();
        const std::size_t step = segments.size() / kComparedSegments + 1;
        for (std::size_t i = 0; i < segments.size() && same && *same; i += step) {
            const SidecarSegment& segment = segments[i];
            same = isThere(reader, segment.firstRow(), segment.header().firstId);
            if (same && *same)
                same = isThere(reader, segment.endRow() - 1, segment.header().lastId);
        }
    }
    const int samples = m_isCompared ? kComparedRowsLater : kComparedRows;
    for (int i = 0; i < samples && same && *same; ++i)
        same = isThere(reader, qint64(QRandomGenerator::global()->bounded(quint64(rows))), 0);
    return same;
}

Result<void> SidecarIndex::extend(EventReader& reader, const Grown& grown,
                                  const CancelToken& cancel) {
    if (!m_hasPositions)
        return readAnew(reader, grown, cancel);
    // Before anything looks at what is mapped there.
    if (!m_view.isWhole())
        startOver();
    const auto same = isOfStore(reader);
    if (!same)
        return std::unexpected(same.error());
    if (!*same)
        startOver();
    m_isCompared = true;
    // What is built from the first event on has no event too many or too few.
    m_isCounted |= m_view.rows() == 0;
    int idleRounds = 0;
    while (true) {
        const qint64 before = m_view.rows();
        if (auto read = readOn(reader, grown, cancel); !read)
            return read;
        if (m_isCounted)
            return {};
        const auto counted = reader.samplePositions({}, std::numeric_limits<qint64>::max(), cancel);
        if (!counted)
            return std::unexpected(counted.error());
        m_isCounted = counted->rows == m_view.rows();
        idleRounds = m_view.rows() == before ? idleRounds + 1 : 0;
        // Once may be an event that was appended in between. Twice, or fewer than are indexed:
        // events came or went in the midst of the log.
        if (counted->rows < m_view.rows() || (!m_isCounted && idleRounds > 1)) {
            startOver();
            m_isCounted = true;
        }
    }
}

Result<void> SidecarIndex::readAnew(EventReader& reader, const Grown& grown,
                                    const CancelToken& cancel) {
    const auto version = reader.dataVersion();
    if (!version)
        return std::unexpected(version.error());
    if (m_dataVersion == *version)
        return {};
    startOver();
    m_dataVersion.reset();
    if (auto read = readOn(reader, grown, cancel); !read)
        return read;
    m_dataVersion = *version;
    return {};
}

Result<void> SidecarIndex::readOn(EventReader& reader, const Grown& grown,
                                  const CancelToken& cancel) {
    const qint64 known = m_view.rows();
    const GlobalPosition after = known > 0 ? m_view.positionOf(known - 1) : GlobalPosition();
    const auto head = reader.head();
    if (!head)
        return std::unexpected(head.error());
    qint64 total = head->value();
    if (!m_hasPositions) {
        const auto counted = reader.samplePositions({}, 1, cancel);
        if (!counted)
            return std::unexpected(counted.error());
        total = counted->rows;
    }
    const auto tell = [&](qint64 reached) {
        publish();
        if (grown)
            grown(m_view, std::min(reached, total), total);
    };

    Result<void> gathered;
    auto read = reader.forEachHeader(
        after,
        [&](const EventHeader& event) {
            // A position of 0 as the last known one does not bound what is read.
            if (m_hasPositions && known > 0 && event.position <= after)
                return true;
            const std::size_t segments = m_segments.size();
            gathered = gather(reader, event);
            if (m_segments.size() != segments)
                tell(m_hasPositions ? event.position.value() : m_segments.back().endRow());
            return gathered.has_value();
        },
        cancel);
    if (read)
        read = gathered;
    if (m_appender && m_appender->rows() > 0) {
        if (auto id = idHashAt(reader, m_appender->lastPosition()))
            m_lastId = *id;
        if (read && (!m_isSettled || m_appender->rows() >= kLeastRows))
            read = write(reader);
    }
    m_isSettled |= read.has_value();
    if (read)
        tell(total);
    else
        publish();
    return read;
}

Result<void> SidecarIndex::gather(EventReader& reader, const EventHeader& event) {
    if (!m_appender) {
        m_appender = std::make_unique<SidecarAppender>(m_seed);
        m_appender->continueAfter(m_segments);
    }
    // Names are compared with those that are mapped.
    if (m_appender->rows() % kRowsBetweenLooks == 0 && !m_view.isWhole())
        return std::unexpected(cutOff());
    if (m_appender->isFull())
        if (auto written = write(reader); !written)
            return written;
    m_appender->add(event, m_segments);
    return {};
}

Result<void> SidecarIndex::write(EventReader& reader) {
    const auto first = idHashAt(reader, m_appender->firstPosition());
    if (!first)
        return std::unexpected(first.error());
    const auto last = idHashAt(reader, m_appender->lastPosition());
    if (!last)
        return std::unexpected(last.error());
    return write(*first, *last);
}

Result<void> SidecarIndex::write(quint64 firstId, quint64 lastId) {
    if (auto opened = openFile(); !opened)
        return opened;
    if (auto added = m_file.append(m_appender->segment(m_file.chain(), firstId, lastId)); !added)
        return added;
    m_segments.push_back(m_file.segments().back());
    m_appender->clear();
    m_lastId = lastId;
    return {};
}

Result<void> SidecarIndex::openFile() {
    if (m_file.isOpen())
        return {};
    // What another index adds to is not ours to replace.
    auto made = isKept() && m_segments.empty() ? SidecarFile::replace(m_path, m_store, m_seed)
                                               : SidecarFile::makePrivate(m_store, m_seed);
    if (!made)
        return std::unexpected(made.error());
    m_file = std::move(*made);
    return {};
}

} // namespace rewindow
