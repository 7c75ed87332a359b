// One event, whole and parsed: what a detail shows and copies.
#pragma once

#include "base/cancel_token.h"
#include "base/json.h"
#include "store/recorded_event.h"

namespace rewindow {

class Store;

enum class PayloadKind {
    Json,
    Text,  ///< as one string
    Binary ///< no UTF-8, or with control characters no text has: its beginning, in hexadecimal
};

/// Immutable, cheap to copy. A payload that is no JSON is here as one string.
struct EventDetail {
    /// Of a binary payload, shown at most.
    static constexpr std::size_t kBinaryShown = 1024;

    RecordedEvent event;
    Json data;
    Json metadata; ///< null where the event has none
    PayloadKind dataKind = PayloadKind::Json;
    PayloadKind metadataKind = PayloadKind::Json;

    /// position, stream, version, id, type, data, metadata, correlationId, causationId, recordedAt;
    /// what the event does not have is left out.
    Json whole() const;
    /// The same without data and metadata.
    Json circumstances() const;
};

EventDetail eventDetail(RecordedEvent event);

/// Reads and parses the event at a position. Fails with NotFound where there is none. Of the
/// store's thread.
Result<EventDetail> readEventDetail(Store& store, GlobalPosition position);

} // namespace rewindow
