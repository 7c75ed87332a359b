// Audit: what a view table says against what the events say.
#include "model/ledger_projections.h"
#include "model/projection/audit.h"
#include "model/projection/projection_runner.h"

using namespace rewindow;
using namespace Qt::StringLiterals;
using namespace rewindow::test;
using namespace rewindow::literals;

namespace {

/// "id column expected → actual @position", for comparing at a glance.
QStringList printed(const Result<std::vector<Drift>>& drifts) {
    if (!drifts)
        return {drifts.error().sentence()};
    const auto cell = [](const std::optional<ViewValue>& value) {
        return !value                                           ? u"nothing"_s
               : std::holds_alternative<std::monostate>(*value) ? u"null"_s
                                                                : toDisplay(*value);
    };
    QStringList lines;
    for (const Drift& drift : *drifts)
        lines +=
            u"%1 %2 %3 → %4 @%5"_s.arg(drift.id, drift.column, cell(drift.expected),
                                       cell(drift.actual), QString::number(drift.position.value()));
    return lines;
}

} // namespace

class TestAudit : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void isSilentWhereAllAgrees();
    void namesEachCellThatDiffers();
    void namesRowsMissingAndTooMany();
    void namesARowThatShouldHaveGone();
    void doesNotMindALag();
    void seesWhatAWrongCheckpointHides();
    void foldsAfreshUpToAPosition();
    void failsForAViewThatWasNotMade();

  private:
    QStringList audited() { return printed(audit(**m_store, (*m_store)->views(), m_projection)); }
    void edit(const char* sql) { RawStore(*m_store).run(sql); }

    AccountsProjection m_projection;
    std::unique_ptr<ScratchStore> m_store;
};

void TestAudit::init() {
    m_store = std::make_unique<ScratchStore>();
    nameOwner(*m_store, u"a"_s, u"Anna"_s); // 1
    openAccount(*m_store, u"1"_s, u"a"_s);  // 2
    deposit(*m_store, u"1"_s, 10);          // 3
    openAccount(*m_store, u"2"_s, u"b"_s);  // 4
    deposit(*m_store, u"1"_s, 20);          // 5
    nameOwner(*m_store, u"a"_s, u"Ada"_s);  // 6
    deposit(*m_store, u"2"_s, 0);           // 7: changes nothing
    openAccount(*m_store, u"3"_s, u"a"_s);  // 8
    closeAccount(*m_store, u"3"_s);         // 9
    ProjectionRunner runner(**m_store, {std::make_shared<AccountsProjection>()});
    QVERIFY_RESULT(runner.catchUp());
}

void TestAudit::isSilentWhereAllAgrees() {
    QCOMPARE(audited(), QStringList());
}

void TestAudit::namesEachCellThatDiffers() {
    edit("UPDATE accounts SET balance = 31, owner_name = NULL WHERE id = '1'");
    edit("UPDATE accounts SET balance = -1, owner = 'c' WHERE id = '2'");
    QCOMPARE(audited(), QStringList({u"1 owner_name Ada → null @6"_s, u"1 balance 30 → 31 @5"_s,
                                     u"2 owner b → c @4"_s, u"2 balance 0 → -1 @4"_s}));
}

void TestAudit::namesRowsMissingAndTooMany() {
    edit("DELETE FROM accounts WHERE id = '1'");
    edit("INSERT INTO accounts VALUES('0', 'x', 'y', 1)");
    QCOMPARE(audited(), QStringList({u"0 id nothing → 0 @0"_s, u"1 id 1 → nothing @2"_s}));
}

void TestAudit::namesARowThatShouldHaveGone() {
    edit("INSERT INTO accounts VALUES('3', 'a', 'Ada', 0)");
    QCOMPARE(audited(), QStringList{u"3 id nothing → 3 @9"_s});
}

void TestAudit::doesNotMindALag() {
    deposit(*m_store, u"1"_s, 70);
    closeAccount(*m_store, u"2"_s);
    QCOMPARE(audited(), QStringList());
}

void TestAudit::seesWhatAWrongCheckpointHides() {
    // An event counted twice, as a runner that forgot its checkpoint would.
    edit("UPDATE view_checkpoints SET position = 4");
    QCOMPARE(audited(), QStringList({u"1 owner_name Anna → Ada @2"_s, u"1 balance 10 → 30 @3"_s}));
}

void TestAudit::foldsAfreshUpToAPosition() {
    ASSIGN_RESULT(fresh, foldAfresh(**m_store, m_projection, 8_pos));
    QCOMPARE(fresh.upTo, 8_pos);
    QCOMPARE(fresh.rows.size(), std::size_t(3));
    QCOMPARE(fresh.rows.at(u"1"_s).values[3], ViewValue(qint64(30)));
    QCOMPARE(fresh.rows.at(u"3"_s).values[2], ViewValue(u"Ada"_s));
    QCOMPARE(fresh.setBy.at({u"1"_s, 2}), 6_pos);
    QCOMPARE(fresh.setBy.at({u"1"_s, 0}), 2_pos);
    const CancelToken cancel;
    cancel.cancel();
    const auto cancelled = foldAfresh(**m_store, m_projection, 8_pos, cancel);
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().kind, Error::Kind::Cancelled);
}

void TestAudit::failsForAViewThatWasNotMade() {
    const auto outcome = audit(**m_store, (*m_store)->views(), DepositsProjection());
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::NotFound);
}

QTEST_GUILESS_MAIN(TestAudit)
#include "tst_audit.moc"
