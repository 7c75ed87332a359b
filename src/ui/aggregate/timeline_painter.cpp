#include "ui/aggregate/timeline_painter.h"

#include "model/items/time_text.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace rewindow {

namespace {

constexpr double kMarker = 13;
constexpr double kPlayheadMarker = 26; ///< height of the marker the playhead stands at
constexpr double kLeastMarkerStep = 4; ///< closer, columns of pixels stand for the events
constexpr double kLabelGap = 10;
constexpr double kLeastLabel = 52; ///< narrower, versions alone are labelled
constexpr double kTickRoom = 56;
constexpr double kFaint = 0.32;
constexpr double kFailureHeight = 20;
constexpr int kSamples = 7; ///< events looked at for a column's colour

QColor faint(QColor color) {
    color.setAlphaF(kFaint);
    return color;
}

/// 1, 2 or 5 times a power of ten, at least `least`.
qint64 roundStep(double least) {
    qint64 power = 1;
    while (static_cast<double>(power) * 10 < least)
        power *= 10;
    for (const qint64 factor : {1, 2, 5, 10})
        if (static_cast<double>(factor * power) >= least)
            return factor * power;
    return power;
}

} // namespace

TimelinePainter::TimelinePainter(const AggregateOutline& outline, const TimelineScale& scale,
                                 StreamVersion version)
    : m_outline(outline)
    , m_scale(scale)
    , m_version(std::min(version.value(), scale.count()))
    , m_typeFont(Theme::instance().smallFont())
    , m_ordinalFont(m_typeFont) {
    m_ordinalFont.setPixelSize(Theme::instance().scaled(10));
}

void TimelinePainter::paint(QPainter& painter, const QRect& place) {
    m_place = place;
    if (m_outline.failure)
        m_place.setBottom(m_place.bottom() - kFailureHeight);
    m_middle = std::floor(m_place.center().y()) + 0.5;
    m_first = m_scale.firstFrom(-kMarker);
    m_last = std::min(m_scale.firstFrom(m_place.width() + kMarker), m_scale.count());

    paintLine(painter);
    const double step = m_place.width() / std::max(1.0, static_cast<double>(m_last - m_first + 1));
    const bool columns = step < kLeastMarkerStep;
    paintPlayhead(painter);
    if (columns)
        paintColumns(painter);
    else
        paintMarkers(painter);
    paintStart(painter);
    if (m_version > 0)
        paintMarker(painter, m_version, kMarker);
    paintLabels(painter);
    paintFailure(painter);
    paintSight(painter);
}

QColor TimelinePainter::color(qint64 version) {
    const QString& type = event(version).type;
    auto known = m_colors.find(type);
    if (known == m_colors.end())
        known = m_colors.insert(type, Theme::instance().eventColor(type));
    return *known;
}

bool TimelinePainter::failed(qint64 version) const {
    return m_outline.failure && version >= m_outline.failure->version.value();
}

void TimelinePainter::paintLine(QPainter& painter) {
    const Theme& theme = Theme::instance();
    const double start = std::max(m_scale.lineStart(), 0.0);
    const double end = std::min(m_scale.lineEnd(), m_place.width());
    painter.setPen(QPen(theme.color(Theme::Role::Border), 2));
    painter.drawLine(QPointF(start, m_middle), QPointF(end, m_middle));
    if (!m_outline.failure)
        return;
    const double from = std::max(start, m_scale.x(m_outline.failure->version.value()));
    painter.setPen(QPen(theme.color(Theme::Role::Trouble), 2, Qt::DotLine));
    if (from < end)
        painter.drawLine(QPointF(from, m_middle), QPointF(end, m_middle));
}

void TimelinePainter::paintMarkers(QPainter& painter) {
    const double size = std::clamp(m_scale.step() - 2, 3.0, kMarker);
    for (qint64 version = m_first; version <= m_last; ++version)
        if (version != m_version)
            paintMarker(painter, version, size);
}

void TimelinePainter::paintMarker(QPainter& painter, qint64 version, double size) {
    const Theme& theme = Theme::instance();
    const bool current = version == m_version;
    const double height = current ? kPlayheadMarker : size;
    const QRectF marker(m_scale.x(version) - size / 2, m_middle - height / 2, size, height);
    const QColor color = this->color(version);
    // The ground goes first, so that the line does not shine through a faint marker.
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Theme::Role::Panel));
    painter.drawRoundedRect(marker, 3, 3);
    painter.setBrush(version > m_version ? faint(color) : color);
    painter.drawRoundedRect(marker, 3, 3);
    if (current) {
        painter.setPen(QPen(theme.color(Theme::Role::ChangedText), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(marker.adjusted(-2.5, -2.5, 2.5, 2.5), 4, 4);
    }
    if (failed(version)) {
        painter.setPen(QPen(theme.color(Theme::Role::Trouble), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(marker.adjusted(-1, -1, 1, 1), 3, 3);
    }
}

void TimelinePainter::paintColumns(QPainter& painter) {
    const Theme& theme = Theme::instance();
    painter.setRenderHint(QPainter::Antialiasing, false);
    const int left = static_cast<int>(std::max(0.0, m_scale.x(1)));
    const int right = static_cast<int>(std::min(m_place.width(), m_scale.lineEnd() + 1));
    const double tallest = kPlayheadMarker;
    for (int x = left; x < right; ++x) {
        const qint64 from = m_scale.firstFrom(x);
        const qint64 to = m_scale.firstFrom(x + 1.0);
        if (from >= to || from > m_scale.count())
            continue;
        // The most frequent colour among some of the column's events, evenly taken.
        const qint64 count = to - from;
        const qint64 samples = std::min<qint64>(count, kSamples);
        std::array<std::pair<QRgb, int>, kSamples> seen{};
        std::size_t kinds = 0;
        for (qint64 i = 0; i < samples; ++i) {
            const QRgb rgb = color(from + i * count / samples).rgb();
            const auto end = seen.begin() + static_cast<std::ptrdiff_t>(kinds);
            const auto found = std::find_if(seen.begin(), end,
                                            [rgb](const auto& one) { return one.first == rgb; });
            if (found == end)
                seen[kinds++] = {rgb, 1};
            else
                ++found->second;
        }
        const auto most =
            std::max_element(seen.begin(), seen.begin() + static_cast<std::ptrdiff_t>(kinds),
                             [](const auto& a, const auto& b) { return a.second < b.second; });
        const double dense = std::log2(1.0 + static_cast<double>(count)) / 10.0;
        const double height = m_scale.spacing() == TimelineScale::Spacing::ByTime
                                  ? std::clamp(tallest * dense, 6.0, tallest)
                                  : tallest * 0.7;
        QColor color = QColor::fromRgb(most->first);
        if (failed(from))
            color = theme.color(Theme::Role::Trouble);
        painter.fillRect(QRectF(x, m_middle - height / 2, 1, height),
                         from > m_version ? faint(color) : color);
    }
    painter.setRenderHint(QPainter::Antialiasing);
}

/// The place of version 0, before any event.
void TimelinePainter::paintStart(QPainter& painter) {
    const Theme& theme = Theme::instance();
    const QPointF middle(m_scale.lineStart(), m_middle);
    painter.setBrush(theme.color(Theme::Role::Panel));
    const bool here = m_version == 0;
    painter.setPen(QPen(theme.color(here ? Theme::Role::ChangedText : Theme::Role::DimText),
                        here ? 2.5 : 1.5));
    painter.drawEllipse(middle, 4.5, 4.5);
}

void TimelinePainter::paintPlayhead(QPainter& painter) {
    const double x = m_scale.x(m_version);
    painter.setPen(QPen(Theme::instance().color(Theme::Role::ChangedText), 2));
    painter.drawLine(QPointF(x, m_place.top() + 6), QPointF(x, m_place.bottom() - 6));
}

QString TimelinePainter::ordinalText(qint64 version) const {
    QString ordinal = QStringLiteral("v%1").arg(version);
    if (m_scale.spacing() == TimelineScale::Spacing::ByVersion || version == 0)
        return ordinal;
    return ordinal + QStringLiteral(" · ") + clockText(event(version).recordedAt);
}

/// A label at its version's place, elided to `room`, kept inside the view.
TimelinePainter::Label TimelinePainter::label(qint64 version, double room) const {
    Label label;
    label.version = version;
    QFont font = m_typeFont;
    if (version == m_version)
        font.setWeight(QFont::DemiBold);
    const QFontMetricsF type(font);
    const QFontMetricsF ordinal(m_ordinalFont);
    label.type = version == 0
                     ? QCoreApplication::translate("TimelinePainter", "start")
                     : type.elidedText(onOneLine(event(version).type), Qt::ElideRight, room);
    label.ordinal = ordinalText(version);
    const double width =
        std::max(type.horizontalAdvance(label.type), ordinal.horizontalAdvance(label.ordinal));
    const double height = type.height() + ordinal.height() - 3;
    const double left =
        std::clamp(m_scale.x(version) - width / 2, 6.0, std::max(6.0, m_place.width() - width - 6));
    const double distance = kPlayheadMarker / 2 + 5;
    const double top = isAbove(version) ? m_middle - distance - height : m_middle + distance;
    label.place = QRectF(left, top, width, height);
    return label;
}

/// By version: what the neighbours on the label's side leave of the line, its own share at least.
double TimelinePainter::roomBetweenNeighbours(qint64 version) const {
    const double between = 2 * m_scale.step() - kLabelGap;
    const QFontMetricsF type(m_typeFont);
    double half = between;
    for (const qint64 neighbour : {version - 2, version + 2})
        if (neighbour >= 1 && neighbour <= m_scale.count()) {
            const double taken = type.horizontalAdvance(onOneLine(event(neighbour).type)) / 2;
            half = std::min(half, std::max(between / 2, between - taken));
        }
    return 2 * half;
}

void TimelinePainter::paintLabels(QPainter& painter) {
    const Label current = label(m_version, m_place.width() / 3);
    const bool byTime = m_scale.spacing() == TimelineScale::Spacing::ByTime;
    const double room = 2 * m_scale.step() - kLabelGap;
    if (!byTime && room < kLeastLabel) {
        paintTicks(painter, current);
        paintLabel(painter, current);
        return;
    }
    std::array<double, 2> taken{-1e9, -1e9};
    // By time places may be crowded: a label that would touch its neighbour is left out.
    const qint64 last = byTime ? std::min(m_last, m_first + 4000) : m_last;
    for (qint64 version = m_scale.lineStart() < 0 ? m_first : 0; version <= last; ++version) {
        if (version == m_version)
            continue;
        double& edge = taken[isAbove(version) ? 0 : 1];
        if (m_scale.x(version) < edge)
            continue;
        const Label shown =
            label(version, byTime ? m_place.width() / 3 : roomBetweenNeighbours(version));
        const bool meets =
            isAbove(version) == isAbove(m_version) &&
            shown.place.adjusted(-kLabelGap, 0, kLabelGap, 0).intersects(current.place);
        if (shown.place.left() < edge + kLabelGap || meets)
            continue;
        paintLabel(painter, shown);
        edge = shown.place.right();
    }
    paintLabel(painter, current);
}

/// Crowded: version numbers at round steps under the line.
void TimelinePainter::paintTicks(QPainter& painter, const Label& current) {
    const Theme& theme = Theme::instance();
    const qint64 step = roundStep(kTickRoom / m_scale.step());
    painter.setFont(m_ordinalFont);
    const QFontMetricsF metrics(m_ordinalFont);
    for (qint64 version = m_first / step * step; version <= m_last; version += step) {
        if (version == m_version)
            continue;
        const QString text = QStringLiteral("v%1").arg(version);
        const double width = metrics.horizontalAdvance(text);
        const QRectF place(m_scale.x(version) - width / 2, m_middle + kPlayheadMarker / 2 + 6,
                           width, metrics.height());
        if (!isAbove(m_version) && place.adjusted(-8, 0, 8, 0).intersects(current.place))
            continue;
        painter.setPen(
            theme.color(version > m_version ? Theme::Role::FaintText : Theme::Role::DimText));
        painter.drawText(place, Qt::AlignCenter, text);
    }
}

void TimelinePainter::paintLabel(QPainter& painter, const Label& label) {
    const Theme& theme = Theme::instance();
    const bool current = label.version == m_version;
    const bool later = label.version > m_version;
    if (current) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(Theme::Role::Panel));
        painter.drawRoundedRect(label.place.adjusted(-5, -1, 5, 1), 3, 3);
    }
    QFont font = m_typeFont;
    font.setWeight(current ? QFont::DemiBold : QFont::Normal);
    const QFontMetricsF type(m_typeFont);
    const QFontMetricsF ordinal(m_ordinalFont);
    QRectF typePlace = label.place;
    QRectF ordinalPlace = label.place;
    if (isAbove(label.version)) {
        ordinalPlace.setHeight(ordinal.height());
        typePlace.setTop(label.place.bottom() - type.height());
    } else {
        typePlace.setHeight(type.height());
        ordinalPlace.setTop(label.place.bottom() - ordinal.height());
    }
    const int flags = Qt::AlignCenter | Qt::TextDontClip | Qt::TextSingleLine;
    painter.setFont(font);
    painter.setPen(theme.color(later ? Theme::Role::FaintText : Theme::Role::Text));
    painter.drawText(typePlace, flags, label.type);
    painter.setFont(m_ordinalFont);
    painter.setPen(theme.color(current ? Theme::Role::ChangedText
                               : later ? Theme::Role::FaintText
                                       : Theme::Role::DimText));
    painter.drawText(ordinalPlace, flags, label.ordinal);
}

void TimelinePainter::paintFailure(QPainter& painter) {
    if (!m_outline.failure)
        return;
    const QString sentence = QCoreApplication::translate("TimelinePainter", "Stopped at v%1: %2")
                                 .arg(m_outline.failure->version.value())
                                 .arg(m_outline.failure->error.sentence());
    painter.setFont(m_typeFont);
    painter.setPen(Theme::instance().color(Theme::Role::Trouble));
    const QRectF strip(12, m_place.bottom(), m_place.width() - 24, kFailureHeight - 4);
    painter.drawText(
        strip, Qt::AlignVCenter | Qt::TextSingleLine,
        QFontMetricsF(m_typeFont).elidedText(onOneLine(sentence), Qt::ElideRight, strip.width()));
}

/// Zoomed: which part of the line is in sight.
void TimelinePainter::paintSight(QPainter& painter) {
    if (!m_scale.isZoomed())
        return;
    const Theme& theme = Theme::instance();
    const auto [from, to] = m_scale.sight();
    const QRectF track(12, m_place.bottom() - 4, m_place.width() - 24, 3);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Theme::Role::Border));
    painter.drawRoundedRect(track, 1.5, 1.5);
    const QRectF part(track.left() + from * track.width(), track.top(),
                      std::max(6.0, (to - from) * track.width()), track.height());
    painter.setBrush(theme.color(Theme::Role::DimText));
    painter.drawRoundedRect(part, 1.5, 1.5);
}

} // namespace rewindow
