// The demo's history: a small shop's six weeks, believable and always the same.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"

#include <QString>

#include <functional>

namespace rewindow {

class Store;

/// How many events a demo has where nobody says, and from which seed.
inline constexpr qint64 kDemoEvents = 2000;
inline constexpr quint64 kDemoSeed = 1;

/// The id a demo's store is created with, so that the same demo is the same store.
QString demoStoreId(qint64 events, quint64 seed);

/// Writes `events` events of the order domain into an empty store and folds its views; the same
/// events, ids and times for the same numbers. `progress` counts each event twice: when it is
/// written, and when the views have it. Cancelling fails with Cancelled and leaves no event, or,
/// once all are written, views that lag. Fails with Usage where `events` is below 1.
Result<void> writeDemo(Store& store, qint64 events, quint64 seed,
                       const std::function<void(qint64 done, qint64 total)>& progress = {},
                       const CancelToken& cancel = {});

} // namespace rewindow
