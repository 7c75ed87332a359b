// How an order of the demo goes, by chance.
#include "model/domain/order/demo_plan.h"

namespace rewindow {
namespace {

using Hours = DemoStep::Hours;

constexpr qint64 kMillisecond = 1000;
constexpr qint64 kSecond = 1000 * kMillisecond;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

qint64 extraItems(DemoRandom& random) {
    const qint64 mood = random.below(100);
    if (mood < 35)
        return 0;
    if (mood < 90)
        return random.between(1, 3);
    return random.between(4, 9);
}

/// What a customer does before the order is placed.
void addEdits(std::vector<DemoStep>& steps, DemoRandom& random) {
    const auto pause = [&random] { return random.between(6 * kSecond, 95 * kSecond); };
    const qint64 items = extraItems(random);
    for (qint64 i = 0; i < items; ++i) {
        steps.push_back({DemoAct::Add, pause()});
        if (random.percent(12))
            steps.push_back({DemoAct::Remove, pause()});
        if (random.percent(14))
            steps.push_back({DemoAct::Change, pause()});
    }
    if (random.percent(12))
        steps.push_back({DemoAct::Change, pause()});
    if (steps.size() > 2 && random.percent(6))
        steps.push_back(
            {DemoAct::Change, random.between(40, 400) * kMillisecond, Hours::Any, true});
}

/// What becomes of it.
void addFate(std::vector<DemoStep>& steps, const QString& paymentMethod, DemoRandom& random) {
    if (random.percent(9)) {
        if (random.percent(60))
            steps.push_back({DemoAct::Cancel, random.between(2 * kDay, 3 * kDay)});
        return;
    }
    steps.push_back({DemoAct::Place, random.between(20 * kSecond, 6 * kMinute)});
    if (random.percent(5)) {
        steps.push_back({DemoAct::Cancel, random.between(4 * kMinute, 20 * kHour)});
        return;
    }
    if (paymentMethod == QLatin1String("transfer"))
        steps.push_back({DemoAct::Pay, random.between(kDay, 3 * kDay), Hours::AtWork});
    else
        steps.push_back({DemoAct::Pay, random.between(4 * kSecond, 70 * kSecond)});
    if (random.percent(5)) {
        steps.push_back({DemoAct::Cancel, random.between(10 * kMinute, 5 * kHour)});
        steps.push_back({DemoAct::Refund, random.between(kHour, kDay), Hours::AtWork});
        return;
    }
    steps.push_back({DemoAct::Ship, random.between(2 * kHour, 30 * kHour), Hours::AtWork});
    steps.push_back({DemoAct::Deliver, random.between(20 * kHour, 70 * kHour), Hours::OnTheRoad});
    if (random.percent(6))
        steps.push_back({DemoAct::Refund, random.between(2 * kDay, 6 * kDay), Hours::AtWork});
}

} // namespace

std::vector<DemoStep> demoPlan(const QString& paymentMethod, DemoRandom& random) {
    std::vector<DemoStep> steps{{DemoAct::Create, random.between(25 * kSecond, 3 * kMinute)}};
    addEdits(steps, random);
    addFate(steps, paymentMethod, random);
    return steps;
}

std::vector<DemoStep> demoShowcasePlan() {
    return {{DemoAct::Create, 48 * kSecond},
            {DemoAct::Add, 31 * kSecond},
            {DemoAct::Add, 22 * kSecond},
            {DemoAct::Add, 57 * kSecond},
            {DemoAct::Remove, 40 * kSecond},
            {DemoAct::Change, 18 * kSecond},
            {DemoAct::Change, 120 * kMillisecond, Hours::Any, true},
            {DemoAct::Place, 2 * kMinute},
            {DemoAct::Pay, 21 * kSecond},
            {DemoAct::Ship, 19 * kHour, Hours::AtWork},
            {DemoAct::Deliver, 44 * kHour, Hours::OnTheRoad},
            {DemoAct::Refund, 5 * kDay, Hours::AtWork}};
}

} // namespace rewindow
