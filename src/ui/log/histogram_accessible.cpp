#include "ui/log/histogram_accessible.h"

#include "ui/log/histogram_view.h"

#include <QAccessibleWidget>

namespace rewindow {

namespace {

class HistogramAccessible : public QAccessibleWidget, public QAccessibleValueInterface {
  public:
    explicit HistogramAccessible(HistogramView* view)
        : QAccessibleWidget(view, QAccessible::Slider) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value ? view().barText(view().currentBar())
                                          : QAccessibleWidget::text(kind);
    }

    QVariant currentValue() const override { return view().currentBar(); }
    void setCurrentValue(const QVariant& value) override { view().setCurrentBar(value.toInt()); }
    QVariant maximumValue() const override { return view().bars().bars() - 1; }
    QVariant minimumValue() const override { return 0; }
    QVariant minimumStepSize() const override { return 1; }

  private:
    HistogramView& view() const { return *static_cast<HistogramView*>(object()); }
};

QAccessibleInterface* histogramInterface(const QString& className, QObject* object) {
    if (className == QLatin1String(HistogramView::staticMetaObject.className()) && object)
        return new HistogramAccessible(static_cast<HistogramView*>(object));
    return nullptr;
}

} // namespace

void installHistogramAccessibility() {
    static const bool installed = [] {
        QAccessible::installFactory(histogramInterface);
        return true;
    }();
    static_cast<void>(installed);
}

} // namespace rewindow
