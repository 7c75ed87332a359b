// One filter, one answer: by the database, while streaming, from JSON Lines, in the terminal, and
// by a brute-force look at every event.
#include "cli/terminal.h"
#include "model/domain/order/demo_history.h"
#include "store/event_filter.h"
#include "store/json_lines_source.h"
#include "store/store.h"
#include "support/brute_filter.h"
#include "support/store_files.h"

#include <functional>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

using Positions = QList<qint64>;

/// Of both stores; what does not occur in one finds nothing, or everything, there.
const char* const kFilters[] = {
    "",
    "type:OrderPaid",
    "type:Order*",
    "type:*d",
    "type=A_SUBMITTED",
    "type!=A_SUBMITTED",
    "type<M",
    "type>=OrderP",
    "-type:A_* -type:Order*",
    "type:A_DECLINED type:A_ACCEPTED type:OrderShipped",
    "type:OrderPaid and type:Order*",
    "type:\"W_Completeren aanvraag.COMPLETE\"",
    "type:*帽*",
    "stream:order-*",
    "stream:*-1736* -stream:*8",
    "stream=application-173688",
    "stream>application-17 stream<application-18",
    "category:order",
    "category:application",
    "category:ord* or category:*tion",
    "category!=user",
    "id:*7*",
    "has:id",
    "position<=100",
    "position>200 position<=260",
    "position=17",
    "position!=17 position<30",
    "version:1",
    "version>5",
    "version>=3 version<5",
    "version!=1 version<=2",
    "after:2011-10-03",
    "before:2011-10-02T12:00",
    "at:2011-10-05",
    "at>2011-10-05 at<=2026-11-20",
    "at!=2011-10-05",
    "after:2011-10-01T10:00:00.5+02:00 before:2011-10-01T12:00:00Z",
    "after:2026-10-01 before:2026-11-01 type:Order*",
    "has:correlation",
    "-has:causation",
    "correlation:*a*",
    "correlation=\"\"",
    "causation!=\"\"",
    "data.quantity>2",
    "data.quantity:1",
    "data.quantity!=1",
    "data.quantity>=2 data.quantity<=3",
    "data.unitPrice>1000 category:order",
    "data.amountRequested>20000",
    "data.amountRequested=5000",
    "data.amountRequested<5e3",
    "data.amountRequested>9999.5 data.amountRequested<10000.5",
    "data.applicationState:SUBMITTED",
    "data.applicationState:*DECL*",
    "data.applicationState>P",
    "data.registeredAt:2011-10-01",
    "data.registeredAt>2011-10-04",
    "data.registeredAt<=2011-10-01T12:00:00+02:00",
    "data.createdAt>2020-01-01 data.createdAt<now",
    "data.name:*a*",
    "data.userName:* or data.name:*",
    "has:data.quantity",
    "-has:data.applicationState",
    "has:meta.resource -meta.resource:112",
    "meta.resource:112",
    "meta.resource=112",
    "meta.resource:\"112\"",
    "meta.resource>\"112\"",
    "has:data.items[*].sku",
    "data.items[*].quantity>1",
    "data.items[1].quantity>1",
    "data.flag:true",
    "data.flag:false",
    "data.flag=true",
    "data.nothing:null",
    "data.nothing=null has:data.nothing",
    "data.big=12345678901234567",
    "data.\"a b\".\"c\\\"d\":1",
    "meta.user:ada",
    "data.hat:帽子",
    "帽子",
    "submitted",
    "\"\\\"resource\\\":\\\"112\\\"\"",
    "COMPLETE -type:*START*",
    "not (type:A_* or data.quantity:1)",
    "(type:A_SUBMITTED data.amountRequested>30000) or (type:OrderPlaced version<4)",
    "type:Order* data.quantity>1 after:2020-01-01 -meta.user:ada",
    "data.quantity>1 or meta.resource:112 or type:User*",
    "has:data.x or not has:meta.y",
    "-(data.quantity>1 -has:meta.resource)",
};

/// What some of them mean, said once more without a filter.
struct Spelled {
    const char* filter;
    std::function<bool(const RecordedEvent&)> means;
};

Json dataOf(const RecordedEvent& event) {
    return Json::parse(event.data()).value_or(Json());
}

const Spelled kSpelled[] = {
    {"type:Order*", [](const RecordedEvent& event) { return event.type().starts_with("Order"); }},
    {"version>=3 version<5",
     [](const RecordedEvent& event) {
         return event.version() == StreamVersion(3) || event.version() == StreamVersion(4);
     }},
    {"data.quantity>2",
     [](const RecordedEvent& event) {
         return dataOf(event)["quantity"].toInteger().value_or(0) > 2;
     }},
    {"data.quantity!=1",
     [](const RecordedEvent& event) { return dataOf(event)["quantity"].toInteger() != 1; }},
    {"meta.resource:112",
     [](const RecordedEvent& event) {
         return event.metadata().find(R"("resource":"112")") != std::string_view::npos;
     }},
    {"after:2011-10-03",
     [](const RecordedEvent& event) {
         return event.recordedAt() >= Timestamp::parse("2011-10-03T00:00:00Z").value();
     }},
    {"type:A_DECLINED type:A_ACCEPTED type:OrderShipped",
     [](const RecordedEvent& event) {
         return event.type() == "A_DECLINED" || event.type() == "A_ACCEPTED" ||
                event.type() == "OrderShipped";
     }},
    {"has:data.nothing data.nothing:null",
     [](const RecordedEvent& event) {
         return event.data().find(R"("nothing":null)") != std::string_view::npos;
     }},
};

} // namespace

class TestFilterPaths : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void answersAlike_data();
    void answersAlike();
    void meansWhatItSays();
    void theTerminalAnswersAlike_data();
    void theTerminalAnswersAlike();
    void theTerminalSaysWhereAFilterIsWrong();
    void theTerminalExplains();

  private:
    struct Case {
        std::unique_ptr<Store> store;
        std::vector<RecordedEvent> all;
        QString path;
    };
    /// Odd events, as a foreign writer might have left them: behind the store's back.
    static void addOddEvents(const QString& path);
    Positions brute(const Case& stored, const EventFilter& filter) const;
    static Positions read(Store& store, EventQuery query);

    Desk m_desk;
    std::map<QString, Case> m_cases;
};

void TestFilterPaths::addOddEvents(const QString& path) {
    OtherProgram sqlite(path);
    const char* const insert =
        "INSERT INTO events(position,event_id,stream,aggregate_type,aggregate_id,version,"
        "event_type,data,metadata,correlation_id,recorded_at) "
        "SELECT (SELECT max(position) FROM events)+1, 'odd-'||%1,%2,'','',%1,%3,%4,%5,%6,"
        "1317600000000000+%1";
    const char* const rows[][5] = {
        {"'odd'", "'Odd*[type]?'", "'not JSON \"quantity\":3'", "NULL", "NULL"},
        {"'odd'", "CAST(x'4fff64' AS TEXT)", "'{\"quantity\":3'", "''", "''"},
        {"CAST(x'6f64642d00ff' AS TEXT)", "CAST(x'4f72646572005061' AS TEXT)",
         "'{\"flag\":true,\"nothing\":null,\"big\":12345678901234567}'", "NULL", "'帽a'"},
        {"'帽子-1'", "'帽子'", "'{\"hat\":\"\\u5e3d\\u5b50\",\"flag\":\"true\"}'",
         "'{\"user\":\"ada\"}'", "'a*b'"},
        {"'odd-x'", "''", "'{\"quantity\":1,\"quantity\":7.0,\"flag\":false}'",
         "'{\"resource\":112}'", "NULL"},
        {"'odd-x'", "'Order'",
         "'{\"a b\":{\"c\\\"d\":1.0}, \"items\":[{\"sku\":null},{\"quantity\":2}]}'", "'[]'",
         "NULL"},
        {"'odd-y'", "'order paid'", "CAST(x'7b227175616e74697479223a337dff' AS TEXT)",
         "'{\"user\":\"Ada\"}'", "NULL"},
        {"'--'", "'A_'", "'[1,2,3]'", "'null'", "NULL"},
    };
    int number = 100;
    for (const auto& [stream, type, data, metadata, correlation] : rows) {
        const QString sql = QString::fromUtf8(insert).arg(
            QString::number(++number), QString::fromUtf8(stream), QString::fromUtf8(type),
            QString::fromUtf8(data), QString::fromUtf8(metadata), QString::fromUtf8(correlation));
        QVERIFY2(sqlite.run(sql.toUtf8().constData()), sqlite3_errmsg(sqlite.handle()));
    }
}

void TestFilterPaths::initTestCase() {
    {
        const QString path = m_desk.path(u"demo.db"_s);
        ASSIGN_RESULT(store, Store::create(StoreUrl::sqliteFile(path), u"order"_s));
        QVERIFY_RESULT(writeDemo(*store, 2'000, 3));
        store.reset();
        addOddEvents(path);
        ASSIGN_RESULT(opened, Store::open(StoreUrl::sqliteFile(path), Store::Access::Read));
        m_cases[u"demo"_s] = {std::move(opened), {}, path};
    }
    const QString log = loanLog();
    if (!log.isEmpty()) {
        constexpr int kEvents = 12'000;
        QFile whole(log);
        QVERIFY(whole.open(QIODevice::ReadOnly));
        QByteArray lines;
        for (int i = 0; i < kEvents; ++i)
            lines += whole.readLine();
        const QString jsonl = m_desk.write(u"loans.jsonl"_s, lines);
        const QString path = m_desk.path(u"loans.db"_s);
        ASSIGN_RESULT(store, Store::create(StoreUrl::sqliteFile(path), {}));
        QFile file(jsonl);
        QVERIFY(file.open(QIODevice::ReadOnly));
        ASSIGN_RESULT(writer, store->writer());
        QVERIFY_RESULT(writer->importAll(jsonLinesSource(file)));
        ASSIGN_RESULT(fromLines, Store::open(StoreUrl::parse(jsonl).value(), Store::Access::Read));
        m_cases[u"loans"_s] = {std::move(store), {}, path};
        m_cases[u"JSON Lines"_s] = {std::move(fromLines), {}, jsonl};
    }
    for (auto& [name, stored] : m_cases) {
        ASSIGN_RESULT(all, stored.store->reader().read({}));
        stored.all = std::move(all);
        QVERIFY(stored.all.size() >= 2'000);
    }
    QVERIFY(std::size(kFilters) >= 60);
}

Positions TestFilterPaths::brute(const Case& stored, const EventFilter& filter) const {
    const BruteFilter slow(filter.expression());
    Positions found;
    for (const RecordedEvent& event : stored.all)
        if (slow.accepts(event))
            found << event.position().value();
    return found;
}

Positions TestFilterPaths::read(Store& store, EventQuery query) {
    Positions found;
    const auto done = store.reader().forEach(query, [&found](RecordedEvent&& event) {
        found << event.position().value();
        return true;
    });
    if (!done)
        QTest::qFail(qPrintable(done.error().sentence()), __FILE__, __LINE__);
    return found;
}

void TestFilterPaths::answersAlike_data() {
    QTest::addColumn<QString>("filter");
    for (const char* filter : kFilters)
        QTest::newRow(filter) << QString::fromUtf8(filter);
}

void TestFilterPaths::answersAlike() {
    QFETCH(QString, filter);
    ASSIGN_RESULT(parsed, EventFilter::parse(filter));
    constexpr qint64 kStep = 64;
    bool isSome = false;
    for (const auto& [name, stored] : m_cases) {
        const Positions expected = brute(stored, parsed);
        isSome = isSome || !expected.isEmpty();
        EventQuery query;
        query.filter = parsed;
        const QByteArray where = name.toUtf8();
        QVERIFY2(read(*stored.store, query) == expected, where.constData());

        Positions streamed;
        for (const RecordedEvent& event : stored.all)
            if (parsed.accepts(event))
                streamed << event.position().value();
        QVERIFY2(streamed == expected, where.constData());

        ASSIGN_RESULT(samples, stored.store->reader().samplePositions(parsed, kStep));
        QCOMPARE(samples.rows, static_cast<qint64>(expected.size()));
        for (std::size_t i = 0; i < samples.positions.size(); ++i)
            QCOMPARE(samples.positions[i].value(),
                     expected.value(static_cast<qsizetype>(i) * kStep, -1));

        // A page from the middle, forwards and backwards.
        query.limit = 25;
        query.after = GlobalPosition(stored.all.back().position().value() / 2);
        const auto first = std::upper_bound(expected.begin(), expected.end(), query.after.value());
        const qsizetype before = first - expected.begin();
        QCOMPARE(read(*stored.store, query), expected.mid(before, 25));
        query.newestFirst = true;
        Positions newest(std::make_reverse_iterator(expected.end()),
                         std::make_reverse_iterator(first));
        QCOMPARE(read(*stored.store, query), newest.mid(0, 25));
        query.upTo = query.after;
        query.after = GlobalPosition(0);
        newest = Positions(std::make_reverse_iterator(first),
                           std::make_reverse_iterator(expected.begin()));
        QCOMPARE(read(*stored.store, query), newest.mid(0, 25));

        // Within one stream, in its own order.
        EventQuery ofStream;
        ofStream.stream = toQString(stored.all[stored.all.size() / 3].stream());
        ofStream.filter = parsed;
        Positions inStream;
        for (const RecordedEvent& event : stored.all)
            if (toQString(event.stream()) == *ofStream.stream &&
                expected.contains(event.position().value()))
                inStream << event.position().value();
        QCOMPARE(read(*stored.store, ofStream), inStream);
    }
    QVERIFY2(isSome || m_cases.size() == 1, "finds nothing in any store");
}

void TestFilterPaths::meansWhatItSays() {
    for (const Spelled& spelled : kSpelled) {
        ASSIGN_RESULT(filter, EventFilter::parse(QString::fromUtf8(spelled.filter)));
        for (const auto& [name, stored] : m_cases) {
            if (name == u"demo")
                continue; // whose odd events are odd on purpose
            Positions expected;
            for (const RecordedEvent& event : stored.all)
                if (spelled.means(event))
                    expected << event.position().value();
            EventQuery query;
            query.filter = filter;
            QVERIFY2(read(*stored.store, query) == expected, spelled.filter);
        }
    }
}

void TestFilterPaths::theTerminalAnswersAlike_data() {
    QTest::addColumn<QString>("filter");
    for (std::size_t i = 1; i < std::size(kFilters); i += 10)
        QTest::newRow(kFilters[i]) << QString::fromUtf8(kFilters[i]);
}

void TestFilterPaths::theTerminalAnswersAlike() {
    QFETCH(QString, filter);
    ASSIGN_RESULT(parsed, EventFilter::parse(filter));
    for (const auto& [name, stored] : m_cases) {
        RUN(events, 0, {u"events"_s, stored.path, u"--filter"_s, filter, u"--json"_s});
        Positions found;
        // An odd event's line is no better UTF-8 than the event.
        for (const QByteArray& line : events.out.split('\n'))
            if (line.startsWith("{\"position\":"))
                found << line.mid(12, line.indexOf(',') - 12).toLongLong();
        QVERIFY2(found == brute(stored, parsed), qPrintable(name));
    }
}

void TestFilterPaths::theTerminalSaysWhereAFilterIsWrong() {
    const QString path = m_cases.at(u"demo"_s).path;
    RUN(unknown, 2, {u"events"_s, path, u"--filter"_s, u"type:A tpye:B"_s});
    QVERIFY2(unknown.err.contains("column 8: \"tpye\""), unknown.err.constData());
    QCOMPARE(unknown.out, QByteArray());
}

void TestFilterPaths::theTerminalExplains() {
    const QString path = m_cases.at(u"demo"_s).path;
    const QString filter = u"type:Order* data.quantity>2 after:2020-01-01 -\"some text\""_s;
    RUN(plan, 0, {u"events"_s, path, u"--filter"_s, filter, u"--explain"_s, u"--json"_s});
    const auto lines = jsonLines(plan.out);
    QCOMPARE(lines.size(), 1u);
    const auto words = [](const Json& list) {
        QStringList texts;
        for (std::size_t i = 0; i < list.size(); ++i)
            texts << list.at(i).toQString();
        return texts;
    };
    QCOMPARE(words(lines[0]["database"]), (QStringList{u"type:Order*"_s, u"after:2020-01-01"_s}));
    QCOMPARE(words(lines[0]["streamed"]), (QStringList{u"data.quantity>2"_s, u"-\"some text\""_s}));
}

QTEST_GUILESS_MAIN(TestFilterPaths)
#include "tst_filter_paths.moc"
