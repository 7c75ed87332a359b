#include "ui/aggregate/timeline_accessible.h"

#include "ui/aggregate/timeline_view.h"

#include <QAccessibleWidget>

namespace rewindow {

namespace {

class TimelineAccessible : public QAccessibleWidget, public QAccessibleValueInterface {
  public:
    explicit TimelineAccessible(TimelineView* view)
        : QAccessibleWidget(view, QAccessible::Slider) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value ? view().valueText() : QAccessibleWidget::text(kind);
    }

    QVariant currentValue() const override { return view().version().value(); }
    void setCurrentValue(const QVariant& value) override {
        const qint64 version = std::clamp<qint64>(value.toLongLong(), 0, view().scale().count());
        emit view().versionRequested(StreamVersion(version));
    }
    QVariant maximumValue() const override { return view().scale().count(); }
    QVariant minimumValue() const override { return qint64{0}; }
    QVariant minimumStepSize() const override { return qint64{1}; }

  private:
    TimelineView& view() const { return *static_cast<TimelineView*>(object()); }
};

QAccessibleInterface* timelineInterface(const QString& className, QObject* object) {
    if (className == QLatin1String(TimelineView::staticMetaObject.className()) && object)
        return new TimelineAccessible(static_cast<TimelineView*>(object));
    return nullptr;
}

} // namespace

void installTimelineAccessibility() {
    static const bool installed = [] {
        QAccessible::installFactory(timelineInterface);
        return true;
    }();
    static_cast<void>(installed);
}

} // namespace rewindow
