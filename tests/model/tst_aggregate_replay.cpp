// The aggregate the moment looks at: replayed, scrubbed, followed, given up.

#include "model/session/aggregate_replay.h"

#include "model/session/replay_desk.h"
#include "model/timeline/change_index.h"
#include "session_support.h"
#include "timeline_support.h"

using namespace rewindow;
using namespace rewindow::test;
using namespace rewindow::literals;

class TestAggregateReplay : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void replaysWhatIsLookedAt();
    void everyVersionIsAsATimelineHasIt();
    void scrubbingAnswersTheNewestWish();
    void theEndsAreKept();
    void followsTheHead();
    void aFixedPlayheadStaysWhereItIs();
    void switchingStreamsDropsTheOldWish();
    void anUnknownStreamFailsUntilItIsThere();
    void nothingLookedAtIsEmpty();
    void replayingCanBeGivenUp();
    void canBeDestroyedAtAnyTime();
    void historiesAreGathered();
    void aHistoryOfAnotherStreamIsNotGiven();
    void withoutAnIndexSettersAreLookedFor();

  private:
    Result<std::unique_ptr<Session>> sessionOn(qint64 first, qint64 second = 0) {
        const auto store = createStore(m_path, QStringLiteral("merge"));
        if (!store)
            return std::unexpected(store.error());
        if (const auto filled = fillStream(**store, kFirst, first); !filled)
            return std::unexpected(filled.error());
        if (second > 0) {
            if (const auto filled = fillStream(**store, kSecond, second); !filled)
                return std::unexpected(filled.error());
        }
        return openSession(m_path);
    }

    const QString kFirst = QStringLiteral("first-1");
    const QString kSecond = QStringLiteral("second-1");
    std::unique_ptr<ScratchFolder> m_folder;
    QString m_path;
};

namespace {

qint64 counted(const AggregateReplay& replay) {
    return replay.state().state["n"].toInteger().value_or(0);
}

} // namespace

void TestAggregateReplay::init() {
    m_folder = std::make_unique<ScratchFolder>();
    m_path = m_folder->path(QStringLiteral("log.db"));
}

void TestAggregateReplay::replaysWhatIsLookedAt() {
    ASSIGN_RESULT(session, sessionOn(300));
    AggregateReplay replay(*session);
    QVERIFY(!replay.isReplaying());
    const QSignalSpy outlines(&replay, &AggregateReplay::outlineChanged);
    const QSignalSpy states(&replay, &AggregateReplay::stateChanged);
    session->selectStream(kFirst);
    QVERIFY(replay.isReplaying());
    QTRY_COMPARE(states.count(), 1);
    QVERIFY(!replay.isReplaying());
    QCOMPARE(outlines.count(), 1);
    QCOMPARE(replay.outline().stream, kFirst);
    QCOMPARE(replay.outline().lastVersion(), 300_v);
    QVERIFY(replay.outline().merged);
    QVERIFY(!replay.outline().failure);
    QCOMPARE(replay.outline().events->at(6).position, 7_pos);
    QCOMPARE(replay.outline().events->at(6).type, QStringLiteral("Counted"));
    QCOMPARE(replay.version(), 300_v);
    QCOMPARE(replay.state().version, 300_v);
    QCOMPARE(counted(replay), qint64(300));
    QCOMPARE(replay.state().previous["n"].toInteger(), std::optional<qint64>(299));
    QCOMPARE(replay.state().changes.size(), std::size_t(1));
    QCOMPARE(replay.state().setBy("/n")->version, 300_v);
    QVERIFY(!replay.state().setBy("/m"));
}

void TestAggregateReplay::everyVersionIsAsATimelineHasIt() {
    QVERIFY_RESULT(createDemo(m_path, 400));
    ASSIGN_RESULT(session, openSession(m_path));
    ASSIGN_RESULT(store, Store::open(StoreUrl::sqliteFile(m_path), Store::Access::Read));
    ASSIGN_RESULT(
        orders, store->reader().streams(
                    {.type = QStringLiteral("order"), .containing = {}, .after = {}, .limit = 5}));
    QCOMPARE(orders.size(), std::size_t(5));
    AggregateReplay replay(*session);
    for (const StreamSummary& order : orders) {
        ASSIGN_RESULT(timeline, Timeline::replay(store->reader(), session->domain(), order.stream));
        for (StreamVersion version(0); version <= timeline.lastVersion();
             version = version.next()) {
            session->selectStream(order.stream, version);
            QTRY_COMPARE(replay.state().stream, order.stream);
            QTRY_COMPARE(replay.state().version, version);
            QCOMPARE(replay.version(), version);
            ASSIGN_RESULT(state, timeline.state(version));
            QCOMPARE(replay.state().state, state);
            const Places places = placesOf(state);
            for (const auto& [pointer, value] : places) {
                const auto expected = timeline.setBy(pointer, version);
                const auto found = replay.state().setBy(pointer);
                QCOMPARE(found.has_value(), expected.has_value());
                if (expected) {
                    QCOMPARE(found->version, expected->version);
                    QCOMPARE(found->position, expected->position);
                    QCOMPARE(found->type, expected->type);
                }
            }
            ASSIGN_RESULT(patched, applyPatch(replay.state().previous, replay.state().changes));
            if (version > 0_v)
                QCOMPARE(patched, state);
        }
    }
}

void TestAggregateReplay::scrubbingAnswersTheNewestWish() {
    ASSIGN_RESULT(session, sessionOn(5000));
    AggregateReplay replay(*session);
    session->selectStream(kFirst);
    QTRY_COMPARE(replay.state().version, 5000_v);
    const QSignalSpy states(&replay, &AggregateReplay::stateChanged);
    for (qint64 version = 4999; version >= 1000; --version)
        replay.goToVersion(StreamVersion(version));
    QCOMPARE(replay.version(), 1000_v);
    QTRY_COMPARE(replay.state().version, 1000_v);
    QCOMPARE(counted(replay), qint64(1000));
    QVERIFY2(states.count() <= 2, qPrintable(QString::number(states.count())));
}

void TestAggregateReplay::theEndsAreKept() {
    ASSIGN_RESULT(session, sessionOn(10, 10));
    AggregateReplay replay(*session);
    session->selectStream(kSecond);
    QTRY_COMPARE(replay.state().version, 10_v);
    replay.goToVersion(0_v);
    QCOMPARE(session->playhead(), 10_pos);
    QCOMPARE(replay.version(), 0_v);
    QTRY_COMPARE(replay.state().version, 0_v);
    QCOMPARE(replay.state().state, Json::object());
    QVERIFY(replay.state().previous.isNull());
    QVERIFY(replay.state().changes.empty());
    replay.goToVersion(StreamVersion(-3));
    QCOMPARE(session->playhead(), 10_pos);
    replay.goToVersion(99_v);
    QCOMPARE(session->playhead(), 20_pos);
    QVERIFY(!session->moment().isLive());
    QTRY_COMPARE(replay.state().version, 10_v);
}

void TestAggregateReplay::followsTheHead() {
    ASSIGN_RESULT(session, sessionOn(10));
    AggregateReplay replay(*session);
    session->selectStream(kFirst);
    QTRY_COMPARE(replay.state().version, 10_v);
    const QSignalSpy outlines(&replay, &AggregateReplay::outlineChanged);
    const QSignalSpy states(&replay, &AggregateReplay::stateChanged);
    ASSIGN_RESULT(other, Store::open(StoreUrl::sqliteFile(m_path), Store::Access::ReadWrite));
    QVERIFY_RESULT(fillStream(*other, kSecond, 1));
    QTRY_COMPARE_WITH_TIMEOUT(session->head(), 11_pos, 5'000);
    ASSIGN_RESULT(writer, other->writer());
    const std::vector<NewEvent> more{
        newEvent(QStringLiteral("e"), QStringLiteral("Counted"), R"({"n":77})")};
    QVERIFY_RESULT(writer->append(kFirst, ExpectedVersion::any(), more));
    QTRY_COMPARE_WITH_TIMEOUT(replay.state().version, 11_v, 5'000);
    QCOMPARE(counted(replay), qint64(77));
    QCOMPARE(replay.outline().lastVersion(), 11_v);
    QCOMPARE(replay.state().setBy("/n")->position, 12_pos);
    // The event of another stream was none of its business.
    QCOMPARE(outlines.count(), 1);
    QCOMPARE(states.count(), 1);
}

void TestAggregateReplay::aFixedPlayheadStaysWhereItIs() {
    ASSIGN_RESULT(session, sessionOn(10));
    AggregateReplay replay(*session);
    session->selectStream(kFirst, 4_v);
    QTRY_COMPARE(replay.state().version, 4_v);
    const QSignalSpy states(&replay, &AggregateReplay::stateChanged);
    ASSIGN_RESULT(other, Store::open(StoreUrl::sqliteFile(m_path), Store::Access::ReadWrite));
    ASSIGN_RESULT(writer, other->writer());
    const std::vector<NewEvent> more{
        newEvent(QStringLiteral("e"), QStringLiteral("Counted"), R"({"n":77})")};
    QVERIFY_RESULT(writer->append(kFirst, ExpectedVersion::any(), more));
    QTRY_COMPARE_WITH_TIMEOUT(replay.outline().lastVersion(), 11_v, 5'000);
    QCOMPARE(replay.version(), 4_v);
    QCOMPARE(replay.state().version, 4_v);
    QCOMPARE(states.count(), 0);
    session->setPlayhead(std::nullopt);
    QTRY_COMPARE(replay.state().version, 11_v);
}

void TestAggregateReplay::switchingStreamsDropsTheOldWish() {
    ASSIGN_RESULT(session, sessionOn(60'000, 20));
    AggregateReplay replay(*session);
    QStringList outlines;
    connect(&replay, &AggregateReplay::outlineChanged, this,
            [&] { outlines << replay.outline().stream; });
    for (int round = 0; round < 10; ++round) {
        session->selectStream(kFirst);
        session->selectStream(kSecond);
    }
    QTRY_COMPARE(replay.state().stream, kSecond);
    QCOMPARE(counted(replay), qint64(20));
    QCOMPARE(outlines, QStringList{kSecond});
    session->selectStream(kFirst);
    QTRY_COMPARE_WITH_TIMEOUT(replay.state().stream, kFirst, 30'000);
    QCOMPARE(counted(replay), qint64(60'000));
}

void TestAggregateReplay::anUnknownStreamFailsUntilItIsThere() {
    ASSIGN_RESULT(session, sessionOn(10));
    AggregateReplay replay(*session);
    session->selectStream(kFirst);
    QTRY_COMPARE(replay.state().version, 10_v);
    const QSignalSpy failed(&replay, &AggregateReplay::failed);
    session->selectStream(kSecond);
    QTRY_COMPARE(failed.count(), 1);
    const auto error = failed.front().front().value<Error>();
    QCOMPARE(error.kind, Error::Kind::NotFound);
    QVERIFY(error.sentence().contains(kSecond));
    QVERIFY(!replay.isReplaying());
    QCOMPARE(replay.outline().stream, QString());
    QVERIFY(replay.state().state.isNull());

    ASSIGN_RESULT(other, Store::open(StoreUrl::sqliteFile(m_path), Store::Access::ReadWrite));
    QVERIFY_RESULT(fillStream(*other, QStringLiteral("third-1"), 1));
    QTRY_COMPARE_WITH_TIMEOUT(session->head(), 11_pos, 5'000);
    QVERIFY_RESULT(fillStream(*other, kSecond, 2));
    QTRY_COMPARE_WITH_TIMEOUT(replay.state().stream, kSecond, 5'000);
    QCOMPARE(replay.state().version, 2_v);
    QCOMPARE(failed.count(), 1);
}

void TestAggregateReplay::nothingLookedAtIsEmpty() {
    ASSIGN_RESULT(session, sessionOn(10));
    AggregateReplay replay(*session);
    session->selectStream(kFirst);
    QTRY_COMPARE(replay.state().version, 10_v);
    const QSignalSpy outlines(&replay, &AggregateReplay::outlineChanged);
    session->selectStream({});
    QCOMPARE(outlines.count(), 1);
    QVERIFY(!replay.outline().events);
    QCOMPARE(replay.version(), 0_v);
    QCOMPARE(replay.state().stream, QString());
    session->back();
    QTRY_COMPARE(replay.state().version, 10_v);
}

void TestAggregateReplay::replayingCanBeGivenUp() {
    ASSIGN_RESULT(session, sessionOn(30'000, 5));
    AggregateReplay replay(*session);
    const QSignalSpy failed(&replay, &AggregateReplay::failed);
    const QSignalSpy outlines(&replay, &AggregateReplay::outlineChanged);
    replay.cancel();
    QCOMPARE(failed.count(), 0);
    session->selectStream(kFirst);
    replay.cancel();
    QVERIFY(!replay.isReplaying());
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed.front().front().value<Error>().kind, Error::Kind::Cancelled);
    session->setPlayhead(7_pos);
    QVERIFY(!replay.isReplaying());
    QTest::qWait(50);
    QCOMPARE(outlines.count(), 0);

    session->selectStream(kSecond);
    QTRY_COMPARE(replay.outline().stream, kSecond);
    session->selectStream(kFirst);
    QTRY_COMPARE(replay.outline().stream, kFirst);
    QTRY_COMPARE(replay.state().version, 7_v);
}

void TestAggregateReplay::canBeDestroyedAtAnyTime() {
    ASSIGN_RESULT(session, sessionOn(30'000));
    session->selectStream(kFirst);
    for (int ms = 0; ms < 20; ++ms) {
        AggregateReplay replay(*session);
        replay.history(JsonPointer({"n"}), this, [](auto&&) {});
        QTest::qWait(ms);
    }
    auto replay = std::make_unique<AggregateReplay>(*session);
    connect(replay.get(), &AggregateReplay::outlineChanged, this, [&] { replay.reset(); });
    QTRY_VERIFY_WITH_TIMEOUT(!replay, 10'000);
}

void TestAggregateReplay::historiesAreGathered() {
    ASSIGN_RESULT(session, sessionOn(50'000));
    AggregateReplay replay(*session);
    session->selectStream(kFirst);
    Answer<std::vector<ValueChange>> answer;
    replay.history(JsonPointer({"n"}), this, answer.taker());
    ASSIGN_RESULT(entries, answer.wait());
    QCOMPARE(entries.size(), std::size_t(50'000));
    for (std::size_t i = 0; i < entries.size(); ++i) {
        QCOMPARE(entries[i].setBy.version, StreamVersion(static_cast<qint64>(i) + 1));
        QCOMPARE(entries[i].value->toInteger(), std::optional(static_cast<qint64>(i) + 1));
    }
}

void TestAggregateReplay::aHistoryOfAnotherStreamIsNotGiven() {
    ASSIGN_RESULT(session, sessionOn(50'000, 5));
    AggregateReplay replay(*session);
    session->selectStream(kFirst);
    QTRY_COMPARE(replay.state().stream, kFirst);
    Answer<std::vector<ValueChange>> answer;
    replay.history(JsonPointer({"n"}), this, answer.taker());
    session->selectStream(kSecond);
    const auto entries = answer.wait();
    QVERIFY(!entries);
    QCOMPARE(entries.error().kind, Error::Kind::Cancelled);
}

void TestAggregateReplay::withoutAnIndexSettersAreLookedFor() {
    FakeReader reader;
    reader.events = RandomJson(4).stream(60);
    const auto domain = std::make_shared<TestDomain>();
    const std::vector<Json> states = foldAll(*domain, reader.events);
    const auto known = settersOf(states);
    ReplayDesk desk(domain, {.firstInterval = 8, .indexBytes = 0});
    const QString stream = QStringLiteral("thing-1");
    for (const qint64 version : {60, 33, 1, 0}) {
        ASSIGN_RESULT(answer, desk.answer(reader,
                                          {.stream = stream,
                                           .playhead = GlobalPosition(version * 10),
                                           .extend = false,
                                           .knownEvents = nullptr},
                                          {}, {}));
        QCOMPARE(answer.state.state, states[static_cast<std::size_t>(version)]);
        QCOMPARE(answer.isIndexed, version == 0);
        ASSIGN_RESULT(setters, desk.setters(stream, StreamVersion(version), {}));
        answer.state.setters = std::make_shared<const ReplayDesk::Setters>(setters);
        const Places places = placesOf(answer.state.state);
        for (const auto& [pointer, value] : places) {
            const auto& then = known[static_cast<std::size_t>(version)];
            const auto expected = then.find(pointer);
            const auto setter = answer.state.setBy(pointer);
            QCOMPARE(setter ? setter->version.value() : 0,
                     expected == then.end() ? 0 : expected->second);
        }
    }
    QVERIFY(!desk.setters(QStringLiteral("thing-2"), 1_v, {}));
    desk.clear();
    QVERIFY(!desk.setters(stream, 1_v, {}));
}

QTEST_GUILESS_MAIN(TestAggregateReplay)
#include "tst_aggregate_replay.moc"
