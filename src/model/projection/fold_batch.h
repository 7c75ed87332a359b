// Folding a batch of events into several views inside one transaction.
#pragma once

#include "base/cancel_token.h"
#include "model/projection/projection.h"
#include "model/projection/row_overlay.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace rewindow {

/// One view on its way forward inside a transaction.
struct ViewFold {
    ViewFold(const Projection& folded, ViewTransaction& transaction, GlobalPosition from)
        : projection(&folded)
        , checkpoint(from)
        , rows(std::make_unique<RowOverlay>(transaction, folded.schema(), folded.companions())) {}

    const Projection* projection;
    GlobalPosition checkpoint; ///< of the last event applied
    std::unique_ptr<RowOverlay> rows;
    std::optional<Error> failure; ///< the event after the checkpoint could not be applied
};

/// What folding that was cancelled fails with.
Error foldingCancelled();

/// Applies to each view the events after its checkpoint, in order, and writes rows, history and
/// checkpoints into the transaction. A view that cannot apply an event stands still before it, with
/// its failure set, while the others go on. Fails where the transaction does, and with Cancelled.
Result<void> foldBatch(std::span<const RecordedEvent> events, std::vector<ViewFold>& folds,
                       ViewTransaction& transaction, const CancelToken& cancel = {});

} // namespace rewindow
