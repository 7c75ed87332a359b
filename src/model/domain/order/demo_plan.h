// What happens to one order of the demo, from the first click to the last parcel.
#pragma once

#include "model/domain/order/demo_random.h"

#include <QString>

#include <vector>

namespace rewindow {

enum class DemoAct { Create, Add, Remove, Change, Place, Pay, Ship, Deliver, Cancel, Refund };

/// One thing that is done with an order.
struct DemoStep {
    enum class Hours { Any, AtWork, OnTheRoad };

    DemoAct act = DemoAct::Create;
    qint64 after = 0; ///< µs since the step before it
    Hours hours = Hours::Any;
    /// Decided while the step before it was being decided, from another device: at a version that
    /// was no more, so it was decided again.
    bool atOnce = false;
};

/// An order as they come: most are delivered, some cancelled, refunded, or never placed.
std::vector<DemoStep> demoPlan(const QString& paymentMethod, DemoRandom& random);

/// An order that goes through nearly everything, to be looked at first.
std::vector<DemoStep> demoShowcasePlan();

} // namespace rewindow
