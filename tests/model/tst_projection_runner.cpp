// Views kept up with the log: caught up, paused, stepped, rebuilt, by one runner or by several.
#include "model/ledger_projections.h"
#include "model/projection/audit.h"
#include "model/projection/projection_runner.h"

#include <thread>

using namespace rewindow;
using namespace Qt::StringLiterals;
using namespace rewindow::test;
using namespace rewindow::literals;

namespace {

const QString kAccounts = QStringLiteral("accounts");
const QString kDeposits = QStringLiteral("deposits");

ProjectionRunner::Projections both() {
    return {std::make_shared<AccountsProjection>(), std::make_shared<DepositsProjection>()};
}

/// Eight events; after them accounts are "1|a|Ada|30" and "2|b|Bob|5".
void fill(ScratchStore& store) {
    nameOwner(store, u"a"_s, u"Anna"_s);
    openAccount(store, u"1"_s, u"a"_s);
    deposit(store, u"1"_s, 10);
    nameOwner(store, u"b"_s, u"Bob"_s);
    openAccount(store, u"2"_s, u"b"_s);
    deposit(store, u"2"_s, 5);
    deposit(store, u"1"_s, 20);
    nameOwner(store, u"a"_s, u"Ada"_s);
}

const QStringList kFilled{QStringLiteral("1|a|Ada|30"), QStringLiteral("2|b|Bob|5")};

qint64 checkpoint(ScratchStore& store, const QString& view) {
    const auto status = statusOf(store->views(), view);
    return status ? status->checkpoint.value() : -1;
}

/// Deposits into account 1 with the views folded in the same transaction; what foldAlong() answers.
bool depositAlong(ScratchStore& store, ProjectionRunner& runner, const QString& id, int amount) {
    const std::array events{NewEvent{id,
                                     u"Deposited"_s,
                                     "{\"amount\":" + QByteArray::number(amount) + '}',
                                     {},
                                     {},
                                     {},
                                     Timestamp(1)}};
    bool followed = false;
    const auto outcome = store.writer().append(
        u"account-1"_s, ExpectedVersion::any(), events,
        [&](std::span<const RecordedEvent> appended) { followed = runner.foldAlong(appended); });
    if (!outcome || !std::holds_alternative<Appended>(*outcome))
        qFatal("append failed");
    return followed;
}

} // namespace

class TestProjectionRunner : public QObject {
    Q_OBJECT

  private slots:
    void catchesUp();
    void foldsEachEventOnceAndOnlyNewOnes();
    void takesNoLockWhereThereIsNothingToDo();
    void seesItsOwnRowsWithinABatch();
    void leavesPausedViewsWhereTheyAre();
    void catchesOnePausedViewUp();
    void stepsExactlyOneEvent();
    void movesViewsAtDifferentCheckpoints();
    void rebuildsFromTheFirstEvent();
    void stopsAViewBeforeAnEventItCannotApply();
    void cancelsBetweenBatches();
    void reportsProgress();
    void appliesNothingTwiceWithSeveralRunners();
    void foldsAlongWithAnAppend();
    void leavesAppendsToViewsThatLag();
    void keepsViewsOfAForeignStoreInTheWorkspace();
    void findsRowsByWhatTheyHoldNow();
    void namesUnknownViews();
};

void TestProjectionRunner::catchesUp() {
    ScratchStore store;
    fill(store);
    ProjectionRunner runner(*store, both());
    QVERIFY_RESULT(runner.catchUp());
    QCOMPARE(rowsOf(store->views(), kAccounts), kFilled);
    QCOMPARE(rowsOf(store->views(), kDeposits), QStringList({u"1|2"_s, u"2|1"_s}));
    QCOMPARE(checkpoint(store, kAccounts), 8);
    QCOMPARE(checkpoint(store, kDeposits), 8);
    QCOMPARE(rowsOf(store->views(), kAccounts, 7_pos),
             QStringList({u"1|a|Anna|30"_s, u"2|b|Bob|5"_s}));
    closeAccount(store, u"1"_s);
    QVERIFY_RESULT(runner.catchUp());
    QCOMPARE(rowsOf(store->views(), kAccounts), QStringList{u"2|b|Bob|5"_s});
    QCOMPARE(rowsOf(store->views(), kAccounts, 8_pos), kFilled);
}

void TestProjectionRunner::foldsEachEventOnceAndOnlyNewOnes() {
    ScratchStore store;
    fill(store);
    ProjectionRunner runner(*store, both());
    const qint64 before = ProjectionRunner::eventsFolded();
    QVERIFY_RESULT(runner.catchUp());
    QCOMPARE(ProjectionRunner::eventsFolded() - before, 8);
    deposit(store, u"1"_s, 1);
    QVERIFY_RESULT(runner.catchUp());
    QCOMPARE(ProjectionRunner::eventsFolded() - before, 9);
    QVERIFY_RESULT(runner.catchUp());
    QCOMPARE(ProjectionRunner::eventsFolded() - before, 9);
}

void TestProjectionRunner::takesNoLockWhereThereIsNothingToDo() {
    ScratchStore store;
    fill(store);
    ProjectionRunner runner(*store, both());
    QVERIFY_RESULT(runner.catchUp());
    RawStore other(store);
    other.hold();
    QElapsedTimer timer;
    timer.start();
    QVERIFY_RESULT(runner.catchUp());
    QVERIFY2(timer.elapsed() < 1000, "it waited for the other writer");
    other.release();
}

void TestProjectionRunner::seesItsOwnRowsWithinABatch() {
    // One account is opened, renamed, paid into, closed and opened again, all in one batch.
    ScratchStore store;
    openAccount(store, u"1"_s, u"a"_s);
    openAccount(store, u"2"_s, u"a"_s);
    nameOwner(store, u"a"_s, u"Ada"_s);
    deposit(store, u"1"_s, 1);
    closeAccount(store, u"1"_s);
    nameOwner(store, u"a"_s, u"Eve"_s);
    openAccount(store, u"1"_s, u"a"_s);
    deposit(store, u"1"_s, 2);
    ProjectionRunner runner(*store, both());
    QVERIFY_RESULT(runner.catchUp());
    QCOMPARE(rowsOf(store->views(), kAccounts), QStringList({u"1|a|Eve|2"_s, u"2|a|Eve|0"_s}));
    const QList<QStringList> past{{},
                                  {u"1|a||0"_s},
                                  {u"1|a||0"_s, u"2|a||0"_s},
                                  {u"1|a|Ada|0"_s, u"2|a|Ada|0"_s},
                                  {u"1|a|Ada|1"_s, u"2|a|Ada|0"_s},
                                  {u"2|a|Ada|0"_s},
                                  {u"2|a|Eve|0"_s},
                                  {u"1|a|Eve|0"_s, u"2|a|Eve|0"_s}};
    for (int position = 0; position < past.size(); ++position)
        QCOMPARE(rowsOf(store->views(), kAccounts, GlobalPosition(position)), past[position]);
}

/// In one batch: looked up in the table, and looked up again after changes.
void TestProjectionRunner::findsRowsByWhatTheyHoldNow() {
    ScratchStore store;
    ProjectionRunner runner(*store, both());
    openAccount(store, u"1"_s, u"a"_s);
    openAccount(store, u"\U0001F4B0"_s, u"a"_s);
    openAccount(store, u"\uFF21"_s, u"a"_s);
    QVERIFY_RESULT(runner.catchUp());
    nameOwner(store, u"a"_s, u"Anna"_s);
    closeAccount(store, u"1"_s);
    openAccount(store, u"3"_s, u"a"_s);
    openAccount(store, u"1"_s, u"b"_s);
    nameOwner(store, u"a"_s, u"Ada"_s);
    nameOwner(store, u"b"_s, u"Bob"_s);
    QVERIFY_RESULT(runner.catchUp());
    QCOMPARE(rowsOf(store->views(), kAccounts),
             QStringList(
                 {u"1|b|Bob|0"_s, u"3|a|Ada|0"_s, u"\uFF21|a|Ada|0"_s, u"\U0001F4B0|a|Ada|0"_s}));
    QVERIFY_RESULT(runner.rebuild(kAccounts));
    QCOMPARE(rowsOf(store->views(), kAccounts).size(), 4);
}

void TestProjectionRunner::leavesPausedViewsWhereTheyAre() {
    ScratchStore store;
    {
        ProjectionRunner runner(*store, both());
        QVERIFY_RESULT(runner.setPaused(kAccounts, true));
    }
    fill(store);
    store.reopen();
    ProjectionRunner runner(*store, both());
    QVERIFY_RESULT(runner.catchUp());
    QCOMPARE(checkpoint(store, kAccounts), 0);
    QCOMPARE(checkpoint(store, kDeposits), 8);
    QVERIFY(statusOf(store->views(), kAccounts)->paused);
    QVERIFY_RESULT(runner.setPaused(kAccounts, false));
    QVERIFY_RESULT(runner.catchUp());
    QCOMPARE(rowsOf(store->views(), kAccounts), kFilled);
}

void TestProjectionRunner::catchesOnePausedViewUp() {
    ScratchStore store;
    fill(store);
    ProjectionRunner runner(*store, both());
    QVERIFY_RESULT(runner.setPaused(kAccounts, true));
    QVERIFY_RESULT(runner.catchUp(kAccounts));
    QCOMPARE(checkpoint(store, kAccounts), 8);
    QCOMPARE(checkpoint(store, kDeposits), 0);
    QVERIFY(statusOf(store->views(), kAccounts)->paused);
}

void TestProjectionRunner::stepsExactlyOneEvent() {
    ScratchStore store;
    fill(store);
    ProjectionRunner runner(*store, both());
    QVERIFY_RESULT(runner.setPaused(kDeposits, true));
    // Events 1 and 2 are nothing to deposits; they are steps all the same.
    const QList<QStringList> expected{{}, {}, {u"1|1"_s}, {u"1|1"_s}, {u"1|1"_s}};
    for (int i = 0; i < expected.size(); ++i) {
        ASSIGN_RESULT(moved, runner.step(kDeposits));
        QVERIFY(moved);
        QCOMPARE(checkpoint(store, kDeposits), i + 1);
        QCOMPARE(rowsOf(store->views(), kDeposits), expected[i]);
    }
    QCOMPARE(checkpoint(store, kAccounts), 0);
    QVERIFY(statusOf(store->views(), kDeposits)->paused);
    for (int i = 5; i < 8; ++i) {
        ASSIGN_RESULT(moved, runner.step(kDeposits));
        QVERIFY(moved);
    }
    ASSIGN_RESULT(atHead, runner.step(kDeposits));
    QVERIFY(!atHead);
    QCOMPARE(rowsOf(store->views(), kDeposits), QStringList({u"1|2"_s, u"2|1"_s}));
}

void TestProjectionRunner::movesViewsAtDifferentCheckpoints() {
    ScratchStore store;
    fill(store);
    ProjectionRunner runner(*store, both());
    for (int i = 0; i < 3; ++i)
        QVERIFY_RESULT(runner.step(kDeposits));
    for (int i = 0; i < 6; ++i)
        QVERIFY_RESULT(runner.step(kAccounts));
    QVERIFY_RESULT(runner.catchUp());
    QCOMPARE(rowsOf(store->views(), kAccounts), kFilled);
    QCOMPARE(rowsOf(store->views(), kDeposits), QStringList({u"1|2"_s, u"2|1"_s}));
}

void TestProjectionRunner::rebuildsFromTheFirstEvent() {
    ScratchStore store;
    fill(store);
    ProjectionRunner runner(*store, both());
    QVERIFY_RESULT(runner.catchUp());
    QVERIFY_RESULT(runner.setPaused(kAccounts, true));
    RawStore(store).run("UPDATE accounts SET balance = 999; DELETE FROM accounts_history; "
                        "DELETE FROM accounts_owners");
    QVERIFY_RESULT(runner.rebuild(kAccounts));
    QCOMPARE(rowsOf(store->views(), kAccounts), kFilled);
    QCOMPARE(rowsOf(store->views(), kAccounts, 7_pos),
             QStringList({u"1|a|Anna|30"_s, u"2|b|Bob|5"_s}));
    QVERIFY(statusOf(store->views(), kAccounts)->paused);
    QCOMPARE(checkpoint(store, kAccounts), 8);
    // Its companion was rebuilt with it: a new account finds its owner's name.
    openAccount(store, u"3"_s, u"b"_s);
    QVERIFY_RESULT(runner.catchUp(kAccounts));
    QCOMPARE(rowsOf(store->views(), kAccounts).last(), u"3|b|Bob|0"_s);
}

void TestProjectionRunner::stopsAViewBeforeAnEventItCannotApply() {
    ScratchStore store;
    fill(store);
    const GlobalPosition bad = deposit(store, u"1"_s, -7);
    deposit(store, u"1"_s, 1);
    ProjectionRunner runner(*store, both());
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto outcome = runner.catchUp();
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::BadInput);
        QVERIFY2(outcome.error().what.contains(QString::number(bad.value())),
                 qPrintable(outcome.error().sentence()));
        QVERIFY(outcome.error().what.contains(kAccounts));
        QCOMPARE(checkpoint(store, kAccounts), bad.value() - 1);
        QCOMPARE(rowsOf(store->views(), kAccounts), kFilled);
        QCOMPARE(checkpoint(store, kDeposits), 10);
        QCOMPARE(rowsOf(store->views(), kDeposits), QStringList({u"1|4"_s, u"2|1"_s}));
    }
    QVERIFY(!runner.step(kAccounts));
    const auto rebuilt = runner.rebuild(kAccounts);
    QVERIFY(!rebuilt);
    QCOMPARE(rowsOf(store->views(), kAccounts), kFilled);
}

void TestProjectionRunner::cancelsBetweenBatches() {
    ScratchStore store;
    openAccount(store, u"1"_s, u"a"_s);
    for (int i = 0; i < 5000; ++i)
        deposit(store, u"1"_s, 1);
    ProjectionRunner runner(*store, both());
    const CancelToken cancel;
    const auto outcome =
        runner.catchUp([&](GlobalPosition, GlobalPosition) { cancel.cancel(); }, cancel);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::Cancelled);
    const qint64 reached = checkpoint(store, kAccounts);
    QVERIFY(reached > 0 && reached < 5001);
    QCOMPARE(rowsOf(store->views(), kAccounts), QStringList{u"1|a||%1"_s.arg(reached - 1)});
    QVERIFY_RESULT(runner.catchUp());
    QCOMPARE(rowsOf(store->views(), kAccounts), QStringList{u"1|a||5000"_s});

    const auto rebuild = runner.rebuild(kAccounts, {}, cancel);
    QVERIFY(!rebuild);
    QCOMPARE(rebuild.error().kind, Error::Kind::Cancelled);
    QCOMPARE(checkpoint(store, kAccounts), 5001);
}

void TestProjectionRunner::reportsProgress() {
    ScratchStore store;
    openAccount(store, u"1"_s, u"a"_s);
    for (int i = 0; i < 5000; ++i)
        deposit(store, u"1"_s, 1);
    ProjectionRunner runner(*store, both());
    std::vector<GlobalPosition> seen;
    const auto note = [&](GlobalPosition reached, GlobalPosition head) {
        QCOMPARE(head, 5001_pos);
        seen.push_back(reached);
    };
    QVERIFY_RESULT(runner.catchUp(note));
    QVERIFY(seen.size() > 1);
    QVERIFY(std::ranges::is_sorted(seen));
    QCOMPARE(seen.back(), 5001_pos);
    seen.clear();
    QVERIFY_RESULT(runner.rebuild(kDeposits, note));
    QVERIFY(seen.size() > 1);
    QCOMPARE(seen.back(), 5001_pos);
}

void TestProjectionRunner::appliesNothingTwiceWithSeveralRunners() {
    ScratchStore store;
    openAccount(store, u"1"_s, u"a"_s);
    {
        ProjectionRunner runner(*store, both());
        QVERIFY_RESULT(runner.catchUp());
    }
    constexpr int kRunners = 3, kDeposited = 600;
    std::vector<QString> failures(kRunners);
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < kRunners; ++i)
            threads.emplace_back([&, i](const std::stop_token& stop) {
                const auto opened = Store::open(store.url(), Store::Access::ReadWrite);
                if (!opened) {
                    failures[i] = opened.error().sentence();
                    return;
                }
                ProjectionRunner runner(**opened, both());
                do {
                    if (const auto caughtUp = runner.catchUp(); !caughtUp)
                        failures[i] = caughtUp.error().sentence();
                } while (!stop.stop_requested() && failures[i].isEmpty());
            });
        for (int i = 0; i < kDeposited; ++i)
            deposit(store, u"1"_s, 1);
    }
    for (const QString& failure : failures)
        QCOMPARE(failure, QString());
    ProjectionRunner runner(*store, both());
    QVERIFY_RESULT(runner.catchUp());
    QCOMPARE(rowsOf(store->views(), kAccounts), QStringList{u"1|a||%1"_s.arg(kDeposited)});
    QCOMPARE(rowsOf(store->views(), kDeposits), QStringList{u"1|%1"_s.arg(kDeposited)});
    for (const auto& projection : runner.projections()) {
        ASSIGN_RESULT(drifts, audit(*store, store->views(), *projection));
        QVERIFY(drifts.empty());
    }
}

void TestProjectionRunner::foldsAlongWithAnAppend() {
    ScratchStore store;
    fill(store);
    ProjectionRunner runner(*store, both());
    QVERIFY_RESULT(runner.catchUp());
    QVERIFY_RESULT(runner.setPaused(kDeposits, true));
    QVERIFY(depositAlong(store, runner, u"a"_s, 4));
    QCOMPARE(rowsOf(store->views(), kAccounts), QStringList({u"1|a|Ada|34"_s, u"2|b|Bob|5"_s}));
    QCOMPARE(checkpoint(store, kAccounts), 9);
    QCOMPARE(checkpoint(store, kDeposits), 8);

    // One that cannot apply an event stands before it; the event is there all the same.
    QVERIFY_RESULT(runner.setPaused(kDeposits, false));
    QVERIFY_RESULT(runner.catchUp());
    QVERIFY(!depositAlong(store, runner, u"b"_s, -1));
    QCOMPARE(checkpoint(store, kAccounts), 9);
    QCOMPARE(checkpoint(store, kDeposits), 10);
    ASSIGN_RESULT(head, store->reader().head());
    QCOMPARE(head, 10_pos);
}

void TestProjectionRunner::leavesAppendsToViewsThatLag() {
    ScratchStore store;
    fill(store);
    ProjectionRunner runner(*store, both());
    QVERIFY_RESULT(runner.catchUp(kDeposits));
    QVERIFY(!depositAlong(store, runner, u"a"_s, 4));
    QCOMPARE(checkpoint(store, kAccounts), 0);
    QCOMPARE(checkpoint(store, kDeposits), 9);
    QVERIFY_RESULT(runner.catchUp());
    QCOMPARE(rowsOf(store->views(), kAccounts), QStringList({u"1|a|Ada|34"_s, u"2|b|Bob|5"_s}));
}

void TestProjectionRunner::keepsViewsOfAForeignStoreInTheWorkspace() {
    NEED_SHARED_DATA(shared, "emmett-shopping-carts.db");
    QTemporaryDir folder;
    qputenv("REWINDOW_DATA_HOME", folder.filePath(u"home"_s).toUtf8());
    const QString copy = folder.filePath(u"carts.db"_s);
    QVERIFY(QFile::copy(shared, copy));
    ASSIGN_RESULT(store, Store::open(StoreUrl::sqliteFile(copy), Store::Access::ReadWrite));
    ProjectionRunner runner(*store, both());
    QVERIFY_RESULT(runner.catchUp());
    ASSIGN_RESULT(views, runner.tables());
    ASSIGN_RESULT(head, store->reader().head());
    const auto status = statusOf(*views, kDeposits);
    QVERIFY(status);
    QCOMPARE(status->checkpoint, head);
    // Nothing lies beside the foreign file.
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList({u"carts.db"_s, u"home"_s}));
}

void TestProjectionRunner::namesUnknownViews() {
    ScratchStore store;
    ProjectionRunner runner(*store, both());
    const auto outcome = runner.catchUp(u"acounts"_s);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::NotFound);
    QVERIFY(outcome.error().sentence().contains(kDeposits));
}

QTEST_GUILESS_MAIN(TestProjectionRunner)
#include "tst_projection_runner.moc"
