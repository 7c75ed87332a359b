// A panel that can be moved, floated and closed.
#pragma once

#include <QDockWidget>
#include <QPoint>

#include <optional>

class QAction;

namespace rewindow {

class Panel;

/// The panel's own header is what it is dragged by: a double click floats it, its context menu
/// closes it.
class PanelDock : public QDockWidget {
    Q_OBJECT

  public:
    /// `name` tells docks apart in a saved layout. Takes the panel.
    PanelDock(const QString& title, const QString& name, Panel& panel, QWidget* parent = nullptr);

    /// Takes it out of the window and puts it back, for those without a mouse.
    QAction* floatAction() const { return m_float; }

    static constexpr int kGap = 6; ///< pixels between panels, here and in the whole page

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    bool isHeader(const QPoint& place) const; ///< in the panel's coordinates
    void forward(const QMouseEvent& event);
    void showMenu(const QPoint& globalPlace);

    Panel& m_panel;
    QAction* m_float = nullptr;
    std::optional<QPoint> m_pressed; ///< in the panel's coordinates
};

} // namespace rewindow
