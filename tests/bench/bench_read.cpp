// How fast events are read, against what SQLite's own interface needs for the same rows.
#include "bench/bench_support.h"
#include "store/json_lines_source.h"
#include "store/store.h"
#include "support/test_support.h"

#include <QFile>
#include <QTemporaryDir>

#include <sqlite3.h>

using namespace rewindow;
using namespace Qt::StringLiterals;

class BenchRead : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void readingTheWholeLog();
    void pagesAnywhereInTheLog();

  private:
    QTemporaryDir m_folder;
    std::unique_ptr<Store> m_store;
};

namespace {

constexpr qint64 kEvents = 262'200;

/// Steps the rows of the whole log and looks at each column's text. Returns how many bytes those of
/// the seven texts have.
qint64 stepRows(sqlite3* database) {
    constexpr int kNumbers = 3;
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database,
                       "SELECT position, version, recorded_at, stream, event_id, event_type, data, "
                       "metadata, correlation_id, causation_id FROM events ORDER BY position",
                       -1, &statement, nullptr);
    qint64 bytes = 0;
    const int columns = sqlite3_column_count(statement);
    while (sqlite3_step(statement) == SQLITE_ROW)
        for (int column = 0; column < columns; ++column)
            if (sqlite3_column_text(statement, column) != nullptr && column >= kNumbers)
                bytes += sqlite3_column_bytes(statement, column);
    sqlite3_finalize(statement);
    return bytes;
}

} // namespace

void BenchRead::initTestCase() {
    NEED_SHARED_DATA(packed, "loan-applications.jsonl.gz");
    qputenv("REWINDOW_DATA_HOME", QFile::encodeName(m_folder.path()));
    ASSIGN_RESULT(store, Store::create(StoreUrl::sqliteFile(m_folder.filePath(u"log.db"_s)), {}));
    QFile file(rewindow::test::loanLog());
    QVERIFY(file.open(QIODevice::ReadOnly));
    ASSIGN_RESULT(writer, store->writer());
    ASSIGN_RESULT(imported, writer->importAll(jsonLinesSource(file)));
    QCOMPARE(imported.events, kEvents);
    QVERIFY_RESULT(store->checkpoint());
    m_store = std::move(store);
}

void BenchRead::readingTheWholeLog() {
    sqlite3* database = nullptr;
    const QByteArray path = QFile::encodeName(m_store->info().url.path());
    QCOMPARE(sqlite3_open_v2(path.constData(), &database,
                             SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr),
             SQLITE_OK);
    qint64 steppedBytes = 0;
    qint64 events = 0;
    qint64 bytes = 0;
    const auto [stepping, reading] = bench::medianSeconds(
        9, [&] { steppedBytes = stepRows(database); },
        [&] {
            events = 0;
            bytes = 0;
            const auto done = m_store->reader().forEach({}, [&](RecordedEvent&& event) {
                ++events;
                bytes += qint64(event.stream().size() + event.id().size() + event.type().size() +
                                event.data().size() + event.metadata().size());
                return true;
            });
            QVERIFY_RESULT(done);
        });
    sqlite3_close(database);
    QCOMPARE(events, kEvents);
    QCOMPARE(bytes, steppedBytes);
    bench::checkRatio("all events as RecordedEvents / stepping their rows", reading / stepping,
                      1.3);
}

void BenchRead::pagesAnywhereInTheLog() {
    constexpr qint64 kPage = 200;
    constexpr int kPagesAtOnce = 20; // one alone is too quick to be timed
    const auto pagesAfter = [this](qint64 position, bool newestFirst) {
        return [this, position, newestFirst] {
            for (int i = 0; i < kPagesAtOnce; ++i) {
                EventQuery query;
                query.limit = kPage;
                query.newestFirst = newestFirst;
                if (newestFirst)
                    query.upTo = GlobalPosition(position + kPage);
                else
                    query.after = GlobalPosition(position);
                const auto page = m_store->reader().read(query);
                QVERIFY_RESULT(page);
                QCOMPARE(page->size(), std::size_t(kPage));
                QCOMPARE(page->front().position().value(),
                         newestFirst ? position + kPage : position + 1);
            }
        };
    };
    for (const bool newestFirst : {false, true}) {
        const auto [start, middle, end] = bench::medianSeconds(
            31, pagesAfter(0, newestFirst), pagesAfter(kEvents / 2, newestFirst),
            pagesAfter(kEvents - kPage, newestFirst));
        const auto [quickest, slowest] = std::minmax({start, middle, end});
        bench::checkRatio(newestFirst ? "slowest page / quickest, newest first"
                                      : "slowest page / quickest, oldest first",
                          slowest / quickest, 1.5);
    }
}

QTEST_GUILESS_MAIN(BenchRead)
#include "bench_read.moc"
