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
#include <utility>

namespace rewindow {

namespace {

/// How many events are folded in one transaction. Each writes every page that it touches, so that
/// of a long way most goes in large ones; what is soon done holds other writers up for a moment.
class BatchSize {
  public:
    qint64 next() { return std::exchange(m_next, std::min(2 * m_next, kMost)); }

  private:
    static constexpr qint64 kMost = 50'000;
    qint64 m_next = 2000;
};

/// The view's own and its companions'.
std::vector<ViewSchema> tablesOf(const Projection& projection) {
    std::vector<ViewSchema> schemas = projection.companions();
    schemas.insert(schemas.begin(), projection.schema());
    return schemas;
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
    /// Whether these are the wanted views, and none of them is left out.
    bool includesAllOf(const std::vector<ViewStatus>& statuses) const {
        return statuses.size() == projections.size() &&
               std::ranges::all_of(statuses,
                                   [this](const ViewStatus& status) { return includes(status); });
    }
    /// The checkpoint of the one that is furthest behind; nothing where none is to move.
    std::optional<GlobalPosition> lowestOf(const std::vector<ViewStatus>& statuses) const {
        std::optional<GlobalPosition> lowest;
        for (const ViewStatus& status : statuses)
            if (includes(status) && (!lowest || status.checkpoint < *lowest))
                lowest = status.checkpoint;
        return lowest;
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
ProjectionRunner::applyBatch(ViewTables& views, const Wanted& wanted, GlobalPosition after,
                             std::span<const RecordedEvent> events, const CancelToken& cancel) {
    const auto transaction = views.begin();
    if (!transaction)
        return std::unexpected(transaction.error());
    Round round;
    std::vector<ViewFold> folds;
    for (const Projection* projection : wanted.projections) {
        // Read again: another runner may have moved it since.
        auto status = (*transaction)->status(projection->schema().name);
        if (!status)
            return std::unexpected(status.error());
        round.statuses.push_back(*status);
        // One that stands before these events lacks some between: next time round.
        if (wanted.includes(*status) && status->checkpoint >= after &&
            status->checkpoint < events.back().position())
            folds.emplace_back(*projection, **transaction, status->checkpoint);
    }
    if (folds.empty())
        return round;
    if (const auto folded = foldBatch(events, folds, **transaction, cancel); !folded)
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
    Wanted wanted = asked;
    std::vector<ViewStatus> statuses = std::exchange(m_lastSeen, {});
    if (!wanted.includesAllOf(statuses)) {
        auto read = (*views)->checkpoints();
        if (!read)
            return std::unexpected(read.error());
        statuses = std::move(*read);
    }

    std::optional<GlobalPosition> head;
    std::optional<Error> failure;
    BatchSize size;
    for (;;) {
        const auto lowest = wanted.lowestOf(statuses);
        if (!lowest || (head && *lowest >= *head))
            break;
        if (cancel.isCancelled())
            return std::unexpected(foldingCancelled());
        // Read before the transaction begins: other writers wait for folding alone.
        const auto batch = readBatch(m_store.reader(), *lowest, head, size.next(), cancel);
        if (!batch)
            return std::unexpected(batch.error());
        if (batch->events.empty())
            break;
        if (!head) {
            const auto last =
                batch->isLast ? batch->events.back().position() : m_store.reader().head();
            if (!last)
                return std::unexpected(last.error());
            head = *last;
        }
        auto round = applyBatch(**views, wanted, *lowest, batch->events, cancel);
        if (!round)
            return std::unexpected(round.error());
        statuses = std::move(round->statuses);
        if (round->failure) {
            wanted.failed.insert(round->failedView);
            if (!failure)
                failure = round->failure;
        }
        if (progress)
            progress(std::min(*head, wanted.lowestOf(statuses).value_or(*head)), *head);
    }
    if (failure)
        return std::unexpected(*failure);
    m_lastSeen = std::move(statuses);
    return {};
}

ProjectionRunner::Wanted ProjectionRunner::allNotPaused() const {
    Wanted all;
    for (const auto& projection : m_projections)
        all.projections.push_back(projection.get());
    return all;
}

Result<void> ProjectionRunner::catchUp(const Progress& progress, const CancelToken& cancel) {
    const Wanted all = allNotPaused();
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

bool ProjectionRunner::foldAlong(std::span<const RecordedEvent> appended) {
    // The append may yet fail, and the views with it.
    m_lastSeen.clear();
    const auto views = tables();
    if (!m_ensured || !views || appended.empty())
        return false;
    const Wanted all = allNotPaused();
    const GlobalPosition before(appended.front().position().value() - 1);
    const auto round = applyBatch(**views, all, before, appended);
    return round && all.lowestOf(round->statuses).value_or(appended.back().position()) >=
                        appended.back().position();
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
        const auto statuses = (*views)->checkpoints();
        if (!statuses)
            return std::unexpected(statuses.error());
        const auto after = wanted.lowestOf(*statuses).value_or(GlobalPosition(0));
        const auto next = readBatch(m_store.reader(), after, std::nullopt, 1);
        if (!next)
            return std::unexpected(next.error());
        if (next->events.empty())
            return false;
        auto round = applyBatch(**views, wanted, after, next->events);
        if (!round)
            return std::unexpected(round.error());
        if (round->failure)
            return std::unexpected(*round->failure);
        // Unless another runner was faster: then the event after that one is the next.
        if (round->applied)
            return true;
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
    BatchSize size;
    while (folds.front().checkpoint < *head) {
        if (cancel.isCancelled())
            return std::unexpected(foldingCancelled());
        const auto batch =
            readBatch(m_store.reader(), folds.front().checkpoint, *head, size.next(), cancel);
        if (!batch)
            return std::unexpected(batch.error());
        if (batch->events.empty())
            break;
        if (const auto folded = foldBatch(batch->events, folds, **transaction, cancel); !folded)
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
