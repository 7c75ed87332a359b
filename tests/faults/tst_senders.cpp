// Many processes sending to the same few orders: nothing is lost, nothing is counted twice.
#include "faults/fault_shop.h"

#include <QProcess>

#include <memory>
#include <thread>

using namespace rewindow;
using namespace Qt::StringLiterals;
using namespace rewindow::test;

namespace {

constexpr int kSenders = 8;
constexpr int kOrders = 20;

} // namespace

class TestSenders : public QObject {
    Q_OBJECT

  private slots:
    void loseNothingThroughTheLibrary();
    void loseNothingThroughTheCommandLine();
};

void TestSenders::loseNothingThroughTheLibrary() {
    constexpr int kCommands = 500;
    FaultShop shop(kOrders);
    std::vector<std::unique_ptr<QProcess>> senders;
    for (int i = 0; i < kSenders; ++i) {
        senders.push_back(std::make_unique<QProcess>());
        senders.back()->start(builtTestFile(QStringLiteral("helper_sender")),
                              {shop.path(), QString::number(i), QString::number(kCommands),
                               QString::number(kOrders)});
        QVERIFY(senders.back()->waitForStarted());
    }
    std::vector<Ack> acks;
    for (const auto& sender : senders) {
        QVERIFY(sender->waitForFinished(600'000));
        QCOMPARE(sender->readAllStandardError(), QByteArray());
        QCOMPARE(sender->exitCode(), 0);
        for (const Ack& ack : parsedAcks(sender->readAllStandardOutput()))
            acks.push_back(ack);
    }
    // Each sender's commands, and a pair after every fourth.
    QCOMPARE(acks.size(), std::size_t(kSenders * (kCommands + 2 * (kCommands / 4))));
    QCOMPARE(shop.problems(acks, true), QStringList());
}

void TestSenders::loseNothingThroughTheCommandLine() {
    constexpr int kCommands = 25;
    FaultShop shop(kOrders);
    std::vector<QString> failures(kSenders);
    std::vector<std::vector<Ack>> acks(kSenders);
    const auto sendAll = [&](int number) {
        for (int i = 0; i < kCommands && failures[number].isEmpty(); ++i) {
            const ProgramResult sent =
                runRewindow({u"send"_s, shop.path(), u"ChangeQuantity"_s,
                             u"orderId=o%1"_s.arg((number + i) % kOrders), u"productId=p0"_s,
                             u"quantity=%1"_s.arg(2 + number * 1000 + i), u"--json"_s});
            const auto answer = Json::parse(
                {sent.out.constData(), static_cast<std::size_t>(sent.out.trimmed().size())});
            if (sent.exitCode != 0 || !answer || (*answer)["events"].size() != 1) {
                failures[number] = QString::fromUtf8(sent.out + sent.err);
                return;
            }
            acks[number].push_back({(*answer)["events"].at(0)["id"].toQString(),
                                    (*answer)["stream"].toQString(),
                                    (*answer)["version"].toInteger().value_or(0)});
        }
    };
    {
        std::vector<std::jthread> senders;
        for (int i = 0; i < kSenders; ++i)
            senders.emplace_back(sendAll, i);
    }
    std::vector<Ack> all;
    for (int i = 0; i < kSenders; ++i) {
        QCOMPARE(failures[i], QString());
        all.insert(all.end(), acks[i].begin(), acks[i].end());
    }
    QCOMPARE(all.size(), std::size_t(kSenders * kCommands));
    QCOMPARE(shop.problems(all, true), QStringList());
}

QTEST_GUILESS_MAIN(TestSenders)
#include "tst_senders.moc"
