// Saved filters, filter tabs, and the conditions that values of an event stand for.
#include "model/filter/event_conditions.h"
#include "model/filter/filter_tab_list.h"
#include "model/filter/kept_filter_tabs.h"
#include "model/filter/saved_filters.h"
#include "model/session_support.h"
#include "model/store_lane.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rewindow;
using namespace rewindow::test;

class TestFilterSaved : public QObject {
    Q_OBJECT

  private slots:
    void keepsFiltersByName();
    void renamesAndRemovesAndBringsBack();
    void namesStayDifferent();
    void whatCannotComeBackIsNotLost();
    void savedRightBeforeTheEnd();
    void windowsSeeEachOthersFilters();
    void textReadsBack();
    void refusesWhatItDidNotWrite();
    void tabsKeepTheCurrentOne();
    void theLastTabStays();
    void tabsReadBackTheSame();
    void refusesTabsItDidNotWrite_data();
    void refusesTabsItDidNotWrite();
    void tabsAreKept();
    void conditionsFindTheirEvent();
    void someThingsAreNoCondition();
};

namespace {

EventFilter filterOf(const char* text) {
    return EventFilter::parse(QString::fromUtf8(text)).value();
}

QStringList namesOf(const SavedFilters& saved) {
    QStringList names;
    for (const SavedFilter& filter : saved.filters())
        names += filter.name;
    return names;
}

struct Shelf {
    ScratchFolder folder;
    StoreUrl url;
    std::unique_ptr<StoreLane> lane;

    Shelf() {
        const QString path = folder.path(QStringLiteral("shop.db"));
        if (!createStore(path, {}))
            qFatal("no store");
        url = StoreUrl::sqliteFile(path);
        lane = std::make_unique<StoreLane>(url, Store::Access::Read);
    }
};

} // namespace

void TestFilterSaved::keepsFiltersByName() {
    Shelf shelf;
    {
        SavedFilters saved(*shelf.lane);
        QAbstractItemModelTester tester(&saved,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        saved.load();
        saved.save(QStringLiteral(" Paid "), filterOf("type:OrderPaid"));
        saved.save({}, filterOf("data.quantity>2"));
        QTRY_COMPARE(saved.rowCount(), 2);
        QCOMPARE(saved.index(0).data().toString(), QStringLiteral("Paid"));
        QCOMPARE(saved.index(1).data().toString(), QStringLiteral("data.quantity>2"));
        // The same name again: in its place.
        saved.save(QStringLiteral("Paid"), filterOf("type:*Paid"));
        QTRY_COMPARE(saved.index(0).data(SavedFilters::FilterRole).toString(),
                     QStringLiteral("type:*Paid"));
        QCOMPARE(saved.rowCount(), 2);
    }
    SavedFilters again(*shelf.lane);
    again.load();
    QTRY_COMPARE(namesOf(again),
                 QStringList({QStringLiteral("Paid"), QStringLiteral("data.quantity>2")}));
}

void TestFilterSaved::renamesAndRemovesAndBringsBack() {
    Shelf shelf;
    SavedFilters saved(*shelf.lane);
    QAbstractItemModelTester tester(&saved, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (const char* name : {"a", "b", "c"})
        saved.save(QString::fromLatin1(name), filterOf("type:X"));
    QTRY_COMPARE(saved.rowCount(), 3);
    QVERIFY(saved.setData(saved.index(1), QStringLiteral("B")));
    QTRY_COMPARE(saved.index(1).data().toString(), QStringLiteral("B"));
    QVERIFY(!saved.setData(saved.index(1), QStringLiteral("  ")));
    saved.remove(1);
    QTRY_COMPARE(saved.rowCount(), 2);
    QTRY_VERIFY(saved.lastRemoved());
    QCOMPARE(saved.lastRemoved()->name, QStringLiteral("B"));
    saved.remove(0);
    QTRY_COMPARE(saved.rowCount(), 1);
    QTRY_COMPARE(saved.lastRemoved()->name, QStringLiteral("a"));
    saved.undoRemoval();
    saved.undoRemoval();
    QTRY_COMPARE(namesOf(saved),
                 QStringList({QStringLiteral("a"), QStringLiteral("B"), QStringLiteral("c")}));
    QVERIFY(!saved.lastRemoved());
}

void TestFilterSaved::namesStayDifferent() {
    Shelf shelf;
    SavedFilters saved(*shelf.lane);
    QSignalSpy failures(&saved, &SavedFilters::failed);
    saved.save(QStringLiteral("a"), filterOf("type:X"));
    saved.save(QStringLiteral("b"), filterOf("type:Y"));
    QTRY_COMPARE(saved.rowCount(), 2);
    saved.setData(saved.index(1), QStringLiteral("a"));
    QTRY_COMPARE(failures.size(), 1);
    QVERIFY(failures[0][0].value<Error>().sentence().contains(QStringLiteral("“a”")));
    QCOMPARE(namesOf(saved), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
}

void TestFilterSaved::whatCannotComeBackIsNotLost() {
    Shelf shelf;
    SavedFilters saved(*shelf.lane);
    QSignalSpy failures(&saved, &SavedFilters::failed);
    saved.save(QStringLiteral("a"), filterOf("type:X"));
    QTRY_COMPARE(saved.rowCount(), 1);
    saved.remove(0);
    QTRY_VERIFY(saved.lastRemoved());
    saved.save(QStringLiteral("a"), filterOf("type:Y"));
    QTRY_COMPARE(saved.rowCount(), 1);
    saved.undoRemoval();
    QTRY_COMPARE(failures.size(), 1);
    QVERIFY(saved.lastRemoved());
    QVERIFY(saved.setData(saved.index(0), QStringLiteral("b")));
    saved.undoRemoval();
    QTRY_COMPARE(namesOf(saved), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
}

void TestFilterSaved::savedRightBeforeTheEnd() {
    Shelf shelf;
    {
        SavedFilters saved(*shelf.lane);
        shelf.lane->run<int>(
            this,
            [](Store&, const CancelToken&) -> Result<int> {
                QThread::msleep(100);
                return 0;
            },
            [](const Result<int>&) {});
        saved.save(QStringLiteral("late"), filterOf("type:X"));
    }
    shelf.lane = std::make_unique<StoreLane>(shelf.url, Store::Access::Read);
    SavedFilters again(*shelf.lane);
    again.load();
    QTRY_COMPARE(namesOf(again), QStringList({QStringLiteral("late")}));
}

void TestFilterSaved::windowsSeeEachOthersFilters() {
    Shelf shelf;
    StoreLane other(shelf.url, Store::Access::Read);
    SavedFilters here(*shelf.lane);
    SavedFilters there(other);
    here.save(QStringLiteral("here"), filterOf("type:X"));
    QTRY_COMPARE(here.rowCount(), 1);
    there.save(QStringLiteral("there"), filterOf("type:Y"));
    QTRY_COMPARE(namesOf(there), QStringList({QStringLiteral("here"), QStringLiteral("there")}));
}

void TestFilterSaved::textReadsBack() {
    const std::vector<SavedFilter> filters{
        {QStringLiteral("a \"b\" <i>帽子</i>\n"), QStringLiteral("data.\"a b\":\"x\\\"y\"")},
        {QStringLiteral("empty"), QString()}};
    const auto read = savedFiltersOf(savedFiltersText(filters));
    QVERIFY_RESULT(read);
    QVERIFY(*read == filters);
}

void TestFilterSaved::refusesWhatItDidNotWrite() {
    for (const char* text : {"", "{}", "[1]", "[{\"name\":1,\"filter\":\"\"}]",
                             "[{\"name\":\"a\"}]", "[{\"name\":\"a\",\"filter\":\"b\"}"}) {
        const auto read = savedFiltersOf(QString::fromLatin1(text));
        QVERIFY2(!read, text);
        QCOMPARE(read.error().kind, Error::Kind::BadInput);
    }
}

void TestFilterSaved::tabsKeepTheCurrentOne() {
    FilterTabList list;
    list.now().text = QStringLiteral("a");
    list.open(QStringLiteral("b"));
    list.open(QStringLiteral("c"));
    QCOMPARE(list.now().text, QStringLiteral("c"));
    list.setCurrent(0);
    list.open(QStringLiteral("d")); // a d b c
    QCOMPARE(list.current(), 1);
    QCOMPARE(list.otherWith(QStringLiteral("c")), 3);
    QCOMPARE(list.otherWith(QStringLiteral("d")), -1); // is the current one
    for (const auto& [from, to] :
         {std::pair(1, 3), std::pair(0, 2), std::pair(3, 0), std::pair(2, 1)}) {
        list.move(from, to);
        QCOMPARE(list.now().text, QStringLiteral("d"));
    }
    list.close(list.current() == 0 ? 1 : 0);
    QCOMPARE(list.now().text, QStringLiteral("d"));
    QCOMPARE(list.count(), 3);
}

void TestFilterSaved::theLastTabStays() {
    FilterTabList list;
    list.now() = {QStringLiteral("a"), {GlobalPosition(3), 2}};
    list.close(0);
    QCOMPARE(list.count(), 1);
    QCOMPARE(list.now(), FilterTab());
    list.open(QStringLiteral("b"));
    list.close(1);
    QCOMPARE(list.current(), 0);
    list.close(7);
    QCOMPARE(list.count(), 1);
}

void TestFilterSaved::tabsReadBackTheSame() {
    FilterTabList list;
    QCOMPARE(FilterTabList::fromText(list.toText()).value(), list);
    list.now() = {QStringLiteral("type:\"帽子\""), {GlobalPosition(7), 3}};
    list.open(QStringLiteral("data.a>2 and (not"));
    list.open({});
    list.setCurrent(1);
    list.now().place.position = GlobalPosition(9'007'199'254'740'993);
    const auto same = FilterTabList::fromText(list.toText());
    QVERIFY_RESULT(same);
    QCOMPARE(*same, list);

    list.showOrOpen(QStringLiteral("type:\"帽子\""));
    QCOMPARE(list.current(), 0);
    QCOMPARE(list.now().place.rowsBelowTop, 3);
    list.showOrOpen(QStringLiteral("stream:order-1"));
    QCOMPARE(list.count(), 4);
    QCOMPARE(list.current(), 1);
    list.showOrOpen(QStringLiteral("stream:order-1"));
    QCOMPARE(list.count(), 4);
}

void TestFilterSaved::refusesTabsItDidNotWrite_data() {
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"", "nonsense", "[]", "{}", R"({"current":0,"tabs":[]})", R"({"tabs":[{"text":""}]})",
          R"({"current":1,"tabs":[{"text":""}]})", R"({"current":-1,"tabs":[{"text":""}]})",
          R"({"current":0.5,"tabs":[{"text":""}]})", R"({"current":0,"tabs":[{}]})",
          R"({"current":0,"tabs":[{"text":7}]})", R"({"current":0,"tabs":{"text":""}})"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestFilterSaved::refusesTabsItDidNotWrite() {
    QFETCH(QString, text);
    const auto list = FilterTabList::fromText(text);
    QVERIFY(!list);
    QCOMPARE(list.error().kind, Error::Kind::BadInput);
}

void TestFilterSaved::tabsAreKept() {
    const Shelf shelf;
    FilterTabList list;
    list.now().text = QStringLiteral("type:A");
    list.open(QStringLiteral("type:B"));
    const auto kept = [&shelf] {
        KeptFilterTabs tabs(*shelf.lane);
        std::optional<FilterTabList> found;
        QSignalSpy failed(&tabs, &KeptFilterTabs::failed);
        tabs.load([&found](const FilterTabList& read) { found = read; });
        [[maybe_unused]] const bool answered =
            QTest::qWaitFor([&] { return found || !failed.isEmpty(); }, 1'000);
        return found;
    };
    QVERIFY(!kept());
    {
        KeptFilterTabs tabs(*shelf.lane);
        tabs.keep(list);
        QTRY_VERIFY(kept() == list); // without an end of the window
        list.close(0);
        tabs.keep(list);
    } // at once, at the end
    QTRY_VERIFY(kept() == list);
}

void TestFilterSaved::conditionsFindTheirEvent() {
    ScratchFolder folder;
    const QString path = folder.path(QStringLiteral("demo.db"));
    QVERIFY_RESULT(createDemo(path, 60));
    ASSIGN_RESULT(store, Store::open(StoreUrl::sqliteFile(path), Store::Access::Read));
    int asked = 0;
    for (const qint64 position : {1, 7, 20, 43}) {
        ASSIGN_RESULT(detail, readEventDetail(*store, GlobalPosition(position)));
        const std::pair<EventPart, Json> parts[] = {
            {EventPart::Data, detail.data},
            {EventPart::Metadata, detail.metadata},
            {EventPart::Circumstances, detail.circumstances()}};
        for (const auto& [part, root] : parts)
            for (std::size_t i = 0; root.kind() == Json::Kind::Object && i < root.size(); ++i) {
                const JsonPointer pointer = JsonPointer().child(root.keyAt(i));
                const auto condition = conditionOf(detail, part, pointer);
                QVERIFY2(condition, pointer.toString().c_str());
                const EventFilter filter(*condition);
                QVERIFY2(filter.accepts(detail.event), qPrintable(filter.toString()));
                QVERIFY(!EventFilter().without(*condition).accepts(detail.event));
                const auto read = EventFilter::parse(filter.toString());
                QVERIFY_RESULT(read);
                QVERIFY(read->accepts(detail.event));
                ++asked;
            }
    }
    QVERIFY(asked > 30);
}

void TestFilterSaved::someThingsAreNoCondition() {
    ScratchFolder folder;
    ASSIGN_RESULT(store, createStore(folder.path(QStringLiteral("one.db")), {}));
    QVERIFY_RESULT(fillStream(*store, QStringLiteral("a-1"), 1));
    ASSIGN_RESULT(detail, readEventDetail(*store, GlobalPosition(1)));
    QVERIFY(!conditionOf(detail, EventPart::Data, JsonPointer()));
    QVERIFY(!conditionOf(detail, EventPart::Data, JsonPointer({"nothing"})));
    detail.data = Json::parse(R"({"long":")" + std::string(20'000, 'x') + R"("})").value();
    QVERIFY(!conditionOf(detail, EventPart::Data, JsonPointer({"long"})));
}

QTEST_GUILESS_MAIN(TestFilterSaved)
#include "tst_filter_saved.moc"
