// Painting a timeline: line, markers, labels, playhead.
#pragma once

#include "model/session/aggregate_replay.h"
#include "ui/aggregate/timeline_scale.h"

#include <QColor>
#include <QFont>
#include <QHash>
#include <QRect>

class QPainter;

namespace rewindow {

/// Paints one frame. Costs as much as there are pixels, whatever the number of events.
class TimelinePainter {
  public:
    TimelinePainter(const AggregateOutline& outline, const TimelineScale& scale,
                    StreamVersion version);

    void paint(QPainter& painter, const QRect& place);

  private:
    struct Label {
        qint64 version = 0;
        QRectF place;
        QString type;
        QString ordinal;
    };

    const TimelineEvent& event(qint64 version) const {
        return (*m_outline.events)[static_cast<std::size_t>(version - 1)];
    }
    QColor color(qint64 version);
    bool failed(qint64 version) const;
    bool isAbove(qint64 version) const { return version % 2 != 0; }

    void paintLine(QPainter& painter);
    void paintMarkers(QPainter& painter);
    void paintMarker(QPainter& painter, qint64 version, double size);
    void paintColumns(QPainter& painter);
    void paintStart(QPainter& painter);
    void paintPlayhead(QPainter& painter);
    void paintFailure(QPainter& painter);
    void paintSight(QPainter& painter);
    double roomBetweenNeighbours(qint64 version) const;
    void paintLabels(QPainter& painter);
    void paintTicks(QPainter& painter, const Label& current);
    void paintLabel(QPainter& painter, const Label& label);
    Label label(qint64 version, double room) const;
    QString ordinalText(qint64 version) const;

    const AggregateOutline& m_outline;
    const TimelineScale& m_scale;
    qint64 m_version;
    QRectF m_place;
    double m_middle = 0;
    qint64 m_first = 1; ///< in sight
    qint64 m_last = 0;
    QFont m_typeFont;
    QFont m_ordinalFont;
    QHash<QString, QColor> m_colors;
};

} // namespace rewindow
