// The history of every place of a stream's state: held against brute force.
#include "model/timeline/timeline.h"
#include "support/test_support.h"
#include "timeline_support.h"

#include <QFile>
#include <QThread>

using namespace rewindow;
using namespace rewindow::test;
using namespace rewindow::literals;

class TestTimelineHistory : public QObject {
    Q_OBJECT

  private slots:
    void historiesAreThoseOfBruteForce();
    void leavesAreThoseOfBruteForce();
    void slicesAddUpToTheHistory();
    void deepStatesAreReplayed();
    void theLoanLogHasTheHistoryOfBruteForce();

  private:
    Result<Timeline> replay(TimelineLimits limits = {}) {
        return Timeline::replay(m_reader, m_domain, QStringLiteral("thing-1"), {}, {}, limits);
    }

    FakeReader m_reader;
    std::shared_ptr<const TestDomain> m_domain = std::make_shared<TestDomain>();
};

namespace {

bool areSame(const ValueChange& left, const ValueChange& right) {
    return left.pointer == right.pointer && left.setBy.version == right.setBy.version &&
           left.value == right.value && left.previous == right.previous;
}

bool isLeaf(const Json* value) {
    return value && value->size() == 0;
}

} // namespace

void TestTimelineHistory::historiesAreThoseOfBruteForce() {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        RandomJson random(seed);
        m_reader.events = random.stream(50);
        const std::vector<Json> states = foldAll(*m_domain, m_reader.events);
        ASSIGN_RESULT(timeline, replay());
        const auto known = settersOf(states).back();
        for (const auto& [text, version] : known) {
            const JsonPointer pointer = *JsonPointer::parse(text);
            ASSIGN_RESULT(found, timeline.history(pointer));
            QVERIFY2(std::ranges::equal(found, bruteHistory(states, pointer), areSame),
                     text.c_str());
            for (const ValueChange& entry : found) {
                QCOMPARE(entry.setBy.position, GlobalPosition(entry.setBy.version.value() * 10));
                QCOMPARE(entry.setBy.type, timeline.event(entry.setBy.version).type);
            }
        }
        ASSIGN_RESULT(nowhere, timeline.history(JsonPointer({"no", "such", "place"})));
        QVERIFY(nowhere.empty());
    }
}

void TestTimelineHistory::leavesAreThoseOfBruteForce() {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        RandomJson random(seed);
        m_reader.events = random.stream(40);
        const std::vector<Json> states = foldAll(*m_domain, m_reader.events);
        std::map<std::string, std::vector<ValueChange>> expected;
        const auto known = settersOf(states).back();
        for (const auto& [text, version] : known) {
            for (const ValueChange& entry : bruteHistory(states, *JsonPointer::parse(text))) {
                const Json* now = entry.value ? &*entry.value : nullptr;
                const Json* was = entry.previous ? &*entry.previous : nullptr;
                const bool wasFilled = now && was && was->isContainer() && now->size() > 0 &&
                                       now->kind() == was->kind();
                if ((isLeaf(was) || isLeaf(now)) && !wasFilled)
                    expected[text].push_back(entry);
            }
        }
        ASSIGN_RESULT(timeline, replay());
        ASSIGN_RESULT(all, timeline.history());
        QVERIFY(std::ranges::is_sorted(
            all, {}, [](const ValueChange& entry) { return entry.setBy.version; }));
        std::map<std::string, std::vector<ValueChange>> found;
        for (const ValueChange& entry : all)
            found[entry.pointer].push_back(entry);
        QCOMPARE(found.size(), expected.size());
        for (const auto& [pointer, entries] : expected)
            QVERIFY2(std::ranges::equal(found[pointer], entries, areSame), pointer.c_str());
    }
}

void TestTimelineHistory::slicesAddUpToTheHistory() {
    RandomJson random(5);
    m_reader.events = random.stream(100);
    ASSIGN_RESULT(timeline, replay({.firstInterval = 8}));
    const JsonPointer pointer({"a"});
    ASSIGN_RESULT(whole, timeline.history(pointer));
    QVERIFY(whole.size() > 10);
    std::vector<ValueChange> gathered;
    for (qint64 after = 0; after < 100; after += 30) {
        ASSIGN_RESULT(slice, timeline.history(pointer, StreamVersion(after),
                                              StreamVersion(std::min<qint64>(100, after + 30))));
        ASSIGN_RESULT(elsewhere, timeline.state(StreamVersion(random.below(101))));
        Q_UNUSED(elsewhere);
        std::ranges::move(slice, std::back_inserter(gathered));
    }
    QVERIFY(std::ranges::equal(gathered, whole, areSame));
}

void TestTimelineHistory::deepStatesAreReplayed() {
    // As on a StoreLane, whose stack is made for it.
    constexpr int kDepth = 10'000;
    std::string deep;
    for (int i = 0; i < kDepth; ++i)
        deep += R"({"a":)";
    m_reader.events = {makeEvent(1, "Merged", deep + "1" + std::string(kDepth, '}')),
                       makeEvent(2, "Merged", deep + "2" + std::string(kDepth, '}')),
                       makeEvent(3, "Merged", R"({"b":[[[1]]]})")};
    std::string pointer;
    for (int i = 0; i < kDepth; ++i)
        pointer += "/a";
    QStringList problems;
    const auto work = [&] {
        for (const std::size_t indexBytes : {std::size_t(128) << 20, std::size_t(0)}) {
            auto timeline = replay({.indexBytes = indexBytes});
            if (!timeline) {
                problems << timeline.error().sentence();
                return;
            }
            const auto setter = timeline->setBy(pointer, 3_v);
            if (!setter || setter->version != 2_v)
                problems << QStringLiteral("the deep value was set elsewhere");
            const auto parent = timeline->setBy(std::string_view(pointer).substr(2), 3_v);
            if (!parent || parent->version != 1_v)
                problems << QStringLiteral("the object around it was set elsewhere");
            const auto leaves = timeline->history();
            if (!leaves || leaves->size() != 3 || leaves->at(1).pointer != pointer)
                problems << QStringLiteral("the leaves have another history");
        }
    };
    std::unique_ptr<QThread> thread(QThread::create(work));
    thread->setStackSize(64u << 20);
    thread->start();
    thread->wait();
    QCOMPARE(problems, QStringList());
}

void TestTimelineHistory::theLoanLogHasTheHistoryOfBruteForce() {
    NEED_SHARED_DATA(packed, "loan-applications.jsonl.gz");
    QFile log(loanLog());
    QVERIFY(log.open(QIODevice::ReadOnly));
    std::map<QByteArray, std::vector<RecordedEvent>> streams;
    while (!log.atEnd()) {
        const QByteArray line = log.readLine();
        const auto end = line.indexOf('"', 11);
        streams[line.mid(11, end - 11)].push_back({});
        // Some more than a hundred streams, spread over the log.
        if (qHash(line.mid(11, end - 11)) % 100 != 0)
            continue;
        ASSIGN_RESULT(event, Json::parse(std::string_view(line).substr(
                                 0, static_cast<std::size_t>(line.size() - 1))));
        auto& events = streams[line.mid(11, end - 11)];
        events.back() = makeEvent(static_cast<qint64>(events.size()), event["type"].text(),
                                  event["data"].dump(), event["stream"].text());
    }
    ASSIGN_RESULT(merge, domainNamed(QStringLiteral("merge")));
    int compared = 0;
    qint64 leaves = 0;
    for (const auto& [name, events] : streams) {
        if (events.front().stream().empty() || compared == 100)
            continue;
        ++compared;
        m_reader.events = events;
        ASSIGN_RESULT(timeline,
                      Timeline::replay(m_reader, merge, toQString(events.front().stream()), {}, {},
                                       {.firstInterval = 4}));
        std::vector<Json> states{Json::object()};
        for (const RecordedEvent& event : events)
            states.push_back(mergePatch(states.back(), *Json::parse(event.data())));
        const Places places = placesOf(states.back());
        for (const auto& [text, value] : places) {
            if (value.isContainer())
                continue;
            ++leaves;
            const JsonPointer pointer = *JsonPointer::parse(text);
            ASSIGN_RESULT(history, timeline.history(pointer));
            const std::vector<ValueChange> expected = bruteHistory(states, pointer);
            QVERIFY(std::ranges::equal(history, expected, areSame));
            QCOMPARE(timeline.setBy(text, timeline.lastVersion())->version,
                     expected.back().setBy.version);
        }
    }
    QCOMPARE(compared, 100);
    QVERIFY(leaves > 10 * compared / 4);
}

QTEST_GUILESS_MAIN(TestTimelineHistory)
#include "tst_timeline_history.moc"
