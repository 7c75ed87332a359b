// The schema that payloads show: presence, kinds, drift, limits, and the words that filter by it.
#include "model/statistics/findings.h"
#include "model/statistics/schema_drift.h"
#include "model/statistics/schema_inference.h"
#include "model/statistics/statistics_filter.h"
#include "model/statistics/statistics_pass.h"
#include "session_support.h"
#include "store/event_filter.h"

#include <QFile>

#include <algorithm>
#include <map>
#include <set>

using namespace rewindow;
using namespace rewindow::test;

namespace {

using What = SchemaDrift::What;

const SchemaPath* pathNamed(const std::vector<SchemaPath>& schema, const char* path) {
    const auto found = std::ranges::find(schema, QString::fromUtf8(path), &SchemaPath::path);
    return found == schema.end() ? nullptr : &*found;
}

qint64 eventsOf(const SchemaPath& path, ValueKind kind) {
    const auto found = std::ranges::find(path.kinds, kind, &KindStatistics::kind);
    return found == path.kinds.end() ? 0 : found->events;
}

ValueKind kindOf(const Json& value) {
    switch (value.kind()) {
    case Json::Kind::String:
        return ValueKind::String;
    case Json::Kind::Number:
        return value.text().find_first_of(".eE") == std::string_view::npos ? ValueKind::Integer
                                                                           : ValueKind::Number;
    case Json::Kind::Bool:
        return ValueKind::Boolean;
    case Json::Kind::Null:
        return ValueKind::Null;
    case Json::Kind::Array:
        return ValueKind::Array;
    case Json::Kind::Object:
        break;
    }
    return ValueKind::Object;
}

using KindsByPath = std::map<QString, std::set<ValueKind>>;

void collect(const Json& value, const QString& path, KindsByPath& into) {
    into[path].insert(kindOf(value));
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value.kind() == Json::Kind::Array)
            collect(value.at(i), path + QStringLiteral("[*]"), into);
        else
            collect(value.at(i), path + u'.' + toQString(value.keyAt(i)), into);
    }
}

} // namespace

class TestStatisticsSchema : public QObject {
    Q_OBJECT

  private slots:
    void ofTheDemo();
    void ofAStoreByHand();
    void isNotFooledByChance();
    void keepsWithinLimits();
    void countsWhatIsNotJson();
    void namesAnyKey();
    void wordsFindWhatTheyName_data();
    void wordsFindWhatTheyName();
    void wordsOfTimesAndPaths();

  private:
    ScratchFolder m_folder;
};

void TestStatisticsSchema::ofTheDemo() {
    const QString path = m_folder.path(QStringLiteral("demo.db"));
    QVERIFY_RESULT(createDemo(path, 3'000));
    ASSIGN_RESULT(store, Store::open(StoreUrl::sqliteFile(path), Store::Access::Read));
    ASSIGN_RESULT(events, store->reader().read({}));
    struct Expected {
        qint64 events = 0;
        std::map<ValueKind, qint64> kinds;
        GlobalPosition first;
        GlobalPosition last;
    };
    std::map<QString, std::map<QString, Expected>> expected;
    StatisticsPass pass;
    for (const RecordedEvent& event : events) {
        pass.add(event);
        ASSIGN_RESULT(data, Json::parse(event.data()));
        KindsByPath seen;
        collect(data, QStringLiteral("data"), seen);
        for (const auto& [place, kinds] : seen) {
            Expected& at = expected[toQString(event.type())][place];
            if (at.events++ == 0)
                at.first = event.position();
            at.last = event.position();
            for (const ValueKind kind : kinds)
                ++at.kinds[kind];
        }
    }
    const Statistics statistics = pass.statistics();
    QVERIFY(statistics.types.size() >= 10);
    for (const TypeStatistics& type : statistics.types) {
        const auto& paths = expected.at(type.type);
        QCOMPARE(type.schema.size(), paths.size());
        for (const SchemaPath& told : type.schema) {
            const auto known = paths.find(told.path);
            QVERIFY2(known != paths.end(), qPrintable(told.path));
            QCOMPARE(told.events, known->second.events);
            QCOMPARE(told.first, known->second.first);
            QCOMPARE(told.last, known->second.last);
            QCOMPARE(told.kinds.size(), known->second.kinds.size());
            for (const KindStatistics& kind : told.kinds)
                QCOMPARE(kind.events, known->second.kinds.at(kind.kind));
            if (told.parent >= 0)
                QCOMPARE(told.parentEvents,
                         type.schema[static_cast<std::size_t>(told.parent)].events);
        }
    }
}

/// Forty orders: a coupon from the 21st on, no legacy after the 20th, an amount that becomes a
/// number there, a note in every other one, lines that always have a sku and at times a gift.
void TestStatisticsSchema::ofAStoreByHand() {
    const QString path = m_folder.path(QStringLiteral("orders.jsonl"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (int i = 1; i <= 40; ++i) {
        const bool isNew = i > 20;
        QByteArray data =
            isNew ? R"({"amount":12,"coupon":"C")" : R"({"amount":"12","legacy":true)";
        if (i % 2 == 0)
            data += R"(,"note":null)";
        data += R"(,"items":[{"sku":"a"},{"sku":"b")";
        if (i % 5 == 0)
            data += R"(,"gift":1.5)";
        data += "}]}";
        file.write(R"({"stream":"order-)" + QByteArray::number(i) +
                   R"(","type":"OrderPlaced","data":)" + data + "}\n");
        file.write(R"({"stream":"other-1","type":"Other","data":[]})"
                   "\n");
    }
    file.close();
    ASSIGN_RESULT(store, Store::open(*StoreUrl::parse(path), Store::Access::Read));
    StatisticsPass pass;
    QVERIFY_RESULT(store->reader().forEach({}, [&](RecordedEvent&& event) {
        pass.add(event);
        return true;
    }));
    const Statistics statistics = pass.statistics();
    const auto type =
        std::ranges::find(statistics.types, QStringLiteral("OrderPlaced"), &TypeStatistics::type);
    QVERIFY(type != statistics.types.end());
    const auto& schema = type->schema;
    QCOMPARE(schema.size(), 9u);

    const SchemaPath* amount = pathNamed(schema, "data.amount");
    QVERIFY(amount && !amount->isOptional());
    QCOMPARE(eventsOf(*amount, ValueKind::String), 20);
    QCOMPARE(eventsOf(*amount, ValueKind::Integer), 20);
    // Every other position is one of Other's.
    QCOMPARE(amount->drift, (std::vector<SchemaDrift>{{What::KindChanged, ValueKind::String,
                                                       ValueKind::Integer, GlobalPosition(41)}}));
    const SchemaPath* coupon = pathNamed(schema, "data.coupon");
    QVERIFY(coupon && coupon->isOptional());
    QCOMPARE(coupon->drift.size(), 1u);
    QCOMPARE(coupon->drift[0].what, What::Appeared);
    QCOMPARE(coupon->drift[0].position, GlobalPosition(41));
    QCOMPARE(coupon->examples, QStringList{QStringLiteral("\"C\"")});
    const SchemaPath* legacy = pathNamed(schema, "data.legacy");
    QVERIFY(legacy);
    QCOMPARE(legacy->drift.size(), 1u);
    QCOMPARE(legacy->drift[0].what, What::Vanished);
    QCOMPARE(legacy->drift[0].position, GlobalPosition(39));
    const SchemaPath* note = pathNamed(schema, "data.note");
    QVERIFY(note && note->isOptional());
    QCOMPARE(note->events, 20);
    QVERIFY(note->drift.empty());
    const SchemaPath* sku = pathNamed(schema, "data.items[*].sku");
    QVERIFY(sku && !sku->isOptional());
    QCOMPARE(sku->events, 40);
    const SchemaPath* gift = pathNamed(schema, "data.items[*].gift");
    QVERIFY(gift && gift->isOptional());
    QCOMPARE(gift->events, 8);
    QCOMPARE(eventsOf(*gift, ValueKind::Number), 8);
    QVERIFY(gift->drift.empty());

    QStringList sentences;
    for (const Finding& finding : statistics.findings)
        sentences.append(finding.sentence);
    const QStringList expected{
        QStringLiteral("OrderPlaced: data.amount changed from string to integer at position 41"),
        QStringLiteral("OrderPlaced: data.legacy vanished after position 39"),
        QStringLiteral("OrderPlaced: data.coupon appeared at position 41"),
        QStringLiteral("Stream other-1 is 40 times as long as the median: 40 events")};
    QCOMPARE(sentences, expected);
    QCOMPARE(statistics.findings[2].path, QStringLiteral("data.coupon"));
    QCOMPARE(statistics.findings[2].position, GlobalPosition(41));
}

void TestStatisticsSchema::isNotFooledByChance() {
    QVERIFY(!isNoChance(0, 5, 10));
    QVERIFY(!isNoChance(5, 0, 10));
    QVERIFY(!isNoChance(1, 99, 100));        // once in a hundred
    QVERIFY(isNoChance(1, 99'999, 100'000)); // at the very end of very many
    QVERIFY(!isNoChance(3, 3, 6));           // once in twenty
    QVERIFY(isNoChance(10, 10, 20));
    QVERIFY(!isNoChance(100, 50, 10'000)); // rare: fifty without it are nothing
    QVERIFY(isNoChance(1'000'000, 1'000'000, 2'000'000));

    // A field in a tenth of the events, wherever it falls, is optional and no more.
    std::size_t budget = 100;
    SchemaInference schema(budget);
    quint32 random = 7;
    for (int i = 1; i <= 20'000; ++i) {
        random = random * 1664525u + 1013904223u;
        QVERIFY(schema.add((random >> 16) % 10 == 0 ? R"({"a":1,"b":2})" : R"({"a":1})",
                           GlobalPosition(i)));
    }
    for (const SchemaPath& path : schema.schema())
        QVERIFY2(path.drift.empty(), qPrintable(path.path));
}

void TestStatisticsSchema::keepsWithinLimits() {
    std::size_t budget = 10'000;
    SchemaInference schema(budget);
    std::string wide = "{";
    for (int i = 0; i < 1'000; ++i)
        wide += (i ? ",\"key" : "\"key") + std::to_string(i) + "\":{\"x\":[1]}";
    wide += '}';
    QVERIFY(schema.add(wide, GlobalPosition(1)));
    const std::string deep = std::string(10'000, '[') + std::string(10'000, ']');
    QVERIFY(schema.add(deep, GlobalPosition(2)));
    QVERIFY(schema.add("{\"" + std::string(100'000, 'k') + "\":1}", GlobalPosition(3)));
    const auto paths = schema.schema();
    QVERIFY(paths.size() <= SchemaInference::kMostPaths);
    QVERIFY(paths.front().keysLeftOut > 0);
    QVERIFY(budget >= 10'000 - SchemaInference::kMostPaths);

    std::size_t small = 5;
    SchemaInference poor(small);
    QVERIFY(poor.add(wide, GlobalPosition(1)));
    QCOMPARE(small, 0u);
    QCOMPARE(poor.schema().size(), 6u);
    QCOMPARE(poor.schema().front().events, 1);
}

void TestStatisticsSchema::countsWhatIsNotJson() {
    StatisticsPass pass;
    const char* payloads[] = {R"({"a":1})", R"({"a":1,"b")", "", "nonsense", R"({"a":2} x)"};
    for (const char* payload : payloads)
        pass.add({GlobalPosition(pass.events() + 1), StreamVersion(1), Timestamp(1),
                  RecordedEvent::Texts{"s-1", "", "T", payload, "", "", ""}});
    const Statistics statistics = pass.statistics();
    const TypeStatistics& type = statistics.types[0];
    QCOMPARE(type.notJson, 4);
    QCOMPARE(type.firstNotJson, GlobalPosition(2));
    QCOMPARE(type.schema.size(), 2u);
    QCOMPARE(type.schema[1].events, 1);
    QCOMPARE(type.schema[1].examples, QStringList{QStringLiteral("1")});
    QVERIFY(std::ranges::any_of(statistics.findings, [](const Finding& finding) {
        return finding.sentence == QStringLiteral("T: 4 of 5 payloads are not JSON") &&
               finding.position == GlobalPosition(2);
    }));
}

void TestStatisticsSchema::namesAnyKey() {
    std::size_t budget = 100;
    SchemaInference schema(budget);
    QVERIFY(schema.add(
        "{\"unit price\":1,\"\":2,\"a.b\":3,\"q\\\"\":4,\"\xe5\xb8\xbd\":\"x\\u001b[31m\"}",
        GlobalPosition(1)));
    const auto paths = schema.schema();
    QVERIFY(pathNamed(paths, R"(data."unit price")"));
    QVERIFY(pathNamed(paths, R"(data."")"));
    QVERIFY(pathNamed(paths, R"(data."a.b")"));
    QVERIFY(pathNamed(paths, R"(data."q\"")"));
    const SchemaPath* hat = pathNamed(paths, "data.帽");
    QVERIFY(hat);
    QCOMPARE(hat->examples, QStringList{QStringLiteral("\"x\\u001b[31m\"")});
}

void TestStatisticsSchema::wordsFindWhatTheyName_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"OrderPaid", "order-7f3a", "two words", "a\"b", "a\\b", "(x)",
                             "x or y", "-minus", "帽子", "a:b", "#", "and"})
        QTest::addRow("%s", name) << QString::fromUtf8(name);
}

void TestStatisticsSchema::wordsFindWhatTheyName() {
    QFETCH(QString, name);
    const QString other = QStringLiteral("Other");
    const auto accepts = [](const EventFilter& filter, const QString& type, const QString& stream,
                            const char* data = "{}") {
        const std::string typeBytes = type.toStdString();
        const std::string streamBytes = stream.toStdString();
        return filter.accepts({GlobalPosition(1), StreamVersion(1), Timestamp(1),
                               RecordedEvent::Texts{streamBytes, "", typeBytes, data, "", "", ""}});
    };
    ASSIGN_RESULT(ofType, EventFilter::parse(typeWord(name)));
    QVERIFY(accepts(ofType, name, other));
    QVERIFY(!accepts(ofType, other, name));
    ASSIGN_RESULT(ofStreams, EventFilter::parse(streamWords({other, name})));
    QVERIFY(accepts(ofStreams, QStringLiteral("T"), name));
    QVERIFY(accepts(ofStreams, QStringLiteral("T"), other));
    QVERIFY(!accepts(ofStreams, QStringLiteral("T"), QStringLiteral("third")));
    ASSIGN_RESULT(out, EventFilter::parse(filteredOut({}, typeWord(name))));
    QVERIFY(!accepts(out, name, other));
    QVERIFY(accepts(out, other, other));
    ASSIGN_RESULT(both, EventFilter::parse(filteredOut(streamWords({other}), typeWord(name))));
    QVERIFY(!accepts(both, name, other));
    QVERIFY(accepts(both, other, other));
    QVERIFY(!accepts(both, other, QStringLiteral("third")));

    // A key of that name, at the path that a schema gives it.
    const std::string data =
        Json::object({{"in", Json::array({Json::object({{name.toStdString(), Json(1)}})})}}).dump();
    std::size_t budget = 10;
    SchemaInference schema(budget);
    QVERIFY(schema.add(data, GlobalPosition(1)));
    ASSIGN_RESULT(has, EventFilter::parse(hasWord(schema.schema().back().path)));
    QVERIFY(accepts(has, other, other, data.c_str()));
    QVERIFY(!accepts(has, other, other, R"({"in":[{"another":1}]})"));
}

void TestStatisticsSchema::wordsOfTimesAndPaths() {
    QCOMPARE(hasWord(QStringLiteral("data")), QString());
    QCOMPARE(hasWord(QStringLiteral("data.coupon")), QStringLiteral("has:data.coupon"));
    QCOMPARE(filteredOut(QStringLiteral("type:T"), {}), QString());
    ASSIGN_RESULT(times, EventFilter::parse(timeWords(Timestamp(1'000), Timestamp(2'000))));
    for (const auto& [at, isIn] : {std::pair(999, false), std::pair(1'000, true),
                                   std::pair(1'999, true), std::pair(2'000, false)})
        QCOMPARE(times.accepts({GlobalPosition(1), StreamVersion(1), Timestamp(at),
                                RecordedEvent::Texts{"s", "", "T", "{}", "", "", ""}}),
                 isIn);
}

QTEST_GUILESS_MAIN(TestStatisticsSchema)
#include "tst_statistics_schema.moc"
