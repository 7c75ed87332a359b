// What a screen reader is told of a chart.
#pragma once

namespace rewindow {

/// Makes every BarChart known as a slider over its bars, whose value is a bar in words; once is
/// enough.
void installChartAccessibility();

} // namespace rewindow
