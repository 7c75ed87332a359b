// Some of a log's events, to learn from what they hold without reading them all.
#pragma once

#include "model/filter/filter_vocabulary.h"
#include "store/event_reader.h"

#include <QStringList>

#include <vector>

namespace rewindow {

class Store;

/// Visits a short log whole, and of a long one a few thousand events spread over it, the newest
/// among them; the last ones of each of `types` too. Fails with Cancelled.
Result<void> visitSample(Store& store, const QStringList& types, const EventReader::Visitor& visit,
                         const CancelToken& cancel);

/// The places in the payloads and the metadata of a sample.
Result<std::vector<VocabularyPath>> samplePaths(Store& store, const QStringList& types,
                                                const CancelToken& cancel);

/// The values a sample has at `place`, the most frequent first. No objects and no arrays.
Result<std::vector<SeenValue>> sampleValues(Store& store, const FilterPlace& place,
                                            const CancelToken& cancel);

} // namespace rewindow
