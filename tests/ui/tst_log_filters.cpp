// Facets, filter tabs, saved filters, and what can be done with any value: by keys and clicks.
#include "model/filter/saved_filters.h"
#include "support/test_support.h"
#include "ui/log/event_panel.h"
#include "ui/log/facets_panel.h"
#include "ui/log/filter_bar.h"
#include "ui/log/filter_line.h"
#include "ui/log/filter_saved_dialog.h"
#include "ui/log/filter_tabs.h"
#include "ui/log/histogram_panel.h"
#include "ui/log/log_appearance.h"
#include "ui/shown_log_page.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>

using namespace rewindow;
using namespace rewindow::test;

class TestLogFilters : public QObject, protected ShownLogPage {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();

    void facetsShowWhereThereIsRoom();
    void facetsRememberWhatWasChosen();
    void facetClickFiltersFor();
    void facetShiftFiltersOut();
    void facetMenuOffersAll();
    void facetOfAFieldIsCounted();
    void cellsByKey();
    void jsonNodesByKey();
    void jsonNodesByMenu();
    void barsByKeyAndMenu();
    void coloursByKey();
    void tabsKeepFilterAndPlace();
    void tabsFollowBackAndForward();
    void tabsCloseByKeyAndClick();
    void savesAndUsesAFilter();
    void renamesRemovesAndBringsBack();
    void allHaveNames();

  private:
    FilterBar* bar() const { return m_page->filterBar(); }
    QTreeView* facets() const { return m_page->facetsPanel()->tree(); }
    QString filter() const { return bar()->filter().toString(); }
    void showFacets();
    QModelIndex facet(const char* name) const;
    QModelIndex node(const char* key) const;
    void chooseInMenu(QWidget* of, const char* beginning);
    FilterSavedDialog* dialog() const { return m_page->findChild<FilterSavedDialog*>(); }
};

void TestLogFilters::init() {
    openOnAShop();
    QTRY_VERIFY(m_page->eventPanel()->detail());
}

void TestLogFilters::cleanup() {
    close();
}

void TestLogFilters::showFacets() {
    QTest::keyClick(m_page->table(), Qt::Key_J, Qt::ControlModifier);
    QTRY_VERIFY(facet("OrderPlaced").isValid());
}

QModelIndex TestLogFilters::facet(const char* name) const {
    const QAbstractItemModel* model = facets()->model();
    for (int section = 0; section < model->rowCount(); ++section)
        for (int row = 0; row < model->rowCount(model->index(section, 0)); ++row)
            if (const QModelIndex index = model->index(row, 0, model->index(section, 0));
                index.data().toString() == QLatin1String(name))
                return index;
    return {};
}

QModelIndex TestLogFilters::node(const char* key) const {
    const QAbstractItemModel* model = m_page->eventPanel()->tree()->model();
    const QModelIndexList found =
        model->match(model->index(0, 0), Qt::DisplayRole, QString::fromLatin1(key), 1,
                     Qt::MatchExactly | Qt::MatchRecursive);
    return found.value(0);
}

/// By keys in the menu that is open below `of`.
void TestLogFilters::chooseInMenu(QWidget* of, const char* beginning) {
    QTRY_VERIFY(qobject_cast<QMenu*>(QApplication::activePopupWidget()));
    auto* menu = static_cast<QMenu*>(QApplication::activePopupWidget());
    QVERIFY(menu->parentWidget() == of || of->isAncestorOf(menu->parentWidget()));
    for (QAction* action : menu->actions())
        if (action->text().startsWith(QLatin1String(beginning))) {
            menu->setActiveAction(action);
            QTest::keyClick(menu, Qt::Key_Return);
            return;
        }
    QFAIL(beginning);
}

void TestLogFilters::facetsShowWhereThereIsRoom() {
    QVERIFY(!m_page->facetsPanel()->isVisible());
    m_page->resize(1800, 700);
    QTRY_VERIFY(m_page->facetsPanel()->isVisible());
    QVERIFY(m_page->facetsPanel()->action()->isChecked());
    QTRY_VERIFY(facet("OrderPlaced").isValid());
    m_page->resize(1200, 700);
    QTRY_VERIFY(!m_page->facetsPanel()->isVisible());
}

void TestLogFilters::facetsRememberWhatWasChosen() {
    showFacets();
    QVERIFY(m_page->facetsPanel()->isVisible());
    const QByteArray layout = m_page->saveLayout();
    m_page = std::make_unique<LogPage>(*m_session);
    m_page->restoreLayout(layout);
    m_page->resize(1200, 700);
    m_page->show();
    QTRY_VERIFY(m_page->facetsPanel()->isVisible());
    // What is no layout changes nothing.
    m_page->restoreLayout(QByteArray("nonsense"));
    QVERIFY(m_page->facetsPanel()->isVisible());
}

void TestLogFilters::facetClickFiltersFor() {
    showFacets();
    QTest::mouseClick(facets()->viewport(), Qt::LeftButton, {},
                      facets()->visualRect(facet("OrderPlaced")).center());
    QCOMPARE(filter(), QStringLiteral("type:OrderPlaced"));
    QTRY_COMPARE(m_page->model()->rowCount(), 2);
    QTRY_VERIFY(!facet("UserRenamed").isValid()); // facets are of what the filter finds
    m_session->back();
    QTRY_VERIFY(facet("UserRenamed").isValid());
}

void TestLogFilters::facetShiftFiltersOut() {
    showFacets();
    QTest::mouseClick(facets()->viewport(), Qt::LeftButton, Qt::ShiftModifier,
                      facets()->visualRect(facet("OrderPlaced")).center());
    QCOMPARE(filter(), QStringLiteral("-type:OrderPlaced"));
    QTRY_VERIFY(!facet("OrderPlaced").isValid());
    QTRY_VERIFY(facet("user").isValid());
    facets()->setFocus();
    facets()->setCurrentIndex(facet("user"));
    QTest::keyClick(facets(), Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(filter(), QStringLiteral("-type:OrderPlaced -category:user"));
    QTRY_VERIFY(facet("product").isValid());
    facets()->setCurrentIndex(facet("product"));
    QTest::keyClick(facets(), Qt::Key_Return);
    QCOMPARE(filter(), QStringLiteral("-type:OrderPlaced -category:user category:product"));
}

void TestLogFilters::facetMenuOffersAll() {
    showFacets();
    facets()->setCurrentIndex(facet("OrderPaid"));
    emit facets()->customContextMenuRequested(facets()->visualRect(facet("OrderPaid")).center());
    chooseInMenu(facets(), "Not ");
    QCOMPARE(filter(), QStringLiteral("-type:OrderPaid"));
    QTRY_VERIFY(!facet("OrderPaid").isValid());
    QTRY_VERIFY(facet("OrderPlaced").isValid());
    facets()->setCurrentIndex(facet("OrderPlaced"));
    emit facets()->customContextMenuRequested(facets()->visualRect(facet("OrderPlaced")).center());
    chooseInMenu(facets(), "Copy ");
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("OrderPlaced"));
}

void TestLogFilters::facetOfAFieldIsCounted() {
    showFacets();
    QComboBox* box = m_page->facetsPanel()->fieldBox();
    QTRY_VERIFY(box->findData(QStringLiteral("data.quantity")) > 0);
    box->setFocus();
    while (box->currentData().toString() != QStringLiteral("data.quantity"))
        QTest::keyClick(box, Qt::Key_Down);
    QTRY_VERIFY(facet("3").isValid());
    facets()->setFocus();
    facets()->setCurrentIndex(facet("3"));
    QTest::keyClick(facets(), Qt::Key_Return);
    QCOMPARE(filter(), QStringLiteral("data.quantity=3"));
    QTRY_COMPARE(m_page->model()->rowCount(), 1);
    // What is found by reading is counted, too: of that one event.
    QTRY_VERIFY(facet("OrderCreated").isValid());
    QTRY_VERIFY(!facet("OrderPaid").isValid());
}

void TestLogFilters::cellsByKey() {
    QTRY_VERIFY(!m_page->model()->index(0, LogModel::TypeColumn).data().toString().isEmpty());
    m_page->table()->setCurrentIndex(m_page->model()->index(0, LogModel::TypeColumn));
    QTest::keyClick(m_page->table(), Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(filter(), QStringLiteral("-type:UserRenamed"));
    QTRY_COMPARE(m_page->model()->rowCount(), 9);
    QTRY_VERIFY(!m_page->model()->index(0, LogModel::StreamColumn).data().toString().isEmpty());
    m_page->table()->setCurrentIndex(m_page->model()->index(0, LogModel::StreamColumn));
    QTest::keyClick(m_page->table(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(filter(), QStringLiteral("-type:UserRenamed stream:order-a2"));
}

void TestLogFilters::jsonNodesByKey() {
    QTreeView* tree = m_page->eventPanel()->tree();
    tree->setFocus();
    tree->setCurrentIndex(node("name"));
    QTest::keyClick(tree, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(filter(), QStringLiteral("data.name:\"Ada Lovelace\""));
    QTRY_COMPARE(m_page->model()->rowCount(), 1);
    QTRY_VERIFY(m_page->eventPanel()->detail());
    tree->setCurrentIndex(node("stream"));
    QTest::keyClick(tree, Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(m_page->model()->rowCount(), 0);
}

void TestLogFilters::jsonNodesByMenu() {
    QTreeView* tree = m_page->eventPanel()->tree();
    tree->setFocus();
    tree->setCurrentIndex(node("type"));
    emit tree->customContextMenuRequested(QPoint(4, 4));
    chooseInMenu(m_page->eventPanel(), "Only ");
    QCOMPARE(filter(), QStringLiteral("type:UserRenamed"));
    // The root stands for no value: nothing but copying is offered.
    tree->setCurrentIndex(tree->model()->index(0, 0));
    QVERIFY(!m_page->eventPanel()->currentCondition());
}

void TestLogFilters::barsByKeyAndMenu() {
    HistogramView* view = m_page->histogramPanel()->view();
    QTRY_VERIFY(view->bars().bars() > 0);
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Home);
    int bar = 0;
    while (view->bars().total(bar) == 0)
        ++bar;
    for (int i = 0; i < bar; ++i)
        QTest::keyClick(view, Qt::Key_Right);
    const qint64 inside = view->bars().total(bar);
    QTest::keyClick(view, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(filter().startsWith(QStringLiteral("after:")));
    QTRY_COMPARE(m_page->model()->total(), inside);
    m_session->back();
    QTRY_COMPARE(m_page->model()->total(), 10);
    emit view->customContextMenuRequested(view->rect().center());
    chooseInMenu(view, "Not ");
    QTRY_COMPARE(m_page->model()->total(), 10 - inside);
}

void TestLogFilters::coloursByKey() {
    QTRY_VERIFY(!m_page->model()->index(0, LogModel::TypeColumn).data().toString().isEmpty());
    const auto before = m_page->appearance()->choices().rules();
    m_page->table()->setCurrentIndex(m_page->model()->index(0, LogModel::TypeColumn));
    QTest::keyClick(m_page->table(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(!(m_page->appearance()->choices().rules() == before));
    QCOMPARE(filter(), QString());
}

void TestLogFilters::tabsKeepFilterAndPlace() {
    m_page->resize(1200, 330); // too low for all rows
    QVERIFY(!bar()->tabs()->isVisible());
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(m_page->table(), Qt::Key_Down);
    const auto place = m_page->model()->positionAt(m_page->table()->currentIndex());
    QCOMPARE(place, std::optional(GlobalPosition(5)));
    const int scrolled = m_page->table()->verticalScrollBar()->value();
    QTest::keyClick(m_page->table(), Qt::Key_T, Qt::ControlModifier);
    QTRY_VERIFY(bar()->tabs()->isVisible());
    QCOMPARE(bar()->tabs()->count(), 2);
    QVERIFY(m_page->filterLine()->hasFocus());
    QTest::keyClicks(m_page->filterLine(), QStringLiteral("type:User*"));
    QTest::keyClick(m_page->filterLine(), Qt::Key_Return);
    QTRY_COMPARE(m_page->model()->rowCount(), 3);
    QCOMPARE(bar()->tabs()->tabText(1), QStringLiteral("type:User*"));
    // Back to the first one: its filter, its row, its scrolling.
    QTest::keyClick(m_page->filterLine(), Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(bar()->tabs()->currentIndex(), 0);
    QTRY_COMPARE(m_page->model()->rowCount(), 10);
    QTRY_COMPARE(m_page->model()->positionAt(m_page->table()->currentIndex()), place);
    QTRY_VERIFY(std::abs(m_page->table()->verticalScrollBar()->value() - scrolled) <=
                Theme::instance().rowHeight());
    QTest::mouseClick(bar()->tabs(), Qt::LeftButton, {}, bar()->tabs()->tabRect(1).center());
    QTRY_COMPARE(m_page->model()->rowCount(), 3);
    QCOMPARE(m_page->filterLine()->text(), QStringLiteral("type:User*"));
}

void TestLogFilters::tabsFollowBackAndForward() {
    bar()->showText(QStringLiteral("type:Order*"));
    QTest::keyClick(m_page->table(), Qt::Key_T, Qt::ControlModifier);
    bar()->showText(QStringLiteral("type:User*"));
    QCOMPARE(bar()->tabs()->currentIndex(), 1);
    m_session->back(); // the new tab's empty filter
    m_session->back();
    QCOMPARE(filter(), QStringLiteral("type:Order*"));
    QCOMPARE(bar()->tabs()->currentIndex(), 0);
    m_session->forward();
    m_session->forward();
    QCOMPARE(filter(), QStringLiteral("type:User*"));
    QCOMPARE(m_session->moment().filter, QStringLiteral("type:User*"));
}

void TestLogFilters::tabsCloseByKeyAndClick() {
    for (const char* text : {"type:A", "type:B"}) {
        QTest::keyClick(m_page->table(), Qt::Key_T, Qt::ControlModifier);
        bar()->showText(QString::fromLatin1(text));
        m_page->table()->setFocus();
    }
    QCOMPARE(bar()->tabs()->count(), 3);
    QTest::keyClick(m_page->filterLine(), Qt::Key_F4, Qt::ControlModifier);
    QCOMPARE(bar()->tabs()->count(), 2);
    QCOMPARE(filter(), QStringLiteral("type:A"));
    QWidget* close = bar()->tabs()->tabButton(0, QTabBar::RightSide);
    if (!close)
        close = bar()->tabs()->tabButton(0, QTabBar::LeftSide);
    QVERIFY(close);
    QTest::mouseClick(close, Qt::LeftButton);
    QCOMPARE(bar()->tabList().count(), 1);
    QVERIFY(!bar()->tabs()->isVisible());
    QCOMPARE(filter(), QStringLiteral("type:A"));
    QTest::keyClick(m_page->filterLine(), Qt::Key_F4, Qt::ControlModifier);
    QCOMPARE(filter(), QString()); // the last one stays, empty
}

void TestLogFilters::savesAndUsesAFilter() {
    bar()->showText(QStringLiteral("type:OrderPlaced"));
    QTest::keyClick(m_page->table(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(dialog() && dialog()->isVisible());
    QTest::keyClicks(dialog()->nameLine(), QStringLiteral("Placed & <b>co</b>"));
    QTest::keyClick(dialog()->nameLine(), Qt::Key_Return);
    QTRY_COMPARE(bar()->saved()->rowCount(), 1);
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog());
    bar()->showText({});
    bar()->menuButton()->setFocus();
    QTimer::singleShot(50, this, [this] { chooseInMenu(bar()->menuButton(), "Placed"); });
    QTest::keyClick(bar()->menuButton(), Qt::Key_Space);
    QTRY_COMPARE(filter(), QStringLiteral("type:OrderPlaced"));
    // They are of the store: there again in another page.
    m_page = std::make_unique<LogPage>(*m_session);
    QTRY_COMPARE(bar()->saved()->rowCount(), 1);
}

void TestLogFilters::renamesRemovesAndBringsBack() {
    bar()->saved()->save(QStringLiteral("one"),
                         EventFilter::parse(QStringLiteral("type:A")).value());
    bar()->saved()->save(QStringLiteral("two"),
                         EventFilter::parse(QStringLiteral("type:B")).value());
    QTRY_COMPARE(bar()->saved()->rowCount(), 2);
    QTest::keyClick(m_page->table(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(dialog() && dialog()->isVisible());
    QListView* list = dialog()->list();
    list->setFocus();
    QTest::keyClick(list, Qt::Key_F2);
    QTRY_VERIFY(list->findChild<QLineEdit*>());
    auto* editor = list->findChild<QLineEdit*>();
    editor->selectAll();
    QTest::keyClicks(editor, QStringLiteral("uno"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(bar()->saved()->index(0).data().toString(), QStringLiteral("uno"));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Delete);
    QTRY_COMPARE(bar()->saved()->rowCount(), 1);
    QTRY_VERIFY(bar()->saved()->lastRemoved());
    QTest::keyClick(list, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(bar()->saved()->rowCount(), 2);
    list->setCurrentIndex(bar()->saved()->index(1));
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(filter(), QStringLiteral("type:B"));
    QTRY_VERIFY(!dialog());
}

void TestLogFilters::allHaveNames() {
    showFacets();
    QTest::keyClick(m_page->table(), Qt::Key_T, Qt::ControlModifier);
    for (const QWidget* widget :
         {static_cast<QWidget*>(facets()), static_cast<QWidget*>(m_page->facetsPanel()->fieldBox()),
          static_cast<QWidget*>(bar()->tabs()), static_cast<QWidget*>(bar()->menuButton()),
          static_cast<QWidget*>(m_page->filterLine())})
        QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
    for (const QAction* action : bar()->actions())
        QVERIFY(!action->text().isEmpty() && !action->icon().isNull());
}

QTEST_MAIN(TestLogFilters)
#include "tst_log_filters.moc"
