// Jobs on a lane: their order, their thread, their guards, and how they end.

#include "model/store_lane.h"

#include "session_support.h"

#include <QSemaphore>
#include <QThread>

#include <atomic>

using namespace rewindow;
using namespace rewindow::test;

class TestStoreLane : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void jobsRunInOrderOnOneThread();
    void answersComeHere();
    void aStoreThatDoesNotOpenIsEveryJobsAnswer();
    void anAnswerWithoutItsGuardIsDropped();
    void aCancelledJobThatWaitsDoesNotRun();
    void aRunningJobSeesThatItIsCancelled();
    void destroyingCancelsAndWaits();
    void whatMustNotBeLostRunsAtTheEnd();
    void aLaneNobodyUsedGoesQuietly();
    void busyIsTold();
    void theStackIsDeep();
    void whatAnswersIsDestroyedHere();

  private:
    std::unique_ptr<StoreLane> lane() {
        return std::make_unique<StoreLane>(StoreUrl::sqliteFile(m_path), Store::Access::Read);
    }

    std::unique_ptr<ScratchFolder> m_folder;
    QString m_path;
};

namespace {

Result<int> nothing(Store&, const CancelToken&) {
    return 0;
}
void ignore(const Result<int>&) {}

} // namespace

void TestStoreLane::init() {
    m_folder = std::make_unique<ScratchFolder>();
    m_path = m_folder->path(QStringLiteral("log.db"));
    QVERIFY_RESULT(createStore(m_path, {}));
}

void TestStoreLane::jobsRunInOrderOnOneThread() {
    const auto running = lane();
    std::vector<int> order;
    QSet<QThread*> threads;
    QSet<Store*> stores;
    Answer<int> last;
    for (int number = 0; number < 50; ++number) {
        running->run<int>(
            this,
            [&, number](Store& store, const CancelToken&) -> Result<int> {
                order.push_back(number);
                threads.insert(QThread::currentThread());
                stores.insert(&store);
                return number;
            },
            number == 49 ? last.taker() : ignore);
    }
    QCOMPARE(running->pending(), 50);
    ASSIGN_RESULT(answer, last.wait());
    QCOMPARE(answer, 49);
    QCOMPARE(running->pending(), 0);
    QVERIFY(std::ranges::is_sorted(order));
    QCOMPARE(order.size(), std::size_t(50));
    QCOMPARE(threads.size(), 1);
    QVERIFY(!threads.contains(QThread::currentThread()));
    QCOMPARE(stores.size(), 1);
}

void TestStoreLane::answersComeHere() {
    const auto running = lane();
    QThread* thread = nullptr;
    running->run<QString>(
        this,
        [](Store& store, const CancelToken&) -> Result<QString> { return store.info().profile; },
        [&](const Result<QString>& profile) {
            QCOMPARE(profile.value_or(QString()), QStringLiteral("rewindow"));
            thread = QThread::currentThread();
        });
    QTRY_VERIFY(thread);
    QCOMPARE(thread, QThread::currentThread());
}

void TestStoreLane::aStoreThatDoesNotOpenIsEveryJobsAnswer() {
    m_path = m_folder->path(QStringLiteral("later.db"));
    const auto running = lane();
    for (int i = 0; i < 2; ++i) {
        Answer<int> answer;
        running->run<int>(this, nothing, answer.taker());
        const Result<int> result = answer.wait();
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::NotFound);
        QVERIFY(result.error().sentence().contains(u"later.db"));
    }
    QVERIFY_RESULT(createStore(m_path, {}));
    Answer<int> answer;
    running->run<int>(this, nothing, answer.taker());
    QVERIFY_RESULT(answer.wait());
}

void TestStoreLane::anAnswerWithoutItsGuardIsDropped() {
    const auto running = lane();
    bool isCalled = false;
    {
        QObject guard;
        running->run<int>(&guard, nothing, [&](const Result<int>&) { isCalled = true; });
    }
    Answer<int> last;
    running->run<int>(this, nothing, last.taker());
    QVERIFY_RESULT(last.wait());
    QVERIFY(!isCalled);
    QCOMPARE(running->pending(), 0);
}

void TestStoreLane::aCancelledJobThatWaitsDoesNotRun() {
    const auto running = lane();
    QSemaphore gate;
    std::atomic<bool> hasRun = false;
    bool isAnswered = false;
    running->run<int>(
        this,
        [&](Store&, const CancelToken&) -> Result<int> {
            gate.acquire();
            return 1;
        },
        ignore);
    const CancelToken cancel = running->run<int>(
        this,
        [&](Store&, const CancelToken&) -> Result<int> {
            hasRun = true;
            return 2;
        },
        [&](const Result<int>&) { isAnswered = true; });
    cancel.cancel();
    gate.release();
    Answer<int> last;
    running->run<int>(this, nothing, last.taker());
    QVERIFY_RESULT(last.wait());
    QVERIFY(!hasRun);
    QVERIFY(!isAnswered);
}

void TestStoreLane::aRunningJobSeesThatItIsCancelled() {
    const auto running = lane();
    QSemaphore started;
    bool isAnswered = false;
    const CancelToken cancel = running->run<int>(
        this,
        [&](Store&, const CancelToken& token) -> Result<int> {
            started.release();
            while (!token.isCancelled())
                QThread::yieldCurrentThread();
            return 1;
        },
        [&](const Result<int>&) { isAnswered = true; });
    started.acquire();
    cancel.cancel();
    Answer<int> last;
    running->run<int>(this, nothing, last.taker());
    QVERIFY_RESULT(last.wait());
    QVERIFY(!isAnswered);
}

void TestStoreLane::destroyingCancelsAndWaits() {
    auto running = lane();
    QSemaphore started;
    std::atomic<bool> hasEnded = false;
    std::atomic<bool> hasNextRun = false;
    bool isAnswered = false;
    const auto answered = [&](const Result<int>&) { isAnswered = true; };
    running->run<int>(
        this,
        [&](Store&, const CancelToken& token) -> Result<int> {
            started.release();
            while (!token.isCancelled())
                QThread::yieldCurrentThread();
            hasEnded = true;
            return 1;
        },
        answered);
    running->run<int>(
        this,
        [&](Store&, const CancelToken&) -> Result<int> {
            hasNextRun = true;
            return 2;
        },
        answered);
    started.acquire();
    running.reset();
    QVERIFY(hasEnded);
    QVERIFY(!hasNextRun);
    QCoreApplication::sendPostedEvents();
    QVERIFY(!isAnswered);
}

void TestStoreLane::whatMustNotBeLostRunsAtTheEnd() {
    auto ending = lane();
    QSemaphore begun;
    std::atomic_int dropped = 0;
    std::vector<int> ran;
    ending->run<int>(
        this,
        [&](Store&, const CancelToken& cancel) -> Result<int> {
            begun.release();
            while (!cancel.isCancelled())
                QThread::msleep(1);
            return 0;
        },
        ignore);
    for (int number = 0; number < 3; ++number) {
        ending->run<int>(
            this,
            [&](Store&, const CancelToken&) -> Result<int> {
                ++dropped;
                return 0;
            },
            ignore);
        ending->run<int>(
            this,
            [&, number](Store&, const CancelToken& cancel) -> Result<int> {
                if (!cancel.isCancelled())
                    ran.push_back(number);
                return 0;
            },
            ignore, StoreLane::AtEnd::StillRun);
    }
    begun.acquire();
    ending.reset();
    QCOMPARE(ran, std::vector({0, 1, 2}));
    QCOMPARE(dropped.load(), 0);
}

void TestStoreLane::aLaneNobodyUsedGoesQuietly() {
    lane().reset();
    // Nor does one stumble that is destroyed before its first job began.
    for (int i = 0; i < 20; ++i) {
        const auto running = lane();
        running->run<int>(this, nothing, ignore);
    }
}

void TestStoreLane::busyIsTold() {
    const auto running = lane();
    const QSignalSpy busy(running.get(), &StoreLane::busyChanged);
    Answer<int> last;
    running->run<int>(this, nothing, ignore);
    running->run<int>(this, nothing, last.taker());
    QCOMPARE(busy.count(), 1);
    QCOMPARE(busy.at(0).at(0).toBool(), true);
    QVERIFY_RESULT(last.wait());
    QCOMPARE(busy.count(), 2);
    QCOMPARE(busy.at(1).at(0).toBool(), false);
}

void TestStoreLane::theStackIsDeep() {
    const auto running = lane();
    Answer<int> answer;
    running->run<int>(
        this,
        [](Store&, const CancelToken&) -> Result<int> {
            // 32 MiB in frames of 4 KiB, each written to.
            const auto descend = [](const auto& self, int depth) -> int {
                volatile char frame[4096];
                frame[0] = static_cast<char>(depth);
                return depth == 0 ? 0 : 1 + self(self, depth - 1) + (frame[0] & 0);
            };
            return descend(descend, 8192);
        },
        answer.taker());
    ASSIGN_RESULT(depth, answer.wait());
    QCOMPARE(depth, 8192);
}

void TestStoreLane::whatAnswersIsDestroyedHere() {
    struct Witness {
        ~Witness() { *thread = QThread::currentThread(); }
        QThread** thread;
    };
    QThread* destroyedOn = nullptr;
    const auto running = lane();
    for (int i = 0; i < 20; ++i) {
        auto witness = std::make_shared<Witness>(&destroyedOn);
        Answer<int> answer;
        running->run<int>(this, nothing, [witness, take = answer.taker()](Result<int> result) {
            take(std::move(result));
        });
        witness.reset();
        QVERIFY_RESULT(answer.wait());
        QTRY_VERIFY(destroyedOn);
        QCOMPARE(std::exchange(destroyedOn, nullptr), QThread::currentThread());
    }
}

QTEST_GUILESS_MAIN(TestStoreLane)
#include "tst_store_lane.moc"
