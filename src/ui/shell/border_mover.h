// Moving the borders between the parts of a window by keys.
#pragma once

#include "ui/shell/painted_slider.h"
#include "ui/shell/pane_border.h"

#include <QPointer>
#include <QWidget>

#include <optional>

namespace rewindow {

/// Lies over one border at a time and has the keyboard while it does: arrows move the border, with
/// Shift a pixel at a time, Home and End as far as it goes. Return and Escape give the keyboard
/// back to where it was.
class BorderMover : public QWidget, public PaintedSlider {
    Q_OBJECT

  public:
    explicit BorderMover(QWidget& window);

    /// Takes the border next to what has the focus; once it has one, the next border, or the one
    /// before. False where there is none.
    bool take(bool next = true);
    /// The border it lies over; nothing while it is hidden.
    const std::optional<PaneBorder>& border() const { return m_border; }

    QString sliderText() const override;
    qint64 sliderValue() const override { return m_border ? m_border->position() : 0; }
    qint64 sliderMinimum() const override { return m_border ? m_border->least() : 0; }
    qint64 sliderMaximum() const override { return m_border ? m_border->most() : 0; }
    void setSliderValue(qint64 value) override;

  signals:
    /// What can be done here, in words; empty when it is over.
    void hinted(const QString& hint);

  protected:
    bool event(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    using End = int (PaneBorder::*)() const;

    void lieOver(const PaneBorder& border);
    void moveTo(int position);
    void moveToEnd(End end);
    void follow();
    void followSoon();
    void leave();

    QWidget& m_window;
    std::optional<PaneBorder> m_border;
    End m_heading = nullptr; ///< the end it is on its way to
    int m_attempts = 0;
    QPointer<QWidget> m_before; ///< what had the focus
};

} // namespace rewindow
