// Senders killed at a random instant: what was acknowledged is there, and nothing by half.
#include "faults/fault_shop.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>

#include <csignal>
#include <thread>

using namespace rewindow;
using namespace Qt::StringLiterals;
using namespace rewindow::test;

namespace {

constexpr int kOrders = 5;

/// Starts a sender, kills it a random time after a random one of its first acks, and returns all
/// that it acknowledged.
std::vector<Ack> killedSender(const FaultShop& shop, int number, bool ackEarly,
                              QRandomGenerator& random) {
    QStringList arguments{shop.path(), QString::number(number), u"1000000"_s,
                          QString::number(kOrders)};
    if (ackEarly)
        arguments += u"--ack-early"_s;
    QProcess sender;
    sender.start(builtTestFile(QStringLiteral("helper_sender")), arguments);
    QByteArray lines;
    const auto wanted = 1 + random.bounded(40);
    QElapsedTimer patience;
    patience.start();
    while (lines.count('\n') < wanted && patience.elapsed() < 60'000 &&
           sender.state() != QProcess::NotRunning) {
        sender.waitForReadyRead(1000);
        lines += sender.readAllStandardOutput();
    }
    if (lines.count('\n') < wanted)
        qFatal("the sender sends nothing: %s", sender.readAllStandardError().constData());
    std::this_thread::sleep_for(std::chrono::microseconds(random.bounded(3000)));
    ::kill(static_cast<pid_t>(sender.processId()), SIGKILL);
    sender.waitForFinished();
    if (sender.exitStatus() != QProcess::CrashExit)
        qFatal("the sender was not killed");
    lines += sender.readAllStandardOutput();
    // A line cut short was not acknowledged.
    lines.truncate(lines.lastIndexOf('\n') + 1);
    return parsedAcks(lines);
}

} // namespace

class TestKill : public QObject {
    Q_OBJECT

  private slots:
    void losesNothingThatWasAcknowledged();
    void noticesASenderThatAcknowledgesBeforeItCommits();
    void losesNothingWhenKilledAmongOthers();
};

void TestKill::losesNothingThatWasAcknowledged() {
    const int kills = qEnvironmentVariableIntValue("REWINDOW_NIGHTLY") == 1 ? 500 : 20;
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    FaultShop shop(kOrders);
    std::vector<Ack> acks;
    for (int i = 0; i < kills; ++i) {
        for (const Ack& ack : killedSender(shop, i, false, random))
            acks.push_back(ack);
        const QStringList problems = shop.problems(acks, false);
        QVERIFY2(problems.isEmpty(), qPrintable(u"seed %1, kill %2: %3"_s.arg(seed).arg(i).arg(
                                         problems.join(u"; "_s))));
    }
    QVERIFY(acks.size() >= static_cast<std::size_t>(kills));
}

void TestKill::noticesASenderThatAcknowledgesBeforeItCommits() {
    // The same kills and the same checker, on a sender that lies. Most kills fall between its ack
    // and its commit; a checker that sees none of so many sees nothing at all.
    QRandomGenerator random(QRandomGenerator::global()->generate());
    FaultShop shop(kOrders);
    std::vector<Ack> acks;
    for (int i = 0; i < 60; ++i) {
        for (const Ack& ack : killedSender(shop, i, true, random))
            acks.push_back(ack);
        const QStringList problems = shop.problems(acks, false);
        if (problems.isEmpty())
            continue;
        QCOMPARE(problems.size(), 1);
        QVERIFY2(problems[0].endsWith(u"was acknowledged and is lost"_s), qPrintable(problems[0]));
        return;
    }
    QFAIL("an ack before the commit went unnoticed");
}

void TestKill::losesNothingWhenKilledAmongOthers() {
    // One goes on sending while others are killed beside it: whatever lock they held is free again.
    constexpr int kCommands = 300;
    QRandomGenerator random(QRandomGenerator::global()->generate());
    FaultShop shop(kOrders);
    QProcess steady;
    steady.start(builtTestFile(QStringLiteral("helper_sender")),
                 {shop.path(), u"999"_s, QString::number(kCommands), QString::number(kOrders)});
    std::vector<Ack> acks;
    for (int i = 0; i < 5; ++i)
        for (const Ack& ack : killedSender(shop, i, false, random))
            acks.push_back(ack);
    QVERIFY(steady.waitForFinished(120'000));
    QCOMPARE(steady.readAllStandardError(), QByteArray());
    const std::vector<Ack> steadyAcks = parsedAcks(steady.readAllStandardOutput());
    QCOMPARE(steadyAcks.size(), std::size_t(kCommands + 2 * (kCommands / 4)));
    acks.insert(acks.end(), steadyAcks.begin(), steadyAcks.end());
    QCOMPARE(shop.problems(acks, false), QStringList());
}

QTEST_GUILESS_MAIN(TestKill)
#include "tst_kill.moc"
