// A store that evtstore wrote on a MariaDB server.
#include "model/domain/merge_domain.h"
#include "model/timeline/timeline.h"
#include "support/foreign_server_store.h"

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

using Foreign = ForeignServerStore<OnMariaDb>;

/// Row count and hash of every table.
Foreign::Rows fingerprint(Foreign::Session& session) {
    Foreign::Rows prints;
    for (const auto& table : session.rows("SELECT table_name FROM information_schema.tables "
                                          "WHERE table_schema=DATABASE() ORDER BY 1"))
        prints << table + session.rows("CHECKSUM TABLE \"" + table[0] + '"')[0] +
                      session.rows("SELECT count(*) FROM \"" + table[0] + '"')[0];
    return prints;
}

} // namespace

class TestEvtstoreMariaDb : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void everyEventIsAsTheServerHasIt();
    void totalsAndTypesAreAsExpected() { m_tickets.totalsAndTypesAreAsExpected(); }
    void everyStreamIsAsExpected();
    void payloadsMergeAsTheServerMergesThem();
    void filtersFindTheSameHereAndThere_data();
    void filtersFindTheSameHereAndThere();
    void commandsOfATerminalWork();
    void stayedAsItWas(); // after all that

  private:
    PrivateDataHome m_home;
    Foreign m_tickets{{
        .profile = u"evtstore-mariadb"_s,
        .title = u"evtstore on MariaDB"_s,
        .database = u"MariaDB"_s,
        .events = 265,
        .streams = 26,
        .firstPosition = "minPosition",
        .lastPosition = "maxPosition",
        .positions = "positions",
        .nameOf =
            [](const Json& stream) {
                return QString(stream.find("stream")->toQString() + u'-' +
                               stream.find("aggregateId")->toQString());
            },
        .fingerprint = &fingerprint,
    }};
};

void TestEvtstoreMariaDb::initTestCase() {
    NEED_SHARED_DATA(dump, "evtstore-tickets-mariadb.sql");
    NEED_SHARED_DATA(truth, "evtstore-tickets-mariadb.expected.json");
    m_tickets.make(dump, truth);
}

void TestEvtstoreMariaDb::everyEventIsAsTheServerHasIt() {
    auto session = m_tickets.session();
    const auto rows = session.rows(
        "SELECT position, stream||'-'||aggregate_id, version, "
        "json_unquote(json_extract(event,'$.type')), event, "
        "date_format(timestamp,'%Y-%m-%dT%H:%i:%s.000Z') FROM events ORDER BY position");
    m_tickets.everyEventIsAsTheServerHasIt(
        rows, [](const auto& row, const RecordedEvent& event, EventReader& reader) {
            QCOMPARE(bytes(event.type()), row[3]);
            QCOMPARE(bytes(event.data()), row[4]);
            ASSIGN_RESULT(recorded, Timestamp::parse(view(row[5])));
            QVERIFY(event.recordedAt() == recorded);
            ASSIGN_RESULT(again, reader.eventAt(event.position()));
            QVERIFY(again.has_value());
            QCOMPARE(bytes(again->data()), row[4]);
        });
}

void TestEvtstoreMariaDb::everyStreamIsAsExpected() {
    m_tickets.everyStreamIsAsExpected([](const Json& wanted, const StreamSummary& stream,
                                         const std::vector<RecordedEvent>& events) {
        QCOMPARE(stream.type, wanted.find("stream")->toQString());
        QCOMPARE(stream.id, wanted.find("aggregateId")->toQString());
        ASSIGN_RESULT(first,
                      Timestamp::parse(std::string_view(wanted.find("firstTimestamp")->text())));
        QVERIFY(events.front().recordedAt() == first);
    });
}

/// The framework's own payloads, merged in order by the server.
void TestEvtstoreMariaDb::payloadsMergeAsTheServerMergesThem() {
    ASSIGN_RESULT(store, m_tickets.open());
    auto session = m_tickets.session();
    const auto domain = std::make_shared<MergeDomain>();
    const Json& all = m_tickets.expected("streams");
    int compared = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QString name = m_tickets.nameOf(all.at(i));
        ASSIGN_RESULT(timeline, Timeline::replay(store->reader(), domain, name, {}, {}));
        QByteArray merged = "'{}'";
        int nesting = 0;
        for (const auto& row : session.rows("SELECT hex(event) FROM events WHERE stream||'-'||"
                                            "aggregate_id='" +
                                            name.toUtf8() + "' ORDER BY version LIMIT 20")) {
            merged =
                "json_merge_patch(" + merged + ",convert(unhex('" + row[0] + "') USING utf8mb4))";
            ++nesting;
        }
        const QByteArray state = session.value("SELECT " + merged);
        QCOMPARE(session.lastError(), QByteArray());
        ASSIGN_RESULT(wanted, Json::parse(view(state)));
        ASSIGN_RESULT(here, timeline.state(StreamVersion(nesting)));
        QVERIFY2(here == wanted, qPrintable(name + u": "_s + QString::fromStdString(here.dump())));
        ++compared;
    }
    QCOMPARE(compared, 26);
}

void TestEvtstoreMariaDb::filtersFindTheSameHereAndThere_data() {
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"type:opened", "type:comm*", "-type:*ed", "stream:tickets-T-1*", "stream:tickets-T-1",
          "category:sprints", "category:SPRINTS", "-category:tickets", "position>200", "version<=2",
          "type>o", "stream<tickets-T-12", "correlation:*", "\"crash\"", "type:\"%_\\\\\"",
          "at:2024-10-01", "data.hours>1 version>1", "type:est* or version=1"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestEvtstoreMariaDb::filtersFindTheSameHereAndThere() {
    QFETCH(QString, text);
    m_tickets.filterFindsTheSameHereAndThere(text);
}

void TestEvtstoreMariaDb::commandsOfATerminalWork() {
    m_tickets.commandsOfATerminalWork({.streamsOf = {u"--type"_s, u"tickets"_s},
                                       .streams = 22,
                                       .stream = u"tickets-T-1"_s,
                                       .events = 36,
                                       .inEvents = "\"position\":265",
                                       .inReplay = "\"title\":\"文字化け\""});
}

void TestEvtstoreMariaDb::stayedAsItWas() {
    QCOMPARE(m_tickets.before().size(), 2);
    m_tickets.stayedAsItWas();
}

QTEST_GUILESS_MAIN(TestEvtstoreMariaDb)
#include "tst_evtstore_mariadb.moc"
