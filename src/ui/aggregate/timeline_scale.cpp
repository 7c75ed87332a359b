#include "ui/aggregate/timeline_scale.h"

#include <algorithm>
#include <cmath>

namespace rewindow {

namespace {
constexpr double kWidestStep = 140;
constexpr double kMostTimeZoom = 20'000;
/// By time, what lies before the first event: as much as a step by version, within bounds.
constexpr double kLeastLead = 0.01;
constexpr double kMostLead = 0.08;
} // namespace

void TimelineScale::setEvents(Events events) {
    m_events = std::move(events);
    m_count = m_events ? static_cast<qint64>(m_events->size()) : 0;
    readTimes();
    m_zoom = std::clamp(m_zoom, 1.0, mostZoom());
    clampOffset();
}

void TimelineScale::setSpacing(Spacing spacing) {
    if (spacing == m_spacing)
        return;
    m_spacing = spacing;
    readTimes();
    fit();
}

void TimelineScale::readTimes() {
    m_times.clear();
    if (m_spacing != Spacing::ByTime || m_count < 2)
        return;
    m_times.reserve(m_events->size());
    const qint64 first = m_events->front().recordedAt.microseconds();
    qint64 latest = 0;
    for (const TimelineEvent& event : *m_events) {
        latest = std::max(latest, event.recordedAt.microseconds() - first);
        m_times.push_back(latest);
    }
    if (latest == 0)
        m_times.clear();
}

void TimelineScale::setWidth(double width, double margin) {
    m_width = width;
    m_margin = margin;
    m_zoom = std::clamp(m_zoom, 1.0, mostZoom());
    clampOffset();
}

double TimelineScale::lineWidth() const {
    return std::max(1.0, m_width - 2 * m_margin) * m_zoom;
}

double TimelineScale::mostZoom() const {
    if (byTime())
        return kMostTimeZoom;
    const double fitting = std::max(1.0, m_width - 2 * m_margin);
    return std::max(1.0, static_cast<double>(m_count) * kWidestStep / fitting);
}

double TimelineScale::unit(qint64 version) const {
    if (m_count == 0 || version <= 0)
        return 0;
    if (!byTime())
        return static_cast<double>(version) / static_cast<double>(m_count);
    const double lead = std::clamp(1.0 / static_cast<double>(m_count), kLeastLead, kMostLead);
    const auto place = static_cast<double>(m_times[static_cast<std::size_t>(version - 1)]);
    return lead + (1.0 - lead) * place / static_cast<double>(m_times.back());
}

double TimelineScale::x(qint64 version) const {
    return m_margin + unit(version) * lineWidth() - m_offset;
}

double TimelineScale::lineEnd() const {
    return m_margin + lineWidth() - m_offset;
}

double TimelineScale::unitAt(double x) const {
    return (x - m_margin + m_offset) / lineWidth();
}

qint64 TimelineScale::firstFrom(double x) const {
    if (!byTime()) {
        const double version = std::ceil(unitAt(x) * static_cast<double>(m_count));
        return std::clamp<qint64>(static_cast<qint64>(version), 1, m_count + 1);
    }
    qint64 low = 1;
    qint64 high = m_count + 1;
    while (low < high) {
        const qint64 middle = low + (high - low) / 2;
        if (this->x(middle) < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

qint64 TimelineScale::versionAt(double x) const {
    if (m_count == 0)
        return 0;
    if (!byTime()) {
        const double version = std::round(unitAt(x) * static_cast<double>(m_count));
        return static_cast<qint64>(std::clamp(version, 0.0, static_cast<double>(m_count)));
    }
    const qint64 right = std::min(firstFrom(x), m_count);
    const qint64 left = std::max<qint64>(right - 1, 0);
    return std::abs(this->x(left) - x) < std::abs(this->x(right) - x) ? left : right;
}

double TimelineScale::step() const {
    return m_count ? lineWidth() / static_cast<double>(m_count) : lineWidth();
}

void TimelineScale::zoomBy(double factor, double aroundX) {
    const double fixed = unitAt(aroundX);
    m_zoom = std::clamp(m_zoom * factor, 1.0, mostZoom());
    m_offset = m_margin + fixed * lineWidth() - aroundX;
    clampOffset();
}

void TimelineScale::fit() {
    m_zoom = 1.0;
    m_offset = 0;
}

void TimelineScale::scrollBy(double pixels) {
    m_offset += pixels;
    clampOffset();
}

void TimelineScale::ensureVisible(qint64 version) {
    if (!isZoomed())
        return;
    const double place = x(version);
    const double edge = std::min(2 * m_margin, m_width / 4);
    if (place < edge)
        scrollBy(place - edge);
    else if (place > m_width - edge)
        scrollBy(place - (m_width - edge));
}

std::pair<double, double> TimelineScale::sight() const {
    return {std::clamp(unitAt(0), 0.0, 1.0), std::clamp(unitAt(m_width), 0.0, 1.0)};
}

void TimelineScale::clampOffset() {
    m_offset = std::clamp(m_offset, 0.0, std::max(0.0, lineWidth() + 2 * m_margin - m_width));
}

} // namespace rewindow
