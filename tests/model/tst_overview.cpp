// The overview of a log: histogram and facets equal what a loop over all events counts, while the
// index is being built, afterwards, and as events arrive.
#include "model/domain/order/demo_history.h"
#include "model/overview/log_overview.h"
#include "store/json_lines_source.h"
#include "support/sidecar_support.h"
#include "support/store_files.h"

#include <QRandomGenerator>
#include <QSignalSpy>

#include <map>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kWaitMs = 60'000;

/// Waits for the answer to what `ask` asks with the guard and the callback it is given.
template <class Answer, class Ask>
Result<Answer> answerOf(Ask&& ask) {
    QObject guard;
    std::optional<Result<Answer>> answer;
    ask(&guard, [&answer](Result<Answer> given) { answer = std::move(given); });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, kWaitMs))
        return fail(Error::Kind::Storage, u"no answer came"_s);
    return *answer;
}

Result<Histogram> histogramOf(LogOverview& overview, const HistogramRequest& request) {
    return answerOf<Histogram>(
        [&](QObject* guard, auto done) { overview.histogram(request, guard, done); });
}

Result<Facets> facetsOf(LogOverview& overview, const FacetsRequest& request) {
    return answerOf<Facets>(
        [&](QObject* guard, auto done) { overview.facets(request, guard, done); });
}

Result<ValueFacet> valuesOf(LogOverview& overview, const ValueFacetRequest& request) {
    return answerOf<ValueFacet>(
        [&](QObject* guard, auto done) { overview.values(request, guard, {}, done); });
}

bool isBuilt(LogOverview& overview) {
    overview.build();
    return QTest::qWaitFor([&overview] { return !overview.isBuilding(); }, kWaitMs) &&
           overview.isComplete();
}

bool accepts(const OverviewSelection& selection, const PlainEvent& event) {
    const auto holds = [](const std::optional<QStringList>& names, const std::string& name) {
        return !names || names->contains(QString::fromStdString(name));
    };
    return (!selection.from || event.time >= selection.from->microseconds()) &&
           (!selection.until || event.time < selection.until->microseconds()) &&
           holds(selection.types, event.type) && holds(selection.streams, event.stream) &&
           holds(selection.categories, event.category);
}

/// What is wrong with a histogram of these events; empty when nothing is.
QString difference(const Histogram& histogram, const std::vector<PlainEvent>& events) {
    std::vector<qint64> expected(histogram.buckets() * histogram.stacks());
    const std::vector<Timestamp>& edges = histogram.grid().edges;
    std::map<std::string, qint64> frequency;
    for (const PlainEvent& event : events) {
        ++frequency[event.type];
        const auto after = std::upper_bound(edges.begin(), edges.end(), Timestamp(event.time));
        if (!accepts(histogram.request().selection, event) || after == edges.begin() ||
            after == edges.end())
            continue;
        const auto& types = histogram.types();
        const auto type = std::find(types.begin(), types.end(), QString::fromStdString(event.type));
        if (type == types.end() && !histogram.hasOthers())
            return u"type %1 is not among the stacks"_s.arg(QString::fromStdString(event.type));
        ++expected[std::size_t(after - edges.begin() - 1) * histogram.stacks() +
                   std::size_t(type - types.begin())];
    }
    for (std::size_t bucket = 0; bucket < histogram.buckets(); ++bucket)
        for (std::size_t stack = 0; stack < histogram.stacks(); ++stack)
            if (histogram.count(bucket, stack) != expected[bucket * histogram.stacks() + stack])
                return u"bucket %1, stack %2 is %3"_s.arg(bucket).arg(stack).arg(
                    histogram.count(bucket, stack));
    for (std::size_t i = 1; i < histogram.types().size(); ++i)
        if (frequency[histogram.types()[i - 1].toStdString()] <
            frequency[histogram.types()[i].toStdString()])
            return u"the stacks are not in order"_s;
    if (histogram.rows() != qint64(events.size()))
        return u"%1 rows"_s.arg(histogram.rows());
    return {};
}

QString difference(const Facet& facet, std::map<std::string, qint64> expected, std::size_t most) {
    if (facet.distinct != qint64(expected.size()) ||
        facet.values.size() != std::min(most, expected.size()))
        return u"%1 values, %2 listed"_s.arg(facet.distinct).arg(facet.values.size());
    qint64 last = std::numeric_limits<qint64>::max();
    for (const FacetValue& value : facet.values) {
        const auto found = expected.find(value.text.toStdString());
        if (found == expected.end() || found->second != value.count || value.count > last)
            return u"%1: %2"_s.arg(value.text).arg(value.count);
        last = value.count;
        expected.erase(found);
    }
    qint64 others = 0;
    for (const auto& [name, count] : expected) {
        others += count;
        if (count > last)
            return QString::fromStdString(name) + u" is not listed"_s;
    }
    return others == facet.others ? QString() : u"%1 others"_s.arg(facet.others);
}

QString difference(const Facets& facets, const std::vector<PlainEvent>& events) {
    std::map<std::string, qint64> types;
    std::map<std::string, qint64> categories;
    std::map<std::string, qint64> streams;
    for (const PlainEvent& event : events)
        if (accepts(facets.request().selection, event)) {
            ++types[event.type];
            ++categories[event.category];
            ++streams[event.stream];
        }
    const std::size_t most = facets.request().most;
    for (const auto& [facet, expected] :
         {std::pair{&facets.types(), &types}, std::pair{&facets.categories(), &categories},
          std::pair{&facets.streams(), &streams}})
        if (const QString wrong = difference(*facet, *expected, most); !wrong.isEmpty())
            return wrong;
    return {};
}

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
    void countsValuesInEvents();
    void tellsSomeValuesApart();
    void countsOnWhereItWas();
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
    // The counting lane has something else to do for long: what is kept does not wait for it.
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

void TestOverview::countsValuesInEvents() {
    ScratchStore store;
    const std::vector<QByteArray> payloads{
        R"({"a":{"b":1}})",     R"({"a":{"b":1}})",  R"({"a":{"b":"1"}})",   R"({"a":{"b":1.0}})",
        R"({"a":{"b":null}})",  R"({"a":{"c":2}})",  R"({"a":[0,{"b":5}]})", "no JSON",
        R"({"a":{"b":[1,2]}})", R"({"a":{"b":{}}})", R"({"a":{"\u0062":1}})"};
    for (std::size_t i = 0; i < payloads.size(); ++i)
        store.append(u"s-%1"_s.arg(i % 2), u"T"_s, payloads[i]);
    store.append(u"long-1"_s, u"T"_s, "{\"a\":{\"b\":\"" + QByteArray("ä").repeated(300) + "\"}}");
    LogOverview overview(store.url());
    QVERIFY(isBuilt(overview));
    ValueFacetRequest request;
    request.source = ValueFacetRequest::Source::Data;
    request.pointer = JsonPointer({"a", "b"});
    ASSIGN_RESULT(counted, valuesOf(overview, request));
    std::map<QString, qint64> values;
    for (const FacetValue& value : counted.facet.values)
        values[value.text] = value.count;
    const std::map<QString, qint64> expected{{u"1"_s, 3},
                                             {u"\"1\""_s, 1},
                                             {u"1.0"_s, 1},
                                             {u"null"_s, 1},
                                             {u"[…]"_s, 1},
                                             {u"{…}"_s, 1},
                                             {u'"' + QString(u"ä"_s).repeated(99) + u'…', 1}};
    QVERIFY(values == expected);
    QCOMPARE(counted.events, 12);
    QCOMPARE(counted.absent, 3);
    QCOMPARE(counted.facet.distinct, 7);
    QVERIFY(counted.isComplete && !counted.facet.isCapped);

    request.selection.streams = {u"s-1"_s};
    ASSIGN_RESULT(some, valuesOf(overview, request));
    QCOMPARE(some.events, 5);
    QCOMPARE(some.facet.values.front().count, 1);
    request.pointer = JsonPointer({"a", "1", "b"});
    request.selection = {};
    ASSIGN_RESULT(inArray, valuesOf(overview, request));
    QVERIFY(inArray.facet.values == (std::vector<FacetValue>{{u"5"_s, 1}}));
}

void TestOverview::tellsSomeValuesApart() {
    ScratchStore store;
    std::map<std::string, qint64> expected;
    for (int i = 0; i < 400; ++i) {
        NewEvent event = newEvent(u"e%1"_s.arg(i), u"T"_s);
        event.correlationId = i % 4 == 0 ? QString() : u"c-%1"_s.arg(i * i % 150);
        if (i % 4 != 0)
            ++expected[event.correlationId.toStdString()];
        QVERIFY_RESULT(store.writer().append(u"s"_s, ExpectedVersion::any(), {&event, 1}));
    }
    LogOverview overview(store.url());
    QVERIFY(isBuilt(overview));
    ValueFacetRequest request;
    request.most = 5;
    ASSIGN_RESULT(all, valuesOf(overview, request));
    QCOMPARE(all.absent, 100);
    QCOMPARE(difference(all.facet, expected, 5), QString());
    QVERIFY(!all.facet.isCapped);
    request.mostDistinct = 10;
    request.most = 100;
    ASSIGN_RESULT(capped, valuesOf(overview, request));
    QVERIFY(capped.facet.isCapped);
    QCOMPARE(capped.facet.values.size(), 10u);
    qint64 events = capped.facet.others;
    for (const FacetValue& value : capped.facet.values) {
        QCOMPARE(value.count, expected[value.text.toStdString()]);
        events += value.count;
    }
    QCOMPARE(events, 300);
}

void TestOverview::countsOnWhereItWas() {
    ScratchStore store;
    store.close();
    insertEvents(store.path(), 0, 60'000);
    store.reopen();
    SidecarIndex index(store->info());
    QVERIFY_RESULT(index.extend(store->reader()));
    ValueFacetRequest request;
    request.source = ValueFacetRequest::Source::Data;
    ValueCounter counter(request);
    const CancelToken cancel;
    std::vector<qint64> told;
    const auto stopped = counter.count(
        store->reader(), index.view(),
        [&](const ValueFacet& soFar) {
            told.push_back(soFar.rows);
            QCOMPARE(soFar.total, 60'000);
            QCOMPARE(soFar.facet.values.front().count, soFar.rows);
            cancel.cancel();
        },
        cancel);
    // A quick machine may be done before it tells anything.
    QVERIFY(stopped || stopped.error().kind == Error::Kind::Cancelled);
    QVERIFY(stopped || !told.empty());
    ASSIGN_RESULT(counted, counter.count(store->reader(), index.view()));
    QCOMPARE(counted.rows, 60'000);
    QVERIFY(counted.facet.values == (std::vector<FacetValue>{{u"{…}"_s, 60'000}}));
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
