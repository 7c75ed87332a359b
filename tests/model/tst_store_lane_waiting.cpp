// Jobs for which no server can be reached: they wait for it, and hold nothing else up.
#include "model/store_lane.h"
#include "session_support.h"

#include <QElapsedTimer>
#include <QSignalSpy>

#include <atomic>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestStoreLaneWaiting : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void failsAtOnceUnlessItIsToWait();
    void runsAgainUntilTheServerIsThere();
    void holdsNothingElseUp();
    void endsWhenCancelled();
    void goesWithItsLane();

  private:
    std::unique_ptr<StoreLane> lane() {
        return std::make_unique<StoreLane>(StoreUrl::sqliteFile(m_path), Store::Access::Read);
    }

    std::unique_ptr<ScratchFolder> m_folder;
    QString m_path;
};

namespace {

std::unexpected<Error> gone() {
    return fail(Error::Kind::Unreachable, u"the server is gone"_s);
}

} // namespace

void TestStoreLaneWaiting::init() {
    m_folder = std::make_unique<ScratchFolder>();
    m_path = m_folder->path(u"log.db"_s);
    QVERIFY_RESULT(createStore(m_path, {}));
}

void TestStoreLaneWaiting::failsAtOnceUnlessItIsToWait() {
    const auto running = lane();
    QSignalSpy lost(running.get(), &StoreLane::lost);
    Answer<int> answer;
    std::atomic<int> runs = 0;
    running->run<int>(
        this,
        [&runs](Store&, const CancelToken&) -> Result<int> {
            ++runs;
            return gone();
        },
        answer.taker());
    const auto failed = answer.wait();
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, Error::Kind::Unreachable);
    QCOMPARE(runs, 1);
    QCOMPARE(lost.size(), 0);
}

void TestStoreLaneWaiting::runsAgainUntilTheServerIsThere() {
    const auto running = lane();
    running->waitForServer();
    QSignalSpy lost(running.get(), &StoreLane::lost);
    QSignalSpy regained(running.get(), &StoreLane::regained);
    std::atomic<bool> isThere = false;
    std::atomic<int> runs = 0;
    std::vector<Answer<int>> answers(3);
    int number = 0;
    for (Answer<int>& answer : answers)
        running->run<int>(
            this,
            [&, mine = ++number](Store&, const CancelToken&) -> Result<int> {
                ++runs;
                return isThere ? Result<int>(mine) : gone();
            },
            answer.taker());
    QTRY_VERIFY(runs > 6);
    QCOMPARE(running->pending(), 3);
    QCOMPARE(lost.size(), 1);
    QCOMPARE(lost.front().front().value<Error>().what, u"the server is gone"_s);
    QCOMPARE(regained.size(), 0);
    isThere = true;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        ASSIGN_RESULT(answer, answers[i].wait());
        QCOMPARE(answer, int(i) + 1);
    }
    QTRY_COMPARE(regained.size(), 1);
    QCOMPARE(lost.size(), 1);
    // A failure of another kind is an answer.
    Answer<int> last;
    running->run<int>(
        this,
        [](Store&, const CancelToken&) -> Result<int> {
            return fail(Error::Kind::NotFound, u"no such thing"_s);
        },
        last.taker());
    QVERIFY(!last.wait());
    QCOMPARE(lost.size(), 1);
}

void TestStoreLaneWaiting::holdsNothingElseUp() {
    const auto running = lane();
    running->waitForServer();
    QSignalSpy lost(running.get(), &StoreLane::lost);
    QSignalSpy regained(running.get(), &StoreLane::regained);
    running->run<int>(
        this, [](Store&, const CancelToken&) -> Result<int> { return gone(); },
        [](const Result<int>&) {});
    QTRY_COMPARE(lost.size(), 1);
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 100; ++i) {
        Answer<int> answer;
        running->run<int>(
            this, [](Store&, const CancelToken&) -> Result<int> { return 7; }, answer.taker());
        ASSIGN_RESULT(seven, answer.wait());
        QCOMPARE(seven, 7);
    }
    QVERIFY(timer.elapsed() < 5'000);
    // What needs no server says nothing of it.
    QCOMPARE(regained.size(), 0);
}

void TestStoreLaneWaiting::endsWhenCancelled() {
    const auto running = lane();
    running->waitForServer();
    QSignalSpy lost(running.get(), &StoreLane::lost);
    QSignalSpy regained(running.get(), &StoreLane::regained);
    bool isAnswered = false;
    const CancelToken cancel = running->run<int>(
        this, [](Store&, const CancelToken&) -> Result<int> { return gone(); },
        [&isAnswered](const Result<int>&) { isAnswered = true; });
    QTRY_COMPARE(lost.size(), 1);
    cancel.cancel();
    QTRY_COMPARE(running->pending(), 0);
    QTRY_COMPARE(regained.size(), 1); // nothing waits any more
    QVERIFY(!isAnswered);
}

void TestStoreLaneWaiting::goesWithItsLane() {
    auto running = lane();
    running->waitForServer();
    QSignalSpy lost(running.get(), &StoreLane::lost);
    std::atomic<int> stillRun = 0;
    for (const auto atEnd : {StoreLane::AtEnd::Dropped, StoreLane::AtEnd::StillRun})
        running->run<int>(
            this,
            [&stillRun, atEnd](Store&, const CancelToken&) -> Result<int> {
                if (atEnd == StoreLane::AtEnd::StillRun)
                    ++stillRun;
                return gone();
            },
            [](const Result<int>&) {}, atEnd);
    QTRY_COMPARE(lost.size(), 1);
    QTRY_VERIFY(stillRun > 0);
    const int before = stillRun;
    QElapsedTimer timer;
    timer.start();
    running.reset();
    QVERIFY(timer.elapsed() < 2'000);
    QVERIFY(stillRun > before); // once more, at the end
}

QTEST_GUILESS_MAIN(TestStoreLaneWaiting)
#include "tst_store_lane_waiting.moc"
