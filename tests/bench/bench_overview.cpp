// The sidecar index: building it against reading the log in bulk, and histogram and facets from it
// against what the sqlite3 shell needs to group the same events through an index.
#include "bench/bench_support.h"
#include "bench/demo_log.h"
#include "model/overview/facets.h"
#include "model/overview/histogram.h"
#include "store/sidecar/matched_rows.h"
#include "store/sidecar/sidecar_counts.h"
#include "store/sidecar/sidecar_index.h"
#include "store/store.h"
#include "support/test_support.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace rewindow;
using namespace Qt::StringLiterals;

class BenchOverview : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void buildingTheIndex();
    void histogram();
    void facets();
    void addingToWhatWasCounted();
    void jumpingAmongMatches();

  private:
    /// What the shell prints for a query, a row a line.
    QByteArrayList shell(const QString& sql) const;
    QStringList indexFiles() const;
    void removeIndex();
    const SidecarView& view() const { return m_index->view(); }

    QTemporaryDir m_folder;
    qint64 m_events = 0;
    int m_runs = 0;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<SidecarIndex> m_index;
};

namespace {

constexpr double kMostBytesAnEvent = 16;
constexpr qint64 kMinute = 60'000'000;

} // namespace

QByteArrayList BenchOverview::shell(const QString& sql) const {
    const auto result =
        rewindow::test::runProgram(u"sqlite3"_s, {u"-readonly"_s, m_store->info().url.path(), sql});
    if (result.exitCode != 0)
        qFatal("sqlite3: %s", result.err.constData());
    QByteArrayList rows = result.out.split('\n');
    rows.removeLast();
    return rows;
}

QStringList BenchOverview::indexFiles() const {
    const QDir folder(m_folder.filePath(u"workspaces"_s));
    QStringList files;
    for (const QString& file : folder.entryList({u"*.sidecar"_s}))
        files << folder.filePath(file);
    return files;
}

void BenchOverview::removeIndex() {
    m_index.reset();
    for (const QString& file : indexFiles())
        QVERIFY(QFile::remove(file));
}

void BenchOverview::initTestCase() {
    m_events = bench::demoLogEvents();
    m_runs = bench::isNightly() ? 3 : 5;
    qputenv("REWINDOW_DATA_HOME", QFile::encodeName(m_folder.path()));
    ASSIGN_RESULT(url, bench::demoLog());
    ASSIGN_RESULT(store, Store::open(url, Store::Access::Read));
    m_store = std::move(store);
}

void BenchOverview::buildingTheIndex() {
    qint64 events = 0;
    const auto [building, reading, opening] = bench::medianSeconds(
        m_runs,
        [&] {
            removeIndex();
            m_index = std::make_unique<SidecarIndex>(m_store->info());
            QVERIFY_RESULT(m_index->extend(m_store->reader()));
        },
        [&] {
            events = 0;
            QVERIFY_RESULT(m_store->reader().forEach({}, [&events](RecordedEvent&&) {
                ++events;
                return true;
            }));
        },
        [&] {
            m_index.reset();
            m_index = std::make_unique<SidecarIndex>(m_store->info());
            QVERIFY_RESULT(m_index->extend(m_store->reader()));
        });
    QCOMPARE(events, m_events);
    QCOMPARE(view().rows(), m_events);
    for (const QString& file : indexFiles()) {
        const double bytes = double(QFileInfo(file).size()) / double(m_events);
        qInfo("%.2f bytes an event on disk, names included", bytes);
        QVERIFY(bytes <= kMostBytesAnEvent);
    }
    bench::checkAtLeast("speed of building the index / of reading the log", reading / building,
                        0.5);
    bench::checkRatio("taking up an index that is there / building it", opening / building, 0.25);
}

void BenchOverview::histogram() {
    const auto span = view().timeSpan();
    QVERIFY(span);
    TimeBuckets minutes;
    for (qint64 edge = span->earliest.microseconds() / kMinute * kMinute;
         edge <= span->latest.microseconds() + kMinute; edge += kMinute)
        minutes.edges.push_back(edge);
    HistogramRequest request;
    QByteArrayList byMinute;
    std::vector<qint64> counts;
    Histogram stacked;
    const auto [grouping, counting, stacking] = bench::medianSeconds(
        m_runs,
        [&] {
            byMinute = shell(u"SELECT recorded_at/60000000,count(*) FROM events INDEXED BY "
                             "events_by_time GROUP BY 1 ORDER BY 1"_s);
        },
        [&] {
            auto counted = countOverTime(view(), minutes, {}, 0);
            QVERIFY_RESULT(counted);
            counts = std::move(*counted);
        },
        [&] {
            auto counted = Histogram::of(view(), request);
            QVERIFY_RESULT(counted);
            stacked = std::move(*counted);
        });
    QByteArrayList ours;
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] > 0)
            ours << QByteArray::number(minutes.edges[i] / kMinute) + '|' +
                        QByteArray::number(counts[i]);
    QVERIFY(ours == byMinute);
    QCOMPARE(stacked.events(), m_events);
    qInfo("by minute %.2f ms, %zu buckets stacked by type %.2f ms", counting * 1e3,
          stacked.buckets(), stacking * 1e3);
    bench::checkAtLeast("the shell's GROUP BY minute / counting by minute", grouping / counting, 4);
    bench::checkAtLeast("the shell's GROUP BY minute / the histogram stacked by type",
                        grouping / stacking, 4);
}

void BenchOverview::facets() {
    QByteArrayList byType;
    QByteArrayList byStream;
    Facets counted;
    std::vector<qint64> types;
    std::vector<qint64> streams;
    const auto [groupingTypes, groupingStreams, countingTypes, countingStreams, countingAll] =
        bench::medianSeconds(
            m_runs,
            [&] {
                byType = shell(u"SELECT event_type,count(*) FROM events GROUP BY 1 "
                               "ORDER BY 2 DESC,1"_s);
            },
            [&] {
                byStream = shell(u"SELECT stream,count(*) FROM events GROUP BY 1 "
                                 "ORDER BY 2 DESC,1 LIMIT 100"_s);
            },
            [&] {
                auto result = countTypes(view(), {}, 0);
                QVERIFY_RESULT(result);
                types = std::move(*result);
            },
            [&] {
                auto result = countStreams(view(), {}, 0);
                QVERIFY_RESULT(result);
                streams = std::move(*result);
            },
            [&] {
                auto result = Facets::of(view(), {});
                QVERIFY_RESULT(result);
                counted = std::move(*result);
            });
    QCOMPARE(counted.types().values.size(), std::size_t(byType.size()));
    for (const FacetValue& value : counted.types().values)
        QVERIFY(byType.contains(value.text.toUtf8() + '|' + QByteArray::number(value.count)));
    QCOMPARE(counted.streams().values.size(), std::size_t(byStream.size()));
    for (std::size_t i = 0; i < counted.streams().values.size(); ++i)
        QCOMPARE(QByteArray::number(counted.streams().values[i].count),
                 byStream[qsizetype(i)].split('|').last());
    qInfo("types %.2f ms, streams %.2f ms, all facets %.2f ms", countingTypes * 1e3,
          countingStreams * 1e3, countingAll * 1e3);
    bench::checkAtLeast("the shell's GROUP BY type / counting types", groupingTypes / countingTypes,
                        4);
    bench::checkAtLeast("the shell's GROUP BY stream / counting streams",
                        groupingStreams / countingStreams, 4);
    bench::checkAtLeast("the shell's GROUP BYs / all facets",
                        (groupingTypes + groupingStreams) / countingAll, 4);
}

void BenchOverview::addingToWhatWasCounted() {
    constexpr int kTimesAtOnce = 20; // one alone is too quick to be timed
    ASSIGN_RESULT(histogram, Histogram::of(view(), {}));
    ASSIGN_RESULT(facets, Facets::of(view(), {}));
    const auto [first, again] = bench::medianSeconds(
        m_runs,
        [&] {
            QVERIFY_RESULT(Histogram::of(view(), {}));
            QVERIFY_RESULT(Facets::of(view(), {}));
        },
        [&] {
            for (int i = 0; i < kTimesAtOnce; ++i) {
                QVERIFY_RESULT(Histogram::of(view(), {}, &histogram));
                QVERIFY_RESULT(Facets::of(view(), {}, &facets));
            }
        });
    // Facets sort the counts of all streams anew, however few events are new.
    bench::checkRatio("counting nothing new / counting all", again / kTimesAtOnce / first, 0.5);
}

void BenchOverview::jumpingAmongMatches() {
    constexpr qint64 kPage = 200;
    SidecarSelection selection;
    ASSIGN_RESULT(types, countTypes(view(), {}, 0));
    const auto most = NameId(std::max_element(types.begin(), types.end()) - types.begin());
    selection.types = NameSet(view().names(NameKind::Type));
    selection.types->insert(most);
    MatchedRows matched;
    const double matching = bench::seconds([&] {
        auto found = MatchedRows::of(view(), selection);
        QVERIFY_RESULT(found);
        matched = std::move(*found);
    });
    QCOMPARE(matched.count(), types[most]);
    QVERIFY(matched.count() > 2 * kPage);
    constexpr int kPagesAtOnce = 50;
    const auto pagesAt = [&](qint64 first) {
        return [&matched, first] {
            for (int i = 0; i < kPagesAtOnce; ++i)
                QCOMPARE(matched.rows(first, kPage).size(), std::size_t(kPage));
        };
    };
    const auto [start, middle, end] = bench::medianSeconds(
        15, pagesAt(0), pagesAt(matched.count() / 2), pagesAt(matched.count() - kPage));
    const double slowest = std::max({start, middle, end});
    qInfo("matching %.2f ms, a page of matches %.3f ms", matching * 1e3,
          slowest / kPagesAtOnce * 1e3);
    bench::checkRatio("a page of matches anywhere / matching all",
                      slowest / kPagesAtOnce / matching, 0.2);
}

QTEST_GUILESS_MAIN(BenchOverview)
#include "bench_overview.moc"
