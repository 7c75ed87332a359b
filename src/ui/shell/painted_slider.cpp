// One interface for all of them, found by what a widget is and not by its class's name.
#include "ui/shell/painted_slider.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QWidget>

#include <algorithm>

namespace rewindow {

namespace {

class SliderAccessible : public QAccessibleWidget, public QAccessibleValueInterface {
  public:
    SliderAccessible(QWidget* widget, PaintedSlider& slider)
        : QAccessibleWidget(widget, QAccessible::Slider)
        , m_slider(slider) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value ? m_slider.sliderText() : QAccessibleWidget::text(kind);
    }

    QVariant currentValue() const override { return m_slider.sliderValue(); }
    void setCurrentValue(const QVariant& value) override {
        const qint64 most = m_slider.sliderMaximum();
        const qint64 least = m_slider.sliderMinimum();
        if (most >= least)
            m_slider.setSliderValue(std::clamp(value.toLongLong(), least, most));
    }
    QVariant maximumValue() const override { return m_slider.sliderMaximum(); }
    QVariant minimumValue() const override { return m_slider.sliderMinimum(); }
    QVariant minimumStepSize() const override { return qint64{1}; }

  private:
    PaintedSlider& m_slider; ///< the widget itself: an interface goes with its object
};

QAccessibleInterface* sliderInterface(const QString&, QObject* object) {
    if (!object || !object->isWidgetType())
        return nullptr;
    auto* slider = dynamic_cast<PaintedSlider*>(object);
    return slider ? new SliderAccessible(static_cast<QWidget*>(object), *slider) : nullptr;
}

} // namespace

PaintedSlider::PaintedSlider() {
    static const bool installed = [] {
        QAccessible::installFactory(sliderInterface);
        return true;
    }();
    static_cast<void>(installed);
}

void PaintedSlider::tellValue() {
    QAccessibleValueChangeEvent changed(dynamic_cast<QWidget*>(this), sliderValue());
    QAccessible::updateAccessibility(&changed);
}

} // namespace rewindow
