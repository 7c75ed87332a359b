// What of filters reaches the database: a few shapes of text, everything else bound.
#include "store/event_filter.h"
#include "store/sql/filter_sql.h"
#include "store/sqlite/bind_values.h"
#include "store/sqlite/sqlite_dialect.h"
#include "store/store.h"
#include "support/brute_filter.h"
#include "support/store_files.h"

#include <QRandomGenerator>
#include <QRegularExpression>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestFilterSql : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void splitsBetweenDatabaseAndStream_data();
    void splitsBetweenDatabaseAndStream();
    void oneConditionDrives_data();
    void oneConditionDrives();
    void noTextOfAFilterIsSql();
    void randomFiltersFindWhatTheySay();
    void leavesWhatAForeignSchemaEncodes();
    void aLongFilterIsSplit();
    void stopsWhenCancelled();

  private:
    FilterSql::Translation translated(const QString& filter) const;
    EventFilter filterOf(const QString& text) const { return EventFilter::parse(text).value(); }

    PrivateDataHome m_home;
    QTemporaryDir m_folder;
    std::unique_ptr<Store> m_store;
    std::vector<RecordedEvent> m_all;
    std::unique_ptr<SqliteConnection> m_connection;
    std::optional<FilterSql> m_sql;
};

namespace {

/// Texts made of what means something to filters, to GLOB and to SQL.
QString anyText(QRandomGenerator& random, int longest) {
    const QStringList parts{u"a"_s, u"A"_s,     u"*"_s, u"?"_s,  u"["_s,  u"]"_s, u"%"_s,
                            u"_"_s, u"^"_s,     u"-"_s, u"'"_s,  u"é"_s,  u"𝄞"_s, u" "_s,
                            u"1"_s, u"order"_s, u";"_s, u"--"_s, u"\\"_s, u"\""_s};
    QString text;
    for (int length = random.bounded(longest + 1); length > 0; --length)
        text += parts[random.bounded(static_cast<int>(parts.size()))];
    return text;
}

QString quotedText(QString text) {
    return u'"' + text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"';
}

/// A condition about any field, by any sign, to any kind of value.
QString anyCondition(QRandomGenerator& random) {
    const auto one = [&random](const QStringList& list) {
        return list[random.bounded(static_cast<int>(list.size()))];
    };
    const QString sign = one({u":"_s, u":"_s, u"="_s, u"!="_s, u"<"_s, u"<="_s, u">"_s, u">="_s});
    switch (random.bounded(6)) {
    case 0:
    case 1:
        return one({u"type"_s, u"stream"_s, u"category"_s, u"id"_s, u"correlation"_s,
                    u"causation"_s}) +
               sign + quotedText(anyText(random, 3));
    case 2:
        return one({u"version"_s, u"position"_s}) + sign + QString::number(random.bounded(60));
    case 3:
        return u"at"_s + sign + one({u"2023-11-14"_s, u"2023-11-14T22:13:20Z"_s, u"2024-01-01"_s});
    case 4:
        return one({u"has:data.a"_s, u"has:meta.b"_s, u"has:correlation"_s, u"has:id"_s,
                    quotedText(u"x"_s + anyText(random, 2))});
    default:
        return one({u"data.a"_s, u"data.a[*]"_s, u"data.a[0]"_s, u"data.b.a"_s, u"meta.a"_s}) +
               sign + one({u"1"_s, u"2.5"_s, u"x"_s, u"\"1\""_s, u"\"\""_s, u"2023-11-14"_s});
    }
}

QString anyFilter(QRandomGenerator& random, int depth) {
    QString text;
    for (int count = random.bounded(1, 4); count > 0; --count) {
        if (random.bounded(4) == 0)
            text += u'-';
        text += depth > 0 && random.bounded(3) == 0 ? u'(' + anyFilter(random, depth - 1) + u')'
                                                    : anyCondition(random);
        if (count > 1)
            text += QStringList{u" "_s, u" or "_s, u" and "_s}[random.bounded(3)];
    }
    return text;
}

} // namespace

void TestFilterSql::initTestCase() {
    const QString path = m_folder.filePath(u"a.db"_s);
    ASSIGN_RESULT(store, Store::create(StoreUrl::sqliteFile(path), {}));
    ASSIGN_RESULT(writer, store->writer());
    QRandomGenerator random(2'026);
    const QList<QByteArray> payloads{R"({"a":1})",
                                     R"({"a":"1"})",
                                     R"({"a":[1,"x",2.5]})",
                                     R"({"b":{"a":"2023-11-14"}})",
                                     R"({"a":null})",
                                     R"({"a":"x","a":""})",
                                     R"("a")",
                                     R"({"\u0061":1.0})"};
    for (int i = 0; i < 300; ++i) {
        NewEvent event =
            newEvent(anyText(random, 2) + QString::number(i), anyText(random, 3) + u'a',
                     payloads[random.bounded(static_cast<int>(payloads.size()))]);
        if (random.bounded(2) == 0)
            event.metadata = payloads[random.bounded(static_cast<int>(payloads.size()))];
        if (random.bounded(3) == 0)
            event.correlationId = anyText(random, 3);
        event.recordedAt = Timestamp(1'700'000'000'000'000 + i * 10'000'000'000);
        QVERIFY_RESULT(writer->append(anyText(random, 3) + u'-' + anyText(random, 1),
                                      ExpectedVersion::any(), {&event, 1}));
    }
    // What no writer of ours leaves.
    store.reset();
    OtherProgram sqlite(path);
    QVERIFY(sqlite.run("UPDATE events SET event_type=CAST(x'610061' AS TEXT) WHERE position%23=1;"
                       "UPDATE events SET event_type=CAST(x'a961ffc3a9a9' AS TEXT) "
                       "WHERE position%29=1;"
                       "UPDATE events SET data='{\"a\":1' WHERE position%31=1;"
                       "UPDATE events SET correlation_id='' WHERE position%17=1;"));
    ASSIGN_RESULT(opened, Store::open(StoreUrl::sqliteFile(path), Store::Access::Read));
    m_store = std::move(opened);
    ASSIGN_RESULT(all, m_store->reader().read({}));
    m_all = std::move(all);
    QCOMPARE(m_all.size(), 300u);

    ASSIGN_RESULT(connection, SqliteConnection::open(path, SqliteConnection::Mode::ReadOnly));
    m_connection = std::move(connection);
    for (const Profile& profile : Profile::all())
        if (profile.writable)
            m_sql.emplace(profile, u"\"stream\""_s, std::make_shared<SqliteDialect>(*m_connection));
    QVERIFY(m_sql);
}

FilterSql::Translation TestFilterSql::translated(const QString& filter) const {
    return m_sql->translate(filterOf(filter).expression(), true);
}

void TestFilterSql::splitsBetweenDatabaseAndStream_data() {
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QStringList>("database");
    QTest::addColumn<QStringList>("streamed");
    QTest::newRow("nothing") << QString() << QStringList() << QStringList();
    QTest::newRow("columns") << u"type:A* version>2 at:2026-01-01 has:id"_s
                             << QStringList{u"type:A*"_s, u"version>2"_s, u"at:2026-01-01"_s,
                                            u"has:id"_s}
                             << QStringList();
    QTest::newRow("both") << u"type:A data.x:1 -\"b c\" stream:s"_s
                          << QStringList{u"type:A"_s, u"stream:s"_s}
                          << QStringList{u"data.x:1"_s, u"-\"b c\""_s};
    QTest::newRow("not apart") << u"type:A or data.x:1"_s << QStringList()
                               << QStringList{u"type:A or data.x:1"_s};
    QTest::newRow("either column")
        << u"(type:A or version:2) category:order"_s
        << QStringList{u"type:A or version:2"_s, u"category:order"_s} << QStringList();
    QTest::newRow("what GLOB sees otherwise")
        << u"type:é* category:o*"_s << QStringList() << QStringList{u"type:é*"_s, u"category:o*"_s};
}

void TestFilterSql::splitsBetweenDatabaseAndStream() {
    QFETCH(QString, filter);
    QFETCH(QStringList, database);
    QFETCH(QStringList, streamed);
    const FilterPlan plan = m_store->reader().filterPlan(filterOf(filter));
    QCOMPARE(plan.database, database);
    QCOMPARE(plan.streamed, streamed);
}

void TestFilterSql::oneConditionDrives_data() {
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("index");
    QTest::newRow("type") << u"type:A"_s << u"events_by_type"_s;
    QTest::newRow("stream before type") << u"type:A stream:s"_s << u"(stream=?"_s;
    QTest::newRow("id before all") << u"type:A stream:s id:1"_s << u"(event_id=?"_s;
    QTest::newRow("correlation") << u"type:A correlation:c"_s << u"events_by_correlation"_s;
    QTest::newRow("position") << u"position>5 version>2"_s << u"PRIMARY KEY (rowid>?"_s;
    QTest::newRow("type after position") << u"position>5 type:A"_s << u"events_by_type"_s;
    QTest::newRow("neither of two") << u"type:A type:B"_s << u"SCAN"_s;
    QTest::newRow("a pattern") << u"type:A*"_s << u"SCAN"_s;
    QTest::newRow("what is absent") << u"correlation:\"\""_s << u"SCAN"_s;
}

void TestFilterSql::oneConditionDrives() {
    QFETCH(QString, filter);
    QFETCH(QString, index);
    const auto translation = translated(filter);
    const QString sql =
        u"EXPLAIN QUERY PLAN SELECT * FROM events WHERE %1 ORDER BY %2 LIMIT 10"_s.arg(
            translation.terms.join(u" AND "_s),
            translation.isOneStream ? u"version"_s : u"position"_s);
    OtherProgram sqlite(m_store->info().url.path());
    QByteArray plan;
    for (const auto& row : sqlite.rows(sql.toUtf8().constData()))
        plan += row.last() + '\n';
    QVERIFY2(plan.contains(index.toUtf8()), plan.constData());
    QVERIFY2(!plan.contains("TEMP B-TREE"), plan.constData());
}

void TestFilterSql::noTextOfAFilterIsSql() {
    // All that a statement may be made of.
    const QRegularExpression pieces(QRegularExpression::anchoredPattern(
        uR"~((coalesce\("(event_type|stream|event_id|correlation_id|causation_id)",''\))~"
        uR"~(|"(event_type|stream|event_id|correlation_id|causation_id|position|version)")~"
        uR"~(|\+"(position|recorded_at)"|NOT |AND| OR |GLOB|<>''|<=|>=|<>|[<>=?() ])*)~"_s));
    QRandomGenerator random(7);
    int answered = 0;
    for (int round = 0; round < 10'000; ++round) {
        const QString text = anyFilter(random, 2);
        const auto filter = EventFilter::parse(text);
        if (!filter)
            continue;
        const auto translation = m_sql->translate(filter->expression(), true);
        for (const QString& term : translation.terms) {
            QVERIFY2(pieces.match(term).hasMatch(), qPrintable(term));
            ++answered;
        }
        QCOMPARE(translation.terms.join(u' ').count(u'?'),
                 static_cast<qsizetype>(translation.values.size()));
    }
    QVERIFY(answered > 5'000);
}

void TestFilterSql::randomFiltersFindWhatTheySay() {
    QRandomGenerator random(99);
    qint64 found = 0;
    int read = 0;
    for (int round = 0; round < 1'500; ++round) {
        const QString text = anyFilter(random, 2);
        const auto filter = EventFilter::parse(text);
        if (!filter)
            continue;
        ++read;
        EventQuery query;
        query.filter = *filter;
        ASSIGN_RESULT(events, m_store->reader().read(query));
        QList<qint64> fromStore;
        for (const RecordedEvent& event : events)
            fromStore << event.position().value();
        QList<qint64> fromMemory;
        QList<qint64> expected;
        const BruteFilter brute(filter->expression());
        for (const RecordedEvent& event : m_all) {
            if (filter->accepts(event))
                fromMemory << event.position().value();
            if (brute.accepts(event))
                expected << event.position().value();
        }
        QVERIFY2(fromStore == expected, qPrintable(filter->toString()));
        QVERIFY2(fromMemory == expected, qPrintable(filter->toString()));
        found += expected.size();
    }
    QVERIFY(read > 1'000);
    QVERIFY(found > 10'000);
}

void TestFilterSql::leavesWhatAForeignSchemaEncodes() {
    ASSIGN_RESULT(profile, Profile::parse(R"({
        "name": "ledger", "database": "sqlite",
        "recognisedBy": [{"table": "ledger", "columns": ["seq", "book"]}],
        "events": {"table": "ledger", "position": "seq", "stream": "book",
                   "version": {"column": "line", "countsFrom": 0}, "type": "what", "data": "body",
                   "metadata": "meta", "correlationId": {"pointer": "/c"},
                   "recordedAt": {"column": "at", "encoding": "epoch-seconds"}}})",
                                          u"ledger.json"_s));
    const QString path = m_folder.filePath(u"ledger.db"_s);
    OtherProgram sqlite(path);
    QVERIFY(
        sqlite.run("CREATE TABLE ledger(seq INTEGER PRIMARY KEY, book TEXT, line, "
                   "what TEXT COLLATE NOCASE, body, meta, at);"
                   "INSERT INTO ledger VALUES(1,'a-1',0,'Paid','{\"x\":1}','{\"c\":\"k\"}',10.5),"
                   "(2,'a-1','1','paid',x'7b2278223a317d',NULL,11),"
                   "(3,'b-1',0,7,NULL,'{\"c\":\"l\"}','12'),(4,NULL,NULL,NULL,NULL,NULL,NULL);"));
    ASSIGN_RESULT(connection, SqliteConnection::open(path, SqliteConnection::Mode::ReadOnly));
    const FilterSql sql(profile, u"\"book\""_s, std::make_shared<SqliteDialect>(*connection));
    const auto terms = [&](const char* filter) {
        return sql.translate(filterOf(QString::fromUtf8(filter)).expression(), true);
    };
    QCOMPARE(terms("stream:a-1").terms, QStringList{u"\"book\"=?"_s});
    QCOMPARE(terms("type:paid").terms, QStringList{u"coalesce(CAST(\"what\" AS TEXT),'')=?"_s});
    QCOMPARE(terms("after:2026-01-01").terms, QStringList());
    QCOMPARE(terms("correlation:k").terms, QStringList());
    QCOMPARE(terms("causation:k").terms, QStringList{u"''=?"_s});
    QCOMPARE(terms("version>1").terms, QStringList{u"coalesce(CAST(\"line\" AS BIGINT),0)>?"_s});
    QCOMPARE(std::get<qint64>(terms("version>1").values.front()), 0);

    QFile file(QDir(Profile::userFolder()).filePath(u"ledger.json"_s));
    QVERIFY(QDir().mkpath(Profile::userFolder()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({
        "name": "ledger", "database": "sqlite",
        "recognisedBy": [{"table": "ledger", "columns": ["seq", "book"]}],
        "events": {"table": "ledger", "position": "seq", "stream": "book",
                   "version": {"column": "line", "countsFrom": 0}, "type": "what", "data": "body",
                   "metadata": "meta", "correlationId": {"pointer": "/c"},
                   "recordedAt": {"column": "at", "encoding": "epoch-seconds"}}})");
    file.close();
    ASSIGN_RESULT(store, Store::open(StoreUrl::sqliteFile(path), Store::Access::Read));
    ASSIGN_RESULT(all, store->reader().read({}));
    QCOMPARE(all.size(), 4u);
    for (const char* text : {"type:paid",
                             "type:Paid",
                             "type=7",
                             "type:\"\"",
                             "type!=Paid",
                             "type>P",
                             "type:p*",
                             "stream:a-1",
                             "stream:\"\"",
                             "-stream:a*",
                             "category:a",
                             "category:\"\"",
                             "category!=a",
                             "version:1",
                             "version:2",
                             "version<2",
                             "version!=1",
                             "position>2",
                             "position=0",
                             "at:1970-01-01T00:00:10",
                             "at>1970-01-01T00:00:10",
                             "at:1970-01-01T00:00:00",
                             "correlation:k",
                             "has:correlation",
                             "-has:causation",
                             "data.x:1",
                             "type:Paid data.x=1",
                             "has:meta",
                             "id:\"\""}) {
        EventQuery query;
        query.filter = filterOf(QString::fromUtf8(text));
        const BruteFilter brute(query.filter.expression());
        ASSIGN_RESULT(events, store->reader().read(query));
        QList<qint64> found;
        for (const RecordedEvent& event : events)
            found << event.position().value();
        QList<qint64> expected;
        for (const RecordedEvent& event : all)
            if (brute.accepts(event))
                expected << event.position().value();
        QVERIFY2(found == expected, text);
        ASSIGN_RESULT(samples, store->reader().samplePositions(query.filter, 1));
        QCOMPARE(samples.rows, static_cast<qint64>(expected.size()));
    }
}

void TestFilterSql::aLongFilterIsSplit() {
    QStringList words;
    for (int i = 0; i < 900; ++i)
        words << u"id:%1"_s.arg(i);
    QStringList others;
    for (int i = 0; i < 900; ++i)
        others << u"-version:%1"_s.arg(i + 2);
    for (const QString& text : {words.join(u' '), others.join(u' ')}) {
        EventQuery query;
        query.filter = filterOf(text);
        ASSIGN_RESULT(events, m_store->reader().read(query));
        const auto expected =
            std::count_if(m_all.begin(), m_all.end(),
                          [brute = BruteFilter(query.filter.expression())](
                              const RecordedEvent& event) { return brute.accepts(event); });
        QCOMPARE(static_cast<qsizetype>(events.size()), static_cast<qsizetype>(expected));
    }
}

void TestFilterSql::stopsWhenCancelled() {
    EventQuery query;
    query.filter = filterOf(u"data.a:1"_s);
    const CancelToken cancel;
    int seen = 0;
    const auto done = m_store->reader().forEach(
        query,
        [&](RecordedEvent&&) {
            ++seen;
            cancel.cancel();
            return true;
        },
        cancel);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, Error::Kind::Cancelled);
    QCOMPARE(seen, 1);
    QCOMPARE(m_store->reader().samplePositions(query.filter, 1, cancel).error().kind,
             Error::Kind::Cancelled);
}

QTEST_GUILESS_MAIN(TestFilterSql)
#include "tst_filter_sql.moc"
