// Facets of values that lie in the events: all are told apart up to a limit, and each count is
// exact.
#include "support/overview_support.h"
#include "support/store_files.h"

#include <map>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestOverviewValues : public QObject {
    Q_OBJECT

  private slots:
    void countsValuesInEvents();
    void tellsSomeValuesApart();
    void countsOnWhereItWas();
};

void TestOverviewValues::countsValuesInEvents() {
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

void TestOverviewValues::tellsSomeValuesApart() {
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

void TestOverviewValues::countsOnWhereItWas() {
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

QTEST_GUILESS_MAIN(TestOverviewValues)
#include "tst_overview_values.moc"
