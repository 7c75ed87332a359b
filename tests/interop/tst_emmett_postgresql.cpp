// A store that Emmett wrote on a PostgreSQL server.
#include "model/domain/merge_domain.h"
#include "model/timeline/timeline.h"
#include "support/foreign_server_store.h"

#include <QProcess>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

using Foreign = ForeignServerStore<OnPostgres>;

/// Row count and hash of every table.
Foreign::Rows fingerprint(Foreign::Session& session) {
    Foreign::Rows prints;
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
    void totalsAndTypesAreAsExpected() { m_carts.totalsAndTypesAreAsExpected(); }
    void everyStreamIsAsExpected();
    void payloadsMergeAsExpected();
    void filtersFindTheSameHereAndThere_data();
    void filtersFindTheSameHereAndThere();
    void commandsOfATerminalWork();
    void stayedAsItWas(); // after all that

  private:
    PrivateDataHome m_home;
    Foreign m_carts{{
        .profile = u"emmett-postgresql"_s,
        .title = u"Emmett on PostgreSQL"_s,
        .database = u"PostgreSQL"_s,
        .events = 332,
        .streams = 63,
        .firstPosition = "minGlobalPosition",
        .lastPosition = "maxGlobalPosition",
        .positions = "globalPositions",
        .nameOf = [](const Json& stream) { return stream.find("stream")->toQString(); },
        .fingerprint = &fingerprint,
    }};
};

void TestEmmettPostgresql::initTestCase() {
    NEED_SHARED_DATA(dump, "emmett-pg-shopping-carts.sql");
    NEED_SHARED_DATA(truth, "emmett-pg-shopping-carts.expected.json");
    m_carts.make(dump, truth);
}

void TestEmmettPostgresql::everyEventIsAsTheServerHasIt() {
    auto session = m_carts.session();
    const auto rows = session.rows(
        "SELECT global_position, stream_id, stream_position, message_id, message_type, "
        "message_data, message_metadata, "
        "to_char(created AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), "
        "message_metadata->>'correlationId', message_metadata->>'causationId' "
        "FROM emt_messages WHERE message_kind='E' AND NOT is_archived ORDER BY global_position");
    m_carts.everyEventIsAsTheServerHasIt(
        rows, [](const auto& row, const RecordedEvent& event, EventReader& reader) {
            QCOMPARE(bytes(event.id()), row[3]);
            QCOMPARE(bytes(event.type()), row[4]);
            QCOMPARE(bytes(event.data()), row[5]);
            QCOMPARE(bytes(event.metadata()), row[6]);
            QCOMPARE(event.recordedAt().toString().toUtf8(), row[7]);
            QCOMPARE(bytes(event.correlationId()), row[8] + QByteArray(""));
            QCOMPARE(bytes(event.causationId()), row[9] + QByteArray(""));
            ASSIGN_RESULT(byId, reader.eventById(toQString(event.id())));
            QVERIFY(byId.has_value());
            QVERIFY(byId->position() == event.position());
        });
}

void TestEmmettPostgresql::everyStreamIsAsExpected() {
    m_carts.everyStreamIsAsExpected(
        [](const Json& wanted, const StreamSummary&, const std::vector<RecordedEvent>& events) {
            QCOMPARE(toQString(events.front().id()), wanted.find("firstEventId")->toQString());
            QCOMPARE(toQString(events.back().id()), wanted.find("lastEventId")->toQString());
        });
}

void TestEmmettPostgresql::payloadsMergeAsExpected() {
    ASSIGN_RESULT(store, m_carts.open());
    const auto domain = std::make_shared<MergeDomain>();
    const Json& all = m_carts.expected("streams");
    int compared = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QString name = m_carts.nameOf(all.at(i));
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
    m_carts.filterFindsTheSameHereAndThere(text);
}

void TestEmmettPostgresql::commandsOfATerminalWork() {
    m_carts.commandsOfATerminalWork({.streamsOf = {},
                                     .streams = 63,
                                     .stream = u"globalnotes"_s,
                                     .events = 3,
                                     .inEvents = "\"position\":280",
                                     .inReplay = "\"text\":\"三\""});
    if (QTest::currentTestFailed())
        return;
    const QString url = m_carts.url();
    QProcess follower;
    follower.start(rewindowProgram(),
                   {u"events"_s, url, u"--follow"_s, u"--json"_s, u"--limit"_s, u"333"_s});
    QByteArray followed;
    QTRY_VERIFY_WITH_TIMEOUT((followed += follower.readAllStandardOutput()).count('\n') == 332,
                             20'000);
    auto session = m_carts.session();
    QVERIFY(session.run("INSERT INTO emt_messages(stream_position,transaction_id,stream_id,"
                        "message_schema_version,message_id,message_type,message_data,"
                        "message_metadata) VALUES(4,pg_current_xact_id(),'globalnotes','1','new',"
                        "'NoteWritten','{}','{}')"));
    QVERIFY(follower.waitForFinished(20'000));
    QVERIFY((followed + follower.readAllStandardOutput()).contains("\"id\":\"new\""));
    QVERIFY(session.run("DELETE FROM emt_messages WHERE message_id='new'"));
}

void TestEmmettPostgresql::stayedAsItWas() {
    QVERIFY(m_carts.before().size() > 8);
    m_carts.stayedAsItWas();
}

QTEST_GUILESS_MAIN(TestEmmettPostgresql)
#include "tst_emmett_postgresql.moc"
