// Writing a demo's events, against the sqlite3 shell importing the same rows.
#include "bench/bench_support.h"
#include "model/domain/order/demo_history.h"
#include "support/scratch_store.h"

#include <QFile>
#include <QProcess>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRuns = 3;

qint64 eventsToWrite() {
    return qEnvironmentVariableIntValue("REWINDOW_NIGHTLY") == 1 ? 300'000 : 100'000;
}

/// Beside the test's own files: on this disk, not on a file system in memory.
QTemporaryDir folderOnDisk() {
    return QTemporaryDir(builtTestFile(QStringLiteral("demo")));
}

/// What the shell prints for these lines; a failure of it is fatal.
QByteArray shell(const QString& database, const QByteArray& lines) {
    QProcess process;
    process.start(u"sqlite3"_s, {u"-bail"_s, u"-batch"_s, database});
    process.write(lines);
    process.closeWriteChannel();
    if (!process.waitForFinished(600'000) || process.exitCode() != 0)
        qFatal("sqlite3: %s", process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

std::unique_ptr<Store> newStore(const QTemporaryDir& folder, int number) {
    qputenv("REWINDOW_DATA_HOME", folder.filePath(u"home"_s).toUtf8());
    auto store =
        Store::create(StoreUrl::sqliteFile(folder.filePath(u"%1.db"_s.arg(number))), u"order"_s);
    if (!store)
        qFatal("%s", qPrintable(store.error().sentence()));
    return std::move(*store);
}

/// Writes the events, and leaves the views alone.
void writeEvents(Store& store, qint64 events) {
    const CancelToken cancel;
    const auto written = writeDemo(
        store, events, kDemoSeed,
        [&](qint64 done, qint64) {
            if (done == events)
                cancel.cancel();
        },
        cancel);
    if (written || written.error().kind != Error::Kind::Cancelled)
        qFatal("the views were folded too");
}

} // namespace

class BenchDemo : public QObject {
    Q_OBJECT

  private slots:
    void writingTheEvents();
};

void BenchDemo::writingTheEvents() {
    const qint64 events = eventsToWrite();
    const QTemporaryDir folder = folderOnDisk();
    const QString csv = folder.filePath(u"events.csv"_s);
    QByteArray tables;
    {
        const auto demo = newStore(folder, 0);
        const double whole =
            bench::seconds([&] { QVERIFY_RESULT(writeDemo(*demo, events, kDemoSeed)); });
        qInfo("%.0f events a second with their views", double(events) / whole);
        QFile file(csv);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QString path = demo->info().url.path();
        file.write(shell(path, ".mode csv\nSELECT * FROM events ORDER BY position;\n"));
        tables = shell(path, ".schema events\n");
    }
    // Imported, NULL is an empty text; the index must be as small as ours all the same.
    tables.replace("causation_id IS NOT NULL", "causation_id <> ''");
    QCOMPARE(tables.count("CREATE"), 5);

    int number = 0;
    QString theirs;
    const auto [ours, shells] = bench::medianSeconds(
        kRuns,
        [&] {
            const auto store = newStore(folder, ++number);
            writeEvents(*store, events);
        },
        [&] {
            theirs = folder.filePath(u"shell%1.db"_s.arg(number));
            shell(theirs, "PRAGMA journal_mode=WAL;\nPRAGMA synchronous=FULL;\n" + tables +
                              "BEGIN;\n.import --csv \"" + csv.toUtf8() + "\" events\nCOMMIT;\n");
        });

    // The same rows indeed.
    const QByteArray check = "SELECT count(*), sum(length(data)), max(event_id) FROM events;\n";
    QCOMPARE(shell(theirs, check), shell(folder.filePath(u"%1.db"_s.arg(number)), check));
    qInfo("%.0f events a second, the shell %.0f", double(events) / ours, double(events) / shells);
    bench::checkAtLeast("events a second of demo / of sqlite3's import", shells / ours, 0.5);
}

QTEST_GUILESS_MAIN(BenchDemo)
#include "bench_demo.moc"
