// A store that evtstore wrote on a MariaDB server.
#include "base/json.h"
#include "model/domain/merge_domain.h"
#include "model/timeline/timeline.h"
#include "store/store.h"
#include "support/mariadb_server.h"
#include "support/store_files.h"
#include "support/test_support.h"

#include <QFile>
#include <QFileInfo>
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
QList<QList<QByteArray>> fingerprint(OtherMariaDbSession& session) {
    QList<QList<QByteArray>> prints;
    for (const auto& table : session.rows("SELECT table_name FROM information_schema.tables "
                                          "WHERE table_schema=DATABASE() ORDER BY 1"))
        prints << table + session.rows("CHECKSUM TABLE \"" + table[0] + '"')[0] +
                      session.rows("SELECT count(*) FROM \"" + table[0] + '"')[0];
    return prints;
}

/// A stream as it is named here.
QString nameOf(const Json& stream) {
    return stream.find("stream")->toQString() + u'-' + stream.find("aggregateId")->toQString();
}

} // namespace

class TestEvtstoreMariaDb : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void everyEventIsAsTheServerHasIt();
    void totalsAndTypesAreAsExpected();
    void everyStreamIsAsExpected();
    void payloadsMergeAsTheServerMergesThem();
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
    MariaDbServer m_server;
    QString m_database;
    QList<QList<QByteArray>> m_before; ///< anything was read
    Json m_expected;
};

void TestEvtstoreMariaDb::initTestCase() {
    NEED_SHARED_DATA(dump, "evtstore-tickets-mariadb.sql");
    NEED_SHARED_DATA(truth, "evtstore-tickets-mariadb.expected.json");
    QCOMPARE(m_server.start(), QString());
    m_database = m_server.makeDatabase(dump);
    QVERIFY(!m_database.isEmpty());
    OtherMariaDbSession session(m_server, m_database);
    m_before = fingerprint(session);
    QFile file(truth);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    ASSIGN_RESULT(parsed, Json::parse(view(text)));
    m_expected = parsed;
}

void TestEvtstoreMariaDb::everyEventIsAsTheServerHasIt() {
    OtherMariaDbSession session(m_server, m_database);
    const auto rows = session.rows(
        "SELECT position, stream||'-'||aggregate_id, version, "
        "json_unquote(json_extract(event,'$.type')), event, "
        "date_format(timestamp,'%Y-%m-%dT%H:%i:%s.000Z') FROM events ORDER BY position");
    QCOMPARE(rows.size(), 265);
    ASSIGN_RESULT(store, open());
    QCOMPARE(store->info().profile, u"evtstore-mariadb"_s);
    QCOMPARE(store->info().database, u"MariaDB"_s);
    QVERIFY(store->info().readOnly);
    ASSIGN_RESULT(events, store->reader().read({}));
    QCOMPARE(events.size(), 265u);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const RecordedEvent& event = events[std::size_t(i)];
        const QList<QByteArray>& row = rows[i];
        QCOMPARE(QByteArray::number(event.position().value()), row[0]);
        QCOMPARE(bytes(event.stream()), row[1]);
        QCOMPARE(QByteArray::number(event.version().value()), row[2]);
        QCOMPARE(bytes(event.type()), row[3]);
        QCOMPARE(bytes(event.data()), row[4]);
        ASSIGN_RESULT(recorded, Timestamp::parse(view(row[5])));
        QVERIFY(event.recordedAt() == recorded);
        ASSIGN_RESULT(again, store->reader().eventAt(event.position()));
        QVERIFY(again.has_value());
        QCOMPARE(bytes(again->data()), row[4]);
    }
}

void TestEvtstoreMariaDb::totalsAndTypesAreAsExpected() {
    ASSIGN_RESULT(store, open());
    const Json& totals = expected("totals");
    ASSIGN_RESULT(summary, store->reader().summary());
    QCOMPARE(summary.events, number(totals, "events"));
    QCOMPARE(summary.streams, number(totals, "streams"));
    QCOMPARE(summary.first.value(), number(totals, "minPosition"));
    QCOMPARE(summary.head.value(), number(totals, "maxPosition"));
    ASSIGN_RESULT(types, store->reader().eventTypes());
    const Json* byType = totals.find("byType");
    QVERIFY(byType != nullptr);
    QCOMPARE(types.size(), byType->size());
    for (const TypeCount& type : types)
        QCOMPARE(type.count, number(*byType, type.type.toStdString()));
}

void TestEvtstoreMariaDb::everyStreamIsAsExpected() {
    ASSIGN_RESULT(store, open());
    const Json& all = expected("streams");
    QCOMPARE(all.size(), 26u);
    ASSIGN_RESULT(streams, store->reader().streams({}));
    QCOMPARE(streams.size(), all.size());
    QVERIFY(std::ranges::is_sorted(
        streams, {}, [](const StreamSummary& stream) { return stream.stream.toStdString(); }));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Json& wanted = all.at(i);
        const QString name = nameOf(wanted);
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
                     wanted.find("positions")->at(n).toInteger());
            ASSIGN_RESULT(version, store->reader().versionAt(name, events[n].position()));
            QVERIFY(version == events[n].version());
        }
        QCOMPARE(stream->type, wanted.find("stream")->toQString());
        QCOMPARE(stream->id, wanted.find("aggregateId")->toQString());
        ASSIGN_RESULT(first,
                      Timestamp::parse(std::string_view(wanted.find("firstTimestamp")->text())));
        QVERIFY(events.front().recordedAt() == first);
    }
}

/// The framework's own payloads, merged in order by the server.
void TestEvtstoreMariaDb::payloadsMergeAsTheServerMergesThem() {
    ASSIGN_RESULT(store, open());
    OtherMariaDbSession session(m_server, m_database);
    const auto domain = std::make_shared<MergeDomain>();
    const Json& all = expected("streams");
    int compared = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QString name = nameOf(all.at(i));
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

void TestEvtstoreMariaDb::commandsOfATerminalWork() {
    const QString url = m_server.url(m_database);
    const auto info = runRewindow({u"info"_s, url, u"--json"_s});
    QCOMPARE(info.err, QByteArray());
    QCOMPARE(info.exitCode, 0);
    ASSIGN_RESULT(told, Json::parse(view(info.out)));
    QCOMPARE(told.find("store")->toQString(), url);
    QCOMPARE(number(told, "events"), 265);
    QCOMPARE(told.find("profile")->toQString(), u"evtstore-mariadb"_s);
    const auto streams = runRewindow({u"streams"_s, url, u"--type"_s, u"tickets"_s, u"--json"_s});
    QCOMPARE(streams.out.count('\n'), 22);
    const auto events = runRewindow({u"events"_s, url, u"tickets-T-1"_s, u"--json"_s});
    QCOMPARE(events.out.count('\n'), 36);
    QVERIFY(events.out.contains("\"position\":265"));
    const auto replay = runRewindow({u"replay"_s, url, u"tickets-T-1"_s, u"--json"_s});
    QVERIFY(replay.out.contains("\"title\":\"文字化け\""));
    const QTemporaryDir pictures;
    const QString picture = pictures.filePath(u"window.png"_s);
    const auto drawn = runRewindow({url, u"--stream"_s, u"tickets-T-1"_s, u"--image"_s, picture});
    QCOMPARE(drawn.err, QByteArray());
    QCOMPARE(drawn.exitCode, 0);
    QVERIFY(QFileInfo(picture).size() > 10'000);
    const auto sent = runRewindow({u"send"_s, url, u"RenameUser"_s, u"name=x"_s});
    QCOMPARE(sent.exitCode, 2);
}

void TestEvtstoreMariaDb::stayedAsItWas() {
    OtherMariaDbSession session(m_server, m_database);
    QCOMPARE(m_before.size(), 2);
    {
        ASSIGN_RESULT(store, open());
        QVERIFY_RESULT(store->reader().read({}));
        QVERIFY_RESULT(store->reader().summary());
        QVERIFY_RESULT(store->reader().streams({}));
        QVERIFY_RESULT(store->views().status());
        const auto writer = store->writer();
        QVERIFY(!writer);
        QCOMPARE(writer.error().kind, Error::Kind::ReadOnly);
        QVERIFY(writer.error().sentence().contains(u"evtstore on MariaDB"));
    }
    QCOMPARE(fingerprint(session), m_before);
}

QTEST_GUILESS_MAIN(TestEvtstoreMariaDb)
#include "tst_evtstore_mariadb.moc"
