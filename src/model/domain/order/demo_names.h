// Who buys in the demo's shop, and what.
#pragma once

#include "model/domain/order/demo_random.h"
#include "model/domain/order/money.h"

#include <QString>

namespace rewindow {

struct DemoPerson {
    QString name;
    QString email;
};

struct DemoGoods {
    QString name;
    MinorUnits price = 0;
};

/// Somebody from anywhere.
DemoPerson demoPerson(DemoRandom& random);
/// The same person under another family name, as after a wedding; unchanged where the name is none
/// of demoPerson().
QString demoNewName(const QString& name, DemoRandom& random);
/// The `number`th product the shop takes in; no two have the same name.
DemoGoods demoGoods(qint64 number, DemoRandom& random);

} // namespace rewindow
