// The order domain's rules: given these events, when this command, then that.
#include "model/domain/order/order.h"
#include "model/order_scenario.h"

using namespace rewindow;
using namespace rewindow::test;

class TestOrderDomain : public QObject {
    Q_OBJECT

  private slots:
    void usersAndProducts_data();
    void usersAndProducts();
    void creatingAndChangingAnOrder_data();
    void creatingAndChangingAnOrder();
    void everyStepInEveryStatus_data();
    void everyStepInEveryStatus();
    void thePriceIsThatOfTheMoment();
    void anOrderThatDoesNotExist_data();
    void anOrderThatDoesNotExist();
    void amountsThatCannotBeReckoned();
    void statesAsJson();
    void whatDidNotChangeIsShared();
    void eventsThatCannotBeUnderstood_data();
    void eventsThatCannotBeUnderstood();
    void replayOrderTypesTheSameState();
    void everyCommandHasAFormThatFits();
};

void TestOrderDomain::usersAndProducts_data() {
    QTest::addColumn<std::string>("command");
    QTest::addColumn<std::string>("data");
    QTest::addColumn<QString>("then");
    const auto row = [](const char* name, const char* command, const char* data, const char* then) {
        QTest::newRow(name) << std::string(command) << std::string(data) << QString::fromUtf8(then);
    };
    row("register", "RegisterUser", R"({"userId":"u3","name":"Łukasz","email":"l@example.org"})",
        R"(UserRegistered{"userId":"u3","name":"Łukasz","email":"l@example.org"})");
    row("register without e-mail", "RegisterUser", R"({"userId":"u3","name":"Łukasz"})",
        R"(UserRegistered{"userId":"u3","name":"Łukasz"})");
    row("register twice", "RegisterUser", R"({"userId":"u1","name":"Bob"})",
        "rejected: User u1 is registered already, as Ada Lovelace.");
    row("rename", "RenameUser", R"({"userId":"u1","name":"Ada King"})",
        R"(UserRenamed{"name":"Ada King"})");
    row("rename to the same", "RenameUser", R"({"userId":"u1","name":"Ada Lovelace"})", "nothing");
    row("rename nobody", "RenameUser", R"({"userId":"u7","name":"Bob"})",
        "rejected: There is no user u7.");
    row("rename without a name", "RenameUser", R"({"userId":"u1","name":"  "})",
        "failed: RenameUser: \"name\" is missing. It takes userId, name.");
    row("add", "AddProduct", R"({"productId":"p3","name":"Pot","price":1})",
        R"(ProductAdded{"productId":"p3","name":"Pot","price":1})");
    row("add twice", "AddProduct", R"({"productId":"p1","name":"Pot","price":5})",
        "rejected: Product p1 is there already: Mug.");
    row("add for free", "AddProduct", R"({"productId":"p3","name":"Pot","price":0})",
        "failed: AddProduct: \"price\" must be at least 1. It takes productId (optional), name, "
        "price.");
    row("change the price", "ChangePrice", R"({"productId":"p1","price":1300})",
        R"(PriceChanged{"price":1300})");
    row("change the price to the same", "ChangePrice", R"({"productId":"p1","price":1250})",
        "nothing");
    row("change the price of nothing", "ChangePrice", R"({"productId":"p7","price":1})",
        "rejected: There is no product p7.");
    row("change the price of the past", "ChangePrice", R"({"productId":"p9","price":1})",
        "rejected: Product p9 is discontinued, so its price cannot change.");
    row("discontinue", "DiscontinueProduct", R"({"productId":"p1"})", "ProductDiscontinued{}");
    row("discontinue twice", "DiscontinueProduct", R"({"productId":"p9"})",
        "rejected: Product p9 is discontinued already.");
    row("discontinue nothing", "DiscontinueProduct", R"({"productId":"p7"})",
        "rejected: There is no product p7.");
}

void TestOrderDomain::usersAndProducts() {
    QFETCH(std::string, command);
    QFETCH(std::string, data);
    QFETCH(QString, then);
    QCOMPARE(shop().when(command, data), then);
}

void TestOrderDomain::creatingAndChangingAnOrder_data() {
    QTest::addColumn<std::string>("status");
    QTest::addColumn<std::string>("command");
    QTest::addColumn<std::string>("data");
    QTest::addColumn<QString>("then");
    const auto row = [](const char* name, const char* status, const char* command, const char* data,
                        const char* then) {
        QTest::newRow(name) << std::string(status) << std::string(command) << std::string(data)
                            << QString::fromUtf8(then);
    };
    row("create", "none", "CreateOrder",
        R"({"orderId":"o1","userId":"u1","productId":"p1","quantity":3})",
        R"(OrderCreated{"orderId":"o1","userId":"u1","productId":"p1","quantity":3,)"
        R"("unitPrice":1250,"createdAt":"2026-11-18T11:06:40.000000Z"})");
    row("create twice", "created", "CreateOrder",
        R"({"orderId":"o1","userId":"u1","productId":"p1","quantity":3})",
        "rejected: Order o1 is there already.");
    row("create for nobody", "none", "CreateOrder",
        R"({"orderId":"o1","userId":"u7","productId":"p1","quantity":3})",
        "rejected: There is no user u7.");
    row("create of nothing", "none", "CreateOrder",
        R"({"orderId":"o1","userId":"u1","productId":"p7","quantity":3})",
        "rejected: There is no product p7.");
    row("create of the past", "none", "CreateOrder",
        R"({"orderId":"o1","userId":"u1","productId":"p9","quantity":3})",
        "rejected: Product p9 (Jug) is discontinued, so it cannot be ordered.");
    row("create none of it", "none", "CreateOrder",
        R"({"orderId":"o1","userId":"u1","productId":"p1","quantity":0})",
        "failed: CreateOrder: \"quantity\" must be at least 1. It takes orderId (optional), "
        "userId, productId, quantity.");
    row("add", "created", "AddItem", R"({"orderId":"o1","productId":"p2","quantity":1})",
        R"(ItemAdded{"productId":"p2","quantity":1,"unitPrice":3000})");
    row("add again", "created", "AddItem", R"({"orderId":"o1","productId":"p1","quantity":1})",
        "rejected: Product p1 is in order o1 already; change its quantity instead.");
    row("add of the past", "created", "AddItem",
        R"({"orderId":"o1","productId":"p9","quantity":1})",
        "rejected: Product p9 (Jug) is discontinued, so it cannot be ordered.");
    row("add of nothing", "created", "AddItem", R"({"orderId":"o1","productId":"p7","quantity":1})",
        "rejected: There is no product p7.");
    row("add too late", "placed", "AddItem", R"({"orderId":"o1","productId":"p2","quantity":1})",
        "rejected: Order o1 is placed, so its items cannot change.");
    row("remove", "created", "RemoveItem", R"({"orderId":"o1","productId":"p1"})",
        R"(ItemRemoved{"productId":"p1"})");
    row("remove what is not there", "created", "RemoveItem", R"({"orderId":"o1","productId":"p2"})",
        "rejected: Product p2 is not in order o1.");
    row("remove too late", "paid", "RemoveItem", R"({"orderId":"o1","productId":"p1"})",
        "rejected: Order o1 is paid, so its items cannot change.");
    row("change", "created", "ChangeQuantity", R"({"orderId":"o1","productId":"p1","quantity":9})",
        R"(QuantityChanged{"productId":"p1","quantity":9})");
    row("change to the same", "created", "ChangeQuantity",
        R"({"orderId":"o1","productId":"p1","quantity":2})", "nothing");
    row("change what is not there", "created", "ChangeQuantity",
        R"({"orderId":"o1","productId":"p2","quantity":2})",
        "rejected: Product p2 is not in order o1.");
    row("change too late", "cancelled", "ChangeQuantity",
        R"({"orderId":"o1","productId":"p1","quantity":3})",
        "rejected: Order o1 is cancelled, so its items cannot change.");
    row("pay too little", "placed", "PayOrder", R"({"orderId":"o1","amount":2499})",
        "rejected: Order o1 costs 25.00, so it cannot be paid with 24.99.");
    row("pay too much", "placed", "PayOrder", R"({"orderId":"o1","amount":250000})",
        "rejected: Order o1 costs 25.00, so it cannot be paid with 2500.00.");
    row("pay by wallet", "placed", "PayOrder",
        R"({"orderId":"o1","amount":2500,"method":"wallet"})",
        R"(OrderPaid{"amount":2500,"method":"wallet"})");
    row("pay by shells", "placed", "PayOrder",
        R"({"orderId":"o1","amount":2500,"method":"shells"})",
        "failed: PayOrder: \"method\" must be one of card, transfer, wallet. It takes orderId, "
        "amount, method (optional).");
}

void TestOrderDomain::creatingAndChangingAnOrder() {
    QFETCH(std::string, status);
    QFETCH(std::string, command);
    QFETCH(std::string, data);
    QFETCH(QString, then);
    QCOMPARE((status == "none" ? shop() : shopWithOrder(status)).when(command, data), then);
}

void TestOrderDomain::everyStepInEveryStatus_data() {
    QTest::addColumn<std::string>("status");
    QTest::addColumn<QStringList>("then");
    // Of PlaceOrder, PayOrder, ShipOrder, DeliverOrder, CancelOrder, RefundOrder.
    const auto row = [](const char* status, const QStringList& then) {
        QTest::newRow(status) << std::string(status) << then;
    };
    const auto no = [](const char* why) {
        return QStringLiteral("rejected: Order o1 is ") + QString::fromUtf8(why);
    };
    const QString placed = QStringLiteral("OrderPlaced{}");
    const QString paid = QStringLiteral(R"(OrderPaid{"amount":2500,"method":"card"})");
    const QString shipped = QStringLiteral(R"(OrderShipped{"carrier":"UPS"})");
    const QString delivered = QStringLiteral("OrderDelivered{}");
    const QString cancelled = QStringLiteral(R"(OrderCancelled{"reason":"rain"})");
    const QString refunded = QStringLiteral(R"(OrderRefunded{"amount":2500})");
    row("created",
        {placed, no("not placed, so it cannot be paid."), no("not paid, so it cannot be shipped."),
         no("not shipped, so it cannot be delivered."), cancelled,
         no("not paid, so it cannot be refunded.")});
    row("placed", {no("placed already."), paid, no("not paid, so it cannot be shipped."),
                   no("not shipped, so it cannot be delivered."), cancelled,
                   no("not paid, so it cannot be refunded.")});
    row("paid", {no("paid, so it cannot be placed."), no("paid already."), shipped,
                 no("not shipped, so it cannot be delivered."), cancelled, refunded});
    row("shipped", {no("shipped, so it cannot be placed."), no("shipped, so it cannot be paid."),
                    no("shipped already."), delivered, no("shipped, so it cannot be cancelled."),
                    no("on its way, so it cannot be refunded before it is delivered.")});
    row("delivered",
        {no("delivered, so it cannot be placed."), no("delivered, so it cannot be paid."),
         no("delivered, so it cannot be shipped."), no("delivered already."),
         no("delivered, so it cannot be cancelled."), refunded});
    row("cancelled",
        {no("cancelled, so it cannot be placed."), no("cancelled, so it cannot be paid."),
         no("cancelled, so it cannot be shipped."), no("cancelled, so it cannot be delivered."),
         no("cancelled already."),
         QStringLiteral(
             "rejected: Order o1 was cancelled unpaid, so there is nothing to refund.")});
    row("cancelled after payment",
        {no("cancelled, so it cannot be placed."), no("cancelled, so it cannot be paid."),
         no("cancelled, so it cannot be shipped."), no("cancelled, so it cannot be delivered."),
         no("cancelled already."), refunded});
    row("refunded",
        {no("refunded, so it cannot be placed."), no("refunded, so it cannot be paid."),
         no("refunded, so it cannot be shipped."), no("refunded, so it cannot be delivered."),
         no("refunded, so it cannot be cancelled."), no("refunded already.")});
}

void TestOrderDomain::everyStepInEveryStatus() {
    QFETCH(std::string, status);
    QFETCH(QStringList, then);
    const std::pair<const char*, const char*> commands[] = {
        {"PlaceOrder", R"({"orderId":"o1"})"},
        {"PayOrder", R"({"orderId":"o1","amount":2500})"},
        {"ShipOrder", R"({"orderId":"o1","carrier":"UPS"})"},
        {"DeliverOrder", R"({"orderId":"o1"})"},
        {"CancelOrder", R"({"orderId":"o1","reason":"rain"})"},
        {"RefundOrder", R"({"orderId":"o1"})"}};
    QStringList actual;
    for (const auto& [name, data] : commands)
        actual.append(shopWithOrder(status).when(name, data));
    QCOMPARE(actual, then);
}

void TestOrderDomain::thePriceIsThatOfTheMoment() {
    OrderScenario scenario = shopWithOrder("created");
    scenario.given("product-p1", "PriceChanged", R"({"price":9900})")
        .given("product-p2", "PriceChanged", R"({"price":1})");
    QCOMPARE(scenario.when("AddItem", R"({"orderId":"o1","productId":"p2","quantity":5})"),
             QStringLiteral(R"(ItemAdded{"productId":"p2","quantity":5,"unitPrice":1})"));
    // The line that was there keeps its price: 2 × 12.50 + 5 × 0.01.
    QCOMPARE(scenario.state("order-o1")["total"].toInteger(), std::optional<qint64>(2505));
    scenario.given("product-p2", "PriceChanged", R"({"price":77})");
    QCOMPARE(scenario.state("order-o1")["total"].toInteger(), std::optional<qint64>(2505));
}

void TestOrderDomain::anOrderThatDoesNotExist_data() {
    QTest::addColumn<std::string>("command");
    QTest::addColumn<std::string>("data");
    for (const char* name :
         {"PlaceOrder", "ShipOrder", "DeliverOrder", "CancelOrder", "RefundOrder"})
        QTest::newRow(name) << std::string(name) << std::string(R"({"orderId":"o5"})");
    QTest::newRow("PayOrder") << std::string("PayOrder")
                              << std::string(R"({"orderId":"o5","amount":1})");
    for (const char* name : {"AddItem", "ChangeQuantity"})
        QTest::newRow(name) << std::string(name)
                            << std::string(R"({"orderId":"o5","productId":"p1","quantity":1})");
    QTest::newRow("RemoveItem") << std::string("RemoveItem")
                                << std::string(R"({"orderId":"o5","productId":"p1"})");
}

void TestOrderDomain::anOrderThatDoesNotExist() {
    QFETCH(std::string, command);
    QFETCH(std::string, data);
    QCOMPARE(shop().when(command, data), QStringLiteral("rejected: There is no order o5."));
}

void TestOrderDomain::amountsThatCannotBeReckoned() {
    OrderScenario scenario = shop();
    scenario.given("product-p3", "ProductAdded",
                   R"({"productId":"p3","name":"Moon","price":9223372036854775807})");
    QCOMPARE(scenario.when("CreateOrder",
                           R"({"orderId":"o1","userId":"u1","productId":"p3","quantity":2})"),
             QStringLiteral("rejected: Order o1 would cost more than can be reckoned."));
    QVERIFY(
        scenario
            .when("CreateOrder", R"({"orderId":"o1","userId":"u1","productId":"p3","quantity":1})")
            .startsWith(QStringLiteral("OrderCreated")));
    QCOMPARE(scenario.when("AddItem", R"({"orderId":"o1","productId":"p1","quantity":1})"),
             QStringLiteral("rejected: Order o1 would cost more than can be reckoned."));
    QCOMPARE(scenario.when("ChangeQuantity", R"({"orderId":"o1","productId":"p3","quantity":2})"),
             QStringLiteral("rejected: Order o1 would cost more than can be reckoned."));
    // A log that says so all the same is not shown with a wrong total.
    scenario.given("order-o1", "ItemAdded", R"({"productId":"p1","quantity":1,"unitPrice":1})");
    QVERIFY(
        scenario.state("order-o1")
            .toQString()
            .startsWith(QStringLiteral("version 2 of order-o1: ItemAdded cannot be applied: ")));
}

void TestOrderDomain::statesAsJson() {
    QCOMPARE(shop().state("order-o1").dump(), std::string("{}"));
    QCOMPARE(shop().state("user-u2").dump(), std::string(R"({"id":"u2","name":"王芳"})"));
    QCOMPARE(shop().state("product-p9").dump(),
             std::string(R"({"id":"p9","name":"Jug","price":100,"discontinued":true})"));
    QCOMPARE(shopWithOrder("delivered").state("order-o1").dump(),
             std::string(R"({"id":"o1","status":"delivered","userId":"u1",)"
                         R"("items":[{"productId":"p1","quantity":2,"unitPrice":1250}],)"
                         R"("total":2500,"paid":2500,"refunded":0,)"
                         R"("createdAt":"2026-11-18T10:26:40.000000Z",)"
                         R"("paymentMethod":"card","carrier":"DHL","trackingCode":"JD1"})"));
    QCOMPARE(shopWithOrder("refunded").state("order-o1")["refunded"].toInteger(),
             std::optional<qint64>(2500));
    QCOMPARE(shopWithOrder("cancelled").state("order-o1")["cancelReason"].toQString(),
             QStringLiteral("too late"));
}

void TestOrderDomain::whatDidNotChangeIsShared() {
    const OrderScenario scenario = shopWithOrder("created");
    const Json before = scenario.state("order-o1");
    const RecordedEvent placed = recordedEvent("order-o1", "OrderPlaced", "{}", 2);
    ASSIGN_RESULT(after, scenario.domain().evolve(before, placed));
    QCOMPARE(after["status"].toQString(), QStringLiteral("placed"));
    QCOMPARE(before["status"].toQString(), QStringLiteral("created"));
    QVERIFY(after.find("items")->isSharedWith(*before.find("items")));
    QVERIFY(after.find("createdAt")->isSharedWith(*before.find("createdAt")));
}

void TestOrderDomain::eventsThatCannotBeUnderstood_data() {
    QTest::addColumn<std::string>("type");
    QTest::addColumn<std::string>("data");
    QTest::addColumn<QString>("then");
    const auto row = [](const char* name, const char* type, const char* data, const char* then) {
        QTest::newRow(name) << std::string(type) << std::string(data) << QString::fromUtf8(then);
    };
    row("unknown type", "AddressSet", R"({"city":"Utrecht"})",
        "version 2 of order-o1: the order domain knows no event AddressSet in such a stream. "
        "Choose the "
        "domain the store was written with, or merge.");
    row("another aggregate's type", "UserRenamed", R"({"name":"Bob"})",
        "version 2 of order-o1: the order domain knows no event UserRenamed in such a stream. "
        "Choose the "
        "domain the store was written with, or merge.");
    row("missing field", "ItemAdded", R"({"productId":"p2","quantity":1})",
        "version 2 of order-o1: ItemAdded cannot be understood: field \"unitPrice\" is missing. "
        "Look at the event's payload.");
    row("mistyped number", "ItemAdded", R"({"productId":"p2","quantity":"1","unitPrice":5})",
        "version 2 of order-o1: ItemAdded cannot be understood: field \"quantity\" is not a whole "
        "number. Look at the event's payload.");
    row("fraction", "OrderPaid", R"({"amount":12.5,"method":"card"})",
        "version 2 of order-o1: OrderPaid cannot be understood: field \"amount\" is not a whole "
        "number. Look at the event's payload.");
    row("mistyped text", "ItemRemoved", R"({"productId":7})",
        "version 2 of order-o1: ItemRemoved cannot be understood: field \"productId\" is not a "
        "text. Look at the event's payload.");
    row("too few", "QuantityChanged", R"({"productId":"p1","quantity":0})",
        "version 2 of order-o1: QuantityChanged cannot be understood: field \"quantity\" is below "
        "1. Look at the event's payload.");
    row("no object", "OrderPlaced", "[]",
        "version 2 of order-o1: OrderPlaced cannot be understood: its data is not an object. Look "
        "at the event's payload.");
    row("of a product that is not there", "ItemRemoved", R"({"productId":"p2"})",
        "version 2 of order-o1: ItemRemoved cannot be applied: product p2 is removed from an order "
        "it is not in. Look at the events before it.");
    row("more back than was paid", "OrderRefunded", R"({"amount":1})",
        "version 2 of order-o1: OrderRefunded cannot be applied: more is refunded than was paid. "
        "Look at the events before it.");
}

void TestOrderDomain::eventsThatCannotBeUnderstood() {
    QFETCH(std::string, type);
    QFETCH(std::string, data);
    QFETCH(QString, then);
    OrderScenario scenario = shopWithOrder("created");
    scenario.given("order-o1", type, data);
    QCOMPARE(scenario.state("order-o1").toQString(), then);
    const auto replayed = replayOrder(scenario.stream("order-o1"));
    QVERIFY(!replayed);
    QCOMPARE(replayed.error().sentence(), then);
    QCOMPARE(replayed.error().kind, Error::Kind::BadInput);
}

void TestOrderDomain::replayOrderTypesTheSameState() {
    for (const char* status : {"created", "placed", "paid", "shipped", "delivered", "cancelled",
                               "cancelled after payment", "refunded"}) {
        OrderScenario scenario = shopWithOrder(status);
        ASSIGN_RESULT(order, replayOrder(scenario.stream("order-o1")));
        QCOMPARE(toJson(order).dump(), scenario.state("order-o1").dump());
        ASSIGN_RESULT(read, fromJson<Order>(scenario.state("order-o1")));
        QCOMPARE(toJson(read).dump(), toJson(order).dump());
    }
    ASSIGN_RESULT(none, replayOrder({}));
    QVERIFY(!none.exists());
}

void TestOrderDomain::everyCommandHasAFormThatFits() {
    const OrderDomain domain;
    QCOMPARE(domain.commands().size(), std::size_t(15));
    for (const CommandSpec& spec : domain.commands()) {
        QVERIFY2(!spec.help.isEmpty(), qPrintable(spec.name));
        Json data = Json::object();
        bool hasId = false;
        for (const CommandField& field : spec.fields) {
            QVERIFY2(!field.label.isEmpty(), qPrintable(field.name));
            hasId = hasId ||
                    (field.name == spec.idField && field.type == CommandField::Type::Reference &&
                     field.aggregateType == spec.aggregateType);
            const bool number = field.type == CommandField::Type::Integer ||
                                field.type == CommandField::Type::Money;
            data = std::move(data).with(field.name.toStdString(), number ? Json("7")
                                                                  : field.choices.isEmpty()
                                                                      ? Json("x")
                                                                      : Json(field.choices.last()));
        }
        QVERIFY2(hasId, qPrintable(spec.name));
        ASSIGN_RESULT(checked, checkedCommandData(spec, data));
        const Decision decision = domain.decide(Json::object(), {spec.name, checked}, {});
        if (const auto* rejection = std::get_if<Rejection>(&decision))
            QVERIFY2(rejection->reason.startsWith(QStringLiteral("There is no ")),
                     qPrintable(rejection->reason));
        else
            QVERIFY2(spec.creates, qPrintable(spec.name));
    }
}

QTEST_GUILESS_MAIN(TestOrderDomain)
#include "tst_order_domain.moc"
