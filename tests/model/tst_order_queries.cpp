// The query side of the order domain, and the loop from command to answer.
#include "model/command/command_bus.h"
#include "model/domain/order/order_domain.h"
#include "model/domain/order/order_queries.h"
#include "store/event_store.h"
#include "support/scratch_store.h"

using namespace rewindow;
using namespace rewindow::test;

class TestOrderQueries : public QObject {
    Q_OBJECT

  private slots:
    void anOrderIsFoundLiveAndAsOf();
    void ordersOfAUser();
    void whatIsNotThere();
    void theEventStoreLoadsAndAppends();
};

namespace {

/// Sends, and answers the position of the last event; a failure ends the test.
GlobalPosition sent(CommandBus& bus, const char* command, const char* data) {
    const auto outcome =
        bus.send({{QString::fromLatin1(command), *Json::parse(data)}, {}, {}, {}, {}});
    if (!outcome || !std::holds_alternative<CommandAccepted>(*outcome))
        qFatal("%s was not accepted", command);
    return std::get<CommandAccepted>(*outcome).position;
}

} // namespace

void TestOrderQueries::anOrderIsFoundLiveAndAsOf() {
    ScratchStore store(QStringLiteral("order"));
    CommandBus bus(*store, std::make_shared<OrderDomain>());
    OrderQueryHandler queries(store->views());
    sent(bus, "RegisterUser", R"({"userId":"u1","name":"Ada Lovelace"})");
    const GlobalPosition before =
        sent(bus, "AddProduct", R"({"productId":"p1","name":"Mug","price":1250})");
    const GlobalPosition created =
        sent(bus, "CreateOrder", R"({"orderId":"o1","userId":"u1","productId":"p1","quantity":2})");
    const auto get = [&](std::optional<GlobalPosition> at = std::nullopt) {
        const auto found = queries.getOrder(QStringLiteral("o1"), at);
        return found ? *found : std::nullopt;
    };
    const OrderView first{QStringLiteral("o1"), QStringLiteral("created"), 2500,
                          QStringLiteral("Ada Lovelace")};
    QCOMPARE(get(), std::optional(first));

    const GlobalPosition placed = sent(bus, "PlaceOrder", R"({"orderId":"o1"})");
    const GlobalPosition renamed = sent(bus, "RenameUser", R"({"userId":"u1","name":"Ada King"})");
    OrderView last = first;
    last.status = QStringLiteral("placed");
    QCOMPARE(get(placed), std::optional(last));
    last.userName = QStringLiteral("Ada King");
    QCOMPARE(get(), std::optional(last));
    QCOMPARE(get(renamed), std::optional(last));
    QCOMPARE(get(created), std::optional(first));
    QCOMPARE(get(before), std::optional<OrderView>());
}

void TestOrderQueries::ordersOfAUser() {
    ScratchStore store(QStringLiteral("order"));
    CommandBus bus(*store, std::make_shared<OrderDomain>());
    OrderQueryHandler queries(store->views());
    sent(bus, "RegisterUser", R"({"userId":"u1","name":"Ada"})");
    sent(bus, "RegisterUser", R"({"userId":"u2","name":"Bo"})");
    sent(bus, "AddProduct", R"({"productId":"p1","name":"Mug","price":1250})");
    sent(bus, "CreateOrder", R"({"orderId":"b","userId":"u1","productId":"p1","quantity":2})");
    const GlobalPosition early =
        sent(bus, "CreateOrder", R"({"orderId":"c","userId":"u2","productId":"p1","quantity":1})");
    sent(bus, "CreateOrder", R"({"orderId":"a","userId":"u1","productId":"p1","quantity":4})");
    ASSIGN_RESULT(now, queries.ordersOf(QStringLiteral("u1")));
    QCOMPARE(now.size(), std::size_t(2));
    QCOMPARE(now[0].id, QStringLiteral("a"));
    QCOMPARE(now[0].total, qint64(5000));
    QCOMPARE(now[1].id, QStringLiteral("b"));
    ASSIGN_RESULT(then, queries.ordersOf(QStringLiteral("u1"), early));
    QCOMPARE(then.size(), std::size_t(1));
    QCOMPARE(then[0].id, QStringLiteral("b"));
}

void TestOrderQueries::whatIsNotThere() {
    ScratchStore store(QStringLiteral("order"));
    OrderQueryHandler queries(store->views());
    const auto noView = queries.getOrder(QStringLiteral("o1"));
    QVERIFY(!noView);
    QCOMPARE(noView.error().kind, Error::Kind::NotFound);
    CommandBus bus(*store, std::make_shared<OrderDomain>());
    sent(bus, "RegisterUser", R"({"userId":"u1","name":"Ada"})");
    ASSIGN_RESULT(none, queries.getOrder(QStringLiteral("o1")));
    QVERIFY(!none);
}

void TestOrderQueries::theEventStoreLoadsAndAppends() {
    ScratchStore store(QStringLiteral("order"));
    EventStore events(*store);
    const QString stream = QStringLiteral("order-o1");
    std::vector<NewEvent> three;
    for (int i = 1; i <= 3; ++i)
        three.push_back({QString::number(i),
                         QStringLiteral("Counted"),
                         QByteArray::number(i),
                         {},
                         {},
                         {},
                         Timestamp(i)});
    ASSIGN_RESULT(outcome,
                  events.append(stream, ExpectedVersion::exactly(StreamVersion(0)), three));
    QCOMPARE(std::get<Appended>(outcome).version, StreamVersion(3));
    NewEvent fourth = three.back();
    fourth.id = QStringLiteral("4");
    ASSIGN_RESULT(late, events.append(stream, ExpectedVersion::exactly(StreamVersion(1)),
                                      std::span(&fourth, 1)));
    QCOMPARE(std::get<VersionConflict>(late),
             (VersionConflict{StreamVersion(1), StreamVersion(3)}));

    const auto versions = [&](StreamVersion from, std::optional<StreamVersion> to) {
        QList<qint64> found;
        if (const auto loaded = events.load(stream, from, to))
            for (const RecordedEvent& event : *loaded)
                found.append(event.version().value());
        return found;
    };
    QCOMPARE(versions(StreamVersion(1), std::nullopt), (QList<qint64>{1, 2, 3}));
    QCOMPARE(versions(StreamVersion(2), std::nullopt), (QList<qint64>{2, 3}));
    QCOMPARE(versions(StreamVersion(2), StreamVersion(2)), (QList<qint64>{2}));
    ASSIGN_RESULT(nothing, events.load(QStringLiteral("order-none")));
    QVERIFY(nothing.empty());
}

QTEST_GUILESS_MAIN(TestOrderQueries)
#include "tst_order_queries.moc"
