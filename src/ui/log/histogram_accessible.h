// What a screen reader is told of a histogram.
#pragma once

namespace rewindow {

/// Makes every HistogramView known as a slider whose value is a bar; once is enough.
void installHistogramAccessibility();

} // namespace rewindow
