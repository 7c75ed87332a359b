// How much stack a thread needs that walks JSON.
#pragma once

namespace rewindow {

/// Bytes, ample for values nested as deep as Json::kMaxDepth; a process's first thread often has
/// eight times less.
inline constexpr unsigned kDeepStackBytes = 64U << 20;

} // namespace rewindow
