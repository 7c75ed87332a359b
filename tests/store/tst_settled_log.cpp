// Reading a log to its end while transactions commit in any order: every interleaving of a few.
#include "store/tail/settled_log.h"
#include "support/test_support.h"

#include <algorithm>
#include <array>
#include <functional>

using namespace rewindow;
using namespace rewindow::literals;
using namespace Qt::StringLiterals;

namespace {

using Positions = std::vector<GlobalPosition>;

/// A database whose transactions begin, draw a position, insert at it, and end.
class FakeLog final : public LogProbe {
  public:
    static constexpr int kTransactions = 3;
    static constexpr int kSteps = 4;

    explicit FakeLog(unsigned rolledBack = 0) : m_rolledBack(rolledBack) {}

    void step(int transaction) {
        Transaction& one = m_transactions[std::size_t(transaction)];
        switch (++one.steps) {
        case 2:
            one.position = ++m_drawn;
            break;
        case 4:
            if ((m_rolledBack >> transaction & 1) == 0)
                m_committed.insert(std::ranges::upper_bound(m_committed, one.position),
                                   one.position);
            break;
        default:
            break;
        }
    }
    /// The transactions' next steps, one after each question.
    void interleave(std::vector<int> steps) { m_next = std::move(steps); }
    bool isOver() const { return m_next.empty(); }

    Result<Positions> positionsAfter(GlobalPosition after, qint64 limit) override {
        Positions positions;
        for (const qint64 position : m_committed)
            if (position > after.value() && qint64(positions.size()) < limit)
                positions.emplace_back(position);
        stepOn();
        return positions;
    }
    Result<GlobalPosition> lastPosition() override {
        const GlobalPosition last(m_committed.empty() ? 0 : m_committed.back());
        stepOn();
        return last;
    }
    Result<QSet<QString>> underWay() override {
        QSet<QString> names;
        for (const Transaction& one : m_transactions)
            if (one.steps >= 2 && one.steps < kSteps)
                names.insert(QString::number(&one - m_transactions.data()));
        stepOn();
        return names;
    }

    Positions committed() const {
        Positions positions;
        for (const qint64 position : m_committed)
            positions.emplace_back(position);
        return positions;
    }

  private:
    struct Transaction {
        int steps = 0;
        qint64 position = 0;
    };
    void stepOn() {
        if (m_next.empty())
            return;
        step(m_next.front());
        m_next.erase(m_next.begin());
    }

    std::array<Transaction, kTransactions> m_transactions;
    std::vector<qint64> m_committed; // ascending
    std::vector<int> m_next;
    qint64 m_drawn = 0;
    unsigned m_rolledBack;
};

/// What follows a log and hands on what is new.
class Tail {
  public:
    virtual ~Tail() = default;
    virtual void look(FakeLog& log) = 0;
    Positions delivered;
};

class SettledTail final : public Tail {
  public:
    void look(FakeLog& log) override {
        const GlobalPosition settled = *m_log.advance(log);
        const GlobalPosition last = delivered.empty() ? 0_pos : delivered.back();
        const Positions positions = *log.positionsAfter(last, 100);
        for (const GlobalPosition position : positions)
            if (position <= settled)
                delivered.push_back(position);
    }

  private:
    SettledLog m_log{0_pos};
};

class NaiveTail final : public Tail {
  public:
    void look(FakeLog& log) override {
        const GlobalPosition last = delivered.empty() ? 0_pos : delivered.back();
        const Positions positions = *log.positionsAfter(last, 100);
        for (const GlobalPosition position : positions)
            delivered.push_back(position);
    }
};

/// Whether the tail has all that was committed, each once and in order, in the end.
template <class OfTail>
bool follows(const std::vector<int>& steps, unsigned rolledBack, bool asksInBetween) {
    FakeLog log(rolledBack);
    OfTail tail;
    if (asksInBetween) {
        log.interleave(steps);
        while (!log.isOver())
            tail.look(log);
    } else {
        for (const int transaction : steps) {
            log.step(transaction);
            tail.look(log);
        }
    }
    tail.look(log);
    tail.look(log);
    return tail.delivered == log.committed();
}

/// Calls `run` with each order in which the transactions can take their steps.
int forEachInterleaving(const std::function<void(const std::vector<int>&)>& run) {
    std::vector<int> steps;
    for (int transaction = 0; transaction < FakeLog::kTransactions; ++transaction)
        steps.insert(steps.end(), FakeLog::kSteps, transaction);
    int interleavings = 0;
    do {
        run(steps);
        ++interleavings;
    } while (std::next_permutation(steps.begin(), steps.end()));
    return interleavings;
}

} // namespace

class TestSettledLog : public QObject {
    Q_OBJECT

  private slots:
    void missesNothingInAnyInterleaving_data();
    void missesNothingInAnyInterleaving();
    void aTailByTheLastPositionDoesNotPass();
    void standsBeforeAGapUntilItIsDead();
    void settlesAWholeLogAtOnceWhereNothingIsUnderWay();
    void settlesAWholeLogToItsFirstGapWhereSomethingStays();
};

void TestSettledLog::missesNothingInAnyInterleaving_data() {
    QTest::addColumn<unsigned>("rolledBack");
    QTest::addColumn<bool>("asksInBetween");
    for (unsigned rolledBack = 0; rolledBack < 8; ++rolledBack)
        for (const bool asksInBetween : {false, true})
            QTest::addRow("rolled back %u, %s", rolledBack,
                          asksInBetween ? "between questions" : "between looks")
                << rolledBack << asksInBetween;
}

void TestSettledLog::missesNothingInAnyInterleaving() {
    QFETCH(unsigned, rolledBack);
    QFETCH(bool, asksInBetween);
    int missed = 0;
    const int interleavings = forEachInterleaving([&](const std::vector<int>& steps) {
        if (!follows<SettledTail>(steps, rolledBack, asksInBetween))
            ++missed;
    });
    QCOMPARE(interleavings, 34'650);
    QCOMPARE(missed, 0);
}

void TestSettledLog::aTailByTheLastPositionDoesNotPass() {
    int missed = 0;
    forEachInterleaving([&](const std::vector<int>& steps) {
        if (!follows<NaiveTail>(steps, 0, false))
            ++missed;
    });
    QVERIFY2(missed > 1000, qPrintable(QString::number(missed)));
}

void TestSettledLog::standsBeforeAGapUntilItIsDead() {
    FakeLog log(0b001); // the first is rolled back
    SettledLog settled(0_pos);
    for (const int transaction : {0, 0, 1, 1, 1, 1})
        log.step(transaction);
    QVERIFY(*settled.advance(log) == 0_pos);
    QVERIFY(settled.isWaiting());
    log.step(0);
    QVERIFY(*settled.advance(log) == 0_pos);
    log.step(0);
    QVERIFY(*settled.advance(log) == 2_pos);
    QVERIFY(!settled.isWaiting());
    for (int step = 0; step < FakeLog::kSteps; ++step)
        log.step(2);
    QVERIFY(*settled.advance(log) == 3_pos);
}

void TestSettledLog::settlesAWholeLogAtOnceWhereNothingIsUnderWay() {
    FakeLog log(0b010);
    for (const int transaction : {1, 1, 1, 1, 0, 0, 0, 0, 2, 2, 2, 2})
        log.step(transaction);
    ASSIGN_RESULT(settled, SettledLog::ofWhole(log));
    QVERIFY(settled.settled() == 3_pos);
    QVERIFY(!settled.isWaiting());
}

void TestSettledLog::settlesAWholeLogToItsFirstGapWhereSomethingStays() {
    FakeLog log;
    for (const int transaction : {0, 0, 0, 0, 1, 1, 2, 2, 2, 2})
        log.step(transaction);
    ASSIGN_RESULT(settled, SettledLog::ofWhole(log));
    QVERIFY(*settled.advance(log) == 1_pos);
    QVERIFY(settled.isWaiting());
    log.step(1);
    log.step(1);
    QVERIFY(*settled.advance(log) == 3_pos);
}

QTEST_GUILESS_MAIN(TestSettledLog)
#include "tst_settled_log.moc"
