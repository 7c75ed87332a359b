// Keeping view tables up with the log.
#include "model/projection/projection_runner.h"

#include "model/projection/event_batch.h"
#include "model/projection/fold_batch.h"
#include "model/projection/folded_events.h"
#include "store/store.h"
#include "store/workspace.h"

#include <QSet>

#include <algorithm>
#include <iterator>

namespace rewindow {

namespace {

constexpr qint64 kBatch = 2000;

/// The view's own and its companions'.
std::vector<ViewSchema> tablesOf(const Projection& projection) {
    std::vector<ViewSchema> schemas = projection.companions();
    schemas.insert(schemas.begin(), projection.schema());
    return schemas;
}

Error cancelled() {
    return Error{Error::Kind::Cancelled, QStringLiteral("catching up was cancelled"), {}, {}};
}

} // namespace

/// Which views are to move.
struct ProjectionRunner::Wanted {
    std::vector<const Projection*> projections;
    bool pausedToo = false;
    QSet<QString> failed; ///< these stand before an event they cannot apply

    bool includes(const ViewStatus& status) const {
        return (pausedToo || !status.paused) && !failed.contains(status.name) &&
               std::ranges::any_of(projections, [&](const Projection* projection) {
                   return projection->schema().name == status.name;
               });
    }
};

/// What one batch came to.
struct ProjectionRunner::Round {
    std::vector<ViewStatus> statuses; ///< of the wanted views, after it
    std::optional<Error> failure;     ///< of a view that could not apply an event
    QString failedView;
    bool applied = false; ///< at least one event to at least one view
};

ProjectionRunner::ProjectionRunner(Store& store, Projections projections)
    : m_store(store)
    , m_projections(std::move(projections)) {}

Result<ViewTables*> ProjectionRunner::tables() const {
    if (m_store.info().ownSchema)
        return &m_store.views();
    const auto workspace = m_store.workspace();
    if (!workspace)
        return std::unexpected(workspace.error());
    return &(*workspace)->views();
}

Result<const Projection*> ProjectionRunner::projectionOf(const QString& view) const {
    QStringList names;
    for (const auto& projection : m_projections) {
        if (projection->schema().name == view)
            return projection.get();
        names += projection->schema().name;
    }
    return fail(Error::Kind::NotFound, QStringLiteral("there is no view %1").arg(view),
                names.isEmpty()
                    ? QStringLiteral("this domain has no views")
                    : QStringLiteral("the views are %1").arg(names.join(QStringLiteral(", "))));
}

Result<void> ProjectionRunner::ensureTables() {
    if (m_ensured)
        return {};
    const auto views = tables();
    if (!views)
        return std::unexpected(views.error());
    std::vector<ViewSchema> schemas;
    for (const auto& projection : m_projections)
        std::ranges::move(tablesOf(*projection), std::back_inserter(schemas));
    if (const auto ensured = (*views)->ensure(schemas); !ensured)
        return ensured;
    m_ensured = true;
    return {};
}

Result<ProjectionRunner::Round>
ProjectionRunner::advanceOnce(ViewTables& views, const Wanted& wanted,
                              const std::vector<ViewStatus>& statuses, GlobalPosition upTo,
                              qint64 limit, const CancelToken& cancel) {
    GlobalPosition lowest = upTo;
    for (const ViewStatus& status : statuses)
        if (wanted.includes(status))
            lowest = std::min(lowest, status.checkpoint);
    // Read before the transaction begins: other writers wait for folding alone.
    const auto batch = readBatch(m_store.reader(), lowest, upTo, limit, cancel);
    if (!batch)
        return std::unexpected(batch.error());
    Round round;
    if (batch->empty())
        return round;
    const auto transaction = views.begin();
    if (!transaction)
        return std::unexpected(transaction.error());
    std::vector<ViewFold> folds;
    for (const Projection* projection : wanted.projections) {
        // Read again: another runner may have moved it since.
        auto status = (*transaction)->status(projection->schema().name);
        if (!status)
            return std::unexpected(status.error());
        round.statuses.push_back(*status);
        // Below the batch it was rebuilt meanwhile, by an older program perhaps; next time round.
        if (wanted.includes(*status) && status->checkpoint >= lowest &&
            status->checkpoint < batch->back().position())
            folds.emplace_back(*projection, **transaction, status->checkpoint);
    }
    if (folds.empty())
        return round;
    if (const auto folded = foldBatch(*batch, folds, **transaction); !folded)
        return std::unexpected(folded.error());
    if (const auto committed = (*transaction)->commit(); !committed)
        return std::unexpected(committed.error());
    for (const ViewFold& fold : folds) {
        const QString& view = fold.projection->schema().name;
        const auto status = std::ranges::find(round.statuses, view, &ViewStatus::name);
        round.applied = round.applied || fold.checkpoint > status->checkpoint;
        status->checkpoint = fold.checkpoint;
        if (fold.failure && !round.failure) {
            round.failure = fold.failure;
            round.failedView = view;
        }
    }
    return round;
}

Result<void> ProjectionRunner::advance(const Wanted& asked, const Progress& progress,
                                       const CancelToken& cancel) {
    if (const auto ensured = ensureTables(); !ensured)
        return ensured;
    const auto views = tables();
    if (!views)
        return std::unexpected(views.error());
    const auto head = m_store.reader().head();
    if (!head)
        return std::unexpected(head.error());
    auto statuses = (*views)->checkpoints();
    if (!statuses)
        return std::unexpected(statuses.error());

    Wanted wanted = asked;
    std::optional<Error> failure;
    const auto isBehind = [&](const ViewStatus& status) {
        return wanted.includes(status) && status.checkpoint < *head;
    };
    while (std::ranges::any_of(*statuses, isBehind)) {
        if (cancel.isCancelled())
            return std::unexpected(cancelled());
        auto round = advanceOnce(**views, wanted, *statuses, *head, kBatch, cancel);
        if (!round)
            return std::unexpected(round.error());
        if (round->statuses.empty())
            break;
        *statuses = std::move(round->statuses);
        if (round->failure) {
            wanted.failed.insert(round->failedView);
            if (!failure)
                failure = round->failure;
        }
        if (progress) {
            GlobalPosition reached = *head;
            for (const ViewStatus& status : *statuses)
                if (wanted.includes(status))
                    reached = std::min(reached, status.checkpoint);
            progress(reached, *head);
        }
    }
    if (failure)
        return std::unexpected(*failure);
    return {};
}

Result<void> ProjectionRunner::catchUp(const Progress& progress, const CancelToken& cancel) {
    Wanted all;
    for (const auto& projection : m_projections)
        all.projections.push_back(projection.get());
    if (all.projections.empty())
        return {};
    return advance(all, progress, cancel);
}

Result<void> ProjectionRunner::catchUp(const QString& view, const Progress& progress,
                                       const CancelToken& cancel) {
    const auto projection = projectionOf(view);
    if (!projection)
        return std::unexpected(projection.error());
    return advance({{*projection}, true, {}}, progress, cancel);
}

Result<bool> ProjectionRunner::step(const QString& view) {
    const auto projection = projectionOf(view);
    if (!projection)
        return std::unexpected(projection.error());
    if (const auto ensured = ensureTables(); !ensured)
        return std::unexpected(ensured.error());
    const auto views = tables();
    if (!views)
        return std::unexpected(views.error());
    const Wanted wanted{{*projection}, true, {}};
    for (;;) {
        const auto head = m_store.reader().head();
        if (!head)
            return std::unexpected(head.error());
        const auto statuses = (*views)->checkpoints();
        if (!statuses)
            return std::unexpected(statuses.error());
        auto round = advanceOnce(**views, wanted, *statuses, *head, 1, {});
        if (!round)
            return std::unexpected(round.error());
        if (round->failure)
            return std::unexpected(*round->failure);
        if (round->statuses.empty() || round->applied)
            return round->applied;
    }
}

Result<void> ProjectionRunner::setPaused(const QString& view, bool paused) {
    const auto projection = projectionOf(view);
    if (!projection)
        return std::unexpected(projection.error());
    if (const auto ensured = ensureTables(); !ensured)
        return ensured;
    const auto views = tables();
    if (!views)
        return std::unexpected(views.error());
    const auto transaction = (*views)->begin();
    if (!transaction)
        return std::unexpected(transaction.error());
    if (const auto set = (*transaction)->setPaused(view, paused); !set)
        return set;
    return (*transaction)->commit();
}

Result<void> ProjectionRunner::rebuild(const QString& view, const Progress& progress,
                                       const CancelToken& cancel) {
    const auto projection = projectionOf(view);
    if (!projection)
        return std::unexpected(projection.error());
    const auto views = tables();
    if (!views)
        return std::unexpected(views.error());
    const auto transaction = (*views)->beginRebuild(tablesOf(**projection));
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto head = m_store.reader().head();
    if (!head)
        return std::unexpected(head.error());
    std::vector<ViewFold> folds;
    folds.emplace_back(**projection, **transaction, GlobalPosition(0));
    while (folds.front().checkpoint < *head) {
        if (cancel.isCancelled())
            return std::unexpected(cancelled());
        const auto batch =
            readBatch(m_store.reader(), folds.front().checkpoint, *head, kBatch, cancel);
        if (!batch)
            return std::unexpected(batch.error());
        if (batch->empty())
            break;
        if (const auto folded = foldBatch(*batch, folds, **transaction); !folded)
            return folded;
        if (folds.front().failure)
            return std::unexpected(*folds.front().failure);
        if (progress)
            progress(folds.front().checkpoint, *head);
    }
    return (*transaction)->commit();
}

qint64 ProjectionRunner::eventsFolded() {
    return foldedEventCount.load(std::memory_order_relaxed);
}

} // namespace rewindow
