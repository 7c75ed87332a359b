// Folding a batch of events into several views inside one transaction.
#include "model/projection/fold_batch.h"

#include "model/projection/folded_events.h"

namespace rewindow {

namespace {

Error cannotApply(const RecordedEvent& event, const ViewSchema& view, const Error& why) {
    Error error = why;
    error.what = QStringLiteral("view %1 cannot apply event %2 (%3 of %4): %5")
                     .arg(view.name)
                     .arg(event.position().value())
                     .arg(toQString(event.type()), toQString(event.stream()), why.what);
    return error;
}

Result<void> applyOne(const RecordedEvent& event, ViewFold& fold) {
    fold.rows->beginEvent(event.position());
    const auto applied = fold.projection->apply(event, *fold.rows);
    if (fold.rows->failure())
        return std::unexpected(*fold.rows->failure());
    if (applied) {
        fold.checkpoint = event.position();
    } else {
        fold.rows->takeBackEvent();
        fold.failure = cannotApply(event, fold.projection->schema(), applied.error());
    }
    return {};
}

} // namespace

Error foldingCancelled() {
    return Error{Error::Kind::Cancelled, QStringLiteral("catching up was cancelled"), {}, {}};
}

Result<void> foldBatch(std::span<const RecordedEvent> events, std::vector<ViewFold>& folds,
                       ViewTransaction& transaction, const CancelToken& cancel) {
    for (const RecordedEvent& event : events) {
        if (cancel.isCancelled())
            return std::unexpected(foldingCancelled());
        bool folded = false;
        for (ViewFold& fold : folds) {
            if (fold.failure || event.position() <= fold.checkpoint)
                continue;
            if (const auto applied = applyOne(event, fold); !applied)
                return applied;
            folded = true;
        }
        if (folded)
            foldedEventCount.fetch_add(1, std::memory_order_relaxed);
    }
    for (const ViewFold& fold : folds) {
        if (const auto flushed = fold.rows->flush(); !flushed)
            return flushed;
        const auto set = transaction.setCheckpoint(fold.projection->schema().name, fold.checkpoint);
        if (!set)
            return set;
    }
    return {};
}

} // namespace rewindow
