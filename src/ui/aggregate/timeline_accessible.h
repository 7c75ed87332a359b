// What a screen reader is told of a timeline.
#pragma once

namespace rewindow {

/// Makes every TimelineView known as a slider whose value is a version; once is enough.
void installTimelineAccessibility();

} // namespace rewindow
