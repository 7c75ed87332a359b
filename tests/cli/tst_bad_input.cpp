// Whatever is handed in wrongly gets a sentence that names it, exit 2 or 3, and changes nothing.
#include "cli/terminal.h"

#include <QProcess>

#include <unistd.h>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

class tst_BadInput : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void whatIsNoStore_data();
    void whatIsNoStore();
    void aStoreWithoutReadPermission();
    void streamsAndVersions_data();
    void streamsAndVersions();
    void importsWithABadLine_data();
    void importsWithABadLine();
    void aBadLineLeavesAStoreAsItWas();

  private:
    QMap<QString, QByteArray> contents() const {
        QMap<QString, QByteArray> all;
        for (const QString& name : m_desk.files())
            all.insert(name, m_desk.content(name));
        return all;
    }
    static bool isASentence(const QByteArray& err) {
        return err.count('\n') == 1 && err.trimmed().size() > 20 && err.trimmed().endsWith('.');
    }

    Desk m_desk;
    QString m_store;
    QString m_stream;
};

void tst_BadInput::initTestCase() {
    m_store = m_desk.path(u"demo.db"_s);
    RUN(made, 0, {u"demo"_s, m_store, u"--events"_s, u"200"_s});
    RUN(streams, 0,
        {u"streams"_s, m_store, u"--type"_s, u"order"_s, u"--limit"_s, u"1"_s, u"--json"_s});
    m_stream = jsonLines(streams.out).front()["stream"].toQString();

    m_desk.write(u"empty.db"_s, {});
    m_desk.write(u"picture.db"_s, QByteArray::fromHex("89504e470d0a1a0a0000000d49484452"));
    m_desk.write(u"text.db"_s, "Dear diary, today nothing happened.\n");
    const auto other =
        runProgram(u"sqlite3"_s,
                   {m_desk.path(u"other.db"_s), u"CREATE TABLE recipes(name TEXT, minutes INT)"_s});
    QCOMPARE(other.exitCode, 0);
    QVERIFY(QDir(m_desk.folder()).mkdir(u"folder.db"_s));

    const auto whole =
        runProgram(u"sqlite3"_s, {m_store, u"VACUUM INTO '%1'"_s.arg(m_desk.path(u"whole.db"_s))});
    QVERIFY2(whole.exitCode == 0, whole.err.constData());
    const QByteArray bytes = m_desk.content(u"whole.db"_s);
    m_desk.write(u"truncated.db"_s, bytes.left(bytes.size() / 2));
}

void tst_BadInput::whatIsNoStore_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"nothing.db", "folder.db", "empty.db", "picture.db", "text.db",
                             "other.db", "truncated.db"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void tst_BadInput::whatIsNoStore() {
    QFETCH(QString, name);
    const auto before = contents();
    const QString path = m_desk.path(name);
    for (const QStringList& command :
         {QStringList{u"info"_s, path}, QStringList{u"streams"_s, path},
          QStringList{u"events"_s, path, u"--json"_s},
          QStringList{u"send"_s, path, u"PlaceOrder"_s, u"orderId=1"_s, u"--domain"_s, u"order"_s},
          QStringList{u"query"_s, path, u"order_views"_s}}) {
        const auto result = runRewindow(command);
        const QByteArray told = command.front().toUtf8() + ": " + result.err;
        QVERIFY2(result.exitCode == 2 || result.exitCode == 3, told.constData());
        QVERIFY2(result.err.contains(name.toUtf8()), told.constData());
        QVERIFY2(isASentence(result.err), told.constData());
        QVERIFY2(contents() == before, told.constData());
    }
}

void tst_BadInput::aStoreWithoutReadPermission() {
    const QString path = m_desk.write(u"locked.db"_s, m_desk.content(u"whole.db"_s));
    QVERIFY(QFile::setPermissions(path, QFileDevice::WriteOwner));
    QVERIFY(QFile::setPermissions(m_desk.folder(), QFile::permissions(m_desk.folder()) |
                                                       QFileDevice::ReadOther |
                                                       QFileDevice::ExeOther));
    QProcess process;
    // Permissions do not stop root: then the program runs as nobody.
    if (geteuid() == 0)
        process.setChildProcessModifier([] {
            constexpr uid_t kNobody = 65534;
            if (setgid(kNobody) != 0 || setuid(kNobody) != 0)
                _exit(77);
        });
    process.start(rewindowProgram(), {u"info"_s, path});
    QVERIFY(process.waitForFinished());
    const QByteArray err = process.readAllStandardError();
    QVERIFY2(process.exitCode() == 2 || process.exitCode() == 3, err.constData());
    QVERIFY2(err.contains("locked.db") && isASentence(err), err.constData());
    QVERIFY(QFile::remove(path));
}

void tst_BadInput::streamsAndVersions_data() {
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QString>("named");
    const auto with = [this](const char* name, const QStringList& rest) {
        return QStringList{QString::fromLatin1(name), m_store} + rest;
    };
    const QString part = m_stream.chopped(2);
    QTest::newRow("replay an unknown stream")
        << with("replay", {u"order-nobody"_s}) << u"order-nobody"_s;
    QTest::newRow("a name in part is told the whole") << with("replay", {part}) << m_stream;
    QTest::newRow("events of an unknown stream") << with("events", {u"nobody"_s}) << u"nobody"_s;
    QTest::newRow("history of an unknown stream") << with("history", {u"nobody"_s}) << u"nobody"_s;
    QTest::newRow("diff of an unknown stream")
        << with("diff", {u"nobody"_s, u"0"_s, u"1"_s}) << u"nobody"_s;
    QTest::newRow("export of an unknown stream") << with("export", {u"nobody"_s}) << u"nobody"_s;
    QTest::newRow("version -1") << with("replay", {m_stream, u"--to"_s, u"-1"_s}) << u"-1"_s;
    QTest::newRow("beyond the last") << with("replay", {m_stream, u"--to"_s, u"999"_s}) << u"999"_s;
    QTest::newRow("no number") << with("replay", {m_stream, u"--to"_s, u"two"_s}) << u"two"_s;
    QTest::newRow("diff from -1") << with("diff", {m_stream, u"-1"_s, u"1"_s}) << u"-1"_s;
    QTest::newRow("diff to beyond") << with("diff", {m_stream, u"0"_s, u"999"_s}) << u"999"_s;
    QTest::newRow("events from -1") << with("events", {m_stream, u"--from"_s, u"-1"_s}) << u"-1"_s;
    QTest::newRow("bad pointer") << with("history", {m_stream, u"status"_s}) << u"status"_s;
    QTest::newRow("unknown domain")
        << with("replay", {m_stream, u"--domain"_s, u"poker"_s}) << u"poker"_s;
    QTest::newRow("unknown view") << with("audit", {u"--view"_s, u"poker"_s}) << u"poker"_s;
    QTest::newRow("position -1") << with("replay", {m_stream, u"--at"_s, u"-1"_s}) << u"-1"_s;
    QTest::newRow("unknown format") << with("export", {u"--format"_s, u"xlsx"_s}) << u"xlsx"_s;
}

void tst_BadInput::streamsAndVersions() {
    QFETCH(QStringList, command);
    QFETCH(QString, named);
    const auto before = contents();
    const auto result = runRewindow(command);
    QVERIFY2(result.exitCode == 2, result.err.constData());
    QVERIFY2(QString::fromUtf8(result.err).contains(named), result.err.constData());
    QCOMPARE(result.out, QByteArray());
    QVERIFY(contents() == before);
}

void tst_BadInput::importsWithABadLine_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("not JSON") << QByteArray("{stream: a-1}");
    QTest::newRow("payload not JSON") << QByteArray(R"({"stream":"a-1","type":"T","data":{"x":}})");
    QTest::newRow("no object") << QByteArray("[1,2]");
    QTest::newRow("no stream") << QByteArray(R"({"type":"T","data":{}})");
    QTest::newRow("no type") << QByteArray(R"({"stream":"a-1","data":{}})");
    QTest::newRow("no data") << QByteArray(R"({"stream":"a-1","type":"T"})");
    QTest::newRow("stream is a number") << QByteArray(R"({"stream":7,"type":"T","data":{}})");
    QTest::newRow("bad time") << QByteArray(
        R"({"stream":"a-1","type":"T","data":{},"recordedAt":"yesterday"})");
    QTest::newRow("version clashes")
        << QByteArray(R"({"stream":"a-1","version":1,"type":"U","data":{}})");
    QTest::newRow("version is text")
        << QByteArray(R"({"stream":"a-1","version":"one","type":"U","data":{}})");
    QTest::newRow("not UTF-8") << QByteArray("{\"stream\":\"a-\xff\",\"type\":\"T\",\"data\":{}}");
}

void tst_BadInput::importsWithABadLine() {
    QFETCH(QByteArray, line);
    const QByteArray good = R"({"stream":"a-1","type":"T","data":{}})"
                            "\n";
    const QString file = m_desk.write(u"lines.jsonl"_s, good + good + line + '\n' + good);
    const QString store = m_desk.path(u"new.db"_s);
    const auto result = runRewindow({u"import"_s, store, file});
    QVERIFY2(result.exitCode == 2, result.err.constData());
    QVERIFY2(result.err.contains("line 3"), result.err.constData());
    QVERIFY2(isASentence(result.err), result.err.constData());
    QVERIFY(!QFile::exists(store));
    QVERIFY(!QFile::exists(store + u"-wal"_s));
}

void tst_BadInput::aBadLineLeavesAStoreAsItWas() {
    RUN(before, 0, {u"info"_s, m_store, u"--json"_s});
    const QString file = m_desk.write(u"lines.jsonl"_s, R"({"stream":"a-1","type":"T","data":{}})"
                                                        "\nnonsense\n");
    const auto result = runRewindow({u"import"_s, m_store, file});
    QVERIFY2(result.exitCode == 2 && result.err.contains("line 2"), result.err.constData());
    RUN(after, 0, {u"info"_s, m_store, u"--json"_s});
    QCOMPARE(after.out, before.out);
    RUN(missing, 2, {u"import"_s, m_desk.path(u"new.db"_s), m_desk.path(u"no.jsonl"_s)});
    QVERIFY(missing.err.contains("no.jsonl"));
    QVERIFY(!QFile::exists(m_desk.path(u"new.db"_s)));
}

} // namespace

QTEST_GUILESS_MAIN(tst_BadInput)
#include "tst_bad_input.moc"
