// Payloads that would break something: never altered, never interpreted, whole where it matters.
#include "cli/terminal.h"

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray nested(int depth) {
    return QByteArray(depth, '[').append("1").append(QByteArray(depth, ']'));
}

class tst_Payloads : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void payloadsComeBackAsTheyWereImported_data();
    void payloadsComeBackAsTheyWereImported();
    void exportedEventsAreImportedAlike();
    void plainOutputHoldsNoControlCharacter_data();
    void plainOutputHoldsNoControlCharacter();
    void theStateKeepsWhatPayloadsHeld();
    void importingAgainAddsNothing();
    void importReadsStandardInput();
    void csvIsQuotedAndRunsNothing();
    void foreignPayloadsThatAreNoJsonGoOutAsText();

  private:
    QByteArray data(const char* name) const { return m_payloads.value(QByteArray(name)); }

    Desk m_desk;
    QString m_file;
    QString m_store;
    QMap<QByteArray, QByteArray> m_payloads; ///< by the type of the event that holds it
};

void tst_Payloads::initTestCase() {
    m_payloads = {
        {"Markup", R"({"text":"<b>x</b><img src=\"file:///etc/passwd\">"})"},
        {"Escapes", R"({"text":"\u001b[31mred\u001b]0;title\u0007\u0000\r\n\ttab"})"},
        {"RightToLeft", "{\"text\":\"\xe2\x80\xae\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d\"}"},
        {"Integer", R"({"n":9223372036854775807,"m":-9007199254740993})"},
        {"Long", R"({"n":)" + QByteArray(300, '7') + R"(,"e":1e400,"f":1.10})"},
        {"Order", R"({"z":1,"a":2,"z2":{"y":1,"b":2}})"},
        {"Huge", "{\"text\":\"" + QByteArray(5'000'000, 'h') + "\"}"},
        {"Deep", "{\"deep\":" + nested(10'000) + "}"},
        {"Formula", R"({"text":"=1+2"})"},
        {"Scalar", R"("only a text")"},
    };
    QByteArray lines;
    for (auto payload = m_payloads.cbegin(); payload != m_payloads.cend(); ++payload)
        lines += R"({"stream":"payload-)" + payload.key().toLower() + R"(","type":")" +
                 payload.key() + R"(","version":1,"data":)" + payload.value() +
                 R"(,"metadata":{"by":"a test"},"recordedAt":"2026-01-02T03:04:05.678901Z"})"
                 "\n";
    m_file = m_desk.write(u"payloads.jsonl"_s, lines);
    m_store = m_desk.path(u"payloads.db"_s);
    RUN(imported, 0, {u"import"_s, m_store, m_file});
}

void tst_Payloads::payloadsComeBackAsTheyWereImported_data() {
    QTest::addColumn<QByteArray>("type");
    for (const QByteArray& type : m_payloads.keys())
        QTest::newRow(type.constData()) << type;
}

void tst_Payloads::payloadsComeBackAsTheyWereImported() {
    QFETCH(QByteArray, type);
    for (const QString& place : {m_store, m_file}) {
        RUN(events, 0,
            {u"events"_s, place, u"payload-"_s + QString::fromLatin1(type.toLower()), u"--json"_s});
        QCOMPARE(events.out.count('\n'), 1);
        const QByteArray member = "\"data\":" + m_payloads.value(type) + ",\"metadata\"";
        QVERIFY2(events.out.contains(member), events.out.left(300).constData());
        QVERIFY(events.out.contains("\"recordedAt\":\"2026-01-02T03:04:05.678901Z\""));
    }
}

void tst_Payloads::exportedEventsAreImportedAlike() {
    RUN(exported, 0, {u"export"_s, m_store});
    const QString file = m_desk.write(u"exported.jsonl"_s, exported.out);
    const QString copy = m_desk.path(u"copy.db"_s);
    RUN(imported, 0, {u"import"_s, copy, file, u"--json"_s});
    QCOMPARE(jsonLines(imported.out).front()["events"].toInteger(),
             std::optional(static_cast<qint64>(m_payloads.size())));
    RUN(again, 0, {u"export"_s, copy});
    QVERIFY(again.out == exported.out);
    RUN(one, 0, {u"export"_s, m_store, u"payload-order"_s});
    QCOMPARE(one.out.count('\n'), 1);
    QVERIFY(exported.out.contains(one.out));
}

void tst_Payloads::plainOutputHoldsNoControlCharacter_data() {
    QTest::addColumn<QStringList>("command");
    QTest::newRow("events") << QStringList{u"events"_s, m_store};
    QTest::newRow("replay escapes") << QStringList{u"replay"_s, m_store, u"payload-escapes"_s};
    QTest::newRow("replay right to left")
        << QStringList{u"replay"_s, m_store, u"payload-righttoleft"_s};
    QTest::newRow("history") << QStringList{u"history"_s, m_store, u"payload-escapes"_s};
    QTest::newRow("diff") << QStringList{u"diff"_s, m_store, u"payload-escapes"_s, u"0"_s, u"1"_s};
}

void tst_Payloads::plainOutputHoldsNoControlCharacter() {
    QFETCH(QStringList, command);
    RUN(result, 0, command);
    for (const QChar character : QString::fromUtf8(result.out)) {
        const ushort unit = character.unicode();
        QVERIFY2(unit == '\n' || (unit >= 0x20 && unit != 0x7f && (unit < 0x80 || unit > 0x9f)),
                 QByteArray::number(unit, 16).constData());
        QVERIFY(unit < 0x202a || unit > 0x202e);
    }
}

void tst_Payloads::theStateKeepsWhatPayloadsHeld() {
    for (const char* type : {"Markup", "Escapes", "Integer", "Long", "Order", "Huge", "Deep"}) {
        const QString stream = u"payload-"_s + QString::fromLatin1(QByteArray(type).toLower());
        RUN(replayed, 0, {u"replay"_s, m_store, stream, u"--json"_s});
        const auto expected = Json::parse(data(type).toStdString());
        QVERIFY(expected.has_value());
        const auto line = Json::parse(replayed.out.toStdString());
        QVERIFY_RESULT(line);
        QVERIFY2((*line)["state"] == *expected, type);
        QCOMPARE(keysOf((*line)["state"]), keysOf(*expected));
    }
}

void tst_Payloads::importingAgainAddsNothing() {
    RUN(again, 0, {u"import"_s, m_store, m_file, u"--json"_s});
    const Json line = jsonLines(again.out).front();
    QCOMPARE(line["events"].toInteger(), std::optional<qint64>(0));
    QCOMPARE(line["present"].toInteger(), std::optional(static_cast<qint64>(m_payloads.size())));
}

void tst_Payloads::importReadsStandardInput() {
    const QString store = m_desk.path(u"piped.db"_s);
    const auto imported =
        runRewindow({u"import"_s, store, u"-"_s}, R"({"stream":"a-1","type":"T","data":{"n":1}})"
                                                  "\n"
                                                  R"({"stream":"a-1","type":"U","data":{}})");
    QVERIFY2(imported.exitCode == 0, imported.err.constData());
    RUN(streams, 0, {u"streams"_s, store, u"--json"_s});
    QCOMPARE(QString::fromUtf8(streams.out.trimmed()),
             uR"({"stream":"a-1","type":"a","id":"1","events":2,"version":2})"_s);
}

void tst_Payloads::csvIsQuotedAndRunsNothing() {
    const QByteArray line =
        R"({"stream":"=cmd|' /C calc'!A0","type":"T","data":{"a":"one, \"two\""}})"
        "\n";
    const QString store = m_desk.path(u"csv.db"_s);
    QCOMPARE(runRewindow({u"import"_s, store, u"-"_s}, line).exitCode, 0);
    RUN(exported, 0, {u"export"_s, store, u"--format"_s, u"csv"_s});
    const auto rows = exported.out.split('\n');
    QCOMPARE(rows[0], QByteArray("position,stream,version,id,type,data,metadata,correlationId,"
                                 "causationId,recordedAt\r"));
    QVERIFY2(rows[1].contains(R"("{""a"":""one, \""two\""""}")"), rows[1].constData());
    // A spreadsheet takes a cell that starts with = for a formula, quoted or not.
    QVERIFY2(!rows[1].contains(",=") && !rows[1].contains(",\"="), rows[1].constData());
}

void tst_Payloads::foreignPayloadsThatAreNoJsonGoOutAsText() {
    const QString store = m_desk.path(u"broken.db"_s);
    QCOMPARE(runRewindow({u"import"_s, store, u"-"_s}, R"({"stream":"a-1","type":"T","data":{}})"
                                                       "\n")
                 .exitCode,
             0);
    const auto edited = runProgram(u"sqlite3"_s, {store, u"UPDATE events SET data = '{oops'"_s});
    QVERIFY2(edited.exitCode == 0, edited.err.constData());
    RUN(events, 0, {u"events"_s, store, u"--json"_s});
    QCOMPARE(jsonLines(events.out).front()["data"].toQString(), u"{oops"_s);
    const auto replayed = runRewindow({u"replay"_s, store, u"a-1"_s});
    QVERIFY2(replayed.exitCode == 2 || replayed.exitCode == 3, replayed.err.constData());
    QVERIFY2(replayed.err.contains("a-1") || replayed.err.contains("version 1"),
             replayed.err.constData());
    RUN(before, 0, {u"replay"_s, store, u"a-1"_s, u"--to"_s, u"0"_s});
}

} // namespace

QTEST_GUILESS_MAIN(tst_Payloads)
#include "tst_payloads.moc"
