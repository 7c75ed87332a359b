// What a screen reader is told of a view that paints its value: a slider with a text.
#pragma once

#include <QString>

namespace rewindow {

/// A painted QWidget mixes this in, is thereby known as a slider, and calls tellValue() whenever
/// its value or its text changed.
class PaintedSlider {
  public:
    virtual QString sliderText() const = 0; ///< the value in words, never empty
    virtual qint64 sliderValue() const = 0;
    virtual qint64 sliderMinimum() const { return 0; }
    virtual qint64 sliderMaximum() const = 0;
    /// Asked for by assistive technology; never called with a value out of range.
    virtual void setSliderValue(qint64 value) = 0;

  protected:
    PaintedSlider();
    ~PaintedSlider() = default;
    PaintedSlider(const PaintedSlider&) = delete;
    PaintedSlider& operator=(const PaintedSlider&) = delete;

    void tellValue();
};

} // namespace rewindow
