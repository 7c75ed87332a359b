// The overview of a log: histogram and facets equal what a loop over all events counts, while the
// index is being built, afterwards, and as events arrive.
#include "model/domain/order/demo_history.h"
#include "store/json_lines_source.h"
#include "support/overview_support.h"
#include "support/store_files.h"

#include <QFileInfo>
#include <QRandomGenerator>
#include <QSignalSpy>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

/// Selections of this log, some of them of nothing.
std::vector<OverviewSelection> someSelections(const std::vector<PlainEvent>& events) {
    const auto type = [&](std::size_t at) {
        return QString::fromStdString(events[at % events.size()].type);
    };
    const auto stream = [&](std::size_t at) {
        return QString::fromStdString(events[at % events.size()].stream);
    };
    std::vector<OverviewSelection> selections(7);
    selections[1].types = {type(0), type(events.size() / 2)};
    selections[2].streams = {stream(5), stream(events.size() / 3)};
    selections[3].from = Timestamp(events[events.size() / 4].time);
    selections[3].until = Timestamp(events[events.size() / 2].time);
    selections[4] = selections[3];
    selections[4].types = selections[1].types;
    selections[4].categories = {QString::fromStdString(events.back().category)};
    selections[5].types = {u"no such type"_s};
    selections[6].categories = {QString::fromStdString(events.front().category)};
    selections[6].streams = selections[2].streams;
    return selections;
}

/// Compares all that an overview of the store says with a loop over its events.
QString comparedWithALoop(LogOverview& overview, const std::vector<PlainEvent>& events) {
    for (const OverviewSelection& selection : someSelections(events)) {
        for (const std::size_t buckets : {std::size_t(1), std::size_t(50), std::size_t(300)}) {
            HistogramRequest request;
            request.selection = selection;
            request.mostBuckets = buckets;
            request.mostStacks = buckets == 50 ? 3 : 40;
            const auto histogram = histogramOf(overview, request);
            if (!histogram)
                return histogram.error().sentence();
            if (!histogram->isComplete() || histogram->buckets() > buckets)
                return u"%1 buckets"_s.arg(histogram->buckets());
            if (const QString wrong = difference(*histogram, events); !wrong.isEmpty())
                return wrong;
        }
        FacetsRequest request;
        request.selection = selection;
        request.most = 7;
        const auto facets = facetsOf(overview, request);
        if (!facets)
            return facets.error().sentence();
        if (const QString wrong = difference(*facets, events); !wrong.isEmpty())
            return wrong;
        const auto matched = answerOf<MatchedRows>(
            [&](QObject* guard, auto done) { overview.matchedRows(selection, guard, done); });
        if (!matched)
            return matched.error().sentence();
        const auto expected =
            std::count_if(events.begin(), events.end(),
                          [&](const PlainEvent& event) { return accepts(selection, event); });
        if (matched->count() != expected)
            return u"%1 matched rows"_s.arg(matched->count());
    }
    return {};
}

} // namespace

class TestOverview : public QObject {
    Q_OBJECT

  private slots:
    void countsADemo();
    void countsTheLoanLog();
    void countsAForeignStore();
    void countsAnEmptyLog();
    void saysWhatIsPartial();
    void goesOnAfterAStop();
    void keepsAnswersUntilEventsArrive();
    void followsWhatIsAppended();
    void answersTheNewestQuestionOnly();
    void forgetsWhoIsGone();
    void zoomsIn();
    void takesFewBytesAnEvent();
    void buildsAnewWhatWasCutOff();
    void reportsAFailure();
};

void TestOverview::countsADemo() {
    ScratchStore store(u"order"_s);
    QVERIFY_RESULT(writeDemo(*store, 3000, 1));
    LogOverview overview(store.url());
    QVERIFY(isBuilt(overview));
    QCOMPARE(comparedWithALoop(overview, plainEvents(*store)), QString());
}

void TestOverview::countsTheLoanLog() {
    NEED_SHARED_DATA(packed, "loan-applications.jsonl.gz");
    ScratchStore store;
    QFile file(loanLog());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY_RESULT(store.writer().importAll(jsonLinesSource(file)));
    LogOverview overview(store.url());
    QVERIFY(isBuilt(overview));
    const auto events = plainEvents(*store);
    QCOMPARE(events.size(), 262'200u);
    QCOMPARE(comparedWithALoop(overview, events), QString());
}

void TestOverview::countsAForeignStore() {
    NEED_SHARED_DATA(shared, "emmett-shopping-carts.db");
    const PrivateDataHome home;
    const QTemporaryDir folder;
    const QString copy = folder.filePath(u"carts.db"_s);
    QVERIFY(QFile::copy(shared, copy));
    QVERIFY(QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner));
    RawSqlite(copy).run("DELETE FROM emt_messages WHERE global_position%7=3");
    ASSIGN_RESULT(store, Store::open(StoreUrl::sqliteFile(copy), Store::Access::Read));
    const auto events = plainEvents(*store);
    QVERIFY(events.back().position > qint64(events.size())); // it has gaps
    for (int round = 0; round < 2; ++round) {
        LogOverview overview(store->info().url);
        QVERIFY(isBuilt(overview));
        QCOMPARE(comparedWithALoop(overview, events), QString());
    }
}

void TestOverview::countsAnEmptyLog() {
    ScratchStore store;
    LogOverview overview(store.url());
    QVERIFY(isBuilt(overview));
    ASSIGN_RESULT(histogram, histogramOf(overview, {}));
    QCOMPARE(histogram.buckets(), 0u);
    QCOMPARE(histogram.events(), 0);
    QCOMPARE(histogram.highest(), 0);
    QVERIFY(histogram.isComplete());
    ASSIGN_RESULT(facets, facetsOf(overview, {}));
    QVERIFY(facets.types() == Facet() && facets.streams() == Facet());
    ASSIGN_RESULT(values, valuesOf(overview, {}));
    QCOMPARE(values.events, 0);
    store.append(u"a-1"_s, u"Made"_s, "{}");
    overview.follow();
    QTRY_COMPARE(overview.view().rows(), 1);
    ASSIGN_RESULT(one, histogramOf(overview, {}));
    QCOMPARE(one.buckets(), 1u);
    QCOMPARE(one.count(0), 1);
    QVERIFY(one.types() == std::vector<QString>{u"Made"_s});
}

void TestOverview::saysWhatIsPartial() {
    ScratchStore store;
    store.close();
    insertEvents(store.path(), 0, 200'000);
    store.reopen();
    const auto events = plainEvents(*store);
    LogOverview overview(store.url());
    QCOMPARE(overview.total(), 0);
    std::vector<Histogram> partial;
    qint64 last = 0;
    connect(&overview, &LogOverview::progress, this, [&](qint64 reached, qint64 total) {
        QCOMPARE(total, 200'000);
        QVERIFY(reached >= last);
        last = reached;
        QCOMPARE(overview.reached(), reached);
    });
    connect(&overview, &LogOverview::grown, this, [&] {
        if (overview.view().rows() == 200'000)
            return;
        overview.histogram({}, this, [&](const Result<Histogram>& histogram) {
            QVERIFY_RESULT(histogram);
            partial.push_back(*histogram);
        });
    });
    const QSignalSpy completed(&overview, &LogOverview::completed);
    overview.build();
    QVERIFY(overview.isBuilding());
    QTRY_VERIFY_WITH_TIMEOUT(overview.isComplete() && !partial.empty(), kWaitMs);
    QCOMPARE(completed.size(), 1);
    QCOMPARE(last, 200'000);
    for (const Histogram& histogram : partial) {
        QVERIFY(!histogram.isComplete());
        const auto seen = events.begin() + histogram.rows();
        QCOMPARE(difference(histogram, std::vector(events.begin(), seen)), QString());
    }
    ASSIGN_RESULT(whole, histogramOf(overview, {}));
    QVERIFY(whole.isComplete());
    QCOMPARE(difference(whole, events), QString());
}

void TestOverview::goesOnAfterAStop() {
    ScratchStore store;
    store.close();
    insertEvents(store.path(), 0, 200'000);
    store.reopen();
    LogOverview overview(store.url());
    QVERIFY(QObject::connect(&overview, &LogOverview::grown, &overview, &LogOverview::stop));
    overview.build();
    QTRY_VERIFY_WITH_TIMEOUT(!overview.isBuilding(), kWaitMs);
    const qint64 rows = overview.view().rows();
    QVERIFY(rows > 0 && rows < 200'000);
    QVERIFY(!overview.isComplete());
    overview.follow();
    QVERIFY(!overview.isBuilding());
    overview.disconnect(&overview);
    QVERIFY(isBuilt(overview));
    QCOMPARE(comparedWithALoop(overview, plainEvents(*store)), QString());
}

void TestOverview::keepsAnswersUntilEventsArrive() {
    ScratchStore store(u"order"_s);
    QVERIFY_RESULT(writeDemo(*store, 1000, 1));
    LogOverview overview(store.url());
    QVERIFY(isBuilt(overview));
    ASSIGN_RESULT(first, histogramOf(overview, {}));
    QObject guard;
    bool isKeptAnswered = false;
    bool isOtherAnswered = false;
    HistogramRequest other;
    other.mostBuckets = 7;
    overview.histogram(other, &guard, [&](const auto&) { isOtherAnswered = true; });
    QObject secondGuard;
    overview.histogram({}, &secondGuard, [&](const Result<Histogram>& again) {
        QVERIFY_RESULT(again);
        QCOMPARE(difference(*again, plainEvents(*store)), QString());
        QCOMPARE(again->events(), first.events());
        isKeptAnswered = true;
    });
    QTRY_VERIFY(isKeptAnswered && isOtherAnswered);
}

void TestOverview::followsWhatIsAppended() {
    ScratchStore store(u"order"_s);
    QVERIFY_RESULT(writeDemo(*store, 500, 1));
    LogOverview overview(store.url());
    QVERIFY(isBuilt(overview));
    HistogramRequest request;
    request.mostBuckets = 30;
    request.mostStacks = 4;
    ValueFacetRequest values;
    values.source = ValueFacetRequest::Source::Data;
    values.pointer = JsonPointer({"n"});
    QRandomGenerator random(1);
    for (int round = 0; round < 40; ++round) {
        for (quint32 i = random.bounded(5); i <= 5; ++i)
            store.append(u"late-%1"_s.arg(random.bounded(9)), u"Late%1"_s.arg(random.bounded(3)),
                         R"({"n":)" + QByteArray::number(random.bounded(3)) + "}");
        const auto events = plainEvents(*store);
        overview.follow();
        overview.follow();
        QTRY_COMPARE(overview.view().rows(), qint64(events.size()));
        ASSIGN_RESULT(histogram, histogramOf(overview, request));
        QCOMPARE(difference(histogram, events), QString());
        ASSIGN_RESULT(facets, facetsOf(overview, {}));
        QCOMPARE(difference(facets, events), QString());
        ASSIGN_RESULT(counted, valuesOf(overview, values));
        QCOMPARE(counted.events, qint64(events.size()));
        QCOMPARE(counted.events - counted.absent, qint64(events.size()) - 500);
        QTRY_VERIFY(!overview.isBuilding());
    }
}

void TestOverview::answersTheNewestQuestionOnly() {
    ScratchStore store(u"order"_s);
    QVERIFY_RESULT(writeDemo(*store, 1000, 1));
    LogOverview overview(store.url());
    QVERIFY(isBuilt(overview));
    QObject guard;
    std::vector<std::size_t> answered;
    for (std::size_t buckets = 1; buckets <= 50; ++buckets) {
        HistogramRequest request;
        request.mostBuckets = buckets;
        overview.histogram(request, &guard, [&](const Result<Histogram>& histogram) {
            QVERIFY_RESULT(histogram);
            answered.push_back(histogram->request().mostBuckets);
        });
    }
    QObject other;
    bool isOtherAnswered = false;
    overview.histogram({}, &other, [&](const auto&) { isOtherAnswered = true; });
    QTRY_VERIFY(isOtherAnswered);
    QVERIFY(answered == std::vector<std::size_t>{50});

    overview.histogram({}, &guard, [&](const auto&) { answered.clear(); }); // kept
    overview.facets({}, &guard, [&](const auto&) { answered.clear(); });
    overview.withdraw(&guard);
    ASSIGN_RESULT(facets, facetsOf(overview, {}));
    QCOMPARE(facets.events(), 1000);
    QCOMPARE(answered.size(), 1u);
}

void TestOverview::forgetsWhoIsGone() {
    ScratchStore store(u"order"_s);
    QVERIFY_RESULT(writeDemo(*store, 1000, 1));
    bool isCalled = false;
    {
        LogOverview overview(store.url());
        overview.build();
        overview.facets({}, &overview, [&](const auto&) { isCalled = true; });
    }
    LogOverview overview(store.url());
    QVERIFY(isBuilt(overview));
    {
        QObject guard;
        overview.facets({}, &guard, [&](const auto&) { isCalled = true; });
    }
    QVERIFY_RESULT(facetsOf(overview, {}));
    QVERIFY(!isCalled);
}

void TestOverview::zoomsIn() {
    ScratchStore store(u"order"_s);
    QVERIFY_RESULT(writeDemo(*store, 2000, 1));
    LogOverview overview(store.url());
    QVERIFY(isBuilt(overview));
    const auto events = plainEvents(*store);
    HistogramRequest request;
    request.first = Timestamp(events[700].time);
    request.last = Timestamp(events[900].time);
    request.mostBuckets = 100;
    ASSIGN_RESULT(part, histogramOf(overview, request));
    QCOMPARE(difference(part, events), QString());
    QVERIFY(part.grid().edges.front() <= *request.first);
    QVERIFY(part.grid().edges.back() > *request.last);
    QVERIFY(part.buckets() > 25 && part.buckets() <= 100);
    QVERIFY(part.events() >= 200 && part.events() < 2000);
}

void TestOverview::takesFewBytesAnEvent() {
    constexpr int kEvents = 40'000;
    ScratchStore store(u"order"_s);
    QVERIFY_RESULT(writeDemo(*store, kEvents, 1));
    LogOverview overview(store.url());
    QVERIFY(isBuilt(overview));
    const qint64 size = QFileInfo(indexFile()).size();
    QVERIFY2(size > 10LL * kEvents && size <= 16LL * kEvents, qPrintable(QString::number(size)));
}

void TestOverview::buildsAnewWhatWasCutOff() {
    IndexedLog log;
    LogOverview overview(log.scratch().url());
    QVERIFY(isBuilt(overview));
    HistogramRequest request;
    request.mostBuckets = 20;
    QVERIFY_RESULT(histogramOf(overview, request));
    QVERIFY(QFile::resize(indexFile(), 70'000));
    QSignalSpy grown(&overview, &LogOverview::grown);
    request.mostBuckets = 30;
    QCOMPARE(histogramOf(overview, request).error().kind, Error::Kind::Storage);
    QTRY_VERIFY(!grown.isEmpty());
    QTRY_VERIFY(!overview.isBuilding());
    const auto again = histogramOf(overview, request);
    QVERIFY_RESULT(again);
    QCOMPARE(difference(*again, log.events()), QString());
    FacetsRequest facets;
    const auto counted = facetsOf(overview, facets);
    QVERIFY_RESULT(counted);
    QCOMPARE(difference(*counted, log.events()), QString());
}

void TestOverview::reportsAFailure() {
    ScratchStore store;
    store.append(u"a-1"_s, u"Made"_s, "{}");
    store.close();
    QVERIFY(QFile::remove(store.path()));
    LogOverview overview(store.url());
    const QSignalSpy failed(&overview, &LogOverview::failed);
    overview.build();
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(!overview.isBuilding() && !overview.isComplete());
}

QTEST_GUILESS_MAIN(TestOverview)
#include "tst_overview.moc"
