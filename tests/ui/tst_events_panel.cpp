// The events of a stream: following the playhead, moving it, copying.
#include "model/items/stream_events_model.h"
#include "ui/aggregate/events_panel.h"
#include "ui/aggregate/events_table.h"
#include "ui/small_shop.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QToolTip>

using namespace rewindow;
using namespace rewindow::test;

namespace {

class tst_EventsPanel : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();
    void showsTheStreamsEvents();
    void selectsTheVersionShown();
    void aClickMovesThePlayhead();
    void upAndDownStep();
    void aClickOnTheFirstRowLeavesVersionZero();
    void theTableHasACurrentRowAtVersionZero();
    void copiesPayloadAndId();
    void tooltipsAreNeverMarkup();
    void staysEmptyWithoutAStream();
    void newEventsAppear();

  private:
    EventsTable& table() { return m_panel->table(); }
    int selectedRow() {
        const auto rows = table().selectionModel()->selectedRows();
        return rows.isEmpty() ? -1 : rows.front().row();
    }
    void click(int row) {
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {},
                          table().visualRect(m_panel->events().index(row, 1)).center());
    }

    std::unique_ptr<SmallShop> m_shop;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<AggregateReplay> m_replay;
    std::unique_ptr<EventsPanel> m_panel;
};

void tst_EventsPanel::init() {
    m_shop = std::make_unique<SmallShop>();
    m_shop->make();
    m_session = openSession(m_shop->url());
    QVERIFY(m_session);
    m_replay = std::make_unique<AggregateReplay>(*m_session);
    m_panel = std::make_unique<EventsPanel>(*m_session, *m_replay);
    m_panel->resize(520, 300);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    m_session->selectStream(QStringLiteral("order-a1"));
    QTRY_COMPARE(m_panel->events().rowCount(), 3);
}

void tst_EventsPanel::cleanup() {
    m_panel.reset();
    m_replay.reset();
    m_session.reset();
    m_shop.reset();
}

void tst_EventsPanel::showsTheStreamsEvents() {
    const auto cell = [this](int row, int column) {
        return m_panel->events().index(row, column).data().toString();
    };
    QCOMPARE(cell(0, StreamEventsModel::TypeColumn), QStringLiteral("OrderCreated"));
    QCOMPARE(cell(2, StreamEventsModel::TypeColumn), QStringLiteral("OrderPaid"));
    QCOMPARE(cell(2, StreamEventsModel::VersionColumn), QStringLiteral("3"));
    QTRY_VERIFY(cell(2, StreamEventsModel::DataColumn).contains(QStringLiteral("12050")));
}

void tst_EventsPanel::selectsTheVersionShown() {
    QCOMPARE(selectedRow(), 2); // live: the last
    m_replay->goToVersion(StreamVersion(2));
    QCOMPARE(selectedRow(), 1);
    QVERIFY(m_panel->events().index(2, 0).data(StreamEventsModel::AfterPlayheadRole).toBool());
    QVERIFY(!m_panel->events().index(1, 0).data(StreamEventsModel::AfterPlayheadRole).toBool());
    m_session->setPlayhead(std::nullopt);
    QCOMPARE(selectedRow(), 2);
}

void tst_EventsPanel::aClickMovesThePlayhead() {
    click(1);
    QCOMPARE(m_replay->version(), StreamVersion(2));
    QVERIFY(!m_session->moment().isLive());
    click(1);
    QCOMPARE(m_replay->version(), StreamVersion(2));
}

void tst_EventsPanel::upAndDownStep() {
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_Up);
    QCOMPARE(m_replay->version(), StreamVersion(2));
    QTest::keyClick(&table(), Qt::Key_Up);
    QTest::keyClick(&table(), Qt::Key_Up);
    QCOMPARE(m_replay->version(), StreamVersion(0));
    QCOMPARE(selectedRow(), -1);
    QTest::keyClick(&table(), Qt::Key_Up);
    QCOMPARE(m_replay->version(), StreamVersion(0));
    QTest::keyClick(&table(), Qt::Key_Down);
    QCOMPARE(m_replay->version(), StreamVersion(1));
    QCOMPARE(selectedRow(), 0);
}

void tst_EventsPanel::aClickOnTheFirstRowLeavesVersionZero() {
    m_replay->goToVersion(StreamVersion(0));
    click(0);
    QCOMPARE(m_replay->version(), StreamVersion(1));
    QCOMPARE(selectedRow(), 0);
}

void tst_EventsPanel::theTableHasACurrentRowAtVersionZero() {
    m_replay->goToVersion(StreamVersion(0));
    QVERIFY(table().currentIndex().isValid());
    QCOMPARE(m_replay->version(), StreamVersion(0));
    m_session->selectStream(QStringLiteral("order-b1"));
    QTRY_COMPARE(m_panel->events().rowCount(), 2);
    QVERIFY(table().currentIndex().isValid());
}

void tst_EventsPanel::copiesPayloadAndId() {
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
    QTRY_VERIFY(
        QGuiApplication::clipboard()->text().contains(QStringLiteral("\"method\":\"card\"")));
    QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
    QTRY_COMPARE(QGuiApplication::clipboard()->text().size(), 36); // a UUID
}

void tst_EventsPanel::tooltipsAreNeverMarkup() {
    const QPoint place = table().visualRect(m_panel->events().index(1, 1)).center();
    QHelpEvent event(QEvent::ToolTip, place, table().viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(table().viewport(), &event);
    QTRY_VERIFY(QToolTip::isVisible());
    QVERIFY(QToolTip::text().startsWith(QStringLiteral("<p style=")));
    QVERIFY(QToolTip::text().contains(QStringLiteral("OrderPlaced")));
    QToolTip::hideText();
}

void tst_EventsPanel::staysEmptyWithoutAStream() {
    Moment moment = m_session->moment();
    moment.stream.clear();
    m_session->go(moment);
    QTRY_COMPARE(m_panel->events().rowCount(), 0);
    QVERIFY(!table().accessibleDescription().isEmpty());
}

void tst_EventsPanel::newEventsAppear() {
    CommandRequest request;
    request.command.name = QStringLiteral("ShipOrder");
    request.command.data = Json::object({{"orderId", Json("a1")}});
    m_session->send(request, this, [](Result<CommandOutcome>) {});
    QTRY_COMPARE(m_panel->events().rowCount(), 4);
    QCOMPARE(selectedRow(), 3); // live follows
}

} // namespace

QTEST_MAIN(tst_EventsPanel)
#include "tst_events_panel.moc"
