// A slider over bars.
#include "ui/statistics/chart_accessible.h"

#include "ui/statistics/bar_chart.h"

#include <QAccessibleWidget>

namespace rewindow {

namespace {

class ChartAccessible : public QAccessibleWidget, public QAccessibleValueInterface {
  public:
    explicit ChartAccessible(BarChart* chart) : QAccessibleWidget(chart, QAccessible::Slider) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value ? chart().valueText() : QAccessibleWidget::text(kind);
    }

    QVariant currentValue() const override { return chart().current(); }
    void setCurrentValue(const QVariant& value) override { chart().setCurrent(value.toInt()); }
    QVariant maximumValue() const override { return static_cast<int>(chart().bars().size()) - 1; }
    QVariant minimumValue() const override { return 0; }
    QVariant minimumStepSize() const override { return 1; }

  private:
    BarChart& chart() const { return *static_cast<BarChart*>(object()); }
};

QAccessibleInterface* chartInterface(const QString& className, QObject* object) {
    if (className == QLatin1String(BarChart::staticMetaObject.className()) && object)
        return new ChartAccessible(static_cast<BarChart*>(object));
    return nullptr;
}

} // namespace

void installChartAccessibility() {
    static const bool installed = [] {
        QAccessible::installFactory(chartInterface);
        return true;
    }();
    static_cast<void>(installed);
}

} // namespace rewindow
