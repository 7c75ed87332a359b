// The projection panel: rows live and as of the playhead, who set a cell, and what can be done.
#include "model/items/view_rows_model.h"
#include "ui/aggregate/projection_panel.h"
#include "ui/aggregate/view_rows_table.h"
#include "ui/small_shop.h"

#include "model/projection/projection_runner.h"
#include "ui/shell/elided_label.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableWidget>
#include <QToolButton>

using namespace rewindow;
using namespace rewindow::test;

namespace {

class tst_ProjectionPanel : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { m_shop.make(); }
    void init();
    void cleanup();
    void showsTheFirstViewLive();
    void followsThePlayheadWithoutFolding();
    void staysLiveWhereThatIsWanted();
    void marksTheRowOfTheAggregateAtHand();
    void aClickOnARowOpensItsAggregate();
    void saysWhoSetACellAndGoesThere();
    void copiesCellsAndRows();
    void showsTheViewOfATab();
    void stepsAPausedView();
    void auditsWithoutDrift();
    void listsDriftsOfAHandEditedRow();
    void saysWhyThereAreNoProjections();
    void everythingFocusableHasAName();

  private:
    ViewRowsTable* table() { return m_panel->findChild<ViewRowsTable*>(); }
    ViewRowsModel* rows() { return m_panel->findChild<ViewRowsModel*>(); }
    QAction* action(const char* name) { return named<QAction>(*m_panel, name); }
    void settle() { QTRY_VERIFY(rows()->isSettled() && rows()->rowCount() > 0); }
    QString cell(const QString& id, const char* column, int role = Qt::DisplayRole);
    void focusCell(const QString& id, const char* column);

    SmallShop m_shop;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<AggregateReplay> m_replay;
    std::unique_ptr<ProjectionPanel> m_panel;
};

void tst_ProjectionPanel::init() {
    m_session = openSession(m_shop.url());
    QVERIFY(m_session);
    m_replay = std::make_unique<AggregateReplay>(*m_session);
    m_panel = std::make_unique<ProjectionPanel>(*m_session, *m_replay);
    m_panel->resize(1000, 320);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    settle();
}

void tst_ProjectionPanel::cleanup() {
    m_panel.reset();
    m_replay.reset();
    m_session.reset();
}

QString tst_ProjectionPanel::cell(const QString& id, const char* column, int role) {
    const int row = rows()->rowOf(id);
    const int at = rows()->schema().columnNamed(QString::fromLatin1(column));
    return row < 0 ? QStringLiteral("(no row)") : rows()->index(row, at).data(role).toString();
}

void tst_ProjectionPanel::focusCell(const QString& id, const char* column) {
    table()->setFocus();
    table()->setCurrentIndex(rows()->index(
        rows()->rowOf(id), rows()->schema().columnNamed(QString::fromLatin1(column))));
}

void tst_ProjectionPanel::showsTheFirstViewLive() {
    QTRY_COMPARE(cell(QStringLiteral("a1"), "status"), QStringLiteral("paid"));
    QCOMPARE(cell(QStringLiteral("a1"), "total"), QStringLiteral("120.50"));
    QCOMPARE(cell(QStringLiteral("a2"), "user_name"), QStringLiteral("Ada Lovelace"));
    QCOMPARE(rows()->rowCount(), 3);
    QVERIFY(table()->currentIndex().isValid());
}

void tst_ProjectionPanel::followsThePlayheadWithoutFolding() {
    const qint64 folded = ProjectionRunner::eventsFolded();
    m_session->setPlayhead(GlobalPosition(SmallShop::kPaid - 1));
    QTRY_COMPARE(cell(QStringLiteral("a1"), "status"), QStringLiteral("placed"));
    QTRY_COMPARE(rows()->rowCount(), 2); // a2 was not there yet
    QCOMPARE(cell(QStringLiteral("a1"), "user_name"), QStringLiteral("Ada"));

    m_session->setPlayhead(GlobalPosition(SmallShop::kPaid));
    QTRY_COMPARE(cell(QStringLiteral("a1"), "status"), QStringLiteral("paid"));
    const int row = rows()->rowOf(QStringLiteral("a1"));
    QVERIFY(rows()->index(row, 1).data(ViewRowsModel::ChangedRole).toBool());
    QCOMPARE(rows()->index(row, 1).data(ViewRowsModel::PreviousRole).toString(),
             QStringLiteral("placed"));

    // One RenameUser changed both rows of Ada, and none of Alan.
    m_session->setPlayhead(GlobalPosition(SmallShop::kRenamed));
    QTRY_COMPARE(cell(QStringLiteral("a1"), "user_name"), QStringLiteral("Ada Lovelace"));
    QVERIFY(cell(QStringLiteral("a2"), "user_name", ViewRowsModel::ChangedRole) ==
            QStringLiteral("true"));
    QVERIFY(cell(QStringLiteral("b1"), "user_name", ViewRowsModel::ChangedRole) ==
            QStringLiteral("false"));
    QCOMPARE(ProjectionRunner::eventsFolded(), folded);
}

void tst_ProjectionPanel::staysLiveWhereThatIsWanted() {
    action("projection.live")->trigger();
    m_session->setPlayhead(GlobalPosition(SmallShop::kPaid - 1));
    settle();
    QCOMPARE(cell(QStringLiteral("a1"), "status"), QStringLiteral("paid"));
    QTest::keyClick(table(), Qt::Key_L, Qt::AltModifier | Qt::ShiftModifier);
    QVERIFY(action("projection.as-of")->isChecked());
    QTRY_COMPARE(cell(QStringLiteral("a1"), "status"), QStringLiteral("placed"));
}

void tst_ProjectionPanel::marksTheRowOfTheAggregateAtHand() {
    m_session->selectStream(QStringLiteral("order-b1"));
    QTRY_COMPARE(cell(QStringLiteral("b1"), "id", ViewRowsModel::AtHandRole),
                 QStringLiteral("true"));
    QCOMPARE(cell(QStringLiteral("a1"), "id", ViewRowsModel::AtHandRole), QStringLiteral("false"));
    QTRY_COMPARE(table()->currentIndex().row(), rows()->rowOf(QStringLiteral("b1")));
}

void tst_ProjectionPanel::aClickOnARowOpensItsAggregate() {
    const QModelIndex index = rows()->index(rows()->rowOf(QStringLiteral("a2")), 1);
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, table()->visualRect(index).center());
    QTRY_COMPARE(m_session->moment().stream, QStringLiteral("order-a2"));
    QCOMPARE(m_session->moment().view, QStringLiteral("order_views"));
    QCOMPARE(m_session->moment().row, QStringLiteral("a2"));

    focusCell(QStringLiteral("b1"), "id");
    QTest::keyClick(table(), Qt::Key_Return);
    QTRY_COMPARE(m_session->moment().stream, QStringLiteral("order-b1"));
}

void tst_ProjectionPanel::saysWhoSetACellAndGoesThere() {
    focusCell(QStringLiteral("a1"), "user_name");
    QTest::keyClick(table(), Qt::Key_B, Qt::ControlModifier);
    auto* answer = named<ElidedLabel>(*m_panel, "projection.setter");
    QTRY_VERIFY(answer->isVisible());
    QVERIFY2(answer->text().contains(QStringLiteral("position 10 · v2")) &&
                 answer->text().contains(QStringLiteral("user-ada")),
             qPrintable(answer->text()));
    QTest::mouseClick(named<QPushButton>(*m_panel, "projection.go-to-setter"), Qt::LeftButton);
    QCOMPARE(m_session->moment().playhead, std::optional(GlobalPosition(SmallShop::kRenamed)));
    QCOMPARE(m_session->moment().stream, QStringLiteral("user-ada"));

    // As of an earlier moment, another event set it.
    m_session->setPlayhead(GlobalPosition(SmallShop::kPaid));
    QTRY_COMPARE(cell(QStringLiteral("a1"), "user_name"), QStringLiteral("Ada"));
    focusCell(QStringLiteral("a1"), "user_name");
    QTest::keyClick(table(), Qt::Key_B, Qt::ControlModifier);
    QTRY_VERIFY2(answer->text().contains(QStringLiteral("position 4 · v1")),
                 qPrintable(answer->text()));
}

void tst_ProjectionPanel::copiesCellsAndRows() {
    focusCell(QStringLiteral("a1"), "total");
    QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("120.50"));
    QTest::keyClick(table(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(
        QStringLiteral("a1\tpaid\t120.50\tAda Lovelace\tada\t")));
}

void tst_ProjectionPanel::showsTheViewOfATab() {
    auto* tabs = m_panel->findChild<QTabBar*>();
    QCOMPARE(tabs->count(), 3);
    for (int tab = 0; tab < tabs->count(); ++tab)
        if (tabs->tabText(tab) == QStringLiteral("customer_spend"))
            QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(tab).center());
    QTRY_COMPARE(rows()->rowOf(QStringLiteral("alan")), 1);
    QCOMPARE(m_session->moment().view, QStringLiteral("customer_spend"));
    m_session->back();
    QTRY_COMPARE(rows()->schema().name, QStringLiteral("order_views"));
}

void tst_ProjectionPanel::stepsAPausedView() {
    QVERIFY(!action("projection.step")->isEnabled());
    action("projection.pause")->trigger();
    QTRY_COMPARE(action("projection.pause")->text(), QStringLiteral("Resume"));

    CommandRequest request;
    request.command.name = QStringLiteral("RenameUser");
    request.command.data = Json::object({{"userId", "ada"}, {"name", "Countess"}});
    bool accepted = false;
    m_session->send(request, this, [&](Result<CommandOutcome> outcome) {
        accepted = outcome && std::holds_alternative<CommandAccepted>(*outcome);
    });
    QTRY_VERIFY(accepted);
    QTRY_VERIFY(action("projection.step")->isEnabled());
    settle();
    QCOMPARE(cell(QStringLiteral("a1"), "user_name"), QStringLiteral("Ada Lovelace"));

    QTest::keyClick(m_panel.get(), Qt::Key_S, Qt::AltModifier | Qt::ShiftModifier);
    QTRY_COMPARE(cell(QStringLiteral("a1"), "user_name"), QStringLiteral("Countess"));
    QTRY_VERIFY(!action("projection.step")->isEnabled());
    action("projection.pause")->trigger();
    QTRY_COMPARE(action("projection.pause")->text(), QStringLiteral("Pause"));

    request.command.data = Json::object({{"userId", "ada"}, {"name", "Ada Lovelace"}});
    accepted = false;
    m_session->send(request, this, [&](Result<CommandOutcome> outcome) {
        accepted = outcome && std::holds_alternative<CommandAccepted>(*outcome);
    });
    QTRY_VERIFY(accepted);
    QTRY_COMPARE(cell(QStringLiteral("a1"), "user_name"), QStringLiteral("Ada Lovelace"));
}

void tst_ProjectionPanel::auditsWithoutDrift() {
    action("projection.audit")->trigger();
    const auto summary = [this] {
        for (const QLabel* label : m_panel->findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(QStringLiteral("No drift")))
                return label->text();
        return QString();
    };
    QTRY_VERIFY(!summary().isEmpty());
    QVERIFY2(summary().contains(QStringLiteral("3 rows of order_views")), qPrintable(summary()));
}

void tst_ProjectionPanel::listsDriftsOfAHandEditedRow() {
    const auto edit = [this](const QString& status) {
        const ProgramResult edited =
            runProgram(QStringLiteral("sqlite3"),
                       {m_shop.url().path(), QStringLiteral("UPDATE order_views SET status = '%1' "
                                                            "WHERE id = 'a1'")
                                                 .arg(status)});
        QVERIFY2(edited.exitCode == 0, edited.err.constData());
    };
    edit(QStringLiteral("lost"));
    action("projection.audit")->trigger();
    auto* drifts = m_panel->findChild<QTableWidget*>();
    QTRY_VERIFY(drifts->isVisible() && drifts->rowCount() == 1);
    const QStringList expected{QStringLiteral("a1"), QStringLiteral("status"),
                               QStringLiteral("paid"), QStringLiteral("lost"),
                               QStringLiteral("position 7")};
    for (int column = 0; column < expected.size(); ++column)
        QCOMPARE(drifts->item(0, column)->text(), expected[column]);
    QTest::mouseClick(drifts->viewport(), Qt::LeftButton, {},
                      drifts->visualItemRect(drifts->item(0, 1)).center());
    QCOMPARE(m_session->moment().stream, QStringLiteral("order-a1"));
    QCOMPARE(m_session->moment().playhead, std::optional(GlobalPosition(SmallShop::kPaid)));
    edit(QStringLiteral("paid"));
}

void tst_ProjectionPanel::saysWhyThereAreNoProjections() {
    cleanup();
    m_session = openSession(m_shop.url(), QStringLiteral("merge"));
    QVERIFY(m_session);
    m_replay = std::make_unique<AggregateReplay>(*m_session);
    m_panel = std::make_unique<ProjectionPanel>(*m_session, *m_replay);
    m_panel->show();
    auto* message = named<QLabel>(*m_panel, "projection.message");
    QTRY_VERIFY(message->isVisible());
    QVERIFY(message->text().startsWith(QStringLiteral("The merge domain has no projections")));
    QVERIFY(!named<QPushButton>(*m_panel, "projection.build")->isVisible());
    QVERIFY(!action("projection.rebuild")->isEnabled());
    QCOMPARE(message->textFormat(), Qt::PlainText);
}

void tst_ProjectionPanel::everythingFocusableHasAName() {
    for (const QWidget* widget : m_panel->findChildren<QWidget*>()) {
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
            continue;
        QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()) ||
                     widget->parentWidget()->inherits("QAbstractScrollArea"),
                 widget->metaObject()->className());
    }
}

} // namespace

QTEST_MAIN(tst_ProjectionPanel)
#include "tst_projection_panel.moc"
