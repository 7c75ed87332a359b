// States, changes, who set what, and histories of a stream: held against brute force.

#include "model/timeline/timeline.h"

#include "model/timeline/change_index.h"
#include "store/event_reader.h"
#include "support/test_support.h"
#include "timeline_support.h"

using namespace rewindow;
using namespace rewindow::test;
using namespace rewindow::literals;

class TestTimeline : public QObject {
    Q_OBJECT

  private slots:
    void statesAreThoseOfAFold_data();
    void statesAreThoseOfAFold();
    void settersAreThoseOfBruteForce_data();
    void settersAreThoseOfBruteForce();
    void changesApply();
    void eventsAreDescribed();
    void checkpointsKeepToTheirBudget();
    void aStateAboveTheBudgetIsStillReached();
    void aFailureKeepsTheLastGoodState_data();
    void aFailureKeepsTheLastGoodState();
    void versionsOutsideAreRefused();
    void anUnknownStreamIsNotFound();
    void aLostVersionIsNamed();
    void extendingIsReplaying();
    void replayingCanBeCancelled();
    void steppingToAndFroReadsLittle();

  private:
    Result<Timeline> replay(TimelineLimits limits = {}) {
        return Timeline::replay(m_reader, m_domain, QStringLiteral("thing-1"), {}, {}, limits);
    }

    FakeReader m_reader;
    std::shared_ptr<const TestDomain> m_domain = std::make_shared<TestDomain>();
};

namespace {

/// From ample to so little that nothing can be kept.
void addLimits() {
    QTest::addColumn<TimelineLimits>("limits");
    QTest::newRow("as shipped") << TimelineLimits();
    QTest::newRow("short interval") << TimelineLimits{.firstInterval = 4};
    QTest::newRow("no events kept") << TimelineLimits{.firstInterval = 8, .eventBytes = 0};
    QTest::newRow("a small index")
        << TimelineLimits{.firstInterval = 8, .indexBytes = 6'000, .eventBytes = 0};
    QTest::newRow("a short index") << TimelineLimits{.firstInterval = 8, .indexLooks = 300};
    QTest::newRow("no index") << TimelineLimits{.firstInterval = 8, .indexBytes = 0};
    QTest::newRow("nothing kept") << TimelineLimits{
        .checkpointBytes = 0, .firstInterval = 1, .indexBytes = 0, .eventBytes = 0};
}

} // namespace

void TestTimeline::statesAreThoseOfAFold_data() {
    addLimits();
}

void TestTimeline::statesAreThoseOfAFold() {
    QFETCH(TimelineLimits, limits);
    for (unsigned seed = 1; seed <= 20; ++seed) {
        RandomJson random(seed);
        m_reader.events = random.stream(90);
        const std::vector<Json> states = foldAll(*m_domain, m_reader.events);
        ASSIGN_RESULT(timeline, replay(limits));
        QCOMPARE(timeline.lastVersion(), 90_v);
        for (int jump = 0; jump < 120; ++jump) {
            const int version = jump < 91 ? jump : random.below(91);
            ASSIGN_RESULT(state, timeline.state(StreamVersion(version)));
            QCOMPARE(state.dump(), states[static_cast<std::size_t>(version)].dump());
        }
    }
}

void TestTimeline::settersAreThoseOfBruteForce_data() {
    addLimits();
}

void TestTimeline::settersAreThoseOfBruteForce() {
    QFETCH(TimelineLimits, limits);
    for (unsigned seed = 1; seed <= 8; ++seed) {
        RandomJson random(seed);
        m_reader.events = random.stream(40);
        const std::vector<Json> states = foldAll(*m_domain, m_reader.events);
        const auto setters = settersOf(states);
        ASSIGN_RESULT(timeline, replay(limits));
        std::vector<JsonPointer> pointers;
        for (const auto& [pointer, version] : setters.back())
            pointers.push_back(*JsonPointer::parse(pointer));
        for (qint64 version = 0; version <= 40; version += 1 + random.below(4)) {
            const auto& known = setters[static_cast<std::size_t>(version)];
            ASSIGN_RESULT(atOnce, timeline.setBy(pointers, StreamVersion(version)));
            for (std::size_t i = 0; i < pointers.size(); ++i) {
                const std::string pointer = pointers[i].toString();
                const auto expected = known.find(pointer);
                const qint64 wanted = expected == known.end() ? 0 : expected->second;
                const auto setter = timeline.setBy(pointer, StreamVersion(version));
                QCOMPARE(setter ? setter->version.value() : 0, wanted);
                QCOMPARE(atOnce[i] ? atOnce[i]->version.value() : 0, wanted);
                if (setter)
                    QCOMPARE(setter->position, GlobalPosition(wanted * 10));
            }
        }
    }
}

void TestTimeline::changesApply() {
    RandomJson random(11);
    m_reader.events = random.stream(60);
    const std::vector<Json> states = foldAll(*m_domain, m_reader.events);
    ASSIGN_RESULT(timeline, replay({.firstInterval = 8}));
    for (int run = 0; run < 100; ++run) {
        const auto from = static_cast<std::size_t>(random.below(61));
        const auto to = static_cast<std::size_t>(random.below(61));
        ASSIGN_RESULT(changes, timeline.changes(StreamVersion(static_cast<qint64>(from)),
                                                StreamVersion(static_cast<qint64>(to))));
        ASSIGN_RESULT(patched, applyPatch(states[from], changes));
        QCOMPARE(patched, states[to]);
        QVERIFY(from != to || changes.empty());
    }
}

void TestTimeline::eventsAreDescribed() {
    m_reader.events = {makeEvent(1, "Merged", "{}"), makeEvent(2, "Replaced", "[]")};
    ASSIGN_RESULT(timeline, replay());
    QCOMPARE(timeline.stream(), QStringLiteral("thing-1"));
    QCOMPARE(timeline.domain().name(), QStringLiteral("test"));
    const TimelineEvent second = timeline.event(2_v);
    QCOMPARE(second.version, 2_v);
    QCOMPARE(second.position, 20_pos);
    QCOMPARE(second.recordedAt, Timestamp(2000));
    QCOMPARE(second.type, QStringLiteral("Replaced"));
    QCOMPARE(timeline.versionAt(0_pos), 0_v);
    QCOMPARE(timeline.versionAt(9_pos), 0_v);
    QCOMPARE(timeline.versionAt(10_pos), 1_v);
    QCOMPARE(timeline.versionAt(19_pos), 1_v);
    QCOMPARE(timeline.versionAt(1000_pos), 2_v);
    QVERIFY(!timeline.failure());
    QCOMPARE(timeline.lastGoodVersion(), 2_v);
}

void TestTimeline::checkpointsKeepToTheirBudget() {
    m_reader.events.clear();
    for (qint64 version = 1; version <= 4000; ++version) {
        const std::string text(200, static_cast<char>('a' + version % 26));
        m_reader.events.push_back(
            makeEvent(version, "Merged",
                      Json::object({{"key" + std::to_string(version % 40), Json(text)}}).dump()));
    }
    constexpr std::size_t kBudget = 256 << 10;
    ASSIGN_RESULT(timeline, replay({.checkpointBytes = kBudget, .firstInterval = 4}));
    QVERIFY2(timeline.checkpointBytes() <= kBudget,
             qPrintable(QString::number(timeline.checkpointBytes())));
    QVERIFY2(timeline.checkpointBytes() > kBudget / 4,
             qPrintable(QString::number(timeline.checkpointBytes())));
    QVERIFY(timeline.checkpointInterval() > 4);
    QCOMPARE(timeline.checkpointInterval() & (timeline.checkpointInterval() - 1), 0);
    const std::vector<Json> states = foldAll(*m_domain, m_reader.events);
    RandomJson random(1);
    for (int jump = 0; jump < 50; ++jump) {
        const int version = random.below(4001);
        ASSIGN_RESULT(state, timeline.state(StreamVersion(version)));
        QCOMPARE(state, states[static_cast<std::size_t>(version)]);
    }
}

void TestTimeline::aStateAboveTheBudgetIsStillReached() {
    m_reader.events.clear();
    for (qint64 version = 1; version <= 200; ++version) {
        const std::string text(10'000, static_cast<char>('a' + version % 26));
        m_reader.events.push_back(
            makeEvent(version, "Merged", Json::object({{"text", Json(text)}}).dump()));
    }
    ASSIGN_RESULT(timeline, replay({.checkpointBytes = 5'000, .firstInterval = 2}));
    QVERIFY(timeline.checkpointBytes() <= 5'000);
    ASSIGN_RESULT(state, timeline.state(137_v));
    QCOMPARE(state["text"].text().front(), static_cast<char>('a' + 137 % 26));
    ASSIGN_RESULT(last, timeline.state(200_v));
    QCOMPARE(last["text"].text().front(), static_cast<char>('a' + 200 % 26));
}

void TestTimeline::aFailureKeepsTheLastGoodState_data() {
    addLimits();
}

void TestTimeline::aFailureKeepsTheLastGoodState() {
    QFETCH(TimelineLimits, limits);
    RandomJson random(9);
    m_reader.events = random.stream(60);
    m_reader.events[40] = makeEvent(41, "Broken", "{}");
    const std::vector<Json> states = foldAll(*m_domain, m_reader.events);
    ASSIGN_RESULT(timeline, replay(limits));
    QCOMPARE(timeline.lastVersion(), 60_v);
    QCOMPARE(timeline.lastGoodVersion(), 40_v);
    QVERIFY(timeline.failure());
    QCOMPARE(timeline.failure()->version, 41_v);
    QCOMPARE(timeline.failure()->error.kind, Error::Kind::BadInput);
    for (const qint64 version : {0, 17, 39, 40, 41, 60, 40, 5}) {
        ASSIGN_RESULT(state, timeline.state(StreamVersion(version)));
        QCOMPARE(state, states[static_cast<std::size_t>(std::min<qint64>(version, 40))]);
    }
    const auto known = settersOf({states.begin(), states.begin() + 41}).back();
    for (const auto& [pointer, wanted] : known) {
        const auto setter = timeline.setBy(pointer, 60_v);
        QCOMPARE(setter ? setter->version.value() : 0, wanted);
    }
    ASSIGN_RESULT(history, timeline.history(JsonPointer()));
    QCOMPARE(history.back().setBy.version,
             bruteHistory(states, JsonPointer()).back().setBy.version);
    QCOMPARE(timeline.event(50_v).version, 50_v);

    m_reader.events.push_back(makeEvent(61, "Merged", R"({"late":1})"));
    ASSIGN_RESULT(grown, timeline.extend());
    QVERIFY(grown);
    ASSIGN_RESULT(last, timeline.state(61_v));
    QCOMPARE(last, states[40]);
}

void TestTimeline::versionsOutsideAreRefused() {
    m_reader.events = RandomJson(1).stream(5);
    ASSIGN_RESULT(timeline, replay());
    for (const qint64 version : {-1, 6, 1'000'000}) {
        const Result<Json> state = timeline.state(StreamVersion(version));
        QVERIFY(!state);
        QCOMPARE(state.error().kind, Error::Kind::Usage);
        const QString sentence = state.error().sentence();
        QVERIFY2(sentence.contains(QString::number(version)), qPrintable(sentence));
        QVERIFY2(sentence.contains(u"from 0 to 5"), qPrintable(sentence));
        QVERIFY(!timeline.changes(0_v, StreamVersion(version)));
    }
    ASSIGN_RESULT(first, timeline.state(0_v));
    QCOMPARE(first, Json::object());
    QVERIFY(!timeline.setBy("", 0_v));
    QVERIFY(!timeline.setBy("", StreamVersion(-1)));
    QVERIFY(timeline.setBy("", StreamVersion(99)));
    QVERIFY(!timeline.setBy("no pointer", 5_v));
}

void TestTimeline::anUnknownStreamIsNotFound() {
    m_reader.events = RandomJson(1).stream(5);
    const auto timeline = Timeline::replay(m_reader, m_domain, QStringLiteral("thing-2"));
    QVERIFY(!timeline);
    QCOMPARE(timeline.error().kind, Error::Kind::NotFound);
    QVERIFY(timeline.error().sentence().contains(u"thing-2"));
}

void TestTimeline::aLostVersionIsNamed() {
    m_reader.events = RandomJson(1).stream(5);
    m_reader.events.erase(m_reader.events.begin() + 2);
    const auto timeline = replay();
    QVERIFY(!timeline);
    QCOMPARE(timeline.error().kind, Error::Kind::Storage);
    QVERIFY2(timeline.error().sentence().contains(u"version 3"),
             qPrintable(timeline.error().sentence()));
}

void TestTimeline::extendingIsReplaying() {
    for (const TimelineLimits limits :
         {TimelineLimits{.firstInterval = 4}, TimelineLimits{.firstInterval = 4, .eventBytes = 0},
          TimelineLimits{.firstInterval = 4, .indexBytes = 2'000, .eventBytes = 3'000}}) {
        const std::vector<RecordedEvent> all = RandomJson(21).stream(200);
        const std::vector<Json> states = foldAll(*m_domain, all);
        const auto setters = settersOf(states);
        m_reader.events = {all.begin(), all.begin() + 1};
        ASSIGN_RESULT(timeline, replay(limits));
        for (std::size_t end = 1; end <= all.size(); end += 1 + end / 10) {
            m_reader.events = {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(end)};
            ASSIGN_RESULT(grown, timeline.extend());
            QCOMPARE(grown, end > 1);
            ASSIGN_RESULT(again, timeline.extend());
            QVERIFY(!again);
            QCOMPARE(timeline.lastVersion(), StreamVersion(static_cast<qint64>(end)));
            for (const std::size_t version : {end, end / 2, end - 1}) {
                const StreamVersion asked(static_cast<qint64>(version));
                ASSIGN_RESULT(state, timeline.state(asked));
                QCOMPARE(state, states[version]);
                for (const auto& [pointer, wanted] : setters[version]) {
                    const auto setter = timeline.setBy(pointer, asked);
                    QCOMPARE(setter ? setter->version.value() : 0, wanted);
                }
            }
        }
    }
}

void TestTimeline::replayingCanBeCancelled() {
    m_reader.events.clear();
    for (qint64 version = 1; version <= 10'000; ++version)
        m_reader.events.push_back(makeEvent(version, "Merged", R"({"n":1})"));
    const CancelToken cancel;
    std::vector<StreamVersion> reached;
    const auto timeline = Timeline::replay(
        m_reader, m_domain, QStringLiteral("thing-1"),
        [&](StreamVersion version, StreamVersion last) {
            reached.push_back(version);
            QCOMPARE(last, 10'000_v);
            cancel.cancel();
        },
        cancel);
    QVERIFY(!timeline);
    QCOMPARE(timeline.error().kind, Error::Kind::Cancelled);
    QCOMPARE(reached.size(), std::size_t(1));

    ASSIGN_RESULT(whole, replay({.eventBytes = 0}));
    const Result<std::vector<ValueChange>> history = whole.history(JsonPointer({"n"}), cancel);
    QVERIFY(!history);
    QCOMPARE(history.error().kind, Error::Kind::Cancelled);
    QVERIFY(whole.history(JsonPointer({"n"})));
}

void TestTimeline::steppingToAndFroReadsLittle() {
    m_reader.events = RandomJson(2).stream(2000);
    ASSIGN_RESULT(timeline, replay({.eventBytes = 0}));
    ASSIGN_RESULT(warm, timeline.state(1000_v));
    Q_UNUSED(warm);
    m_reader.visited = 0;
    for (qint64 round = 0; round < 20; ++round) {
        for (qint64 version = 970; version < 1030; ++version)
            QVERIFY_RESULT(timeline.state(StreamVersion(version)));
        for (qint64 version = 1030; version > 970; --version)
            QVERIFY_RESULT(timeline.state(StreamVersion(version)));
    }
    QVERIFY2(m_reader.visited <= 3 * 64, qPrintable(QString::number(m_reader.visited)));

    ASSIGN_RESULT(kept, replay());
    m_reader.visited = 0;
    QVERIFY_RESULT(kept.state(1000_v));
    QVERIFY_RESULT(kept.history(JsonPointer({"a"})));
    QCOMPARE(m_reader.visited, qint64(0));
}

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
