// Events as JSON Lines.
#pragma once

#include "store/recorded_event.h"

#include <string>

namespace rewindow::cli {

/// Appends the event as one line: position, stream, version, id, type, data, metadata,
/// correlationId, causationId, recordedAt, and causation where the store names the cause by its
/// place. Payloads go out as they are stored, blanks between tokens left out where they hold line
/// breaks; a payload that is not JSON goes out as a JSON string. Absent texts are null.
void appendEventLine(std::string& out, const RecordedEvent& event);

} // namespace rewindow::cli
