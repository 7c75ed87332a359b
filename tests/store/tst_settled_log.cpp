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
    Result<Positions> positionsWithin(const std::vector<LogGap>& gaps) override {
        Positions positions;
        for (const qint64 position : m_committed)
            for (const LogGap& gap : gaps)
                if (gap.first.value() <= position && position <= gap.last.value())
                    positions.emplace_back(position);
        stepOn();
        return positions;
    }
    Result<GlobalPosition> lastBefore(Timestamp time) override {
        qint64 last = 0;
        for (const qint64 position : m_committed)
            if (position * kApart < time.microseconds())
                last = position;
        return GlobalPosition(last);
    }
    Result<UnderWay> underWay() override {
        UnderWay all;
        all.era = era;
        all.isAll = !isBlind;
        all.since = since;
        for (const Transaction& one : m_transactions)
            if (!isBlind && one.steps >= 2 && one.steps < kSteps)
                all.names.insert(QString::number(&one - m_transactions.data()));
        if (isBlind)
            all.names.insert(QString::number(timePassed));
        stepOn();
        return all;
    }
    /// Between the times that two events next to each other were recorded.
    static constexpr qint64 kApart = qint64(60) * 1'000'000;
    QString era;
    bool isBlind = false; ///< to who is under way: all there is is time that passes
    int timePassed = 0;
    std::optional<Timestamp> since;
    void commit(std::initializer_list<qint64> positions) {
        m_committed.insert(m_committed.end(), positions);
        std::ranges::sort(m_committed);
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
    void settlesAWholeLogToWhatIsOldEnough();
    void saysWhatItAssumes();
    void beginsAnewInAnotherEra();
    void findsWhatIsLate();
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

void TestSettledLog::settlesAWholeLogToWhatIsOldEnough() {
    FakeLog log;
    log.commit({1, 2, 5, 6, 9, 11});
    log.isBlind = true;
    log.since = Timestamp(9 * FakeLog::kApart + 30'000'000);
    ASSIGN_RESULT(settled, SettledLog::ofWhole(log));
    QVERIFY(settled.settled() == 9_pos);
    QVERIFY(settled.isWaiting());
    const std::vector<LogGap> assumed{{3_pos, 4_pos}, {7_pos, 8_pos}};
    QVERIFY(settled.edge().assumed == assumed);
    QVERIFY(*settled.advance(log) == 9_pos);
    const LogGap open{10_pos, 10_pos};
    QVERIFY(settled.edge().open == open);
    ++log.timePassed;
    QVERIFY(*settled.advance(log) == 11_pos);
    QVERIFY(!settled.edge().open);
    // Nothing is known of when they began: then nothing is assumed.
    log.since.reset();
    ASSIGN_RESULT(careful, SettledLog::ofWhole(log));
    QVERIFY(*careful.advance(log) == 2_pos);
}

void TestSettledLog::saysWhatItAssumes() {
    FakeLog log;
    log.commit({1, 3});
    SettledLog seeing(0_pos);
    QVERIFY(*seeing.advance(log) == 3_pos);
    QVERIFY(seeing.edge() == LogEdge());
    log.isBlind = true;
    SettledLog blind(0_pos);
    QVERIFY(*blind.advance(log) == 1_pos);
    ++log.timePassed;
    QVERIFY(*blind.advance(log) == 3_pos);
    const std::vector<LogGap> assumed{{2_pos, 2_pos}};
    QVERIFY(blind.edge().assumed == assumed);
}

void TestSettledLog::beginsAnewInAnotherEra() {
    FakeLog log;
    for (const int transaction : {0, 0, 1, 1, 1, 1})
        log.step(transaction);
    log.isBlind = true;
    log.timePassed = 99;
    SettledLog settled(0_pos);
    QVERIFY(*settled.advance(log) == 0_pos);
    // The standby is promoted: now it is seen that someone has position 1.
    log.era = u"promoted"_s;
    log.isBlind = false;
    QVERIFY(*settled.advance(log) == 0_pos);
    QVERIFY(*settled.advance(log) == 0_pos);
    for (const int transaction : {0, 0})
        log.step(transaction);
    QVERIFY(*settled.advance(log) == 2_pos);
    QVERIFY(settled.edge() == LogEdge());
}

void TestSettledLog::findsWhatIsLate() {
    FakeLog log;
    log.commit({1, 6});
    SettledLog settled(0_pos);
    QVERIFY(*settled.advance(log) == 6_pos);
    QVERIFY(*settled.late(log) == Positions{});
    log.commit({3, 4});
    const Positions late{3_pos, 4_pos};
    QVERIFY(*settled.late(log) == late);
    QVERIFY(*settled.late(log) == Positions{});
    log.commit({2, 5});
    const Positions rest{2_pos, 5_pos};
    QVERIFY(*settled.late(log) == rest);
    QVERIFY(*settled.advance(log) == 6_pos);
}

QTEST_GUILESS_MAIN(TestSettledLog)
#include "tst_settled_log.moc"
