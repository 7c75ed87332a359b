// Links copied by keys and from context menus, wherever there is something to link to.
#include "model/moment/link_text.h"
#include "ui/aggregate/aggregate_page.h"
#include "ui/aggregate/events_panel.h"
#include "ui/aggregate/events_table.h"
#include "ui/aggregate/projection_panel.h"
#include "ui/aggregate/state_panel.h"
#include "ui/aggregate/state_tree.h"
#include "ui/aggregate/streams_panel.h"
#include "ui/aggregate/streams_tree.h"
#include "ui/aggregate/timeline_panel.h"
#include "ui/aggregate/timeline_view.h"
#include "ui/aggregate/view_rows_table.h"
#include "ui/compare/compare_side.h"
#include "ui/compare/compare_window.h"
#include "ui/log/causation_panel.h"
#include "ui/log/log_page.h"
#include "ui/log/log_table.h"
#include "ui/places_window.h"
#include "ui/statistics/statistics_page.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTreeView>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestCopyLinks : public QObject, PlacesWindow {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();

    void ofTheEventTheLogStandsOn();
    void ofARowOfTheLog();
    void ofAnEventAmongCauses();
    void ofAnEventOfTheAggregate();
    void ofAStream();
    void ofAVersionOnTheTimeline();
    void ofAValueOfTheState();
    void ofACellOfAView();
    void ofAComparison();
    void ofATypeOfTheStatistics();
    void theKeyWorksOnEveryView();

  private:
    void goToPage(Qt::Key key);
    void showAggregate(const QString& stream);
    void choose(QWidget& area, const QPoint& place, const QString& entry);
    static QPoint cell(const QAbstractItemView& view, const QModelIndex& index);
    Moment copied(const QString& before = {}) const;
    void copyByKey();

    template <class T>
    T& part() const {
        return *m_window->findChild<T*>();
    }
};

void TestCopyLinks::init() {
    openOnAShop();
    m_window->resize(1300, 850);
    QGuiApplication::clipboard()->clear();
}

void TestCopyLinks::cleanup() {
    m_window.reset();
}

void TestCopyLinks::goToPage(Qt::Key key) {
    activate();
    QTest::keyClick(m_window.get(), key, Qt::ControlModifier);
    QVERIFY(settle(*m_window));
}

void TestCopyLinks::showAggregate(const QString& stream) {
    goToPage(Qt::Key_2);
    m_window->session()->selectStream(stream);
    QVERIFY(settle(*m_window));
}

/// By the mouse's right button.
void TestCopyLinks::choose(QWidget& area, const QPoint& place, const QString& entry) {
    QTest::mouseClick(&area, Qt::RightButton, {}, place);
    QContextMenuEvent wish(QContextMenuEvent::Mouse, place, area.mapToGlobal(place));
    QCoreApplication::sendEvent(&area, &wish);
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QAction* wanted = nullptr;
    QStringList offered;
    for (QAction* action : menu->actions()) {
        offered.append(action->text());
        if (action->text().section(u'\t', 0, 0) == entry)
            wanted = action;
    }
    QVERIFY2(wanted, qPrintable(offered.join(u'|')));
    menu->setActiveAction(wanted);
    QTest::keyClick(menu, Qt::Key_Return);
    QTRY_VERIFY(!QApplication::activePopupWidget());
}

QPoint TestCopyLinks::cell(const QAbstractItemView& view, const QModelIndex& index) {
    return view.visualRect(index).center();
}

Moment TestCopyLinks::copied(const QString& before) const {
    const QString text = QGuiApplication::clipboard()->text();
    if (text == before)
        qFatal("nothing was copied");
    const auto moment = momentOfLinkText(text);
    if (!moment)
        qFatal("%s: %s", qPrintable(text), qPrintable(moment.error().sentence()));
    return *moment;
}

void TestCopyLinks::copyByKey() {
    activate();
    QGuiApplication::clipboard()->clear();
    QWidget* focus = QApplication::focusWidget();
    QVERIFY(focus);
    QTest::keyClick(focus, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
}

void TestCopyLinks::ofTheEventTheLogStandsOn() {
    goToPage(Qt::Key_1);
    auto& table = *part<LogPage>().table();
    table.setFocus();
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(&table, Qt::Key_Down);
    QTRY_COMPARE(moment().event, std::optional(GlobalPosition(SmallShop::kPaid)));
    copyByKey();
    const Moment link = copied();
    QCOMPARE(link.page, Page::Log);
    QCOMPARE(link.event, std::optional(GlobalPosition(SmallShop::kPaid)));
    QVERIFY(link.isLive());

    // Gone to elsewhere and back: the same row, and no jump was made of walking through rows.
    goToPage(Qt::Key_2);
    goToPage(Qt::Key_1);
    QCOMPARE(part<LogPage>().model()->positionAt(table.currentIndex()), link.event);
    QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(moment().page, Page::Aggregate);
}

void TestCopyLinks::ofARowOfTheLog() {
    goToPage(Qt::Key_1);
    const auto& page = part<LogPage>();
    choose(*page.table()->viewport(), cell(*page.table(), page.model()->index(5, 2)),
           u"Copy link to this event"_s);
    const Moment link = copied();
    QCOMPARE(link.page, Page::Log);
    QCOMPARE(link.event, std::optional(GlobalPosition(SmallShop::kRenamed - 5)));
}

void TestCopyLinks::ofAnEventAmongCauses() {
    goToPage(Qt::Key_1);
    const auto& page = part<LogPage>();
    QTreeView* tree = page.causationPanel()->tree();
    QTRY_VERIFY(tree->model()->rowCount() > 0);
    choose(*tree->viewport(), cell(*tree, tree->model()->index(0, 0)),
           u"Copy link to this event"_s);
    QCOMPARE(copied().page, Page::Log);
    QVERIFY(copied().event);
}

void TestCopyLinks::ofAnEventOfTheAggregate() {
    showAggregate(u"order-a1"_s);
    auto& table = part<AggregatePage>().events().table();
    choose(*table.viewport(), cell(table, table.model()->index(1, 0)),
           u"Copy link to this version"_s);
    const Moment link = copied();
    QCOMPARE(link.stream, u"order-a1"_s);
    QCOMPARE(link.page, Page::Aggregate);
    QCOMPARE(link.playhead, std::optional(GlobalPosition(6))); // placed
}

void TestCopyLinks::ofAStream() {
    showAggregate(u"order-a1"_s);
    auto& tree = part<AggregatePage>().streams().tree();
    const QModelIndex shown = tree.currentIndex();
    choose(*tree.viewport(), cell(tree, shown), u"Copy link to this stream"_s);
    QCOMPARE(copied().stream,
             shown.data().toString().contains(u"a1"_s) ? u"order-a1"_s : copied().stream);
    QVERIFY(copied().stream.startsWith(u"order-"_s));
}

void TestCopyLinks::ofAVersionOnTheTimeline() {
    showAggregate(u"order-a1"_s);
    auto& view = part<AggregatePage>().timeline().view();
    const QPoint place(static_cast<int>(view.scale().x(2)), view.height() / 2);
    choose(view, place, u"Copy link to version 2"_s);
    QCOMPARE(copied().stream, u"order-a1"_s);
    QCOMPARE(copied().playhead, std::optional(GlobalPosition(6)));
    QVERIFY(moment().isLive()); // to copy it leads nowhere

    // By the keyboard's menu key: the version the playhead is at.
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Home);
    QVERIFY(settle(*m_window));
    QContextMenuEvent wish(QContextMenuEvent::Keyboard, view.rect().center(),
                           view.mapToGlobal(view.rect().center()));
    QCoreApplication::sendEvent(&view, &wish);
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QCOMPARE(menu->actions().front()->text(), u"Copy link to version 0"_s);
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    QCOMPARE(copied().playhead, std::optional(GlobalPosition(3)));
}

void TestCopyLinks::ofAValueOfTheState() {
    showAggregate(u"order-a1"_s);
    auto& tree = part<AggregatePage>().state().tree();
    QModelIndex status;
    for (int row = 0; row < tree.model()->rowCount(); ++row) {
        const QModelIndex index = tree.model()->index(row, 0);
        if (index.data().toString() == u"status"_s)
            status = index;
    }
    QVERIFY(status.isValid());
    choose(*tree.viewport(), cell(tree, status), u"Copy link to this value"_s);
    QCOMPARE(copied().pointer, u"/status"_s);
    QCOMPARE(copied().stream, u"order-a1"_s);
}

void TestCopyLinks::ofACellOfAView() {
    showAggregate(u"order-a1"_s);
    auto& table = *part<ProjectionPanel>().findChild<ViewRowsTable*>();
    QTRY_COMPARE(table.model()->rowCount(), 3);
    const QModelIndex status = table.model()->index(1, 1);
    const QString id = status.siblingAtColumn(0).data().toString();
    choose(*table.viewport(), cell(table, status), u"Copy link to this cell"_s);
    Moment link = copied();
    QCOMPARE(link.view, u"order_views"_s);
    QCOMPARE(link.row, id);
    QCOMPARE(link.column, u"status"_s);
    QCOMPARE(link.stream, u"order-"_s + id);

    // Chosen by a click, the window's own link leads there.
    activate();
    QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, cell(table, status));
    QVERIFY(settle(*m_window));
    copyByKey();
    link = copied();
    QCOMPARE(link.row, id);
    QCOMPARE(link.column, u"status"_s);
    QTest::keyClick(&table, Qt::Key_Right);
    copyByKey();
    QCOMPARE(copied().column,
             table.model()->headerData(2, Qt::Horizontal, Qt::DisplayRole).toString());
}

void TestCopyLinks::ofAComparison() {
    showAggregate(u"order-a1"_s);
    QTest::keyClick(m_window.get(), Qt::Key_D, Qt::AltModifier | Qt::ShiftModifier);
    const QPointer<CompareWindow> window = m_window->findChild<CompareWindow*>();
    QVERIFY(window);
    QVERIFY(QTest::qWaitForWindowActive(window));
    QTRY_VERIFY(window->isQuiet());
    window->left().version().setFocus();
    QTest::keyClick(&window->left().version(), Qt::Key_Down);
    QTRY_VERIFY(window->isQuiet());
    QTest::keyClick(&window->tree(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    const Comparison expected{{u"order-a1"_s, StreamVersion(1)}, {u"order-a1"_s, StreamVersion(3)}};
    QCOMPARE(copied().comparison, std::optional(expected));
    QCOMPARE(moment().comparison, std::optional(expected));
    QGuiApplication::clipboard()->clear();
    for (QPushButton* button : window->findChildren<QPushButton*>())
        if (button->text() == u"Copy link"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(copied().comparison, std::optional(expected));

    QTest::keyClick(&window->tree(), Qt::Key_Escape);
    QTRY_VERIFY(!window);
    QVERIFY(!moment().comparison);
    // Back leads to it again, Forward away.
    activate();
    QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
    auto* again = m_window->findChild<CompareWindow*>();
    QVERIFY(again);
    QTRY_VERIFY(again->isQuiet());
    QCOMPARE(again->comparison(), expected);
    m_window->session()->forward();
    QTRY_VERIFY(!m_window->findChild<CompareWindow*>());
}

void TestCopyLinks::ofATypeOfTheStatistics() {
    goToPage(Qt::Key_3);
    const auto& page = part<StatisticsPage>();
    QTRY_VERIFY(page.types()->model()->rowCount() > 2);
    const QModelIndex second = page.types()->model()->index(1, 0);
    choose(*page.types()->viewport(), cell(*page.types(), second), u"Copy link"_s);
    QCOMPARE(copied().page, Page::Statistics);
    QCOMPARE(copied().type, second.data().toString());
    page.types()->setFocus();
    QTest::keyClick(page.types(), Qt::Key_Down);
    copyByKey();
    QCOMPARE(copied().type, page.types()->model()->index(2, 0).data().toString());

    const QModelIndex stream = page.streams()->model()->index(1, 0);
    choose(*page.streams()->viewport(), cell(*page.streams(), stream), u"Copy link"_s);
    QCOMPARE(copied().stream, stream.data().toString());
    QCOMPARE(copied().page, Page::Statistics);
}

void TestCopyLinks::theKeyWorksOnEveryView() {
    showAggregate(u"order-a1"_s);
    auto& page = part<AggregatePage>();
    const QList<QWidget*> views{&page.streams().tree(), &page.timeline().view(),
                                &page.events().table(), &page.state().tree(),
                                page.projection().findChild<ViewRowsTable*>()};
    for (QWidget* view : views) {
        view->setFocus();
        copyByKey();
        QVERIFY2(QGuiApplication::clipboard()->text().startsWith(u"rewindow://"_s),
                 view->metaObject()->className());
        QCOMPARE(copied().stream, u"order-a1"_s);
    }
}

QTEST_MAIN(TestCopyLinks)
#include "tst_copy_links.moc"
