// What is true of every order, whatever commands came in whatever order.
#include "model/domain/order/order.h"
#include "model/order_scenario.h"

#include <QSet>

#include <random>

using namespace rewindow;
using namespace rewindow::test;

namespace {

/// What a random command left behind must be true of every order, whatever was accepted.
void checkInvariants(OrderScenario& scenario) {
    for (const char* name : {"order-o1", "order-o2", "order-o3"}) {
        ASSIGN_RESULT(order, replayOrder(scenario.stream(name)));
        if (!order.exists())
            continue;
        QCOMPARE(toJson(order).dump(), scenario.state(name).dump());
        qint64 total = 0;
        QSet<QString> products;
        for (const OrderItem& item : order.items) {
            QVERIFY(item.quantity >= 1);
            total += item.quantity * item.unitPrice;
            products.insert(item.productId);
        }
        QCOMPARE(order.total, total);
        QCOMPARE(products.size(), qsizetype(order.items.size()));
        QVERIFY(order.paid == 0 || order.paid == order.total);
        QVERIFY(order.refunded == 0 || order.refunded == order.paid);
        QCOMPARE(order.status == OrderStatus::Refunded, order.refunded > 0);
        if (order.status == OrderStatus::Paid || order.status == OrderStatus::Shipped ||
            order.status == OrderStatus::Delivered)
            QVERIFY(order.paid > 0);
        if (order.status == OrderStatus::Created || order.status == OrderStatus::Placed)
            QCOMPARE(order.paid, qint64(0));
        if (order.status == OrderStatus::Placed)
            QVERIFY(!order.items.empty());
    }
}

} // namespace

class TestOrderInvariants : public QObject {
    Q_OBJECT

  private slots:
    void randomCommandsKeepTheInvariants();
};

void TestOrderInvariants::randomCommandsKeepTheInvariants() {
    QSet<QString> reached;
    for (unsigned seed = 0; seed < 60; ++seed) {
        std::mt19937 random(seed);
        const auto below = [&random](unsigned bound) { return std::to_string(random() % bound); };
        OrderScenario scenario = shop();
        int accepted = 0;
        for (int i = 0; i < 160; ++i) {
            const std::string order = R"({"orderId":"o)" + std::to_string(random() % 3 + 1) + '"';
            const std::string product = R"(,"productId":"p)" + below(3) + '"';
            const std::string quantity = R"(,"quantity":)" + std::to_string(random() % 5 + 1);
            const std::string stream = "order-" + order.substr(12, 2);
            QString then;
            switch (random() % 13) {
            case 0:
                then = scenario.when("CreateOrder", order + R"(,"userId":"u)" + below(3) + '"' +
                                                        product + quantity + '}');
                break;
            case 1:
            case 2:
                then = scenario.when("AddItem", order + product + quantity + '}');
                break;
            case 3:
                then = scenario.when("RemoveItem", order + product + '}');
                break;
            case 4:
                then = scenario.when("ChangeQuantity", order + product + quantity + '}');
                break;
            case 5:
                then = scenario.when("PlaceOrder", order + '}');
                break;
            case 6:
            case 7: {
                const auto total = scenario.state(stream)["total"].toInteger().value_or(1);
                then = scenario.when("PayOrder", order + R"(,"amount":)" +
                                                     std::to_string(total + random() % 2) + '}');
                break;
            }
            case 8:
                then = scenario.when("ShipOrder", order + '}');
                break;
            case 9:
                then = scenario.when("DeliverOrder", order + '}');
                break;
            case 10:
                then = random() % 3 ? QString() : scenario.when("CancelOrder", order + '}');
                break;
            case 11:
                then = random() % 3 ? QString() : scenario.when("RefundOrder", order + '}');
                break;
            default:
                then = scenario.when("ChangePrice", R"({"productId":"p1","price":)" +
                                                        std::to_string(random() % 900 + 1) + '}');
            }
            QVERIFY2(!then.startsWith(QStringLiteral("failed")) ||
                         then.contains(QStringLiteral("\"amount\" must be at least 1")),
                     qPrintable(then));
            accepted += then.contains(u'{');
            checkInvariants(scenario);
            if (QTest::currentTestFailed())
                return;
        }
        QVERIFY(accepted > 5);
        for (const char* name : {"order-o1", "order-o2", "order-o3"})
            reached.insert(scenario.state(name)["status"].toQString());
    }
    QVERIFY(reached.size() >= 7); // whatever an order can be, some order was
}

QTEST_GUILESS_MAIN(TestOrderInvariants)
#include "tst_order_invariants.moc"
