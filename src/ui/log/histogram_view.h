// The painted counts of a log's events over time.
#pragma once

#include "model/overview/filter_selection.h"
#include "ui/log/histogram_bars.h"
#include "ui/shell/painted_slider.h"

#include <QWidget>

#include <optional>

namespace rewindow {

/// Shows what it is given and asks for places and spans; holds no session. A click asks for the
/// log's place at a bar, a drag for a span of bars. By keys: Left and Right go from bar to bar,
/// with Shift they take more of them, Return asks for what is taken, Escape for all of the log.
class HistogramView : public QWidget, public PaintedSlider {
    Q_OBJECT

  public:
    explicit HistogramView(QWidget* parent = nullptr);

    void setBars(const HistogramBars& bars);
    const HistogramBars& bars() const { return m_bars; }
    /// What the filter is confined to; shown on a ground of its own.
    void setSpan(const std::optional<TimeSpan>& span);
    /// Instead of bars: a sentence. Empty: the bars.
    void setMessage(const QString& message);
    const QString& message() const { return m_message; }

    int currentBar() const { return m_current; } ///< -1 without bars
    void setCurrentBar(int bar);
    /// "2026-11-23 14:50, 38 events: OrderPaid 12, OrderPlaced 9, …": tooltip and screen reader.
    QString barText(int bar) const;
    QRect barRect(int bar) const; ///< the whole height of a bar's place

    QString sliderText() const override { return barText(m_current); }
    qint64 sliderValue() const override { return m_current; }
    qint64 sliderMaximum() const override { return m_bars.bars() - 1; }
    void setSliderValue(qint64 bar) override { setCurrentBar(static_cast<int>(bar)); }

    /// The bars as they are now, on the ground of a panel.
    void paintPicture(QPainter& painter) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    void timeChosen(rewindow::Timestamp begin);
    void spanChosen(const rewindow::TimeSpan& span);
    void wholeWanted();

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

  private:
    QRect plot() const;
    int barAt(int x) const;
    double left(int bar) const;
    void choose();
    void paintBars(QPainter& painter) const;
    void paintSpans(QPainter& painter) const;
    void paintAxis(QPainter& painter) const;

    HistogramBars m_bars;
    std::optional<TimeSpan> m_span;
    QString m_message;
    qint64 m_highest = 0;
    int m_current = -1;
    int m_anchor = -1; ///< where a drag, or taking with Shift, began; -1: none
    bool m_pressed = false;
};

} // namespace rewindow
