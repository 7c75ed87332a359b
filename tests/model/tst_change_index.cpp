// Which versions changed a place: held against brute force.

#include "model/timeline/change_index.h"
#include "model/timeline/wanted_places.h"
#include "support/test_support.h"
#include "timeline_support.h"

#include <QThread>

#include <atomic>
#include <memory>

using namespace rewindow;
using namespace rewindow::test;

class TestChangeIndex : public QObject {
    Q_OBJECT

  private slots:
    void answersAsBruteForceDoes();
    void anythingCanBecomeAnything();
    void aValueCanGoAndComeBack();
    void sharedPartsAreNotLookedAt();
    void largeContainersAreComparedByPages();
    void aBudgetOfBytesIsKept();
    void aBudgetOfLooksIsKept();
    void wantedPlacesAreFoundAsByTheIndex();
    void canBeAskedWhileItRecords();
};

namespace {

constexpr ChangeIndex::Budget kAmple{};

void compareAll(const ChangeIndex& index, const std::vector<Json>& states, qint64 upTo) {
    const auto setters = settersOf(states);
    for (qint64 version = 0; version <= upTo; ++version) {
        for (const auto& [pointer, lastVersion] : setters.back()) {
            const auto& known = setters[static_cast<std::size_t>(version)];
            const auto expected = known.find(pointer);
            const auto change = index.lastChange(pointer, StreamVersion(version));
            const qint64 found = change && change->present ? change->version.value() : 0;
            const qint64 wanted = expected == known.end() ? 0 : expected->second;
            if (found != wanted)
                QFAIL(qPrintable(QStringLiteral("%1 at version %2: found %3, expected %4")
                                     .arg(QString::fromStdString(pointer))
                                     .arg(version)
                                     .arg(found)
                                     .arg(wanted)));
        }
    }
}

} // namespace

void TestChangeIndex::answersAsBruteForceDoes() {
    const TestDomain domain;
    for (unsigned seed = 1; seed <= 150; ++seed) {
        RandomJson random(seed);
        const std::vector<Json> states = foldAll(domain, random.stream(40));
        ChangeIndex index(kAmple);
        for (std::size_t version = 1; version < states.size(); ++version)
            QVERIFY(index.record(states[version - 1], states[version],
                                 StreamVersion(static_cast<qint64>(version))));
        compareAll(index, states, static_cast<qint64>(states.size()) - 1);
        if (QTest::currentTestFailed())
            return qWarning("seed %u", seed);
    }
}

void TestChangeIndex::anythingCanBecomeAnything() {
    for (unsigned seed = 1; seed <= 150; ++seed) {
        RandomJson random(seed);
        std::vector<Json> states;
        for (int i = 0; i < 12; ++i)
            states.push_back(random.value(3));
        ChangeIndex index(kAmple);
        for (std::size_t version = 1; version < states.size(); ++version)
            QVERIFY(index.record(states[version - 1], states[version],
                                 StreamVersion(static_cast<qint64>(version))));
        compareAll(index, states, static_cast<qint64>(states.size()) - 1);
        if (QTest::currentTestFailed())
            return qWarning("seed %u", seed);
    }
}

void TestChangeIndex::aValueCanGoAndComeBack() {
    const Json without = Json::object();
    const Json with = Json::object({{"a", Json(1)}});
    ChangeIndex index(kAmple);
    QVERIFY(index.record(without, with, StreamVersion(1)));
    QVERIFY(index.record(with, with, StreamVersion(2)));
    QVERIFY(index.record(with, without, StreamVersion(3)));
    QVERIFY(index.record(without, with, StreamVersion(4)));

    QVERIFY(!index.lastChange("/a", StreamVersion(0)));
    QCOMPARE(index.lastChange("/a", StreamVersion(2))->version, StreamVersion(1));
    QVERIFY(index.lastChange("/a", StreamVersion(2))->present);
    QCOMPARE(index.lastChange("/a", StreamVersion(3))->version, StreamVersion(3));
    QVERIFY(!index.lastChange("/a", StreamVersion(3))->present);
    QCOMPARE(index.lastChange("/a", StreamVersion(4))->version, StreamVersion(4));
    QCOMPARE(index.lastChange("", StreamVersion(4))->version, StreamVersion(4));
    QVERIFY(!index.lastChange("/b", StreamVersion(4)));
    QVERIFY(!index.lastChange("a", StreamVersion(4)));
}

void TestChangeIndex::sharedPartsAreNotLookedAt() {
    std::vector<std::pair<std::string, Json>> members;
    for (int i = 0; i < 1000; ++i)
        members.emplace_back("key" + std::to_string(i), Json(i));
    const Json big = Json::object(members);
    const Json before = Json::object({{"big", big}, {"small", Json(1)}});
    const Json after = before.with("small", Json(2));
    qint64 changes = 0;
    const qint64 looked = walkChanges(before, after, [&](const Place& place, auto*, auto*) {
        ++changes;
        return place.pointer() == "/small";
    });
    QCOMPARE(changes, qint64(1));
    QVERIFY2(looked < 10, qPrintable(QString::number(looked)));
    QCOMPARE(walkChanges(before, before, [](auto&&...) { return true; }), qint64(0));
}

void TestChangeIndex::largeContainersAreComparedByPages() {
    RandomJson random(17);
    std::vector<Json> states;
    Json state = Json::object({{"list", Json::array()}, {"map", Json::object()}});
    const auto edited = [&](Json list, Json map) {
        for (int i = 0; i < 3 + random.below(3); ++i) {
            const auto at = static_cast<std::size_t>(random.below(600));
            const std::string key = "k" + std::to_string(at);
            const Json value = Json(random.below(100));
            switch (random.below(states.size() < 20 ? 2 : 6)) {
            case 0:
                map = std::move(map).with(key, value);
                break;
            case 1:
                list = std::move(list).withAppended(value);
                break;
            case 2:
                map = std::move(map).without(key);
                break;
            case 3:
                list = list.size() > at ? list.withoutElement(at) : list;
                break;
            case 4:
                list = list.size() > at ? list.withElement(at, value) : list;
                break;
            default:
                list = list.size() > at ? list.withInserted(at, value) : list;
                break;
            }
        }
        return Json::object({{"list", std::move(list)}, {"map", std::move(map)}});
    };
    for (int i = 0; i < 60; ++i) {
        Json list = state["list"];
        for (int n = 0; i == 0 && n < 500; ++n)
            list = std::move(list).withAppended(Json(n));
        Json map = state["map"];
        for (int n = 0; i == 0 && n < 500; ++n)
            map = std::move(map).with("k" + std::to_string(n), Json(n));
        state = edited(std::move(list), std::move(map));
        states.push_back(state);
    }
    ChangeIndex index(kAmple);
    qint64 looked = 0;
    for (std::size_t version = 1; version < states.size(); ++version) {
        QVERIFY(index.record(states[version - 1], states[version],
                             StreamVersion(static_cast<qint64>(version))));
        looked += walkChanges(states[version - 1], states[version], [](auto&&...) { return true; });
    }
    compareAll(index, states, static_cast<qint64>(states.size()) - 1);
    QVERIFY2(looked < 60 * 1000, qPrintable(QString::number(looked)));
}

void TestChangeIndex::aBudgetOfBytesIsKept() {
    const TestDomain domain;
    RandomJson random(7);
    const std::vector<Json> states = foldAll(domain, random.stream(200));
    ChangeIndex index({.bytes = 8'000, .looks = 1'000'000'000});
    for (std::size_t version = 1; version < states.size(); ++version)
        index.record(states[version - 1], states[version],
                     StreamVersion(static_cast<qint64>(version)));
    const qint64 upTo = index.upTo().value();
    QVERIFY2(upTo > 0 && upTo < 200, qPrintable(QString::number(upTo)));
    QVERIFY(!index.isOpen());
    // The step that went over it may have doubled one of its tables.
    QVERIFY2(index.byteSize() <= 16'000, qPrintable(QString::number(index.byteSize())));
    compareAll(index, states, upTo);
}

void TestChangeIndex::aBudgetOfLooksIsKept() {
    ChangeIndex index({.bytes = 1u << 20, .looks = 100});
    Json state = Json::object();
    qint64 version = 0;
    bool isOpen = true;
    while (isOpen && version < 1000) {
        const Json next = state.with("key" + std::to_string(version), Json(1));
        isOpen = index.record(state, next, StreamVersion(++version));
        state = next;
    }
    QVERIFY(!isOpen);
    QVERIFY(version < 20);
    QCOMPARE(index.upTo(), StreamVersion(version - 1));
    QVERIFY(!index.record(state, Json(), StreamVersion(version + 1)));
}

void TestChangeIndex::wantedPlacesAreFoundAsByTheIndex() {
    const TestDomain domain;
    for (unsigned seed = 1; seed <= 60; ++seed) {
        RandomJson random(seed);
        const std::vector<Json> states = foldAll(domain, random.stream(20));
        const auto setters = settersOf(states).back();
        std::vector<JsonPointer> pointers;
        for (const auto& [pointer, version] : setters)
            pointers.push_back(*JsonPointer::parse(pointer));
        WantedPlaces wanted(pointers);
        for (std::size_t version = 1; version < states.size(); ++version)
            wanted.compare(states[version - 1], states[version],
                           StreamVersion(static_cast<qint64>(version)));
        wanted.settle();
        QVERIFY(wanted.areAllFound());
        for (std::size_t i = 0; i < pointers.size(); ++i) {
            const auto& found = wanted.found(i);
            QVERIFY(found);
            QCOMPARE(found->present ? found->version.value() : 0,
                     setters.at(pointers[i].toString()));
        }
    }
}

void TestChangeIndex::canBeAskedWhileItRecords() {
    ChangeIndex index(kAmple);
    QVERIFY(index.record(Json::object(), Json::object({{"n", Json(0)}}), StreamVersion(1)));
    std::atomic<bool> isDone = false;
    std::atomic<qint64> asked = 0;
    std::unique_ptr<QThread> asking(QThread::create([&] {
        while (!isDone) {
            const auto change = index.lastChange("/n", StreamVersion(1));
            if (change && change->version == StreamVersion(1))
                ++asked;
        }
    }));
    asking->start();
    Json state = Json::object({{"n", Json(0)}});
    for (qint64 version = 2; version < 5000 || asked == 0; ++version) {
        const Json next = state.with("n", Json(version));
        QVERIFY(index.record(state, next, StreamVersion(version)));
        state = next;
    }
    isDone = true;
    asking->wait();
    QVERIFY(asked > 0);
}

QTEST_GUILESS_MAIN(TestChangeIndex)
#include "tst_change_index.moc"
