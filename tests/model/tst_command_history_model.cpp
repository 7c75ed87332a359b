// Sent commands and what became of them.
#include "model/items/command_history_model.h"
#include "support/test_support.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace rewindow;

namespace {

using State = CommandHistoryEntry::State;

CommandRequest request(const QString& name) {
    CommandRequest sent;
    sent.command.name = name;
    return sent;
}

CommandAccepted accepted(qint64 version) {
    CommandAccepted outcome;
    outcome.stream = QStringLiteral("order-1");
    outcome.version = StreamVersion(version);
    outcome.events.emplace_back();
    return outcome;
}

class tst_CommandHistoryModel : public QObject {
    Q_OBJECT

  private slots:
    void theNewestComesFirst();
    void anOutcomeSaysWhatBecameOfIt_data();
    void anOutcomeSaysWhatBecameOfIt();
    void anOutcomeForAForgottenCommandChangesNothing();

  private:
    std::vector<Result<CommandOutcome>> m_outcomes;
};

void tst_CommandHistoryModel::theNewestComesFirst() {
    CommandHistoryModel model;
    QAbstractItemModelTester tester(&model);
    const quint64 first = model.add(request(QStringLiteral("PlaceOrder")));
    model.add(request(QStringLiteral("PayOrder")));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("PayOrder"));
    QCOMPARE(model.entry(0).state(), State::Sending);

    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.finish(first, CommandOutcome(accepted(8)), 900);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().toModelIndex().row(), 1);
    QCOMPARE(model.entry(1).state(), State::Accepted);
    QCOMPARE(model.entry(0).state(), State::Sending);
}

void tst_CommandHistoryModel::anOutcomeSaysWhatBecameOfIt_data() {
    QTest::addColumn<std::size_t>("outcome");
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("detail");
    const auto row = [this](const char* name, Result<CommandOutcome> outcome, State state,
                            const QString& detail) {
        QTest::newRow(name) << m_outcomes.size() << static_cast<int>(state) << detail;
        m_outcomes.push_back(std::move(outcome));
    };
    CommandAccepted nothing = accepted(8);
    nothing.events.clear();
    row("accepted", CommandOutcome(accepted(12)), State::Accepted, QStringLiteral("v12 · 0.8 ms"));
    row("nothing to do", CommandOutcome(nothing), State::Accepted,
        QStringLiteral("nothing to do · 0.8 ms"));
    row("rejected", CommandOutcome(CommandRejected{{}, QStringLiteral("Order 1 is paid already.")}),
        State::Rejected, QStringLiteral("Order 1 is paid already."));
    row("conflict", CommandOutcome(VersionConflict{8_v, 9_v}), State::Conflict,
        QStringLiteral("conflict v8≠v9"));
    row("failed", fail(Error::Kind::Storage, QStringLiteral("the disk is full")), State::Failed,
        Error{Error::Kind::Storage, QStringLiteral("the disk is full"), {}, {}}.sentence());
}

void tst_CommandHistoryModel::anOutcomeSaysWhatBecameOfIt() {
    QFETCH(std::size_t, outcome);
    QFETCH(int, state);
    QFETCH(QString, detail);
    CommandHistoryModel model;
    model.finish(model.add(request(QStringLiteral("PayOrder"))), m_outcomes[outcome], 800);
    const QModelIndex index = model.index(0);
    QCOMPARE(index.data(CommandHistoryModel::StateRole).toInt(), state);
    QCOMPARE(index.data(CommandHistoryModel::DetailRole).toString(), detail);
    const QString spoken = index.data(Qt::AccessibleTextRole).toString();
    QVERIFY2(spoken.contains(QStringLiteral("PayOrder")) && spoken.contains(detail),
             qPrintable(spoken));
}

void tst_CommandHistoryModel::anOutcomeForAForgottenCommandChangesNothing() {
    CommandHistoryModel model;
    QAbstractItemModelTester tester(&model);
    const quint64 first = model.add(request(QStringLiteral("First")));
    for (std::size_t i = 0; i < CommandHistoryModel::kLimit; ++i)
        model.add(request(QStringLiteral("Later")));
    QCOMPARE(model.rowCount(), static_cast<int>(CommandHistoryModel::kLimit));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.finish(first, CommandOutcome(accepted(1)), 1);
    QCOMPARE(changed.size(), 0);
    QCOMPARE(model.index(model.rowCount() - 1).data().toString(), QStringLiteral("Later"));
}

} // namespace

QTEST_GUILESS_MAIN(tst_CommandHistoryModel)
#include "tst_command_history_model.moc"
