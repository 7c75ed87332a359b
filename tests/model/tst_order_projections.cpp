// The views of the order domain: given these events, then these rows.
#include "model/domain/order/customer_spend.h"
#include "model/domain/order/demo_shop.h"
#include "model/domain/order/order_views.h"
#include "model/domain/order/product_sales.h"
#include "model/order_scenario.h"
#include "model/projection/memory_rows.h"

#include <map>

using namespace rewindow;
using namespace rewindow::test;

namespace {

QString text(const ViewValue& value) {
    if (const auto* number = std::get_if<qint64>(&value))
        return QString::number(*number);
    const auto* string = std::get_if<QString>(&value);
    return string ? *string : QStringLiteral("-");
}

/// The columns named, a row a line, in the order of ids.
QStringList rowsOf(const Projection& projection, const std::vector<RecordedEvent>& log,
                   const QStringList& columns) {
    MemoryRows rows(projection.schema(), projection.companions());
    for (const RecordedEvent& event : log)
        if (const auto applied = projection.apply(event, rows); !applied)
            return {applied.error().sentence()};
    QStringList lines;
    for (const auto& [id, row] : rows.rows()) {
        QStringList cells;
        for (const QString& column : columns)
            cells.append(text(row.values[std::size_t(projection.schema().columnNamed(column))]));
        lines.append(cells.join(u' '));
    }
    return lines;
}

QStringList orderRows(const OrderScenario& scenario) {
    return rowsOf(OrderViews(), scenario.log(),
                  {QStringLiteral("id"), QStringLiteral("status"), QStringLiteral("total"),
                   QStringLiteral("user_name"), QStringLiteral("items"),
                   QStringLiteral("version")});
}

QStringList salesRows(const OrderScenario& scenario) {
    return rowsOf(ProductSales(), scenario.log(),
                  {QStringLiteral("id"), QStringLiteral("price"), QStringLiteral("units_sold"),
                   QStringLiteral("revenue"), QStringLiteral("status")});
}

QStringList spendRows(const OrderScenario& scenario) {
    return rowsOf(CustomerSpend(), scenario.log(),
                  {QStringLiteral("id"), QStringLiteral("user_name"), QStringLiteral("orders"),
                   QStringLiteral("spent"), QStringLiteral("refunded")});
}

/// An order of one mug, and its user.
OrderScenario& anotherOrder(OrderScenario& scenario, const char* id, const char* user) {
    const std::string order = id;
    return scenario.given("order-" + order, "OrderCreated",
                          R"({"orderId":")" + order + R"(","userId":")" + user +
                              R"(","productId":"p1","quantity":1,"unitPrice":1250,)" +
                              R"("createdAt":"2026-11-19T09:00:00.000000Z"})");
}

RecordedEvent recordedEvent(const ImportedEvent& imported, qint64 position) {
    return test::recordedEvent(imported.stream.toStdString(), imported.event.type.toStdString(),
                               imported.event.data.toStdString(), imported.version->value(),
                               position, imported.event.recordedAt);
}

} // namespace

class TestOrderProjections : public QObject {
    Q_OBJECT

  private slots:
    void anOrdersRowFollowsItsStatus_data();
    void anOrdersRowFollowsItsStatus();
    void itemsChangeTotalAndCount();
    void theRowCarriesTimes();
    void aRenameReachesEveryRowOfThatUserAlone();
    void theNameIsKnownBeforeTheFirstOrder();
    void salesCountFromPaymentToRefund();
    void productsAreShownAsTheyAre();
    void spendFollowsPaymentsAndRefunds();
    void strangersGetRowsToo();
    void otherStreamsAreIgnored();
    void anEventThatCannotBeUnderstoodIsNamed();
    void viewsAgreeWithStates();
};

void TestOrderProjections::anOrdersRowFollowsItsStatus_data() {
    QTest::addColumn<std::string>("status");
    QTest::addColumn<QString>("row");
    const auto row = [](const char* status, const char* then) {
        QTest::newRow(status) << std::string(status) << QString::fromUtf8(then);
    };
    row("created", "o1 created 2500 Ada Lovelace 1 1");
    row("placed", "o1 placed 2500 Ada Lovelace 1 2");
    row("paid", "o1 paid 2500 Ada Lovelace 1 3");
    row("shipped", "o1 shipped 2500 Ada Lovelace 1 4");
    row("delivered", "o1 delivered 2500 Ada Lovelace 1 5");
    row("cancelled", "o1 cancelled 2500 Ada Lovelace 1 2");
    row("refunded", "o1 refunded 2500 Ada Lovelace 1 6");
}

void TestOrderProjections::anOrdersRowFollowsItsStatus() {
    QFETCH(std::string, status);
    QFETCH(QString, row);
    QCOMPARE(orderRows(shopWithOrder(status)), QStringList{row});
}

void TestOrderProjections::itemsChangeTotalAndCount() {
    OrderScenario scenario = shopWithOrder("created");
    scenario.given("order-o1", "ItemAdded", R"({"productId":"p2","quantity":3,"unitPrice":3000})");
    QCOMPARE(orderRows(scenario), QStringList{QStringLiteral("o1 created 11500 Ada Lovelace 2 2")});
    scenario.given("order-o1", "QuantityChanged", R"({"productId":"p2","quantity":1})");
    QCOMPARE(orderRows(scenario), QStringList{QStringLiteral("o1 created 5500 Ada Lovelace 2 3")});
    scenario.given("order-o1", "ItemRemoved", R"({"productId":"p1"})");
    QCOMPARE(orderRows(scenario), QStringList{QStringLiteral("o1 created 3000 Ada Lovelace 1 4")});
    scenario.given("order-o1", "ItemRemoved", R"({"productId":"p2"})");
    QCOMPARE(orderRows(scenario), QStringList{QStringLiteral("o1 created 0 Ada Lovelace 0 5")});
    // What a log says of products that are not in the order changes nothing.
    scenario.given("order-o1", "ItemRemoved", R"({"productId":"p2"})")
        .given("order-o1", "QuantityChanged", R"({"productId":"p1","quantity":7})");
    QCOMPARE(orderRows(scenario), QStringList{QStringLiteral("o1 created 0 Ada Lovelace 0 7")});
}

void TestOrderProjections::theRowCarriesTimes() {
    OrderScenario scenario = shopWithOrder("created");
    std::vector<RecordedEvent> log = scenario.log();
    log.push_back(test::recordedEvent("order-o1", "OrderPlaced", "{}", 2, 90, Timestamp(777)));
    const QStringList rows = rowsOf(
        OrderViews(), log,
        {QStringLiteral("user_id"), QStringLiteral("created_at"), QStringLiteral("updated_at")});
    QCOMPARE(rows, QStringList{QStringLiteral("u1 %1 777").arg(1'794'997'600'000'000)});
    const ViewSchema schema = OrderViews().schema();
    QStringList names;
    for (const ViewColumn& column : schema.columns)
        names.append(column.name);
    QCOMPARE(
        names.join(u','),
        QStringLiteral("id,status,total,user_name,user_id,items,version,created_at,updated_at"));
}

void TestOrderProjections::aRenameReachesEveryRowOfThatUserAlone() {
    OrderScenario scenario = shopWithOrder("paid");
    anotherOrder(scenario, "o2", "u2");
    anotherOrder(scenario, "o3", "u1");
    scenario.given("user-u1", "UserRenamed", R"({"name":"Ada King"})");
    QCOMPARE(orderRows(scenario), (QStringList{QStringLiteral("o1 paid 2500 Ada King 1 3"),
                                               QStringLiteral("o2 created 1250 王芳 1 1"),
                                               QStringLiteral("o3 created 1250 Ada King 1 1")}));
    anotherOrder(scenario, "o4", "u1");
    QCOMPARE(orderRows(scenario).last(), QStringLiteral("o4 created 1250 Ada King 1 1"));
}

void TestOrderProjections::theNameIsKnownBeforeTheFirstOrder() {
    OrderScenario scenario = shop();
    scenario.given("user-u1", "UserRenamed", R"({"name":"Ada King"})");
    QCOMPARE(orderRows(scenario), QStringList());
    anotherOrder(scenario, "o1", "u1");
    QCOMPARE(orderRows(scenario), QStringList{QStringLiteral("o1 created 1250 Ada King 1 1")});
}

void TestOrderProjections::salesCountFromPaymentToRefund() {
    const QString sold = QStringLiteral("p1 1250 2 2500 available");
    const QString unsold = QStringLiteral("p1 1250 0 0 available");
    for (const char* status : {"created", "placed", "cancelled", "refunded"})
        QCOMPARE(salesRows(shopWithOrder(status)).first(), unsold);
    for (const char* status : {"paid", "shipped", "delivered", "cancelled after payment"})
        QCOMPARE(salesRows(shopWithOrder(status)).first(), sold);

    OrderScenario scenario = shopWithOrder("created");
    scenario.given("order-o1", "ItemAdded", R"({"productId":"p2","quantity":3,"unitPrice":3000})")
        .given("order-o1", "QuantityChanged", R"({"productId":"p1","quantity":4})")
        .given("order-o1", "ItemAdded", R"({"productId":"p9","quantity":1,"unitPrice":100})")
        .given("order-o1", "ItemRemoved", R"({"productId":"p9"})")
        .given("product-p1", "PriceChanged", R"({"price":1})")
        .given("order-o1", "OrderPlaced")
        .given("order-o1", "OrderPaid", R"({"amount":14000,"method":"card"})");
    QCOMPARE(salesRows(scenario), (QStringList{QStringLiteral("p1 1 4 5000 available"),
                                               QStringLiteral("p2 3000 3 9000 available"),
                                               QStringLiteral("p9 100 0 0 discontinued")}));
}

void TestOrderProjections::productsAreShownAsTheyAre() {
    QCOMPARE(salesRows(shop()), (QStringList{QStringLiteral("p1 1250 0 0 available"),
                                             QStringLiteral("p2 3000 0 0 available"),
                                             QStringLiteral("p9 100 0 0 discontinued")}));
}

void TestOrderProjections::spendFollowsPaymentsAndRefunds() {
    QCOMPARE(
        spendRows(shopWithOrder("placed")),
        (QStringList{QStringLiteral("u1 Ada Lovelace 1 0 0"), QStringLiteral("u2 王芳 0 0 0")}));
    QCOMPARE(spendRows(shopWithOrder("paid")).first(), QStringLiteral("u1 Ada Lovelace 1 2500 0"));
    OrderScenario scenario = shopWithOrder("refunded");
    anotherOrder(scenario, "o2", "u1");
    scenario.given("order-o2", "OrderPlaced")
        .given("order-o2", "OrderPaid", R"({"amount":1250,"method":"card"})")
        .given("user-u1", "UserRenamed", R"({"name":"Ada King"})");
    QCOMPARE(spendRows(scenario).first(), QStringLiteral("u1 Ada King 2 1250 2500"));
}

void TestOrderProjections::strangersGetRowsToo() {
    OrderScenario scenario;
    anotherOrder(scenario, "o1", "u7");
    scenario.given("order-o1", "OrderPaid", R"({"amount":1250,"method":"card"})")
        .given("order-o2", "OrderPlaced");
    QCOMPARE(orderRows(scenario), QStringList{QStringLiteral("o1 paid 1250 - 1 2")});
    QCOMPARE(salesRows(scenario), QStringList{QStringLiteral("p1 - 1 1250 unknown")});
    QCOMPARE(spendRows(scenario), QStringList{QStringLiteral("u7 - 1 1250 0")});
}

void TestOrderProjections::otherStreamsAreIgnored() {
    OrderScenario scenario = shopWithOrder("paid");
    const QStringList before = orderRows(scenario) + salesRows(scenario) + spendRows(scenario);
    scenario.given("shipment-s1", "OrderShipped")
        .given("settlements", "OrderPaid", R"({"amount":1,"method":"card"})")
        .given("order-o1", "AddressSet", R"({"city":"Utrecht"})")
        .given("user-u1", "OrderCancelled")
        .given("product-p1", "UserRenamed", R"({"name":"x"})");
    QCOMPARE(orderRows(scenario) + salesRows(scenario) + spendRows(scenario), before);
}

void TestOrderProjections::anEventThatCannotBeUnderstoodIsNamed() {
    OrderScenario scenario = shopWithOrder("placed");
    scenario.given("order-o1", "OrderPaid", R"({"amount":"much"})");
    const QString why = QStringLiteral(
        "version 3 of order-o1: OrderPaid cannot be understood: field \"amount\" is not a whole "
        "number. Look at the event's payload.");
    QCOMPARE(orderRows(scenario), QStringList{why});
    QCOMPARE(salesRows(scenario), QStringList{why});
    QCOMPARE(spendRows(scenario), QStringList{why});
}

void TestOrderProjections::viewsAgreeWithStates() {
    constexpr qint64 events = 4000;
    DemoShop shop(events, 11);
    const OrderDomain domain;
    std::map<QString, Order> orders;
    std::map<QString, User> users;
    std::map<QString, Product> products;
    std::vector<RecordedEvent> log;
    for (qint64 position = 1; position <= events; ++position) {
        log.push_back(recordedEvent(shop.next(), position));
        const QString id = toQString(streamId(log.back().stream()));
        if (const auto order = typedEvent<OrderEvent>(log.back()); order && *order)
            orders[id] = *evolve(std::move(orders[id]), **order);
        else if (const auto user = typedEvent<UserEvent>(log.back()); user && *user)
            users[id] = *evolve(std::move(users[id]), **user);
        else if (const auto product = typedEvent<ProductEvent>(log.back()); product && *product)
            products[id] = *evolve(std::move(products[id]), **product);
    }
    QVERIFY(orders.size() > 300 && users.size() > 50 && products.size() > 20);

    QStringList expectedOrders;
    std::map<QString, std::pair<qint64, qint64>> sold;
    std::map<QString, std::array<qint64, 3>> spent;
    for (const auto& [id, order] : orders) {
        expectedOrders.append(QStringLiteral("%1 %2 %3 %4 %5")
                                  .arg(id, statusText(order.status), QString::number(order.total),
                                       users[order.userId].name,
                                       QString::number(order.items.size())));
        auto& [count, paid, refunded] = spent[order.userId];
        ++count;
        paid += order.paid - order.refunded;
        refunded += order.refunded;
        if (order.paid > order.refunded)
            for (const OrderItem& item : order.items) {
                sold[item.productId].first += item.quantity;
                sold[item.productId].second += item.quantity * item.unitPrice;
            }
    }
    QCOMPARE(rowsOf(OrderViews(), log,
                    {QStringLiteral("id"), QStringLiteral("status"), QStringLiteral("total"),
                     QStringLiteral("user_name"), QStringLiteral("items")}),
             expectedOrders);

    QStringList expectedSales;
    for (const auto& [id, product] : products)
        expectedSales.append(QStringLiteral("%1 %2 %3 %4 %5")
                                 .arg(id, product.name, QString::number(product.price),
                                      QString::number(sold[id].first),
                                      QString::number(sold[id].second)));
    QCOMPARE(rowsOf(ProductSales(), log,
                    {QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("price"),
                     QStringLiteral("units_sold"), QStringLiteral("revenue")}),
             expectedSales);

    QStringList expectedSpend;
    for (const auto& [id, user] : users)
        expectedSpend.append(QStringLiteral("%1 %2 %3 %4 %5")
                                 .arg(id, user.name, QString::number(spent[id][0]),
                                      QString::number(spent[id][1]),
                                      QString::number(spent[id][2])));
    QCOMPARE(rowsOf(CustomerSpend(), log,
                    {QStringLiteral("id"), QStringLiteral("user_name"), QStringLiteral("orders"),
                     QStringLiteral("spent"), QStringLiteral("refunded")}),
             expectedSpend);
}

QTEST_GUILESS_MAIN(TestOrderProjections)
#include "tst_order_projections.moc"
