// Following a store, and being interrupted: ends cleanly, leaves nothing half done.
#include "cli/terminal.h"

#include <QProcess>

#include <csignal>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

class tst_Interrupting : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void followShowsWhatIsAppended();
    void followShowsEachOfManyOnceInOrder();
    void followStopsAtItsLimit();
    void followEndsWhenItsReaderHasGone();
    void onlyOwnStoresAreFollowed();
    void anInterruptedImportLeavesNoStore();
    void anInterruptedDemoLeavesNoStore();

  private:
    void append(int number) {
        const QByteArray line =
            R"({"stream":"a-1","type":"T","data":{"n":)" + QByteArray::number(number) + "}}\n";
        const auto imported = runRewindow({u"import"_s, m_store, u"-"_s}, line);
        QVERIFY2(imported.exitCode == 0, imported.err.constData());
    }
    static void start(QProcess& process, const QStringList& arguments) {
        process.start(rewindowProgram(), arguments);
        QVERIFY(process.waitForStarted());
    }
    static void waitForLines(QProcess& process, QByteArray& out, int count) {
        QTRY_VERIFY2_WITH_TIMEOUT((process.waitForReadyRead(20),
                                   out += process.readAllStandardOutput(),
                                   out.count('\n') >= count),
                                  out.constData(), 10'000);
    }
    static void interrupt(QProcess& process, int signal) {
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), signal), 0);
        QVERIFY(process.waitForFinished(10'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    }

    std::unique_ptr<Desk> m_desk;
    QString m_store;
};

void tst_Interrupting::init() {
    m_desk = std::make_unique<Desk>();
    m_store = m_desk->path(u"log.db"_s);
    append(1);
}

void tst_Interrupting::followShowsWhatIsAppended() {
    for (const int signal : {SIGINT, SIGTERM}) {
        QProcess process;
        QByteArray out;
        start(process, {u"events"_s, m_store, u"--follow"_s, u"--json"_s});
        RUN(info, 0, {u"info"_s, m_store, u"--json"_s});
        const auto there = static_cast<int>(*jsonLines(info.out).front()["events"].toInteger());
        waitForLines(process, out, there);
        append(there + 1);
        waitForLines(process, out, there + 1);
        append(there + 2);
        waitForLines(process, out, there + 2);
        interrupt(process, signal);
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardError(), QByteArray());
        const auto lines = jsonLines(out);
        QCOMPARE(lines.size(), static_cast<std::size_t>(there + 2));
        for (std::size_t i = 0; i < lines.size(); ++i)
            QCOMPARE(lines[i]["position"].toInteger(), std::optional(static_cast<qint64>(i + 1)));
    }
}

void tst_Interrupting::followShowsEachOfManyOnceInOrder() {
    const int events = qEnvironmentVariableIntValue("REWINDOW_NIGHTLY") == 1 ? 10'000 : 2'000;
    QProcess process;
    start(process, {u"events"_s, m_store, u"--follow"_s, u"--json"_s, u"--filter"_s,
                    u"stream:appended-*"_s, u"--limit"_s, QString::number(events)});
    QProcess appender;
    appender.start(builtTestFile(QStringLiteral("helper_appender")),
                   {m_store, QString::number(events)});
    QVERIFY(appender.waitForFinished(120'000));
    QCOMPARE(appender.readAllStandardError(), QByteArray());
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 0);
    const auto lines = jsonLines(process.readAllStandardOutput());
    QCOMPARE(lines.size(), static_cast<std::size_t>(events));
    for (int i = 0; i < events; ++i) {
        const Json& line = lines[static_cast<std::size_t>(i)];
        QCOMPARE(line["id"].toQString(), u"appended-%1"_s.arg(i + 1));
        QCOMPARE(line["position"].toInteger(), std::optional(qint64(i + 2)));
    }
}

void tst_Interrupting::followStopsAtItsLimit() {
    QProcess process;
    QByteArray out;
    start(process, {u"events"_s, m_store, u"--follow"_s, u"--json"_s, u"--limit"_s, u"2"_s});
    waitForLines(process, out, 1);
    append(2);
    QVERIFY(process.waitForFinished(10'000));
    QCOMPARE(process.exitCode(), 0);
    out += process.readAllStandardOutput();
    QCOMPARE(out.count('\n'), 2);
}

void tst_Interrupting::followEndsWhenItsReaderHasGone() {
    QProcess shell; // which ends when both ends of the pipe have
    QByteArray out;
    shell.start(u"sh"_s, {u"-c"_s, u"'%1' events '%2' --follow --json | head -n 1"_s.arg(
                                       rewindowProgram(), m_store)});
    QVERIFY(shell.waitForStarted());
    waitForLines(shell, out, 1);
    append(2);
    append(3);
    QVERIFY(shell.waitForFinished(10'000));
    QCOMPARE(shell.readAllStandardError(), QByteArray());
}

void tst_Interrupting::onlyOwnStoresAreFollowed() {
    const QString log = m_desk->write(u"log.jsonl"_s, R"({"stream":"a-1","type":"T","data":{}})"
                                                      "\n");
    RUN(refused, 2, {u"events"_s, log, u"--follow"_s});
    QVERIFY(refused.err.contains("log.jsonl"));
}

void tst_Interrupting::anInterruptedImportLeavesNoStore() {
    const QString store = m_desk->path(u"new.db"_s);
    QProcess process;
    start(process, {u"import"_s, store, u"-"_s});
    for (int number = 0; number < 5'000; ++number)
        process.write(R"({"stream":"a-)" + QByteArray::number(number) +
                      R"(","type":"T","data":{}})"
                      "\n");
    QVERIFY(process.waitForBytesWritten(10'000));
    QTRY_VERIFY(QFile::exists(store));
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    process.write(R"({"stream":"b-1","type":"T","data":{}})"
                  "\n");
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(10'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
    QCOMPARE(m_desk->remainsOf(u"new.db"_s), QStringList());
}

void tst_Interrupting::anInterruptedDemoLeavesNoStore() {
    const QString store = m_desk->path(u"new.db"_s);
    QProcess process;
    start(process, {u"demo"_s, store, u"--events"_s, u"5000000"_s});
    QTRY_VERIFY(QFile::exists(store));
    interrupt(process, SIGINT);
    QCOMPARE(process.exitCode(), 130);
    QCOMPARE(m_desk->remainsOf(u"new.db"_s), QStringList());
}

} // namespace

QTEST_GUILESS_MAIN(tst_Interrupting)
#include "tst_interrupting.moc"
