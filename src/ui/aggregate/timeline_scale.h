// Where the versions of a stream lie on a line of pixels.
#pragma once

#include "model/timeline/timeline.h"

#include <memory>
#include <utility>
#include <vector>

namespace rewindow {

/// Version 0 at the left end, the last one at the right, between them evenly or by time; the whole
/// line fits the width until it is zoomed. Finding a place costs the same for ten events and for a
/// million.
class TimelineScale {
  public:
    using Events = std::shared_ptr<const std::vector<TimelineEvent>>;
    enum class Spacing { ByVersion, ByTime };

    void setEvents(Events events); ///< zoom and place stay where they can
    void setSpacing(Spacing spacing);
    Spacing spacing() const { return m_spacing; }
    void setWidth(double width, double margin);

    qint64 count() const { return m_count; }
    double x(qint64 version) const;   ///< 0 to count()
    qint64 versionAt(double x) const; ///< the nearest, 0 to count()
    qint64 firstFrom(
        double x) const; ///< the first from 1 on that lies at or right of x; count() + 1: none
    double lineStart() const { return x(0); }
    double lineEnd() const;
    /// Pixels from one version to the next: throughout, or by time on average.
    double step() const;

    double zoom() const { return m_zoom; }
    bool isZoomed() const { return m_zoom > 1.0; }
    void zoomBy(double factor, double aroundX); ///< what is at `aroundX` stays there
    void fit();
    void scrollBy(double pixels); ///< positive: towards later versions
    void ensureVisible(qint64 version);
    /// The part of the line in sight, from and to, each 0 to 1.
    std::pair<double, double> sight() const;

  private:
    double unit(qint64 version) const; ///< place on the unzoomed line, 0 to 1
    double unitAt(double x) const;
    double lineWidth() const; ///< zoomed, in pixels
    double mostZoom() const;
    bool byTime() const { return !m_times.empty(); }
    void readTimes();
    void clampOffset();

    Events m_events;
    qint64 m_count = 0;
    Spacing m_spacing = Spacing::ByVersion;
    /// By time: microseconds since the first event, never falling. Empty where all are the same.
    std::vector<qint64> m_times;
    double m_width = 0;
    double m_margin = 0;
    double m_zoom = 1.0;
    double m_offset = 0; ///< pixels of the line left of sight
};

} // namespace rewindow
