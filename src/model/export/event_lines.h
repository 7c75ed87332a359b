// Events as lines of JSON and as rows of CSV.
#pragma once

#include "store/recorded_event.h"

#include <string>
#include <string_view>

namespace rewindow {

/// Appends the event as one line: position, stream, version, id, type, data, metadata,
/// correlationId, causationId, recordedAt, and causation where the store names the cause by its
/// place. Payloads go out as they are stored, blanks between tokens left out where they hold line
/// breaks; a payload that is not JSON goes out as a JSON string. Absent texts are null.
void appendEventLine(std::string& out, const RecordedEvent& event);

/// The header row of such CSV, line end included.
inline constexpr std::string_view kEventCsvHeader =
    "position,stream,version,id,type,data,metadata,correlationId,causationId,recordedAt\r\n";
/// Appends the event as one row, whole texts, safe for spreadsheets: see appendCsvCell().
void appendEventCsvRow(std::string& out, const RecordedEvent& event);

} // namespace rewindow
