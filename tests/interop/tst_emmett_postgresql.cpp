// A store that Emmett wrote on a PostgreSQL server.
#include "base/json.h"
#include "model/domain/merge_domain.h"
#include "model/timeline/timeline.h"
#include "store/store.h"
#include "support/postgres_server.h"
#include "support/store_files.h"
#include "support/test_support.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

std::string_view view(const QByteArray& bytes) {
    return {bytes.constData(), std::size_t(bytes.size())};
}

qint64 number(const Json& object, std::string_view key) {
    const Json* value = object.find(key);
    return value != nullptr ? value->toInteger().value_or(-1) : -1;
}

/// Row count and hash of every table.
QList<QList<QByteArray>> fingerprint(OtherSession& session) {
    QList<QList<QByteArray>> prints;
    for (const auto& table : session.rows("SELECT quote_ident(schemaname)||'.'||"
                                          "quote_ident(tablename) FROM pg_tables WHERE schemaname "
                                          "NOT IN ('pg_catalog','information_schema') ORDER BY 1"))
        prints << QList<QByteArray>{table[0]} +
                      session.rows("SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY "
                                   "t::text)) FROM " +
                                   table[0] + " t")[0];
    return prints;
}

} // namespace

class TestEmmettPostgresql : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void everyEventIsAsTheServerHasIt();
    void totalsAndTypesAreAsExpected();
    void everyStreamIsAsExpected();
    void payloadsMergeAsExpected();
    void filtersFindTheSameHereAndThere_data();
    void filtersFindTheSameHereAndThere();
    void commandsOfATerminalWork();
    void stayedAsItWas(); // after all that

  private:
    Result<std::unique_ptr<Store>> open() const {
        const auto url = StoreUrl::parse(m_server.url(m_database));
        if (!url)
            return std::unexpected(url.error());
        return Store::open(*url, Store::Access::ReadWrite);
    }
    const Json& expected(std::string_view key) const { return *m_expected.find(key); }

    PrivateDataHome m_home;
    PostgresServer m_server;
    QString m_database;
    QList<QList<QByteArray>> m_before; ///< anything was read
    Json m_expected;
};

void TestEmmettPostgresql::initTestCase() {
    NEED_SHARED_DATA(dump, "emmett-pg-shopping-carts.sql");
    NEED_SHARED_DATA(truth, "emmett-pg-shopping-carts.expected.json");
    QCOMPARE(m_server.start(), QString());
    m_database = m_server.makeDatabase(dump);
    QVERIFY(!m_database.isEmpty());
    OtherSession session(m_server, m_database);
    m_before = fingerprint(session);
    QFile file(truth);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    ASSIGN_RESULT(parsed, Json::parse(view(text)));
    m_expected = parsed;
}

void TestEmmettPostgresql::everyEventIsAsTheServerHasIt() {
    OtherSession session(m_server, m_database);
    const auto rows = session.rows(
        "SELECT global_position, stream_id, stream_position, message_id, message_type, "
        "message_data, message_metadata, "
        "to_char(created AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), "
        "message_metadata->>'correlationId', message_metadata->>'causationId' "
        "FROM emt_messages WHERE message_kind='E' AND NOT is_archived ORDER BY global_position");
    QCOMPARE(rows.size(), 332);
    ASSIGN_RESULT(store, open());
    QCOMPARE(store->info().profile, u"emmett-postgresql"_s);
    QCOMPARE(store->info().database, u"PostgreSQL"_s);
    QVERIFY(store->info().readOnly);
    ASSIGN_RESULT(events, store->reader().read({}));
    QCOMPARE(events.size(), 332u);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const RecordedEvent& event = events[std::size_t(i)];
        const QList<QByteArray>& row = rows[i];
        QCOMPARE(QByteArray::number(event.position().value()), row[0]);
        QCOMPARE(bytes(event.stream()), row[1]);
        QCOMPARE(QByteArray::number(event.version().value()), row[2]);
        QCOMPARE(bytes(event.id()), row[3]);
        QCOMPARE(bytes(event.type()), row[4]);
        QCOMPARE(bytes(event.data()), row[5]);
        QCOMPARE(bytes(event.metadata()), row[6]);
        QCOMPARE(event.recordedAt().toString().toUtf8(), row[7]);
        QCOMPARE(bytes(event.correlationId()), row[8] + QByteArray(""));
        QCOMPARE(bytes(event.causationId()), row[9] + QByteArray(""));
        ASSIGN_RESULT(byId, store->reader().eventById(toQString(event.id())));
        QVERIFY(byId.has_value());
        QVERIFY(byId->position() == event.position());
    }
}

void TestEmmettPostgresql::totalsAndTypesAreAsExpected() {
    ASSIGN_RESULT(store, open());
    const Json& totals = expected("totals");
    ASSIGN_RESULT(summary, store->reader().summary());
    QCOMPARE(summary.events, number(totals, "events"));
    QCOMPARE(summary.streams, number(totals, "streams"));
    QCOMPARE(summary.first.value(), number(totals, "minGlobalPosition"));
    QCOMPARE(summary.head.value(), number(totals, "maxGlobalPosition"));
    ASSIGN_RESULT(types, store->reader().eventTypes());
    const Json* byType = totals.find("byType");
    QVERIFY(byType != nullptr);
    QCOMPARE(types.size(), byType->size());
    for (const TypeCount& type : types)
        QCOMPARE(type.count, number(*byType, type.type.toStdString()));
}

void TestEmmettPostgresql::everyStreamIsAsExpected() {
    ASSIGN_RESULT(store, open());
    const Json& all = expected("streams");
    QCOMPARE(all.size(), 63u);
    ASSIGN_RESULT(streams, store->reader().streams({}));
    QCOMPARE(streams.size(), all.size());
    QVERIFY(std::ranges::is_sorted(
        streams, {}, [](const StreamSummary& stream) { return stream.stream.toStdString(); }));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Json& wanted = all.at(i);
        const QString name = wanted.find("stream")->toQString();
        ASSIGN_RESULT(stream, store->reader().stream(name));
        QVERIFY2(stream.has_value(), qPrintable(name));
        QCOMPARE(stream->events, number(wanted, "eventCount"));
        QCOMPARE(stream->version.value(), number(wanted, "lastVersion"));
        EventQuery query;
        query.stream = name;
        ASSIGN_RESULT(events, store->reader().read(query));
        QCOMPARE(qint64(events.size()), stream->events);
        for (std::size_t n = 0; n < events.size(); ++n) {
            QCOMPARE(events[n].version().value(), qint64(n) + 1);
            QCOMPARE(toQString(events[n].type()), wanted.find("types")->at(n).toQString());
            QCOMPARE(std::optional(events[n].position().value()),
                     wanted.find("globalPositions")->at(n).toInteger());
            ASSIGN_RESULT(version, store->reader().versionAt(name, events[n].position()));
            QVERIFY(version == events[n].version());
        }
        QCOMPARE(toQString(events.front().id()), wanted.find("firstEventId")->toQString());
        QCOMPARE(toQString(events.back().id()), wanted.find("lastEventId")->toQString());
    }
}

void TestEmmettPostgresql::payloadsMergeAsExpected() {
    ASSIGN_RESULT(store, open());
    const auto domain = std::make_shared<MergeDomain>();
    const Json& all = expected("streams");
    int compared = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QString name = all.at(i).find("stream")->toQString();
        ASSIGN_RESULT(timeline, Timeline::replay(store->reader(), domain, name, {}, {}));
        const Json* states = all.at(i).find("states");
        QVERIFY(states != nullptr);
        for (std::size_t n = 0; n < states->size(); ++n) {
            const Json* merged = states->at(n).find("mergedPayloads");
            if (merged == nullptr)
                continue;
            ASSIGN_RESULT(state, timeline.state(StreamVersion(number(states->at(n), "version"))));
            QVERIFY2(state == *merged,
                     qPrintable(name + u": "_s + QString::fromStdString(state.dump()) +
                                u" instead of "_s + QString::fromStdString(merged->dump())));
            ++compared;
        }
    }
    QVERIFY(compared >= 63);
}

void TestEmmettPostgresql::filtersFindTheSameHereAndThere_data() {
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"type:ProductItemAdded", "type:Shop*", "-type:*Added", "stream:shopping_cart-1*",
          "category:warehouse_stock", "-category:shopping_cart", "position>300", "version<=2",
          "type>P", "stream<shopping_cart-2", "correlation:* has:causation", "\"product\"",
          "type:\"%_\\\\\"", "id:*a*", "at:2026-11-23", "data.quantity>1 version>1",
          "type:Stock* or version=1"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestEmmettPostgresql::filtersFindTheSameHereAndThere() {
    QFETCH(QString, text);
    ASSIGN_RESULT(store, open());
    ASSIGN_RESULT(filter, EventFilter::parse(text));
    EventQuery query;
    query.filter = filter;
    ASSIGN_RESULT(found, store->reader().read(query));
    ASSIGN_RESULT(all, store->reader().read({}));
    std::erase_if(all, [&](const RecordedEvent& event) { return !filter.accepts(event); });
    QCOMPARE(found.size(), all.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        QVERIFY(found[i].position() == all[i].position());
    ASSIGN_RESULT(samples, store->reader().samplePositions(filter, 10));
    QCOMPARE(samples.rows, qint64(all.size()));
    for (std::size_t i = 0; i < samples.positions.size(); ++i)
        QVERIFY(samples.positions[i] == all[i * 10].position());
    query.newestFirst = true;
    query.limit = 3;
    ASSIGN_RESULT(newest, store->reader().read(query));
    QCOMPARE(newest.size(), std::min<std::size_t>(3, all.size()));
    for (std::size_t i = 0; i < newest.size(); ++i)
        QVERIFY(newest[i].position() == all[all.size() - 1 - i].position());
}

void TestEmmettPostgresql::commandsOfATerminalWork() {
    const QString url = m_server.url(m_database);
    const auto info = runRewindow({u"info"_s, url, u"--json"_s});
    QCOMPARE(info.err, QByteArray());
    QCOMPARE(info.exitCode, 0);
    ASSIGN_RESULT(told, Json::parse(view(info.out)));
    QCOMPARE(told.find("store")->toQString(), url);
    QCOMPARE(number(told, "events"), 332);
    QCOMPARE(told.find("profile")->toQString(), u"emmett-postgresql"_s);
    const auto streams = runRewindow({u"streams"_s, url, u"--json"_s});
    QCOMPARE(streams.out.count('\n'), 63);
    const auto events = runRewindow({u"events"_s, url, u"globalnotes"_s, u"--json"_s});
    QCOMPARE(events.out.count('\n'), 3);
    QVERIFY(events.out.contains("\"position\":280"));
    const auto replay = runRewindow({u"replay"_s, url, u"globalnotes"_s, u"--json"_s});
    QVERIFY(replay.out.contains("\"text\":\"三\""));
    const QTemporaryDir pictures;
    const QString picture = pictures.filePath(u"window.png"_s);
    const auto drawn = runRewindow({url, u"--stream"_s, u"globalnotes"_s, u"--image"_s, picture});
    QCOMPARE(drawn.err, QByteArray());
    QCOMPARE(drawn.exitCode, 0);
    QVERIFY(QFileInfo(picture).size() > 10'000);
    QProcess follower;
    follower.start(rewindowProgram(),
                   {u"events"_s, url, u"--follow"_s, u"--json"_s, u"--limit"_s, u"333"_s});
    QByteArray followed;
    QTRY_VERIFY_WITH_TIMEOUT((followed += follower.readAllStandardOutput()).count('\n') == 332,
                             20'000);
    OtherSession session(m_server, m_database);
    QVERIFY(session.run("INSERT INTO emt_messages(stream_position,transaction_id,stream_id,"
                        "message_schema_version,message_id,message_type,message_data,"
                        "message_metadata) VALUES(4,pg_current_xact_id(),'globalnotes','1','new',"
                        "'NoteWritten','{}','{}')"));
    QVERIFY(follower.waitForFinished(20'000));
    QVERIFY((followed + follower.readAllStandardOutput()).contains("\"id\":\"new\""));
    QVERIFY(session.run("DELETE FROM emt_messages WHERE message_id='new'"));
    const auto sent = runRewindow({u"send"_s, url, u"RenameUser"_s, u"name=x"_s});
    QCOMPARE(sent.exitCode, 2);
}

void TestEmmettPostgresql::stayedAsItWas() {
    OtherSession session(m_server, m_database);
    QVERIFY(m_before.size() > 8);
    {
        ASSIGN_RESULT(store, open());
        QVERIFY_RESULT(store->reader().read({}));
        QVERIFY_RESULT(store->reader().summary());
        QVERIFY_RESULT(store->reader().streams({}));
        QVERIFY_RESULT(store->views().status());
        const auto writer = store->writer();
        QVERIFY(!writer);
        QCOMPARE(writer.error().kind, Error::Kind::ReadOnly);
        QVERIFY(writer.error().sentence().contains(u"Emmett on PostgreSQL"));
    }
    QCOMPARE(fingerprint(session), m_before);
}

QTEST_GUILESS_MAIN(TestEmmettPostgresql)
#include "tst_emmett_postgresql.moc"
