// The whole Aggregate page: one playhead, driven by keys, mouse and Play; its layout.
#include "model/items/state_model.h"
#include "model/items/stream_events_model.h"
#include "ui/aggregate/aggregate_page.h"
#include "ui/aggregate/command_panel.h"
#include "ui/aggregate/events_panel.h"
#include "ui/aggregate/events_table.h"
#include "ui/aggregate/panel_dock.h"
#include "ui/aggregate/projection_panel.h"
#include "ui/aggregate/state_panel.h"
#include "ui/aggregate/state_tree.h"
#include "ui/aggregate/streams_panel.h"
#include "ui/aggregate/streams_tree.h"
#include "ui/aggregate/timeline_actions.h"
#include "ui/aggregate/timeline_panel.h"
#include "ui/aggregate/timeline_view.h"
#include "ui/small_shop.h"

#include <QAction>
#include <QActionGroup>
#include <QLineEdit>
#include <QScrollBar>
#include <QSet>
#include <QSignalSpy>
#include <QToolButton>

using namespace rewindow;
using namespace rewindow::test;

namespace {

class tst_AggregatePage : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();
    void keysStepThroughVersions();
    void arrowsInATextFieldMoveItsCursor();
    void arrowsInTheStateTreeExpandIt();
    void theEventsStepTooWithTheSameKeys();
    void draggingOnTheTimelineMovesEverything();
    void endReturnsToLive();
    void playStopsAtTheEnd();
    void playStartsOverAtTheEnd();
    void anotherStreamStopsPlaying();
    void actionsAreNamedAndTheirKeysAreTheirOwn();
    void docksCloseAndReturn();
    void theHeaderDragsItsDock();
    void layoutIsSavedAndRestored();
    void ctrlFOpensAClosedList();
    void focusableWidgetsHaveNames();
    void tabGoesFromPartToPart();
    void anUnknownStreamIsSaid();
    void nothingIsCutAtTheUsualSize();
    void saysThatAStoreIsEmpty();
    void isBuiltPanelByPanel();
    void isBuiltAtOnceWhereItIsNeeded();

  private:
    StreamVersion version() { return m_page->replay().version(); }
    void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
    PanelDock* dock(const char* name) { return named<PanelDock>(*m_page, name); }

    std::unique_ptr<SmallShop> m_shop;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<AggregatePage> m_page;
};

void tst_AggregatePage::init() {
    m_shop = std::make_unique<SmallShop>();
    m_shop->make();
    m_session = openSession(m_shop->url());
    QVERIFY(m_session);
    m_page = std::make_unique<AggregatePage>(*m_session);
    m_page->resize(1280, 720);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_session->selectStream(QStringLiteral("order-a1"));
    QTRY_COMPARE(version(), StreamVersion(3));
    QTRY_COMPARE(m_page->state().state().state().version, StreamVersion(3));
}

void tst_AggregatePage::cleanup() {
    m_page.reset();
    m_session.reset();
    m_shop.reset();
}

void tst_AggregatePage::keysStepThroughVersions() {
    m_page->setFocus();
    QVERIFY(m_page->timeline().view().hasFocus());
    press(Qt::Key_Left);
    QCOMPARE(version(), StreamVersion(2));
    press(Qt::Key_Home);
    QCOMPARE(version(), StreamVersion(0));
    QCOMPARE(m_page->timeline().view().version(), StreamVersion(0));
    press(Qt::Key_Left);
    QCOMPARE(version(), StreamVersion(0));
    press(Qt::Key_Right);
    QCOMPARE(version(), StreamVersion(1));
    press(Qt::Key_PageDown);
    QCOMPARE(version(), StreamVersion(3));
    press(Qt::Key_PageUp);
    QCOMPARE(version(), StreamVersion(0));
    QTRY_COMPARE(m_page->state().state().state().version, StreamVersion(0));
}

void tst_AggregatePage::arrowsInATextFieldMoveItsCursor() {
    QLineEdit& line = m_page->streams().filterLine();
    line.setFocus();
    QTest::keyClicks(&line, QStringLiteral("a 1"));
    press(Qt::Key_Left);
    press(Qt::Key_Home);
    press(Qt::Key_Space);
    QCOMPARE(line.text(), QStringLiteral(" a 1"));
    QCOMPARE(version(), StreamVersion(3));
    QVERIFY(!m_page->timeline().actionSet().play->isChecked());
}

void tst_AggregatePage::arrowsInTheStateTreeExpandIt() {
    StateTree& tree = m_page->state().tree();
    StateModel& state = m_page->state().state();
    tree.setFocus();
    tree.setCurrentIndex(state.indexOf(QStringLiteral("/items")));
    QVERIFY(tree.isExpanded(state.indexOf(QStringLiteral("/items"))));
    press(Qt::Key_Left);
    QVERIFY(!tree.isExpanded(state.indexOf(QStringLiteral("/items"))));
    press(Qt::Key_Right);
    QVERIFY(tree.isExpanded(state.indexOf(QStringLiteral("/items"))));
    QCOMPARE(version(), StreamVersion(3));
}

void tst_AggregatePage::theEventsStepTooWithTheSameKeys() {
    m_page->events().table().setFocus();
    press(Qt::Key_Left);
    QCOMPARE(version(), StreamVersion(2));
    press(Qt::Key_Up);
    QCOMPARE(version(), StreamVersion(1));
    press(Qt::Key_Home);
    QCOMPARE(version(), StreamVersion(0));
    press(Qt::Key_End);
    QCOMPARE(version(), StreamVersion(3));
    QVERIFY(m_session->moment().isLive());
}

void tst_AggregatePage::draggingOnTheTimelineMovesEverything() {
    TimelineView& view = m_page->timeline().view();
    const auto at = [&](qint64 v) {
        return QPoint(static_cast<int>(view.scale().x(v)), view.height() / 2);
    };
    QTest::mousePress(&view, Qt::LeftButton, {}, at(3));
    QTest::mouseMove(&view, at(2));
    QCOMPARE(version(), StreamVersion(2));
    QTest::mouseMove(&view, at(1));
    QTest::mouseRelease(&view, Qt::LeftButton, {}, at(1));
    QCOMPARE(version(), StreamVersion(1));
    QCOMPARE(m_session->playhead(), GlobalPosition(4));
    QCOMPARE(m_page->events().table().currentIndex().row(), 0);
    QTRY_COMPARE(m_page->state().state().state().version, StreamVersion(1));
}

void tst_AggregatePage::endReturnsToLive() {
    m_page->setFocus();
    press(Qt::Key_Left);
    QVERIFY(!m_session->moment().isLive());
    press(Qt::Key_Right);
    QVERIFY(!m_session->moment().isLive());
    QCOMPARE(version(), StreamVersion(3));
    press(Qt::Key_End);
    QVERIFY(m_session->moment().isLive());
}

void tst_AggregatePage::playStopsAtTheEnd() {
    TimelineActions& actions = m_page->timeline().actionSet();
    actions.speeds->actions().back()->trigger();
    m_page->setFocus();
    press(Qt::Key_Home);
    press(Qt::Key_Space);
    QVERIFY(actions.play->isChecked());
    QCOMPARE(actions.play->text(), QStringLiteral("Pause"));
    QTRY_VERIFY(!actions.play->isChecked());
    QCOMPARE(version(), StreamVersion(3));
    press(Qt::Key_Home);
    press(Qt::Key_Space);
    QTRY_VERIFY(version() > StreamVersion(0));
    press(Qt::Key_Space); // pause
    QVERIFY(!actions.play->isChecked());
    const StreamVersion paused = version();
    QTest::qWait(300);
    QCOMPARE(version(), paused);
}

void tst_AggregatePage::playStartsOverAtTheEnd() {
    TimelineActions& actions = m_page->timeline().actionSet();
    m_session->setPlayhead(std::nullopt);
    actions.play->trigger();
    QCOMPARE(version(), StreamVersion(0));
    QVERIFY(actions.play->isChecked());
    actions.play->trigger();
    QVERIFY(!actions.play->isChecked());
}

void tst_AggregatePage::anotherStreamStopsPlaying() {
    TimelineActions& actions = m_page->timeline().actionSet();
    actions.play->trigger();
    QVERIFY(actions.play->isChecked());
    m_session->selectStream(QStringLiteral("order-b1"));
    QVERIFY(!actions.play->isChecked());
}

void tst_AggregatePage::actionsAreNamedAndTheirKeysAreTheirOwn() {
    const QList<QAction*> actions = m_page->actions();
    QVERIFY(actions.size() > 20);
    QSet<QString> texts;
    for (const QAction* action : actions) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY2(!texts.contains(action->text()), qPrintable(action->text()));
        texts.insert(action->text());
        // None of the page's plain keys may act beyond the widget it is meant for.
        for (const QKeySequence& keys : action->shortcuts())
            if (keys[0].keyboardModifiers() == Qt::NoModifier)
                QCOMPARE(action->shortcutContext(), Qt::WidgetShortcut);
    }
}

void tst_AggregatePage::docksCloseAndReturn() {
    QAction* toggle = dock("streams")->toggleViewAction();
    QVERIFY(m_page->actions().contains(toggle));
    QVERIFY(dock("streams")->isVisible());
    toggle->trigger();
    QVERIFY(!dock("streams")->isVisible());
    toggle->trigger();
    QVERIFY(dock("streams")->isVisible());
    for (const char* name : {"streams", "command"}) {
        QVERIFY(dock(name)->features().testFlag(QDockWidget::DockWidgetMovable));
        QVERIFY(dock(name)->features().testFlag(QDockWidget::DockWidgetClosable));
    }
}

void tst_AggregatePage::theHeaderDragsItsDock() {
    PanelDock* command = dock("command");
    QWidget* panel = command->widget();
    const QPoint header(40, 10);
    QTest::mouseDClick(panel, Qt::LeftButton, {}, header);
    QVERIFY(command->isFloating());
    QTest::mouseDClick(panel, Qt::LeftButton, {}, header);
    QVERIFY(!command->isFloating());
    QTest::mouseDClick(panel, Qt::LeftButton, {}, QPoint(40, panel->height() - 20));
    QVERIFY(!command->isFloating()); // below the header
}

void tst_AggregatePage::layoutIsSavedAndRestored() {
    m_page->addDockWidget(Qt::LeftDockWidgetArea, dock("command"));
    dock("streams")->hide();
    const QByteArray layout = m_page->saveLayout();

    AggregatePage other(*m_session);
    other.restoreLayout(layout);
    other.resize(1280, 720);
    other.show();
    QCOMPARE(other.dockWidgetArea(named<PanelDock>(other, "command")), Qt::LeftDockWidgetArea);
    QVERIFY(!named<PanelDock>(other, "streams")->isVisible());

    AggregatePage fresh(*m_session);
    fresh.restoreLayout("nonsense");
    fresh.restoreLayout({});
    fresh.show();
    QVERIFY(named<PanelDock>(fresh, "streams")->isVisible());
}

void tst_AggregatePage::ctrlFOpensAClosedList() {
    dock("streams")->hide();
    m_page->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(dock("streams")->isVisible());
    QTRY_VERIFY(m_page->streams().filterLine().hasFocus());
}

void tst_AggregatePage::focusableWidgetsHaveNames() {
    for (const QWidget* widget : m_page->findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() ||
            widget->objectName().startsWith(QStringLiteral("qt_")))
            continue;
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool named =
            !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        QVERIFY2(named,
                 qPrintable(QStringLiteral("%1 in %2")
                                .arg(QString::fromLatin1(widget->metaObject()->className()),
                                     QString::fromLatin1(
                                         widget->parentWidget()->metaObject()->className()))));
    }
}

void tst_AggregatePage::tabGoesFromPartToPart() {
    m_page->streams().filterLine().setFocus();
    const QList<QWidget*> wanted{&m_page->streams().tree(), &m_page->timeline().view(),
                                 &m_page->events().table(), &m_page->state().tree()};
    qsizetype met = 0;
    for (int tabs = 0; tabs < 30 && met < wanted.size(); ++tabs) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        if (QApplication::focusWidget() == wanted[met])
            ++met;
    }
    QCOMPARE(met, wanted.size());
}

void tst_AggregatePage::anUnknownStreamIsSaid() {
    m_session->selectStream(QStringLiteral("order-nowhere"));
    QTRY_VERIFY(m_page->timeline().view().valueText().contains(QStringLiteral("order-nowhere")));
    QCOMPARE(m_page->events().events().rowCount(), 0);
    QCOMPARE(m_page->state().state().rowCount(), 0);
}

void tst_AggregatePage::nothingIsCutAtTheUsualSize() {
    const EventsTable& events = m_page->events().table();
    QTRY_COMPARE(events.horizontalScrollBar()->maximum(), 0);
    QVERIFY(!events.horizontalScrollBar()->isVisible());
    QVERIFY(events.columnWidth(StreamEventsModel::DataColumn) > 60);
    QVERIFY(!events.isColumnHidden(StreamEventsModel::RecordedColumn));

    const StateTree& tree = m_page->state().tree();
    QCOMPARE(tree.horizontalScrollBar()->maximum(), 0);
    int nested = 0;
    for (QModelIndex row = tree.model()->index(0, 0); row.isValid(); row = tree.indexBelow(row)) {
        nested += row.parent().isValid();
        const int needed = tree.itemDelegate()->sizeHint({}, row).width();
        QVERIFY2(tree.visualRect(row).width() >= needed, qPrintable(row.data().toString()));
    }
    QVERIFY(nested > 1);
}

void tst_AggregatePage::saysThatAStoreIsEmpty() {
    const StoreUrl url =
        StoreUrl::sqliteFile(m_shop->folder().filePath(QStringLiteral("empty.db")));
    {
        ASSIGN_RESULT(store, Store::create(url, QStringLiteral("order")));
        QVERIFY(store);
    }
    const std::unique_ptr<Session> session = openSession(url);
    QVERIFY(session);
    AggregatePage page(*session);
    QCOMPARE(page.events().table().accessibleDescription(),
             QStringLiteral("This store has no events yet"));
    QVERIFY(m_page->events().table().accessibleDescription().isEmpty());
}

void tst_AggregatePage::isBuiltPanelByPanel() {
    AggregatePage page(*m_session);
    QSignalSpy built(&page, &AggregatePage::built);
    int turns = 0;
    for (; !page.isBuilt() && turns < 100; ++turns) {
        QVERIFY(!page.isQuiet());
        QCoreApplication::processEvents();
    }
    QVERIFY2(turns > 2, qPrintable(QString::number(turns)));
    QCOMPARE(built.size(), 1);
    page.resize(m_page->size());
    page.show();
    QTRY_VERIFY(page.isQuiet());
    QTRY_COMPARE(page.state().state().state().version, StreamVersion(3));
    QCOMPARE(page.events().events().rowCount(), 3);
    QCOMPARE(page.actions().size(), m_page->actions().size());
    // The other was shown before it was built.
    const auto placeOf = [](AggregatePage& in, QWidget& panel) {
        return QRect(panel.mapTo(&in, QPoint()), panel.size());
    };
    QTRY_COMPARE(placeOf(page, page.streams()), placeOf(*m_page, m_page->streams()));
    QTRY_COMPARE(placeOf(page, page.command()), placeOf(*m_page, m_page->command()));
    QTRY_COMPARE(placeOf(page, page.timeline()), placeOf(*m_page, m_page->timeline()));
    QTRY_COMPARE(placeOf(page, page.events()), placeOf(*m_page, m_page->events()));
    QTRY_COMPARE(placeOf(page, page.state()), placeOf(*m_page, m_page->state()));
    QTRY_COMPARE(placeOf(page, page.projection()), placeOf(*m_page, m_page->projection()));
    QCOMPARE(built.size(), 1);
}

void tst_AggregatePage::isBuiltAtOnceWhereItIsNeeded() {
    AggregatePage page(*m_session);
    QSignalSpy built(&page, &AggregatePage::built);
    QVERIFY(!page.isBuilt());
    QVERIFY(page.command().sendAction());
    QVERIFY(page.isBuilt());
    QCOMPARE(built.size(), 1);
    QTest::qWait(20);
    QCOMPARE(built.size(), 1);
}

} // namespace

QTEST_MAIN(tst_AggregatePage)
#include "tst_aggregate_page.moc"
