// Opening a store up to its first rows, and jumping anywhere in it, against stepping the same rows
// by key through SQLite's own interface.
#include "bench/bench_support.h"
#include "bench/demo_log.h"
#include "bench/plain_sqlite.h"

#include <QTemporaryDir>

using namespace rewindow;
using namespace Qt::StringLiterals;

class BenchFirstRows : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void opening();
    void jumping();

  private:
    /// 200 events after a position, or before it.
    void read(EventReader& reader, qint64 position, bool newestFirst = false) const;

    QTemporaryDir m_folder;
    std::optional<StoreUrl> m_url;
    qint64 m_events = 0;
};

namespace {

constexpr qint64 kPage = 200;
constexpr int kRuns = 31;

} // namespace

void BenchFirstRows::initTestCase() {
    qputenv("REWINDOW_DATA_HOME", QFile::encodeName(m_folder.path()));
    m_events = bench::demoLogEvents();
    ASSIGN_RESULT(url, bench::demoLog());
    m_url = url;
}

void BenchFirstRows::read(EventReader& reader, qint64 position, bool newestFirst) const {
    EventQuery query;
    query.limit = kPage;
    query.newestFirst = newestFirst;
    if (newestFirst)
        query.upTo = GlobalPosition(position + kPage);
    else
        query.after = GlobalPosition(position);
    const auto page = reader.read(query);
    QVERIFY_RESULT(page);
    QCOMPARE(page->size(), std::size_t(kPage));
    QCOMPARE(page->front().position().value(), newestFirst ? position + kPage : position + 1);
}

void BenchFirstRows::opening() {
    const auto [ours, plain] = bench::medianSeconds(
        kRuns,
        [&] {
            ASSIGN_RESULT(store, Store::open(*m_url, Store::Access::Read));
            read(store->reader(), m_events - kPage, true);
        },
        [&] {
            const bench::PlainSqlite sqlite(m_url->path());
            QCOMPARE(sqlite.rows(bench::kEventColumns + " ORDER BY position DESC LIMIT 200"),
                     kPage);
        });
    qInfo("opening to the first rows %.2f ms, through SQLite's interface %.2f ms", ours * 1e3,
          plain * 1e3);
    bench::checkRatio("opening to the first rows / SQLite's own interface", ours / plain, 2);
}

void BenchFirstRows::jumping() {
    constexpr int kPagesAtOnce = 20; // one alone is too quick to be timed
    ASSIGN_RESULT(store, Store::open(*m_url, Store::Access::Read));
    const bench::PlainSqlite sqlite(m_url->path());
    sqlite3_stmt* byKey =
        sqlite.prepared(bench::kEventColumns + " WHERE position>? ORDER BY position LIMIT ?");
    std::vector<double> everywhere;
    for (const int tenths : {0, 1, 3, 5, 7, 9, 10}) {
        const qint64 position = (m_events - kPage) / 10 * tenths;
        const auto [ours, stepping] = bench::medianSeconds(
            kRuns,
            [&] {
                for (int i = 0; i < kPagesAtOnce; ++i)
                    read(store->reader(), position);
            },
            [&] {
                for (int i = 0; i < kPagesAtOnce; ++i) {
                    sqlite3_bind_int64(byKey, 1, position);
                    sqlite3_bind_int64(byKey, 2, kPage);
                    QCOMPARE(bench::PlainSqlite::step(byKey), kPage);
                }
            });
        qInfo("200 rows after position %lld: %.3f ms", position, ours / kPagesAtOnce * 1e3);
        bench::checkRatio("200 rows after a position / stepping them", ours / stepping, 2);
        everywhere.push_back(ours);
    }
    sqlite3_finalize(byKey);
    const auto [quickest, slowest] = std::ranges::minmax(everywhere);
    bench::checkRatio("200 rows anywhere, the slowest / the quickest", slowest / quickest, 1.5);
}

QTEST_GUILESS_MAIN(BenchFirstRows)
#include "bench_first_rows.moc"
