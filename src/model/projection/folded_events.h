// Counting folded events, so that tests can prove that something was looked up, not folded.
#pragma once

#include <QtGlobal>

#include <atomic>

namespace rewindow {

/// Events folded into any view, whether a table or a fresh fold, in this process.
inline std::atomic<qint64> foldedEventCount = 0;

} // namespace rewindow
