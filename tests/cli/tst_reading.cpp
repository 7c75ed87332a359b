// demo, info, streams, events, replay, diff and history: their keys, their order, their ends.
#include "cli/terminal.h"

#include <QRegularExpression>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

const QString kEventKeys = u"position,stream,version,id,type,data,metadata,correlationId,"
                           "causationId,recordedAt"_s;

class tst_Reading : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void theSameSeedMakesTheSameStore();
    void demoTakesNoFileThatIsThere();
    void infoSaysWhatTheStoreIs();
    void streamsAreListedByName();
    void eventsHaveTheKeysOfTheFormat();
    void eventsOfAStreamAreBounded();
    void eventsAreFiltered();
    void replayGivesTheStateAtAVersion();
    void replayAtAPosition();
    void diffIsOneJsonPatch();
    void historyEndsAtTheStateThatIs();
    void plainOutputHasColumns();
    void everySubcommandHelpsWithAnExample_data();
    void everySubcommandHelpsWithAnExample();
    void theVersionIsSaid();
    void aClosedPipeIsQuiet();

  private:
    Desk m_desk;
    QString m_store;
    QString m_order; ///< a stream of several events
};

void tst_Reading::initTestCase() {
    m_store = m_desk.path(u"demo.db"_s);
    RUN(made, 0, {u"demo"_s, m_store, u"--events"_s, u"600"_s, u"--seed"_s, u"7"_s});
    RUN(listed, 0, {u"streams"_s, m_store, u"--type"_s, u"order"_s, u"--json"_s});
    qint64 most = 0;
    for (const Json& stream : jsonLines(listed.out)) {
        const qint64 events = *stream["events"].toInteger();
        if (events > most) {
            most = events;
            m_order = stream["stream"].toQString();
        }
    }
    QVERIFY(most >= 3);
}

void tst_Reading::theSameSeedMakesTheSameStore() {
    const auto exported = [this](const QString& name, const QString& seed) {
        const QString file = m_desk.path(name);
        const auto made =
            runRewindow({u"demo"_s, file, u"--events"_s, u"600"_s, u"--seed"_s, seed});
        const auto events = runRewindow({u"events"_s, file, u"--json"_s});
        return made.exitCode == 0 && events.exitCode == 0 ? events.out : QByteArray(seed.toUtf8());
    };
    const QByteArray first = exported(u"again.db"_s, u"7"_s);
    RUN(events, 0, {u"events"_s, m_store, u"--json"_s});
    QVERIFY(first.size() > 10'000);
    QVERIFY(first == events.out);
    QVERIFY(exported(u"other.db"_s, u"8"_s) != first);
}

void tst_Reading::demoTakesNoFileThatIsThere() {
    const QByteArray before = m_desk.content(u"demo.db"_s);
    RUN(refused, 2, {u"demo"_s, m_store});
    QVERIFY(refused.err.contains("demo.db"));
    QVERIFY(m_desk.content(u"demo.db"_s) == before);
}

void tst_Reading::infoSaysWhatTheStoreIs() {
    RUN(info, 0, {u"info"_s, m_store, u"--json"_s});
    const auto lines = jsonLines(info.out);
    QCOMPARE(lines.size(), std::size_t(1));
    const Json& store = lines.front();
    QCOMPARE(keysOf(store), u"store,profile,database,readOnly,events,streams,head,views"_s);
    QCOMPARE(store["profile"].toQString(), u"rewindow"_s);
    QCOMPARE(store["database"].toQString(), u"SQLite"_s);
    QCOMPARE(store["readOnly"].toBool(true), false);
    QCOMPARE(store["events"].toInteger(), store["head"].toInteger());
    const Json views = store["views"];
    QCOMPARE(views.size(), std::size_t(3));
    for (std::size_t i = 0; i < views.size(); ++i) {
        QCOMPARE(keysOf(views.at(i)), u"name,checkpoint,lag,rows"_s);
        QCOMPARE(views.at(i)["checkpoint"].toInteger(), store["head"].toInteger());
        QCOMPARE(views.at(i)["lag"].toInteger(), std::optional<qint64>(0));
        QVERIFY(*views.at(i)["rows"].toInteger() > 0);
    }
}

void tst_Reading::streamsAreListedByName() {
    RUN(all, 0, {u"streams"_s, m_store, u"--json"_s});
    const auto lines = jsonLines(all.out);
    qint64 events = 0;
    QByteArray before;
    for (const Json& stream : lines) {
        QCOMPARE(keysOf(stream), u"stream,type,id,events,version"_s);
        QCOMPARE(stream["type"].toQString() + u'-' + stream["id"].toQString(),
                 stream["stream"].toQString());
        const QByteArray name = stream["stream"].toQString().toUtf8();
        QVERIFY(before < name);
        before = name;
        events += *stream["events"].toInteger();
    }
    RUN(info, 0, {u"info"_s, m_store, u"--json"_s});
    const Json store = jsonLines(info.out).front();
    QCOMPARE(store["events"].toInteger(), std::optional(events));
    QCOMPARE(store["streams"].toInteger(), std::optional(static_cast<qint64>(lines.size())));

    RUN(users, 0,
        {u"streams"_s, m_store, u"--type"_s, u"user"_s, u"--limit"_s, u"2"_s, u"--json"_s});
    QCOMPARE(jsonLines(users.out).size(), std::size_t(2));
    for (const Json& stream : jsonLines(users.out))
        QCOMPARE(stream["type"].toQString(), u"user"_s);
}

void tst_Reading::eventsHaveTheKeysOfTheFormat() {
    RUN(all, 0, {u"events"_s, m_store, u"--json"_s});
    const auto lines = jsonLines(all.out);
    QVERIFY(lines.size() >= 600);
    qint64 position = 0;
    static const QRegularExpression time(
        u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z$"_s);
    for (const Json& event : lines) {
        QCOMPARE(keysOf(event), kEventKeys);
        QCOMPARE(event["position"].toInteger(), std::optional(++position));
        QVERIFY(time.match(event["recordedAt"].toQString()).hasMatch());
        QVERIFY(event["data"].kind() == Json::Kind::Object);
        QVERIFY(!event["correlationId"].toQString().isEmpty());
    }
}

void tst_Reading::eventsOfAStreamAreBounded() {
    RUN(some, 0,
        {u"events"_s, m_store, m_order, u"--from"_s, u"2"_s, u"--to"_s, u"3"_s, u"--json"_s});
    const auto lines = jsonLines(some.out);
    QCOMPARE(lines.size(), std::size_t(2));
    QCOMPARE(lines[0]["version"].toInteger(), std::optional<qint64>(2));
    QCOMPARE(lines[1]["version"].toInteger(), std::optional<qint64>(3));
    QCOMPARE(lines[1]["stream"].toQString(), m_order);
    RUN(limited, 0, {u"events"_s, m_store, u"--limit"_s, u"5"_s, u"--json"_s});
    QCOMPARE(jsonLines(limited.out).size(), std::size_t(5));
}

void tst_Reading::eventsAreFiltered() {
    RUN(some, 0,
        {u"events"_s, m_store, u"--filter"_s, u"type:Order* -type:OrderCreated"_s, u"--json"_s});
    const auto lines = jsonLines(some.out);
    QVERIFY(!lines.empty());
    for (const Json& event : lines) {
        QVERIFY(event["type"].toQString().startsWith(u"Order"_s));
        QVERIFY(event["type"].toQString() != u"OrderCreated"_s);
    }
    RUN(wrong, 2, {u"events"_s, m_store, u"--filter"_s, u"colour:red"_s});
    QVERIFY(wrong.err.contains("colour"));
}

void tst_Reading::replayGivesTheStateAtAVersion() {
    RUN(replayed, 0, {u"replay"_s, m_store, m_order, u"--to"_s, u"1"_s, u"--json"_s});
    const Json line = jsonLines(replayed.out).front();
    QCOMPARE(keysOf(line), u"stream,version,state,domain"_s);
    QCOMPARE(line["stream"].toQString(), m_order);
    QCOMPARE(line["version"].toInteger(), std::optional<qint64>(1));
    QCOMPARE(line["domain"].toQString(), u"order"_s);
    QCOMPARE(line["state"]["status"].toQString(), u"created"_s);

    RUN(before, 0, {u"replay"_s, m_store, m_order, u"--to"_s, u"0"_s, u"--json"_s});
    QCOMPARE(jsonLines(before.out).front()["version"].toInteger(), std::optional<qint64>(0));
    RUN(merged, 0, {u"replay"_s, m_store, m_order, u"--domain"_s, u"merge"_s, u"--json"_s});
    QCOMPARE(jsonLines(merged.out).front()["domain"].toQString(), u"merge"_s);
}

void tst_Reading::replayAtAPosition() {
    RUN(events, 0, {u"events"_s, m_store, m_order, u"--json"_s});
    const auto lines = jsonLines(events.out);
    const qint64 second = *lines[1]["position"].toInteger();
    for (const qint64 position : {second, *lines[2]["position"].toInteger() - 1}) {
        RUN(replayed, 0,
            {u"replay"_s, m_store, m_order, u"--at"_s, QString::number(position), u"--json"_s});
        QCOMPARE(jsonLines(replayed.out).front()["version"].toInteger(), std::optional<qint64>(2));
    }
}

void tst_Reading::diffIsOneJsonPatch() {
    RUN(diff, 0, {u"diff"_s, m_store, m_order, u"0"_s, u"2"_s, u"--json"_s});
    const auto lines = jsonLines(diff.out);
    QCOMPARE(lines.size(), std::size_t(1));
    QVERIFY(lines.front().kind() == Json::Kind::Array);
    QVERIFY(lines.front().size() > 0);
    QCOMPARE(lines.front().at(0).find("op") != nullptr, true);
    RUN(same, 0, {u"diff"_s, m_store, m_order, u"2"_s, u"2"_s, u"--json"_s});
    QCOMPARE(same.out.trimmed(), QByteArray("[]"));
}

void tst_Reading::historyEndsAtTheStateThatIs() {
    RUN(history, 0, {u"history"_s, m_store, m_order, u"/status"_s, u"--json"_s});
    RUN(replayed, 0, {u"replay"_s, m_store, m_order, u"--json"_s});
    const auto changes = jsonLines(history.out);
    QVERIFY(!changes.empty());
    for (std::size_t i = 0; i < changes.size(); ++i) {
        QCOMPARE(keysOf(changes[i]), u"pointer,version,type,position,value,previous"_s);
        QCOMPARE(changes[i]["pointer"].toQString(), u"/status"_s);
        if (i > 0)
            QCOMPARE(changes[i]["previous"].toQString(), changes[i - 1]["value"].toQString());
    }
    QCOMPARE(changes.back()["value"].toQString(),
             jsonLines(replayed.out).front()["state"]["status"].toQString());
}

void tst_Reading::plainOutputHasColumns() {
    RUN(streams, 0, {u"streams"_s, m_store, u"--limit"_s, u"3"_s});
    const auto lines = streams.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines[0].startsWith("stream"));
    const auto column = lines[0].indexOf("type");
    for (const QByteArray& line : lines)
        QVERIFY2(line[column - 1] == ' ' && line[column] != ' ', line.constData());
    RUN(replayed, 0, {u"replay"_s, m_store, m_order});
    QVERIFY(replayed.out.contains("\"status\""));
}

void tst_Reading::everySubcommandHelpsWithAnExample_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"demo", "info", "streams", "events", "replay", "diff", "history",
                             "send", "project", "query", "audit", "import", "export"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void tst_Reading::everySubcommandHelpsWithAnExample() {
    QFETCH(QString, name);
    RUN(help, 0, {name, u"--help"_s});
    QVERIFY2(help.out.contains("rewindow " + name.toUtf8() + ' '), help.out.constData());
    QVERIFY(help.err.isEmpty());
}

void tst_Reading::theVersionIsSaid() {
    RUN(version, 0, {u"--version"_s});
    QVERIFY(version.out.startsWith("rewindow "));
    RUN(help, 0, {u"--help"_s});
    QVERIFY(help.out.contains("replay"));
    RUN(unknown, 2, {u"info"_s, m_store, u"--colour"_s});
    QVERIFY(unknown.err.contains("--colour"));
}

void tst_Reading::aClosedPipeIsQuiet() {
    const auto piped = runProgram(u"sh"_s, {u"-c"_s, u"'%1' events '%2' --json | head -n 1"_s.arg(
                                                         rewindowProgram(), m_store)});
    QCOMPARE(piped.exitCode, 0);
    QCOMPARE(piped.err, QByteArray());
    QCOMPARE(piped.out.count('\n'), 1);
}

} // namespace

QTEST_GUILESS_MAIN(tst_Reading)
#include "tst_reading.moc"
