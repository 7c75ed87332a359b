// A painted chart of bars that can be gone through by keys, chosen, and saved.
#pragma once

#include "ui/shell/painted_slider.h"
#include "ui/shell/theme.h"

#include <QString>
#include <QWidget>

#include <vector>

namespace rewindow {

struct ChartBar {
    /// A part of the bar, from below: an event type's in its colour, or one without a type.
    struct Segment {
        QString type;
        qint64 count = 0;
    };
    QString label; ///< below the bar, where there is room
    QString text;  ///< all of it in words: tooltip and screen reader
    std::vector<Segment> segments;

    qint64 count() const;
};

/// Shows what it is given and asks for what is chosen; holds no session. Left, Right, Home and End
/// go from bar to bar; Return or a double click chooses one.
class BarChart : public QWidget, public PaintedSlider {
    Q_OBJECT

  public:
    /// `role` colours what has no type.
    BarChart(Theme::Role role, const QString& accessibleName, QWidget* parent = nullptr);

    void setBars(std::vector<ChartBar> bars);
    const std::vector<ChartBar>& bars() const { return m_bars; }
    /// Instead of bars, while there are none.
    void setMessage(const QString& message);

    int current() const { return m_current; } ///< -1 without bars
    void setCurrent(int bar);
    QString valueText() const; ///< of the current bar; the message where there are none
    QRect barRect(int bar) const;

    QString sliderText() const override { return valueText(); }
    qint64 sliderValue() const override { return m_current; }
    qint64 sliderMaximum() const override { return static_cast<qint64>(m_bars.size()) - 1; }
    void setSliderValue(qint64 bar) override { setCurrent(static_cast<int>(bar)); }

    /// The chart alone, without focus and current bar, on the ground of a panel.
    void paintPicture(QPainter& painter) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    void chosen(int bar);
    void menuWanted(int bar, const QPoint& globalPosition);

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

  private:
    QRect plotOf(const QSize& size) const;
    QRectF barRect(std::size_t bar, const QRect& plot) const;
    int barAt(const QPoint& place) const;
    void paintScale(QPainter& painter, const QRect& plot) const;
    void paintBars(QPainter& painter, const QRect& plot) const;
    void paintLabels(QPainter& painter, const QRect& plot) const;

    Theme::Role m_role;
    std::vector<ChartBar> m_bars;
    QString m_message;
    qint64 m_most = 0;
    int m_current = -1;
};

} // namespace rewindow
