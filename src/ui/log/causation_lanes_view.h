// The events of one correlation, a lane for each stream, arrows from cause to effect.
#pragma once

#include "model/items/causation.h"
#include "ui/shell/painted_slider.h"

#include <QAbstractScrollArea>

#include <optional>
#include <vector>

namespace rewindow {

/// Painted; holds no session. From left to right in the log's order, what is in sight alone is
/// drawn. Left and Right go from event to event, Up and Down from lane to lane, Shift+Left to the
/// cause, Shift+Right to the first effect, Return and clicks choose.
class CausationLanesView : public QAbstractScrollArea, public PaintedSlider {
    Q_OBJECT

  public:
    explicit CausationLanesView(QWidget* parent = nullptr);

    /// The event at `shown`, if it is there, is the current one.
    void setCausation(const Causation& causation, GlobalPosition shown);
    const std::vector<QString>& streams() const { return m_streams; } ///< a lane each
    int current() const { return m_current; }                         ///< a node; -1: there is none
    void setCurrent(int node);
    /// Where that node is, in the viewport's pixels, in sight or not.
    QPoint placeOf(int node) const;
    /// What a screen reader says of it.
    QString textOf(int node) const;

    QString sliderText() const override;
    qint64 sliderValue() const override { return m_current + 1; }
    qint64 sliderMinimum() const override { return m_causation.nodes.empty() ? 0 : 1; }
    qint64 sliderMaximum() const override { return qint64(m_causation.nodes.size()); }
    void setSliderValue(qint64 value) override { setCurrent(static_cast<int>(value) - 1); }

    /// What is in sight, without the focus.
    void paintPicture(QPainter& painter) const;

  signals:
    void eventChosen(rewindow::GlobalPosition position);
    void menuRequested(int node, const QPoint& globalPlace);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool viewportEvent(QEvent* event) override;

  private:
    const CausationNode& node(int index) const;
    int nodeCount() const { return static_cast<int>(m_causation.nodes.size()); }
    int laneOf(int node) const { return m_lanes[static_cast<std::size_t>(node)]; }
    const std::vector<int>& effectsOf(int node) const {
        return m_effects[static_cast<std::size_t>(node)];
    }
    int columnWidth() const;
    int laneHeight() const;
    int namesWidth() const;
    std::pair<int, int> columnsInSight() const; ///< the first, and the one after the last
    std::optional<int> nodeAt(const QPoint& place) const;
    void choose(int node);
    void goToLane(bool below);
    void showCurrent();
    void fitScrollBars();
    void paintContents(QPainter& painter, bool withFocus) const;
    void paintLanes(QPainter& painter) const;
    void paintEdges(QPainter& painter) const;
    void paintEdge(QPainter& painter, int cause, int effect) const;
    void paintNodes(QPainter& painter, bool withFocus) const;
    void paintLabel(QPainter& painter, int node) const;
    void paintNames(QPainter& painter) const;

    Causation m_causation;
    std::vector<QString> m_streams;
    std::vector<int> m_lanes;                ///< of each node
    std::vector<std::vector<int>> m_effects; ///< of each node, in order
    std::vector<int> m_nextInLane;           ///< of each node; -1: none
    int m_current = -1;
};

} // namespace rewindow
