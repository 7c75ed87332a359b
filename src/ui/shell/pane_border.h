// The borders between the parts of a window, for those who move them without a mouse.
#pragma once

#include <QCoreApplication>
#include <QList>
#include <QPointer>
#include <QRect>
#include <QString>
#include <QWidget>

#include <optional>
#include <utility>

class QMainWindow;

namespace rewindow {

/// A border between two parts that are seen, of a splitter or beside a docked panel. It follows
/// what becomes of them; places and sizes are pixels, from left to right and from the top down.
class PaneBorder {
    Q_DECLARE_TR_FUNCTIONS(PaneBorder)

  public:
    /// All there are in `window` now, as they are read: lines from the top down, each from where it
    /// begins.
    static QList<PaneBorder> of(QWidget& window);

    QString name() const;
    /// The way it moves.
    Qt::Orientation axis() const { return m_axis; }
    QRect rectIn(const QWidget& window) const;

    int position() const; ///< the size of what lies before it
    int least() const;
    int most() const;
    /// To the nearest place the parts on both sides allow.
    void moveTo(int position) const;

    bool isThere() const;
    bool operator==(const PaneBorder& other) const = default;

  private:
    PaneBorder(QWidget* before, QWidget* after, QWidget* owner, Qt::Orientation axis)
        : m_before(before)
        , m_after(after)
        , m_owner(owner)
        , m_axis(axis) {}

    static void collectSplitters(QWidget& window, QList<PaneBorder>& found);
    static void collectDocks(QMainWindow& window, QList<PaneBorder>& found);
    std::optional<std::pair<int, int>> splitterRange() const;
    int length(const QWidget* part) const;
    int leastLengthOf(QWidget& part) const;
    int room() const { return length(m_before) + length(m_after); }

    QPointer<QWidget> m_before; ///< at the left of it or above
    QPointer<QWidget> m_after;
    QPointer<QWidget> m_owner; ///< the splitter, or the window the docks are docked to
    Qt::Orientation m_axis = Qt::Horizontal;
};

} // namespace rewindow
