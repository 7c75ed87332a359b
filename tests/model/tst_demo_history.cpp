// The demo: the same for the same seed, and a history that looks lived in.
#include "model/domain/order/demo_calendar.h"
#include "model/domain/order/demo_history.h"
#include "model/domain/order/demo_names.h"
#include "model/domain/order/demo_shop.h"
#include "model/domain/order/order_domain.h"
#include "model/domain/order/order_queries.h"
#include "model/projection/audit.h"
#include "model/projection/projection_runner.h"
#include "store/event_store.h"
#include "support/scratch_store.h"

#include <QHash>
#include <QSet>

using namespace rewindow;
using namespace rewindow::test;

namespace {

std::vector<ImportedEvent> played(qint64 events, quint64 seed) {
    DemoShop shop(events, seed);
    std::vector<ImportedEvent> log;
    for (qint64 i = 0; i < events; ++i)
        log.push_back(shop.next());
    return log;
}

bool same(const ImportedEvent& left, const ImportedEvent& right) {
    return left.stream == right.stream && left.version == right.version &&
           left.event == right.event;
}

QByteArray member(const QByteArray& json, const char* key) {
    const auto parsed = Json::parse(json.toStdString());
    return parsed ? (*parsed)[key].toQString().toUtf8() : QByteArray();
}

} // namespace

class TestDemoHistory : public QObject {
    Q_OBJECT

  private slots:
    void theSameSeedGivesTheSameHistory();
    void anyNumberOfEvents_data();
    void anyNumberOfEvents();
    void timesRunThroughSixWeeks();
    void thereIsLifeInIt();
    void causesComeBeforeTheirEffects();
    void theFirstOrderGoesThroughNearlyEverything();
    void namesAreFromEverywhere();
    void aStoreIsFilledAndItsViewsFollow();
    void cancellingLeavesNothing();
};

void TestDemoHistory::theSameSeedGivesTheSameHistory() {
    const auto first = played(700, 5);
    const auto again = played(700, 5);
    QVERIFY(std::ranges::equal(first, again, same));
    QVERIFY(!std::ranges::equal(first, played(700, 6), same));
    // The engine is the standard's: these numbers may not change from one machine to another.
    DemoRandom random(1);
    QCOMPARE(random.uuid(), QStringLiteral("2245bd5f-bb68-4f68-a2eb-92502318fa4e"));
    QCOMPARE(demoStoreId(2000, 1), demoStoreId(2000, 1));
    QVERIFY(demoStoreId(2000, 1) != demoStoreId(2000, 2));
    QVERIFY(demoStoreId(2000, 1) != demoStoreId(2001, 1));
}

void TestDemoHistory::anyNumberOfEvents_data() {
    QTest::addColumn<qint64>("events");
    for (const qint64 events : {1, 2, 3, 4, 7, 30, 333, 2000, 20000})
        QTest::addRow("%lld", static_cast<long long>(events)) << events;
}

void TestDemoHistory::anyNumberOfEvents() {
    QFETCH(qint64, events);
    const auto log = played(events, 1);
    QCOMPARE(qint64(log.size()), events);
    const OrderDomain domain;
    QHash<QString, Json> states;
    QHash<QString, StreamVersion> versions;
    QSet<QString> ids;
    Timestamp last;
    for (const ImportedEvent& imported : log) {
        RecordedEvent::Texts texts;
        const std::string stream = imported.stream.toStdString();
        const std::string type = imported.event.type.toStdString();
        texts[static_cast<std::size_t>(RecordedEvent::Text::Stream)] = stream;
        texts[static_cast<std::size_t>(RecordedEvent::Text::Type)] = type;
        texts[static_cast<std::size_t>(RecordedEvent::Text::Data)] = {
            imported.event.data.constData(), std::size_t(imported.event.data.size())};
        QVERIFY(imported.version);
        QCOMPARE(*imported.version, versions[imported.stream].next());
        versions[imported.stream] = *imported.version;
        Json& state = states[imported.stream];
        ASSIGN_RESULT(next, domain.evolve(std::move(state),
                                          RecordedEvent(GlobalPosition(1), *imported.version,
                                                        imported.event.recordedAt, texts)));
        state = next;
        QVERIFY(imported.event.recordedAt > last);
        last = imported.event.recordedAt;
        ids.insert(imported.event.id);
    }
    QCOMPARE(qint64(ids.size()), events);
}

void TestDemoHistory::timesRunThroughSixWeeks() {
    const DemoCalendar calendar;
    QCOMPARE(calendar.start().toString(), QStringLiteral("2026-10-12T08:00:00.000000Z"));
    for (const qint64 events : {500, 2000, 20000}) {
        const auto log = played(events, 3);
        QCOMPARE(log.front().event.recordedAt.toString().left(10), QStringLiteral("2026-10-12"));
        QCOMPARE(log.back().event.recordedAt.toString().left(10), QStringLiteral("2026-11-20"));
    }
    // Fewer at night, none packed at the weekend.
    int night = 0;
    int weekendParcels = 0;
    const auto log = played(5000, 3);
    for (const ImportedEvent& imported : log) {
        const qint64 hours = imported.event.recordedAt.microseconds() / 3'600'000'000;
        night += hours % 24 < 6;
        weekendParcels += imported.event.type == u"OrderShipped" && (hours / 24 + 3) % 7 >= 5;
    }
    QVERIFY2(night < 250, qPrintable(QString::number(night)));
    QCOMPARE(weekendParcels, 0);
}

void TestDemoHistory::thereIsLifeInIt() {
    QHash<QString, int> types;
    QHash<QString, int> streams;
    QHash<QString, int> lengths;
    int retried = 0;
    QSet<QByteArray> channels;
    for (const ImportedEvent& imported : played(kDemoEvents, kDemoSeed)) {
        ++types[imported.event.type];
        if (imported.version == StreamVersion(1))
            ++streams[imported.stream.section(u'-', 0, 0)];
        ++lengths[imported.stream];
        retried += member(imported.event.metadata, "attempt") == "2";
        channels.insert(member(imported.event.metadata, "channel"));
        QVERIFY(!member(imported.event.metadata, "command").isEmpty());
        QVERIFY(!member(imported.event.metadata, "user").isEmpty());
        QVERIFY(!imported.event.correlationId.isEmpty());
    }
    const auto between = [](int value, int lowest, int highest) {
        if (value < lowest || value > highest)
            qWarning("%d is not between %d and %d", value, lowest, highest);
        return value >= lowest && value <= highest;
    };
    QVERIFY(between(streams[QStringLiteral("user")], 40, 90));
    QVERIFY(between(streams[QStringLiteral("product")], 25, 45));
    QVERIFY(between(streams[QStringLiteral("order")], 220, 400));
    QVERIFY(between(types[QStringLiteral("UserRenamed")], 4, 30));
    QVERIFY(between(types[QStringLiteral("PriceChanged")], 8, 50));
    QVERIFY(between(types[QStringLiteral("ProductDiscontinued")], 2, 20));
    QVERIFY(between(types[QStringLiteral("OrderCancelled")], 15, 80));
    QVERIFY(between(types[QStringLiteral("OrderRefunded")], 10, 60));
    QVERIFY(between(types[QStringLiteral("OrderDelivered")], 100, 300));
    QVERIFY(between(types[QStringLiteral("ItemRemoved")], 10, 150));
    QVERIFY(between(types[QStringLiteral("QuantityChanged")], 20, 250));
    QVERIFY(between(retried, 2, 30));
    QVERIFY(between(int(std::ranges::count_if(lengths, [](int length) { return length >= 10; })),
                    15, 150));
    QVERIFY(channels.size() >= 6);
}

void TestDemoHistory::causesComeBeforeTheirEffects() {
    QHash<QString, std::pair<QString, QString>> seen; // id → correlation, stream
    int caused = 0;
    const auto log = played(kDemoEvents, kDemoSeed);
    for (const ImportedEvent& imported : log) {
        const NewEvent& event = imported.event;
        if (!event.causationId.isEmpty()) {
            QVERIFY(seen.contains(event.causationId));
            QCOMPARE(seen[event.causationId].first, event.correlationId);
            ++caused;
        }
        seen[event.id] = {event.correlationId, imported.stream};
    }
    QVERIFY(caused > int(log.size()) * 7 / 10);
}

void TestDemoHistory::theFirstOrderGoesThroughNearlyEverything() {
    for (const quint64 seed : {1, 2, 3}) {
        QStringList types;
        int retried = 0;
        for (const ImportedEvent& imported : played(kDemoEvents, seed))
            if (imported.stream == u"order-7f3a9c12") {
                types.append(imported.event.type);
                retried += member(imported.event.metadata, "attempt") == "2";
            }
        QCOMPARE(types.join(u' '),
                 QStringLiteral("OrderCreated ItemAdded ItemAdded ItemAdded ItemRemoved "
                                "QuantityChanged QuantityChanged OrderPlaced OrderPaid "
                                "OrderShipped OrderDelivered OrderRefunded"));
        QCOMPARE(retried, 1);
    }
}

void TestDemoHistory::namesAreFromEverywhere() {
    DemoRandom random(1);
    QSet<QString> names;
    QSet<QChar::Script> scripts;
    for (int i = 0; i < 500; ++i) {
        const DemoPerson person = demoPerson(random);
        names.insert(person.name);
        for (const QChar letter : person.name)
            scripts.insert(letter.script());
        for (const QChar letter : person.email)
            QVERIFY(letter.unicode() < 128);
        QVERIFY(person.email.contains(QStringLiteral("@example.")));
    }
    QVERIFY(names.size() > 150);
    for (const QChar::Script script :
         {QChar::Script_Latin, QChar::Script_Cyrillic, QChar::Script_Greek, QChar::Script_Han,
          QChar::Script_Hangul, QChar::Script_Arabic})
        QVERIFY(scripts.contains(script));
    QSet<QString> goods;
    for (qint64 i = 0; i < 1500; ++i) {
        const DemoGoods one = demoGoods(i, random);
        goods.insert(one.name);
        QVERIFY(one.price > 0);
    }
    QCOMPARE(goods.size(), qsizetype(1500));
    QCOMPARE(demoNewName(QStringLiteral("Nobody"), random), QStringLiteral("Nobody"));
}

void TestDemoHistory::aStoreIsFilledAndItsViewsFollow() {
    ScratchStore store(QStringLiteral("order"));
    qint64 done = 0;
    qint64 total = 0;
    QVERIFY_RESULT(writeDemo(*store, 2000, 1, [&](qint64 reached, qint64 all) {
        QVERIFY(reached >= done);
        done = reached;
        total = all;
    }));
    QCOMPARE(done, qint64(4000));
    QCOMPARE(total, qint64(4000));
    ASSIGN_RESULT(summary, store->reader().summary());
    QCOMPARE(summary.events, qint64(2000));
    QCOMPARE(summary.head, GlobalPosition(2000));
    for (const auto& projection : OrderDomain().projections()) {
        ASSIGN_RESULT(drifts, audit(*store, store->views(), *projection));
        QCOMPARE(drifts.size(), std::size_t(0));
    }
    ASSIGN_RESULT(statuses, store->views().status());
    QCOMPARE(statuses.size(), std::size_t(3));
    for (const ViewStatus& status : statuses)
        QCOMPARE(status.checkpoint, GlobalPosition(2000));
    ASSIGN_RESULT(order, OrderQueryHandler(store->views()).getOrder(QStringLiteral("7f3a9c12")));
    QVERIFY(order);
    QCOMPARE(order->status, QStringLiteral("refunded"));
    QCOMPARE(order->userName, QStringLiteral("Ada King"));

    const auto none = writeDemo(*store, 0, 1);
    QVERIFY(!none);
    QCOMPARE(none.error().kind, Error::Kind::Usage);
}

void TestDemoHistory::cancellingLeavesNothing() {
    ScratchStore store(QStringLiteral("order"));
    const CancelToken cancel;
    const auto outcome = writeDemo(
        *store, 5000, 1,
        [&cancel](qint64 done, qint64) {
            if (done > 2000)
                cancel.cancel();
        },
        cancel);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::Cancelled);
    ASSIGN_RESULT(summary, store->reader().summary());
    QCOMPARE(summary.events, qint64(0));
}

QTEST_GUILESS_MAIN(TestDemoHistory)
#include "tst_demo_history.moc"
