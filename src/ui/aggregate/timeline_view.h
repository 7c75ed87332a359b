// The painted line of an aggregate's events, with the playhead on it.
#pragma once

#include "model/session/aggregate_replay.h"
#include "ui/aggregate/timeline_scale.h"
#include "ui/shell/painted_slider.h"

#include <QWidget>

namespace rewindow {

/// Shows what it is given and asks for versions; holds no session. Click and drag move the
/// playhead, the wheel zooms, Shift and the wheel (or a touchpad's sideways move) scroll. As many
/// markers as there is room for; beyond that, a column of pixels stands for its events.
class TimelineView : public QWidget, public PaintedSlider {
    Q_OBJECT

  public:
    explicit TimelineView(QWidget* parent = nullptr);

    void setOutline(const AggregateOutline& outline);
    void setVersion(StreamVersion version);
    void setSpacing(TimelineScale::Spacing spacing);
    TimelineScale::Spacing spacing() const { return m_scale.spacing(); }
    /// Instead of the line: a hint, or what went wrong. Empty: the line.
    void setMessage(const QString& message, bool trouble = false);
    /// Instead of the line, how far a replay has come; `total` 0: it has just begun.
    void setProgress(qint64 reached, qint64 total);

    const AggregateOutline& outline() const { return m_outline; }
    StreamVersion version() const { return m_version; }
    const TimelineScale& scale() const { return m_scale; }
    /// "version 9 of 12, OrderPaid": what a screen reader says.
    QString valueText() const;

    QString sliderText() const override { return valueText(); }
    qint64 sliderValue() const override { return m_version.value(); }
    qint64 sliderMaximum() const override { return m_scale.count(); }
    void setSliderValue(qint64 version) override { emit versionRequested(StreamVersion(version)); }

    void zoomIn();
    void zoomOut();
    void zoomToFit();

    /// The line as it is now, without the focus, on the ground of a panel.
    void paintPicture(QPainter& painter) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    void versionRequested(rewindow::StreamVersion version);
    /// A context menu, for the version that was pointed at.
    void menuRequested(rewindow::StreamVersion version, const QPoint& globalPlace);

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

  private:
    enum class Showing { Line, Message, Progress };

    void present(Showing showing);
    void layOut();
    void request(double x);
    QString toolTipAt(double x) const;
    void paintContents(QPainter& painter) const;
    void paintProgress(QPainter& painter) const;

    AggregateOutline m_outline;
    StreamVersion m_version;
    TimelineScale m_scale;
    Showing m_showing = Showing::Message;
    QString m_message;
    bool m_trouble = false;
    qint64 m_reached = 0;
    qint64 m_total = 0;
    bool m_dragging = false;
};

} // namespace rewindow
