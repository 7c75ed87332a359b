// The one way a command goes: checked, decided on the latest state, appended, followed by views.
#include "model/command/command_bus.h"
#include "model/domain/order/order_domain.h"
#include "store/event_store.h"
#include "support/scratch_store.h"

#include <QRegularExpression>

using namespace rewindow;
using namespace rewindow::test;

namespace {

const QString kOrder = QStringLiteral("order-o1");

/// The order domain, and somebody who does something else whenever it decides.
class InterruptedDomain final : public Domain {
  public:
    std::function<void(const Command&)> onDecide;

    QString name() const override { return m_orders.name(); }
    Json initialState(const QString& stream) const override {
        return m_orders.initialState(stream);
    }
    Result<Json> evolve(Json state, const RecordedEvent& event) const override {
        return m_orders.evolve(std::move(state), event);
    }
    std::span<const CommandSpec> commands() const override { return m_orders.commands(); }
    QStringList lookups(const Json& state, const Command& command) const override {
        return m_orders.lookups(state, command);
    }
    Decision decide(const Json& state, const Command& command,
                    const DecideContext& context) const override {
        if (onDecide)
            onDecide(command);
        return m_orders.decide(state, command, context);
    }
    std::vector<std::shared_ptr<const Projection>> projections() const override {
        return m_orders.projections();
    }

  private:
    OrderDomain m_orders;
};

CommandRequest request(const char* command, const char* data) {
    CommandRequest request;
    request.command = {QString::fromLatin1(command), *Json::parse(data)};
    return request;
}

} // namespace

class TestCommandBus : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();
    void anAcceptedCommandIsInTheLog();
    void anIdIsMadeUpOnce();
    void aRejectionAppendsNothing();
    void nothingToDoIsAccepted();
    void aFixedVersionMustBeTheActualOne();
    void aConflictIsDecidedAgain();
    void aFixedVersionIsNotDecidedAgain();
    void aConflictWithoutEndIsReported();
    void othersEventsAreSeen();
    void lookUpsSeeTheLatest();
    void viewsFollowUnlessPausedOrOff();
    void aViewThatCannotFollowLosesNoEvent();
    void badRequests_data();
    void badRequests();
    void aReadOnlyStoreIsNotWritten();
    void aStateThatCannotBeEvolvedIsAnError();
    void dataIsCheckedAndPutInOrder();

  private:
    Result<CommandOutcome> send(const char* command, const char* data) {
        return m_bus->send(request(command, data));
    }
    CommandAccepted accepted(const char* command, const char* data) {
        const auto outcome = send(command, data);
        if (!outcome || !std::holds_alternative<CommandAccepted>(*outcome))
            qFatal("%s was not accepted", command);
        return std::get<CommandAccepted>(*outcome);
    }
    qint64 eventsInLog() { return (*m_store)->reader().summary()->events; }

    std::unique_ptr<ScratchStore> m_store;
    std::shared_ptr<InterruptedDomain> m_domain;
    std::unique_ptr<CommandBus> m_bus;
    int m_ids = 0;
};

/// A store with a user, two products, and order o1 at version 1.
void TestCommandBus::init() {
    m_store = std::make_unique<ScratchStore>(QStringLiteral("order"));
    m_domain = std::make_shared<InterruptedDomain>();
    m_ids = 0;
    CommandBus::Sources sources;
    sources.now = [] { return Timestamp(1'795'000'000'000'000); };
    sources.eventId = [this] { return QStringLiteral("id-%1").arg(++m_ids); };
    sources.aggregateId = [this] { return QStringLiteral("o%1").arg(++m_ids % 3 + 1); };
    m_bus = std::make_unique<CommandBus>(**m_store, m_domain, sources);
    accepted("RegisterUser", R"({"userId":"u1","name":"Ada Lovelace"})");
    accepted("AddProduct", R"({"productId":"p1","name":"Mug","price":1250})");
    accepted("AddProduct", R"({"productId":"p2","name":"Tray","price":3000})");
    accepted("CreateOrder", R"({"orderId":"o1","userId":"u1","productId":"p1","quantity":2})");
}

void TestCommandBus::cleanup() {
    m_bus.reset();
    m_store.reset();
}

void TestCommandBus::anAcceptedCommandIsInTheLog() {
    CommandRequest add = request("AddItem", R"({"orderId":"o1","productId":"p2","quantity":1})");
    add.correlationId = QStringLiteral("c-7");
    add.causationId = QStringLiteral("cause");
    add.metadata = Json::object({{"user", Json("ada")}, {"command", Json("forged")}});
    ASSIGN_RESULT(outcome, m_bus->send(add));
    const auto& done = std::get<CommandAccepted>(outcome);
    QCOMPARE(done.stream, kOrder);
    QCOMPARE(done.version, StreamVersion(2));
    QCOMPARE(done.attempts, 1);
    QCOMPARE(done.events.size(), std::size_t(1));

    ASSIGN_RESULT(found, (*m_store)->reader().eventAt(done.position));
    QVERIFY(found);
    QCOMPARE(toQString(found->stream()), kOrder);
    QCOMPARE(toQString(found->id()), done.events[0].id);
    QCOMPARE(toQString(found->type()), QStringLiteral("ItemAdded"));
    QCOMPARE(toQString(found->data()),
             QStringLiteral(R"({"productId":"p2","quantity":1,"unitPrice":3000})"));
    QCOMPARE(toQString(found->metadata()), QStringLiteral(R"({"command":"AddItem","user":"ada"})"));
    QCOMPARE(toQString(found->correlationId()), QStringLiteral("c-7"));
    QCOMPARE(toQString(found->causationId()), QStringLiteral("cause"));
    QCOMPARE(found->recordedAt(), Timestamp(1'795'000'000'000'000));

    const CommandAccepted placed = accepted("PlaceOrder", R"({"orderId":"o1"})");
    QVERIFY(!placed.events[0].correlationId.isEmpty());
    QVERIFY(placed.events[0].correlationId != placed.events[0].id);
    QCOMPARE(placed.events[0].causationId, QString());
}

void TestCommandBus::anIdIsMadeUpOnce() {
    QSet<QString> streams;
    for (int i = 0; i < 2; ++i)
        streams.insert(
            accepted("CreateOrder", R"({"userId":"u1","productId":"p1","quantity":1})").stream);
    // The source knows o1, o2 and o3 alone; o1 was there.
    QCOMPARE(streams, (QSet<QString>{QStringLiteral("order-o2"), QStringLiteral("order-o3")}));
    ASSIGN_RESULT(events, EventStore(**m_store).load(QStringLiteral("order-o2")));
    QCOMPARE(toQString(Json::parse(events[0].data())->find("orderId")->text()),
             QStringLiteral("o2"));
    static const QRegularExpression shortId(QStringLiteral("^[0-9a-f]{8}$"));
    const CommandBus::Sources system = CommandBus::systemSources();
    QVERIFY(shortId.match(system.aggregateId()).hasMatch());
    QVERIFY(system.eventId() != system.eventId());
}

void TestCommandBus::aRejectionAppendsNothing() {
    const qint64 before = eventsInLog();
    ASSIGN_RESULT(outcome, send("ShipOrder", R"({"orderId":"o1"})"));
    const auto& rejected = std::get<CommandRejected>(outcome);
    QCOMPARE(rejected.stream, kOrder);
    QCOMPARE(rejected.reason, QStringLiteral("Order o1 is not paid, so it cannot be shipped."));
    ASSIGN_RESULT(unknown, send("ShipOrder", R"({"orderId":"o9"})"));
    QCOMPARE(std::get<CommandRejected>(unknown).reason, QStringLiteral("There is no order o9."));
    QCOMPARE(eventsInLog(), before);
}

void TestCommandBus::nothingToDoIsAccepted() {
    const qint64 before = eventsInLog();
    const CommandAccepted done =
        accepted("ChangeQuantity", R"({"orderId":"o1","productId":"p1","quantity":2})");
    QCOMPARE(done.version, StreamVersion(1));
    QCOMPARE(done.position, GlobalPosition(0));
    QVERIFY(done.events.empty());
    QCOMPARE(eventsInLog(), before);
}

void TestCommandBus::aFixedVersionMustBeTheActualOne() {
    CommandRequest place = request("PlaceOrder", R"({"orderId":"o1"})");
    for (const qint64 wrong : {0, 2, 9}) {
        place.expected = StreamVersion(wrong);
        ASSIGN_RESULT(outcome, m_bus->send(place));
        QCOMPARE(std::get<VersionConflict>(outcome),
                 (VersionConflict{StreamVersion(wrong), StreamVersion(1)}));
    }
    // A conflict comes before a rejection: the sender decided on another state.
    CommandRequest ship = request("ShipOrder", R"({"orderId":"o1"})");
    ship.expected = StreamVersion(5);
    ASSIGN_RESULT(conflict, m_bus->send(ship));
    QVERIFY(std::holds_alternative<VersionConflict>(conflict));
    place.expected = StreamVersion(1);
    ASSIGN_RESULT(right, m_bus->send(place));
    QCOMPARE(std::get<CommandAccepted>(right).version, StreamVersion(2));
    CommandRequest create =
        request("CreateOrder", R"({"orderId":"o2","userId":"u1","productId":"p1","quantity":1})");
    create.expected = StreamVersion(0);
    ASSIGN_RESULT(created, m_bus->send(create));
    QCOMPARE(std::get<CommandAccepted>(created).version, StreamVersion(1));
}

void TestCommandBus::aConflictIsDecidedAgain() {
    ASSIGN_RESULT(other, Store::open(m_store->url(), Store::Access::ReadWrite));
    CommandBus others(*other, std::make_shared<OrderDomain>());
    int decided = 0;
    m_domain->onDecide = [&](const Command& command) {
        if (command.name == u"ChangeQuantity" && ++decided <= 2)
            (void)others.send(request("ChangeQuantity",
                                      decided == 1
                                          ? R"({"orderId":"o1","productId":"p1","quantity":7})"
                                          : R"({"orderId":"o1","productId":"p1","quantity":8})"));
    };
    const CommandAccepted done =
        accepted("ChangeQuantity", R"({"orderId":"o1","productId":"p1","quantity":3})");
    QCOMPARE(done.attempts, 3);
    QCOMPARE(done.version, StreamVersion(4));
    ASSIGN_RESULT(events, EventStore(**m_store).load(kOrder));
    QStringList quantities;
    for (const RecordedEvent& event : events)
        quantities.append(
            QString::number(Json::parse(event.data())->find("quantity")->toInteger().value_or(-1)));
    QCOMPARE(quantities.join(u' '), QStringLiteral("2 7 8 3"));
    QCOMPARE(Json::parse(events.back().metadata())->find("attempt")->toInteger(),
             std::optional<qint64>(3));
    QVERIFY(!Json::parse(events[1].metadata())->find("attempt"));
}

void TestCommandBus::aFixedVersionIsNotDecidedAgain() {
    ASSIGN_RESULT(other, Store::open(m_store->url(), Store::Access::ReadWrite));
    CommandBus others(*other, std::make_shared<OrderDomain>());
    m_domain->onDecide = [&](const Command&) {
        (void)others.send(request("AddItem", R"({"orderId":"o1","productId":"p2","quantity":1})"));
    };
    CommandRequest change =
        request("ChangeQuantity", R"({"orderId":"o1","productId":"p1","quantity":3})");
    change.expected = StreamVersion(1);
    ASSIGN_RESULT(outcome, m_bus->send(change));
    QCOMPARE(std::get<VersionConflict>(outcome),
             (VersionConflict{StreamVersion(1), StreamVersion(2)}));
}

void TestCommandBus::aConflictWithoutEndIsReported() {
    ASSIGN_RESULT(other, Store::open(m_store->url(), Store::Access::ReadWrite));
    int decided = 0;
    m_domain->onDecide = [&](const Command&) {
        const NewEvent event{QStringLiteral("other-%1").arg(++decided),
                             QStringLiteral("QuantityChanged"),
                             QByteArray(R"({"productId":"p1","quantity":1)") +
                                 QByteArray::number(decided) + '}',
                             {},
                             {},
                             {},
                             Timestamp(1)};
        (void)EventStore(*other).append(kOrder, ExpectedVersion::any(), std::span(&event, 1));
    };
    ASSIGN_RESULT(outcome,
                  send("ChangeQuantity", R"({"orderId":"o1","productId":"p1","quantity":3})"));
    const auto& conflict = std::get<VersionConflict>(outcome);
    QCOMPARE(conflict.actual, conflict.expected.next());
    QCOMPARE(conflict.actual, StreamVersion(1 + decided));
    QVERIFY(decided > 10);
}

void TestCommandBus::othersEventsAreSeen() {
    ASSIGN_RESULT(other, Store::open(m_store->url(), Store::Access::ReadWrite));
    CommandBus others(*other, std::make_shared<OrderDomain>());
    (void)others.send(request("PlaceOrder", R"({"orderId":"o1"})"));
    const CommandAccepted paid = accepted("PayOrder", R"({"orderId":"o1","amount":2500})");
    QCOMPARE(paid.version, StreamVersion(3));
    QCOMPARE(paid.attempts, 1);
}

void TestCommandBus::lookUpsSeeTheLatest() {
    accepted("ChangePrice", R"({"productId":"p2","price":2900})");
    const CommandAccepted added =
        accepted("AddItem", R"({"orderId":"o1","productId":"p2","quantity":1})");
    QCOMPARE(added.events[0].data,
             QByteArray(R"({"productId":"p2","quantity":1,"unitPrice":2900})"));
    accepted("DiscontinueProduct", R"({"productId":"p2"})");
    ASSIGN_RESULT(outcome, send("CreateOrder",
                                R"({"orderId":"o2","userId":"u1","productId":"p2","quantity":1})"));
    QVERIFY(std::holds_alternative<CommandRejected>(outcome));
}

void TestCommandBus::viewsFollowUnlessPausedOrOff() {
    const auto status = [this] {
        const auto rows = (*m_store)->views().rows(QStringLiteral("order_views"), {});
        return rows && rows->size() == 1 ? toDisplay(rows->front().values[1]) : QString();
    };
    QCOMPARE(status(), QStringLiteral("created"));
    accepted("PlaceOrder", R"({"orderId":"o1"})");
    QCOMPARE(status(), QStringLiteral("placed"));

    ProjectionRunner runner(**m_store, OrderDomain().projections());
    QVERIFY_RESULT(runner.setPaused(QStringLiteral("order_views"), true));
    accepted("PayOrder", R"({"orderId":"o1","amount":2500})");
    QCOMPARE(status(), QStringLiteral("placed"));
    ASSIGN_RESULT(sales, (*m_store)->views().rows(QStringLiteral("product_sales"), {}));
    QCOMPARE(toDisplay(sales[0].values[3]), QStringLiteral("2"));

    QVERIFY_RESULT(runner.setPaused(QStringLiteral("order_views"), false));
    m_bus->setCatchesUp(false);
    accepted("ShipOrder", R"({"orderId":"o1"})");
    QCOMPARE(status(), QStringLiteral("placed"));
    m_bus->setCatchesUp(true);
    accepted("DeliverOrder", R"({"orderId":"o1"})");
    QCOMPARE(status(), QStringLiteral("delivered"));
}

void TestCommandBus::aViewThatCannotFollowLosesNoEvent() {
    RawStore(*m_store).refuseChanges("order_views");
    const auto outcome = send("PlaceOrder", R"({"orderId":"o1"})");
    QVERIFY(!outcome);
    QVERIFY2(outcome.error().sentence().contains(
                 QStringLiteral("accepted and order-o1 is at version 2")),
             qPrintable(outcome.error().sentence()));
    QCOMPARE(eventsInLog(), 5);
    RawStore(*m_store).letChanges("order_views");
    accepted("PayOrder", R"({"orderId":"o1","amount":2500})");
    ASSIGN_RESULT(rows, (*m_store)->views().rows(QStringLiteral("order_views"), {}));
    QCOMPARE(toDisplay(rows[0].values[1]), QStringLiteral("paid"));
}

void TestCommandBus::badRequests_data() {
    QTest::addColumn<std::string>("command");
    QTest::addColumn<std::string>("data");
    QTest::addColumn<QString>("why");
    const auto row = [](const char* name, const char* command, const char* data, const char* why) {
        QTest::newRow(name) << std::string(command) << std::string(data) << QString::fromUtf8(why);
    };
    row("unknown command", "EatOrder", "{}",
        "domain order knows no command \"EatOrder\". It knows RegisterUser, RenameUser, "
        "AddProduct, ChangePrice, DiscontinueProduct, CreateOrder, AddItem, RemoveItem, "
        "ChangeQuantity, PlaceOrder, PayOrder, ShipOrder, DeliverOrder, CancelOrder, RefundOrder.");
    row("missing fields", "PayOrder", "{}",
        "PayOrder: \"orderId\" is missing, \"amount\" is missing. It takes orderId, amount, method "
        "(optional).");
    row("mistyped number", "PayOrder", R"({"orderId":"o1","amount":"12.50"})",
        "PayOrder: \"amount\" must be a whole number of minor units (12.50 is 1250). It takes "
        "orderId, amount, method (optional).");
    row("mistyped text", "RenameUser", R"({"userId":7,"name":["x"]})",
        "RenameUser: \"userId\" must be a text, \"name\" must be a text. It takes userId, name.");
    row("unknown field", "PlaceOrder", R"({"orderId":"o1","when":"now"})",
        "PlaceOrder: \"when\" is no field of it. It takes orderId.");
    row("no object", "PlaceOrder", "[1]",
        "the data of PlaceOrder must be an object. It takes orderId.");
}

void TestCommandBus::badRequests() {
    QFETCH(std::string, command);
    QFETCH(std::string, data);
    QFETCH(QString, why);
    const qint64 before = eventsInLog();
    const auto outcome = send(command.c_str(), data.c_str());
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::Usage);
    QCOMPARE(outcome.error().sentence(), why);
    QCOMPARE(eventsInLog(), before);
}

void TestCommandBus::aReadOnlyStoreIsNotWritten() {
    ASSIGN_RESULT(store, Store::open(m_store->url(), Store::Access::Read));
    CommandBus bus(*store, m_domain);
    const auto outcome = bus.send(request("PlaceOrder", R"({"orderId":"o1"})"));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::ReadOnly);
    QCOMPARE(bus.send(request("EatOrder", "{}")).error().kind, Error::Kind::ReadOnly);
}

void TestCommandBus::aStateThatCannotBeEvolvedIsAnError() {
    m_store->append(kOrder, QStringLiteral("AddressSet"), "{}");
    const qint64 before = eventsInLog();
    const auto outcome = send("PlaceOrder", R"({"orderId":"o1"})");
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::BadInput);
    QVERIFY(outcome.error().sentence().startsWith(QStringLiteral("version 2 of order-o1: ")));
    QCOMPARE(eventsInLog(), before);
}

void TestCommandBus::dataIsCheckedAndPutInOrder() {
    const OrderDomain domain;
    const CommandSpec& spec = *domain.commandNamed(QStringLiteral("PayOrder"));
    const auto checked = [&spec](const char* data) {
        const auto result = checkedCommandData(spec, *Json::parse(data));
        return result ? QString::fromStdString(result->dump()) : result.error().sentence();
    };
    QCOMPARE(checked(R"({"method":"card","amount":" 25 ","orderId":"o1"})"),
             QStringLiteral(R"({"orderId":"o1","amount":25,"method":"card"})"));
    QCOMPARE(checked(R"({"orderId":"o1","amount":2.5e1,"method":null})"),
             QStringLiteral(R"({"orderId":"o1","amount":25})"));
    QCOMPARE(checked(R"({"orderId":"o1","amount":25,"method":""})"),
             QStringLiteral(R"({"orderId":"o1","amount":25})"));
    QVERIFY(checked(R"({"orderId":"o1","amount":9223372036854775808})")
                .contains(QStringLiteral("\"amount\" must be a whole number")));
    QVERIFY(checked(R"({"orderId":"o1","amount":true})")
                .contains(QStringLiteral("\"amount\" must be a whole number")));
}

QTEST_GUILESS_MAIN(TestCommandBus)
#include "tst_command_bus.moc"
