// The state panel: modes, links to who set what, history, and what survives scrubbing.
#include "model/items/state_model.h"
#include "ui/aggregate/raw_state_view.h"
#include "ui/aggregate/state_panel.h"
#include "ui/aggregate/state_tree.h"
#include "ui/aggregate/value_history_model.h"
#include "ui/aggregate/value_history_popup.h"
#include "ui/small_shop.h"

#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QTableView>

using namespace rewindow;
using namespace rewindow::test;

namespace {

class tst_StatePanel : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();
    void showsTheStateAtTheVersion();
    void aClickOnSetByGoesThere();
    void theKeyboardAsksWhoSetThis();
    void selectingSetsThePointer();
    void thePointerSelects();
    void collapsingAndSelectionSurviveScrubbing();
    void changesModeListsWhatTheEventDid();
    void rawModeShowsTheJson();
    void copiesValuePointerAndWhole();
    void historyOfAValueGoesToItsVersions();
    void emptyStatesSayWhy();
    void saysThatAStateIsMerged();

  private:
    StateTree& tree() { return m_panel->tree(); }
    QModelIndex at(const char* pointer, int column = 0) {
        return m_panel->state().indexOf(QString::fromLatin1(pointer)).siblingAtColumn(column);
    }
    void click(const QModelIndex& index) {
        tree().scrollTo(index);
        QTest::mouseClick(tree().viewport(), Qt::LeftButton, {}, tree().visualRect(index).center());
    }
    void open(const QString& domain = {});
    void goTo(qint64 version) {
        m_replay->goToVersion(StreamVersion(version));
        QTRY_COMPARE(m_panel->state().state().version, StreamVersion(version));
    }
    QStringList labels() {
        QStringList texts;
        for (const QLabel* label : m_panel->findChildren<QLabel*>())
            texts.append(label->text());
        return texts;
    }

    std::unique_ptr<SmallShop> m_shop;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<AggregateReplay> m_replay;
    std::unique_ptr<StatePanel> m_panel;
};

void tst_StatePanel::init() {
    m_shop = std::make_unique<SmallShop>();
    m_shop->make();
    open();
}

void tst_StatePanel::open(const QString& domain) {
    m_panel.reset();
    m_replay.reset();
    m_session = openSession(m_shop->url(), domain);
    QVERIFY(m_session);
    m_replay = std::make_unique<AggregateReplay>(*m_session);
    m_panel = std::make_unique<StatePanel>(*m_session, *m_replay);
    m_panel->resize(480, 420);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    m_session->selectStream(QStringLiteral("order-a1"));
    QTRY_COMPARE(m_panel->state().state().version, StreamVersion(3));
}

void tst_StatePanel::cleanup() {
    m_panel.reset();
    m_replay.reset();
    m_session.reset();
    m_shop.reset();
}

void tst_StatePanel::showsTheStateAtTheVersion() {
    QCOMPARE(at("/status", 1).data().toString(), QStringLiteral("\"placed\" → \"paid\""));
    QCOMPARE(at("/status", 2).data().toString(), QStringLiteral("v3 OrderPaid"));
    QVERIFY(labels().contains(QStringLiteral("State at v3")));
    goTo(1);
    QCOMPARE(at("/status", 2).data().toString(), QStringLiteral("v1 OrderCreated"));
    QVERIFY(labels().contains(QStringLiteral("State at v1")));
}

void tst_StatePanel::aClickOnSetByGoesThere() {
    click(at("/items", StateModel::SetByColumn));
    QCOMPARE(m_replay->version(), StreamVersion(1));
    QCOMPARE(m_session->moment().pointer, QStringLiteral("/items"));
}

void tst_StatePanel::theKeyboardAsksWhoSetThis() {
    tree().setFocus();
    tree().setCurrentIndex(at("/items"));
    QTest::keyClick(&tree(), Qt::Key_B, Qt::ControlModifier);
    QCOMPARE(m_replay->version(), StreamVersion(1));
    goTo(3);
    tree().setCurrentIndex(at("/status"));
    goTo(3);
    QTest::keyClick(&tree(), Qt::Key_Return);
    QCOMPARE(m_replay->version(), StreamVersion(3));
}

void tst_StatePanel::selectingSetsThePointer() {
    click(at("/status", StateModel::ValueColumn));
    QCOMPARE(m_session->moment().pointer, QStringLiteral("/status"));
    QCOMPARE(m_replay->version(), StreamVersion(3)); // a value is no link
    tree().setFocus();
    QTest::keyClick(&tree(), Qt::Key_Down);
    QVERIFY(m_session->moment().pointer != QStringLiteral("/status"));
}

void tst_StatePanel::thePointerSelects() {
    m_session->setPointer(QStringLiteral("/items/0/quantity"));
    QCOMPARE(tree().currentIndex().siblingAtColumn(0), at("/items/0/quantity"));
    QVERIFY(tree().selectionModel()->isSelected(at("/items/0/quantity")));
    QVERIFY(tree().visualRect(at("/items/0/quantity")).isValid());
}

void tst_StatePanel::collapsingAndSelectionSurviveScrubbing() {
    tree().collapse(at("/items"));
    click(at("/status", StateModel::ValueColumn));
    goTo(0); // nothing is there
    goTo(2);
    QVERIFY(!tree().isExpanded(at("/items")));
    QCOMPARE(tree().currentIndex().siblingAtColumn(0), at("/status"));
    QCOMPARE(m_session->moment().pointer, QStringLiteral("/status"));
    tree().expand(at("/items"));
    goTo(0);
    goTo(2);
    QVERIFY(tree().isExpanded(at("/items")));
}

void tst_StatePanel::changesModeListsWhatTheEventDid() {
    m_panel->modeActions()[1]->trigger();
    QCOMPARE(m_panel->mode(), StatePanel::Mode::Changes);
    QVERIFY(at("/status").isValid());
    QVERIFY(!at("/items").isValid());
    click(at("/status", StateModel::ValueColumn));
    QCOMPARE(m_session->moment().pointer, QStringLiteral("/status"));
    goTo(0);
    QCOMPARE(m_panel->state().rowCount(), 0);
    QVERIFY(!tree().accessibleDescription().isEmpty());
    m_panel->modeActions()[0]->trigger();
    goTo(3);
    QVERIFY(at("/items").isValid());
}

void tst_StatePanel::rawModeShowsTheJson() {
    m_panel->modeActions()[2]->trigger();
    QTRY_VERIFY(m_panel->raw().toPlainText().contains(QStringLiteral("\"status\": \"paid\"")));
    QVERIFY(m_panel->raw().isReadOnly());
    goTo(1);
    QTRY_VERIFY(m_panel->raw().toPlainText().contains(QStringLiteral("\"status\": \"created\"")));
    QVERIFY(Json::parse(m_panel->raw().toPlainText().toStdString()).has_value());
}

void tst_StatePanel::copiesValuePointerAndWhole() {
    tree().setFocus();
    tree().setCurrentIndex(at("/status"));
    QTest::keyClick(&tree(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("paid"));
    QTest::keyClick(&tree(), Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("/status"));
    for (QAction* action : tree().actions())
        if (action->text() == QStringLiteral("Copy whole state"))
            action->trigger();
    QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(u'{'));
    ASSIGN_RESULT(whole, Json::parse(QGuiApplication::clipboard()->text().toStdString()));
    QVERIFY(whole == m_panel->state().state().state);
}

void tst_StatePanel::historyOfAValueGoesToItsVersions() {
    tree().setFocus();
    tree().setCurrentIndex(at("/status"));
    QTest::keyClick(&tree(), Qt::Key_H, Qt::ControlModifier);
    auto* popup = m_panel->findChild<ValueHistoryPopup*>();
    QVERIFY(popup);
    QTRY_COMPARE(popup->list().model()->rowCount(), 3);
    const auto cell = [&](int row, int column) {
        return popup->list().model()->index(row, column).data().toString();
    };
    QCOMPARE(cell(0, ValueHistoryModel::VersionColumn), QStringLiteral("v3"));
    QCOMPARE(cell(0, ValueHistoryModel::TypeColumn), QStringLiteral("OrderPaid"));
    QCOMPARE(cell(1, ValueHistoryModel::ValueColumn), QStringLiteral("\"placed\""));
    QCOMPARE(popup->list().currentIndex().row(), 0);
    QTest::keyClick(&popup->list(), Qt::Key_Down);
    QTest::keyClick(&popup->list(), Qt::Key_Return);
    QCOMPARE(m_replay->version(), StreamVersion(2));
    QTRY_VERIFY(!m_panel->findChild<ValueHistoryPopup*>());
}

void tst_StatePanel::emptyStatesSayWhy() {
    Moment moment = m_session->moment();
    moment.stream.clear();
    m_session->go(moment);
    QTRY_COMPARE(m_panel->state().rowCount(), 0);
    QCOMPARE(tree().accessibleDescription(), QStringLiteral("Choose a stream at the left"));
}

void tst_StatePanel::saysThatAStateIsMerged() {
    const auto isSaid = [this] {
        const QList<QLabel*> labels = m_panel->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text() == QStringLiteral("merged");
        });
    };
    QVERIFY(!isSaid());
    open(QStringLiteral("merge"));
    QVERIFY(isSaid());
}

} // namespace

QTEST_MAIN(tst_StatePanel)
#include "tst_state_panel.moc"
