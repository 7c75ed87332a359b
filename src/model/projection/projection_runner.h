// Keeping view tables up with the log.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "model/projection/projection.h"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace rewindow {

class Store;

/// Folds a store's events into its views, each batch with its rows, their history and the
/// checkpoint in one transaction; the checkpoint is read inside it, so that two runners never apply
/// an event twice. Belongs to the Store's thread.
class ProjectionRunner {
  public:
    using Projections = std::vector<std::shared_ptr<const Projection>>;
    /// Called after each batch with the position reached and the head.
    using Progress = std::function<void(GlobalPosition reached, GlobalPosition head)>;

    ProjectionRunner(Store& store, Projections projections);

    const Projections& projections() const { return m_projections; }
    /// The view tables: the store's own, or its workspace's.
    Result<ViewTables*> tables() const;

    Result<void> ensureTables();
    /// All views that are not paused, up to the head. Cancelling leaves whole batches applied.
    /// Fails with BadInput where a view cannot apply an event: that view stands before it, the
    /// others have gone on. Cheap, and takes no lock, where there is nothing to do.
    Result<void> catchUp(const Progress& progress = {}, const CancelToken& cancel = {});
    /// One view up to the head, paused or not (it stays paused).
    Result<void> catchUp(const QString& view, const Progress& progress = {},
                         const CancelToken& cancel = {});
    /// To be called inside an append's transaction (WithAppend): folds the events into the views
    /// that stand right before them and are not paused. False where a view that is not paused does
    /// not have them all now, for whatever reason: catch up once they are committed.
    bool foldAlong(std::span<const RecordedEvent> appended);
    /// Applies exactly the next event of the log to one view, paused or not; false at the head.
    Result<bool> step(const QString& view);
    Result<void> setPaused(const QString& view, bool paused);
    /// Folds afresh into shadow tables and swaps them in; a paused view stays paused.
    Result<void> rebuild(const QString& view, const Progress& progress = {},
                         const CancelToken& cancel = {});

    /// Events folded by all runners and fresh folds of this process so far; tests count with it.
    static qint64 eventsFolded();

  private:
    struct Wanted;
    struct Round;

    Wanted allNotPaused() const;
    Result<const Projection*> projectionOf(const QString& view) const;
    Result<void> advance(const Wanted& wanted, const Progress& progress, const CancelToken& cancel);
    /// Applies the events after `after` to those wanted views that stand between it and their end.
    Result<Round> applyBatch(ViewTables& views, const Wanted& wanted, GlobalPosition after,
                             std::span<const RecordedEvent> events, const CancelToken& cancel = {});

    Store& m_store;
    Projections m_projections;
    bool m_ensured = false;
    /// Where the views stood when last seen: good for guessing which events they lack. What counts
    /// is read again inside the transaction.
    std::vector<ViewStatus> m_lastSeen;
};

} // namespace rewindow
