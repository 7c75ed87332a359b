// `rewindow events --json` of the loan log to a file, against `sqlite3 -json` of the same table.
#include "base/json.h"
#include "bench/bench_support.h"
#include "support/test_support.h"

#include <QProcess>
#include <QTemporaryDir>

using namespace rewindow;

namespace {

constexpr qint64 kEvents = 262'200;
constexpr int kRuns = 5;

class bench_EventsJson : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void writingEventsAsJsonLines();

  private:
    static void runTo(const QString& file, const QString& program, const QStringList& arguments) {
        QProcess process;
        process.setStandardOutputFile(file);
        process.start(program, arguments);
        QVERIFY(process.waitForFinished(120'000));
        QCOMPARE(process.exitCode(), 0);
    }

    QTemporaryDir m_folder;
    QString m_store;
};

void bench_EventsJson::initTestCase() {
    NEED_SHARED_DATA(packed, "loan-applications.jsonl.gz");
    qputenv("REWINDOW_DATA_HOME", m_folder.filePath(QStringLiteral("home")).toUtf8());
    m_store = m_folder.filePath(QStringLiteral("loans.db"));
    const auto imported = test::runRewindow({QStringLiteral("import"), m_store, test::loanLog()});
    QVERIFY2(imported.exitCode == 0, imported.err.constData());
}

void bench_EventsJson::writingEventsAsJsonLines() {
    const QString ours = m_folder.filePath(QStringLiteral("ours.jsonl"));
    const QString theirs = m_folder.filePath(QStringLiteral("theirs.json"));
    const auto [rewindow, sqlite] = bench::medianSeconds(
        kRuns,
        [&] {
            runTo(ours, rewindow::test::rewindowProgram(),
                  {QStringLiteral("events"), m_store, QStringLiteral("--json")});
        },
        [&] {
            runTo(theirs, QStringLiteral("sqlite3"),
                  {QStringLiteral("-json"), m_store,
                   QStringLiteral("SELECT position, stream, version, event_id, event_type, data, "
                                  "metadata, correlation_id, causation_id, recorded_at "
                                  "FROM events ORDER BY position")});
        });

    QFile lines(ours);
    QVERIFY(lines.open(QIODevice::ReadOnly));
    qint64 position = 0;
    while (!lines.atEnd()) {
        const QByteArray line = lines.readLine();
        ++position;
        if (position % 1000 != 1)
            continue;
        ASSIGN_RESULT(event,
                      Json::parse({line.constData(), static_cast<std::size_t>(line.size())}));
        QCOMPARE(event["position"].toInteger(), std::optional(position));
        QVERIFY(event["data"].kind() == Json::Kind::Object);
    }
    QCOMPARE(position, kEvents);
    bench::checkRatio("events --json to a file, of sqlite3 -json", rewindow / sqlite, 0.7);
}

} // namespace

QTEST_GUILESS_MAIN(bench_EventsJson)
#include "bench_events_json.moc"
