// Histogram and facets under a filter, from the index and by reading, against a look at every
// event.
#include "model/overview/filter_selection.h"
#include "model/overview/filtered_counts.h"
#include "model/overview/log_overview.h"
#include "model/session_support.h"

#include <QTest>

#include <map>

using namespace rewindow;
using namespace rewindow::test;

class TestOverviewFiltered : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();

    void knowsWhatAnIndexAnswers_data();
    void knowsWhatAnIndexAnswers();
    void indexCountsWhatTheFilterFinds_data();
    void indexCountsWhatTheFilterFinds();
    void readingCountsWhatTheFilterFinds_data();
    void readingCountsWhatTheFilterFinds();
    void countsValuesWithinTheSpan();
    void newEventsCostThemselves();
    void otherBucketsAreCountedAnew();
    void goesOnAfterCancelling();
    void overtakenQuestionsAreNotAnswered();
    void confinesAndReadsSpans();

  private:
    std::unique_ptr<ScratchFolder> m_folder;
    StoreUrl m_url;
};

namespace {

EventFilter filterOf(const QString& text) {
    const auto filter = EventFilter::parse(text);
    if (!filter)
        qFatal("%s", qPrintable(filter.error().sentence()));
    return *filter;
}

/// By a look at every event.
struct Looked {
    std::map<QString, qint64> types;
    std::map<QString, qint64> categories;
    qint64 events = 0;
};

Looked lookAt(Store& store, const EventFilter& filter) {
    Looked looked;
    const auto read = store.reader().forEach({}, [&](RecordedEvent&& event) {
        if (!filter.accepts(event))
            return true;
        ++looked.events;
        ++looked.types[toQString(event.type())];
        ++looked.categories[toQString(event.stream()).section(u'-', 0, 0)];
        return true;
    });
    if (!read)
        qFatal("%s", qPrintable(read.error().sentence()));
    return looked;
}

std::map<QString, qint64> asMap(const Facet& facet) {
    std::map<QString, qint64> map;
    for (const FacetValue& value : facet.values)
        map[value.text] = value.count;
    return map;
}

Histogram histogramOf(LogOverview& overview, const HistogramRequest& request) {
    Answer<Histogram> answer;
    QObject guard;
    overview.histogram(request, &guard, answer.taker());
    const auto histogram = answer.wait();
    if (!histogram)
        qFatal("%s", qPrintable(histogram.error().sentence()));
    return *histogram;
}

Result<FilteredCounts> countsOf(LogOverview& overview, const FilteredCountsRequest& request) {
    const Histogram frame = histogramOf(overview, {});
    Answer<FilteredCounts> answer;
    QObject guard;
    overview.filtered(request, frame.grid(), &guard, {}, answer.taker());
    return answer.wait();
}

bool buildAll(LogOverview& overview) {
    overview.build();
    return QTest::qWaitFor([&] { return overview.isComplete() && !overview.isBuilding(); }, 20'000);
}

} // namespace

void TestOverviewFiltered::initTestCase() {
    m_folder = std::make_unique<ScratchFolder>();
    const QString path = m_folder->path(QStringLiteral("demo.db"));
    QVERIFY_RESULT(createDemo(path, 4'000));
    m_url = StoreUrl::sqliteFile(path);
}

void TestOverviewFiltered::knowsWhatAnIndexAnswers_data() {
    QTest::addColumn<QString>("filter");
    QTest::addColumn<bool>("isAnswered");
    const auto row = [](const char* filter, bool isAnswered) {
        QTest::newRow(filter) << QString::fromLatin1(filter) << isAnswered;
    };
    row("", true);
    row("type:OrderPaid", true);
    row("type:Order* -type:OrderPaid after:2026-01-01", true);
    row("(stream:order-* or category:user) before:now", true);
    row("has:type", true);
    row("at!=2026-01-01", false);
    row("type:OrderPaid or stream:order-1", false);
    row("data.quantity>1", false);
    row("refund", false);
    row("version>3", false);
    row("-(type:OrderPaid version>3)", false);
}

void TestOverviewFiltered::knowsWhatAnIndexAnswers() {
    QFETCH(QString, filter);
    QFETCH(bool, isAnswered);
    QCOMPARE(selectionOf(filterOf(filter)).has_value(), isAnswered);
}

void TestOverviewFiltered::indexCountsWhatTheFilterFinds_data() {
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"type:OrderPaid", "type:Order*", "-type:Order*", "type=OrderPaid", "type!=OrderPaid",
          "type:*Paid type:*Placed", "type:*Paid and type:Order*", "stream:order-*",
          "-stream:*a* category:order", "category:user or category:product",
          "type:Order* stream:*1* -category:user", "has:type has:stream", "type<P"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("time") << QStringLiteral("time");
}

void TestOverviewFiltered::indexCountsWhatTheFilterFinds() {
    QFETCH(QString, text);
    LogOverview overview(m_url);
    QVERIFY(buildAll(overview));
    if (text == u"time") {
        const Timestamp middle = overview.view().timeOf(2'000);
        text = QStringLiteral("type:Order* after:%1").arg(middle.toString());
    }
    const EventFilter filter = filterOf(text);
    ASSIGN_RESULT(store, Store::open(m_url, Store::Access::Read));
    const Looked looked = lookAt(*store, filter);
    QVERIFY(looked.events > 0);
    const auto selection = selectionOf(filter);
    QVERIFY(selection);
    FacetsRequest request;
    request.selection = *selection;
    Answer<Facets> answer;
    QObject guard;
    overview.facets(request, &guard, answer.taker());
    ASSIGN_RESULT(facets, answer.wait());
    QCOMPARE(facets.events(), looked.events);
    QVERIFY(asMap(facets.types()) == looked.types);
    QVERIFY(asMap(facets.categories()) == looked.categories);
    HistogramRequest histogram;
    histogram.selection = *selection;
    QCOMPARE(histogramOf(overview, histogram).events(), looked.events);
}

void TestOverviewFiltered::readingCountsWhatTheFilterFinds_data() {
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"data.quantity>2", "data.quantity>2 type:OrderCreated", "paid",
          "version>3 category:order", "-has:data.quantity", "type:Order*", "data.nothing:1"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestOverviewFiltered::readingCountsWhatTheFilterFinds() {
    QFETCH(QString, text);
    const EventFilter filter = filterOf(text);
    LogOverview overview(m_url);
    QVERIFY(buildAll(overview));
    ASSIGN_RESULT(store, Store::open(m_url, Store::Access::Read));
    const Looked looked = lookAt(*store, filter);
    ASSIGN_RESULT(counts, countsOf(overview, {.filter = filter, .span = {}, .values = {}}));
    QVERIFY(counts.isComplete);
    QCOMPARE(counts.events, looked.events);
    QCOMPARE(counts.matches, looked.events);
    QVERIFY(asMap(counts.types) == looked.types);
    QVERIFY(asMap(counts.categories) == looked.categories);
    // The bars by bucket and stack: the same as brute force finds.
    const Histogram frame = histogramOf(overview, {});
    std::vector<qint64> expected(frame.buckets() * frame.stacks());
    const auto& edges = frame.grid().edges;
    QVERIFY_RESULT(store->reader().forEach({}, [&](RecordedEvent&& event) {
        if (!filter.accepts(event))
            return true;
        const auto bucket = std::size_t(
            std::upper_bound(edges.begin(), edges.end(), event.recordedAt()) - edges.begin() - 1);
        const auto stack = std::size_t(
            std::find(frame.types().begin(), frame.types().end(), toQString(event.type())) -
            frame.types().begin());
        ++expected[bucket * frame.stacks() + stack];
        return true;
    }));
    QVERIFY(counts.stacked(frame) == expected);
}

void TestOverviewFiltered::countsValuesWithinTheSpan() {
    LogOverview overview(m_url);
    QVERIFY(buildAll(overview));
    const TimeSpan span{overview.view().timeOf(500), overview.view().timeOf(3'000)};
    FilteredCountsRequest request;
    request.filter = filterOf(QStringLiteral("has:data.quantity"));
    request.span = span;
    ValueFacetRequest quantity;
    quantity.source = ValueFacetRequest::Source::Data;
    quantity.pointer = JsonPointer({"quantity"});
    ValueFacetRequest correlation;
    request.values = {quantity, correlation};
    ASSIGN_RESULT(counts, countsOf(overview, request));
    ASSIGN_RESULT(store, Store::open(m_url, Store::Access::Read));
    std::map<QString, qint64> expected;
    qint64 events = 0;
    QVERIFY_RESULT(store->reader().forEach({}, [&](RecordedEvent&& event) {
        const auto data = Json::parse(event.data());
        if (data && data->find("quantity") && event.recordedAt() >= span.begin &&
            event.recordedAt() < span.end) {
            ++events;
            ++expected[QString::fromStdString(data->find("quantity")->dump())];
        }
        return true;
    }));
    QVERIFY(events > 0);
    QCOMPARE(counts.events, events);
    QVERIFY(counts.matches > events); // the histogram is of all times
    QCOMPARE(counts.values.size(), std::size_t(2));
    QVERIFY(asMap(counts.values[0]) == expected);
    QVERIFY(counts.values[1].distinct > 0);
}

void TestOverviewFiltered::newEventsCostThemselves() {
    ScratchFolder folder;
    const QString path = folder.path(QStringLiteral("grows.db"));
    ASSIGN_RESULT(store, createStore(path, {}));
    QVERIFY_RESULT(fillStream(*store, QStringLiteral("a-1"), 1'000));
    LogOverview overview(StoreUrl::sqliteFile(path));
    QVERIFY(buildAll(overview));
    FilteredCounter counter(
        {.filter = filterOf(QStringLiteral("data.n>990")), .span = {}, .values = {}});
    const Histogram frame = histogramOf(overview, {});
    ASSIGN_RESULT(first, counter.count(store->reader(), overview.view(), frame.grid()));
    QCOMPARE(first.events, 10);
    QVERIFY_RESULT(fillStream(*store, QStringLiteral("a-2"), 1'000));
    overview.follow();
    QTRY_COMPARE(overview.view().rows(), 2'000);
    const Histogram grown = histogramOf(overview, {});
    ASSIGN_RESULT(second, counter.count(store->reader(), overview.view(), grown.grid()));
    QCOMPARE(second.events, 20);
    QCOMPARE(second.end, GlobalPosition(2'000));
    // With nothing new nothing is read: a reader that would fail is not asked.
    CancelToken cancelled;
    cancelled.cancel();
    ASSIGN_RESULT(third,
                  counter.count(store->reader(), overview.view(), grown.grid(), {}, cancelled));
    QCOMPARE(third.events, 20);
}

void TestOverviewFiltered::otherBucketsAreCountedAnew() {
    LogOverview overview(m_url);
    QVERIFY(buildAll(overview));
    ASSIGN_RESULT(store, Store::open(m_url, Store::Access::Read));
    FilteredCounter counter(
        {.filter = filterOf(QStringLiteral("version>1")), .span = {}, .values = {}});
    HistogramRequest coarse;
    coarse.mostBuckets = 5;
    for (const Histogram& frame : {histogramOf(overview, {}), histogramOf(overview, coarse)}) {
        ASSIGN_RESULT(counts, counter.count(store->reader(), overview.view(), frame.grid()));
        qint64 sum = 0;
        for (const qint64 count : counts.stacked(frame))
            sum += count;
        QCOMPARE(sum, counts.matches);
        QVERIFY(sum > 0);
    }
}

void TestOverviewFiltered::goesOnAfterCancelling() {
    LogOverview overview(m_url);
    QVERIFY(buildAll(overview));
    ASSIGN_RESULT(store, Store::open(m_url, Store::Access::Read));
    const Histogram frame = histogramOf(overview, {});
    FilteredCounter counter(
        {.filter = filterOf(QStringLiteral("version>0")), .span = {}, .values = {}});
    CancelToken cancel;
    cancel.cancel();
    const auto stopped = counter.count(store->reader(), overview.view(), frame.grid(), {}, cancel);
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().kind, Error::Kind::Cancelled);
    ASSIGN_RESULT(counts, counter.count(store->reader(), overview.view(), frame.grid()));
    QCOMPARE(counts.events, overview.view().rows());
}

void TestOverviewFiltered::overtakenQuestionsAreNotAnswered() {
    LogOverview overview(m_url);
    QVERIFY(buildAll(overview));
    const Histogram frame = histogramOf(overview, {});
    QObject guard;
    int overtaken = 0;
    Answer<FilteredCounts> last;
    for (int i = 0; i < 5; ++i)
        overview.filtered(
            {.filter = filterOf(QStringLiteral("version>%1").arg(i)), .span = {}, .values = {}},
            frame.grid(), &guard, {}, [&](const auto&) { ++overtaken; });
    overview.filtered({.filter = filterOf(QStringLiteral("paid")), .span = {}, .values = {}},
                      frame.grid(), &guard, {}, last.taker());
    ASSIGN_RESULT(counts, last.wait());
    QVERIFY(counts.isComplete);
    QCOMPARE(overtaken, 0);
}

void TestOverviewFiltered::confinesAndReadsSpans() {
    const TimeSpan span{Timestamp(1'000'000), Timestamp(2'000'000)};
    const EventFilter confined =
        confinedTo(filterOf(QStringLiteral("type:A after:2026-01-01 data.n>1")), span);
    QCOMPARE(spanOf(confined), std::optional(span));
    QVERIFY(!spanOf(confinedTo(confined, std::nullopt)));
    QCOMPARE(confinedTo(confined, std::nullopt).toString(), QStringLiteral("type:A data.n>1"));
    // Two bounds of a side: the narrower one holds.
    const auto both = spanOf(filterOf(QStringLiteral("after:2026-01-01 after:2026-02-01")));
    QVERIFY(both);
    QCOMPARE(both->begin, spanOf(filterOf(QStringLiteral("after:2026-02-01")))->begin);
}

QTEST_GUILESS_MAIN(TestOverviewFiltered)
#include "tst_overview_filtered.moc"
