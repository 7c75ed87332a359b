// Reading events from JSON Lines, one a line.
#pragma once

#include "store/event_writer.h"

class QIODevice;

namespace rewindow {

/// The events of `device`, which must be open and outlive the source. Keys: `stream`, `type` and
/// `data` are needed; `version`, `id`, `metadata`, `correlationId`, `causationId` and `recordedAt`
/// (else: now) are taken; `position` and `causation` are passed over; any other is an error. `data`
/// and `metadata` are kept as they are written. Blank lines are skipped. Errors are BadInput with
/// "line N" in `where`, or Storage where the device fails.
/// `linesBefore`: how many lines come before what the device has.
ImportSource jsonLinesSource(QIODevice& device, qint64 linesBefore = 0);

} // namespace rewindow
