// The sidecar index of a log: time, type and stream of each event, kept beside its workspace.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "store/sidecar/sidecar_appender.h"
#include "store/sidecar/sidecar_file.h"

#include <functional>
#include <memory>
#include <optional>

namespace rewindow {

struct StoreInfo;

/// Takes 9 to 11 bytes an event where positions have no gaps, there are up to 256 types and 65,536
/// events are no more than nine years apart; and the names once, which makes it 12 to 16 where
/// there are some events to a stream. What is indexed is mapped, not held. Belongs to the thread of
/// the reader it is given; its views may go anywhere.
///
/// It lies in a file that is only added to: whole segments, each with checksums over itself and
/// what comes before, so that a build that was killed or cancelled goes on where it was, and
/// whatever was cut off, spoilt or left behind by another store counts as not indexed. One index at
/// a time adds to the file, here or in another process; any other reads what is there and keeps
/// what it adds to itself.
class SidecarIndex {
  public:
    /// Told the new view and what share of the log it has, from `reached` of `total`.
    using Grown = std::function<void(const SidecarView& view, qint64 reached, qint64 total)>;

    /// Takes what an earlier index left of this store. Never fails: what cannot be used is built.
    explicit SidecarIndex(const StoreInfo& info);
    /// Writes what is gathered, so that the next one need not read it again.
    ~SidecarIndex();
    Q_DISABLE_COPY_MOVE(SidecarIndex)

    /// What is indexed so far. Before the first extend() nothing has compared it with the store.
    const SidecarView& view() const { return m_view; }
    /// Whether others will find what this one adds.
    bool isKept() const { return m_lock && m_lock->isHeld(); }

    /// Compares the index with the store, starts over where they differ, and indexes what is new;
    /// at the end all that was in the store when it began is indexed. Fails with Cancelled, and
    /// with Storage where reading or writing fails: what is indexed until then stays.
    Result<void> extend(EventReader& reader, const Grown& grown = {},
                        const CancelToken& cancel = {});

  private:
    /// Whether the store still has what is indexed, as far as some hundred look-ups can tell.
    Result<bool> isOfStore(EventReader& reader) const;
    /// Whether the event of a row is where the index says. The id's hash may be 0 for not known.
    Result<bool> isThere(EventReader& reader, qint64 row, quint64 id) const;
    void startOver();
    Result<void> readOn(EventReader& reader, const Grown& grown, const CancelToken& cancel);
    Result<void> gather(EventReader& reader, const EventHeader& event);
    /// Reads a store without positions anew where it has changed.
    Result<void> readAnew(EventReader& reader, const Grown& grown, const CancelToken& cancel);
    /// Writes what is gathered as a segment, with the hashes of its first and last id.
    Result<void> write(quint64 firstId, quint64 lastId);
    Result<void> write(EventReader& reader);
    Result<void> openFile();
    /// Makes the view of what is written and what is gathered.
    void publish();

    QString m_path;
    quint64 m_store;
    bool m_hasPositions;
    std::optional<SidecarLock> m_lock; ///< of a store whose index is kept
    quint64 m_seed;
    SidecarFile m_file; ///< what is added to; opened when there is something to add
    std::vector<SidecarSegment> m_segments;      ///< what was found and what was added
    std::unique_ptr<SidecarAppender> m_appender; ///< made when there is something to add
    SidecarView m_view;
    quint64 m_lastId = 0;                ///< hash of the last indexed event's id; 0: not known
    bool m_isCompared = false;           ///< as a whole; from then on a few look-ups do
    bool m_isCounted = false;            ///< the store has as many events as the index
    bool m_isSettled = false;            ///< the end of the log was reached and written once
    std::optional<qint64> m_dataVersion; ///< of the store without positions that was read
};

} // namespace rewindow
