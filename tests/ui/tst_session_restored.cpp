// What a window was left with comes back: tabs, choices, saved filters; spoilt, with a word.
#include "model/filter/saved_filters.h"
#include "store/workspace.h"
#include "ui/log/causation_panel.h"
#include "ui/log/context_panel.h"
#include "ui/log/event_panel.h"
#include "ui/log/facets_panel.h"
#include "ui/log/filter_bar.h"
#include "ui/log/filter_line.h"
#include "ui/log/filter_tabs.h"
#include "ui/log/log_header.h"
#include "ui/log/log_page.h"
#include "ui/log/log_table.h"
#include "ui/places_window.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QListView>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestSessionRestored : public QObject, PlacesWindow {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();

    void tabsComeBackWithTheirPlaces();
    void aLinkOpensATabOfItsOwn();
    void spoiltTabsAreWorthAWord();
    void choicesComeBack();
    void savedFiltersAreGoneToByName();
    void savedFiltersAreActions();

  private:
    LogPage& log() { return *m_window->findChild<LogPage*>(); }
    void showLog();
    void filter(const QString& text);
    void openAgain(const Landing& landing = {});
    QString remembered(const QString& key);
    QStringList tabTexts();
};

void TestSessionRestored::init() {
    openOnAShop();
    m_window->resize(1300, 850);
    showLog();
}

void TestSessionRestored::cleanup() {
    m_window.reset();
}

void TestSessionRestored::showLog() {
    activate();
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QVERIFY(settle(*m_window));
}

void TestSessionRestored::filter(const QString& text) {
    QTest::keyClick(log().table(), Qt::Key_F, Qt::ControlModifier);
    QWidget* line = QApplication::focusWidget();
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(line, text);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(moment().filter, text);
    QVERIFY(settle(*m_window));
    log().table()->setFocus();
}

/// As after a kill: nothing is said to the window that was there.
void TestSessionRestored::openAgain(const Landing& landing) {
    auto left = std::move(m_window);
    m_window = std::make_unique<MainWindow>(*m_settings, nullptr);
    m_window->resize(1300, 850);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    const auto problem = open(*m_window, m_shop->url(), landing);
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
    QVERIFY(settle(*m_window));
}

QString TestSessionRestored::remembered(const QString& key) {
    const auto store = Store::open(m_shop->url(), Store::Access::Read);
    const auto workspace = store ? (*store)->workspace() : std::unexpected(store.error());
    const auto value = workspace ? (*workspace)->remembered(key) : std::unexpected(store.error());
    return value ? value->value_or(QString()) : QString();
}

QStringList TestSessionRestored::tabTexts() {
    QStringList texts;
    for (const FilterTab& tab : log().filterBar()->tabList().tabs())
        texts += tab.text;
    return texts;
}

void TestSessionRestored::tabsComeBackWithTheirPlaces() {
    filter(u"type:Order*"_s);
    for (int i = 0; i < 2; ++i)
        QTest::keyClick(log().table(), Qt::Key_Down);
    const auto place = log().model()->positionAt(log().table()->currentIndex());
    QVERIFY(place);
    QTest::keyClick(log().table(), Qt::Key_T, Qt::ControlModifier);
    log().table()->setFocus();
    filter(u"type:User*"_s);
    QTest::keyClick(log().table(), Qt::Key_Down);
    const auto second = log().model()->positionAt(log().table()->currentIndex());
    QTRY_COMPARE(moment().event, second);
    QTRY_VERIFY(remembered(u"log.tabs"_s).contains(u"User"_s));
    QTRY_VERIFY(remembered(u"place"_s).contains(u"event=%1&"_s.arg(second->value())));

    openAgain();
    QTRY_COMPARE(tabTexts(), (QStringList{u"type:Order*"_s, u"type:User*"_s}));
    QCOMPARE(log().filterBar()->tabList().current(), 1);
    QTRY_COMPARE(log().model()->positionAt(log().table()->currentIndex()), second);
    QVERIFY(log().filterBar()->tabs()->isVisible());
    log().table()->setFocus();
    QTest::keyClick(log().table(), Qt::Key_Tab, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(moment().filter, u"type:Order*"_s);
    QTRY_COMPARE(log().model()->positionAt(log().table()->currentIndex()), place);
}

void TestSessionRestored::aLinkOpensATabOfItsOwn() {
    filter(u"type:Order*"_s);
    QTRY_VERIFY(remembered(u"log.tabs"_s).contains(u"Order"_s));
    Landing link;
    link.page = Page::Log;
    link.filter = u"type:User*"_s;
    openAgain(link);
    QTRY_COMPARE(tabTexts(), (QStringList{u"type:Order*"_s, u"type:User*"_s}));
    QCOMPARE(moment().filter, u"type:User*"_s);
    link.filter = u"type:Order*"_s;
    openAgain(link);
    QTRY_COMPARE(tabTexts(), (QStringList{u"type:Order*"_s, u"type:User*"_s}));
    QCOMPARE(log().filterBar()->tabList().current(), 0);
}

void TestSessionRestored::spoiltTabsAreWorthAWord() {
    m_window.reset();
    for (const char* spoilt : {"{", "[1,2,3]", R"({"current":9,"tabs":[{"text":"a"}]})"}) {
        {
            ASSIGN_RESULT(store, Store::open(m_shop->url(), Store::Access::Read));
            ASSIGN_RESULT(workspace, store->workspace());
            QVERIFY_RESULT(workspace->remember(u"log.tabs"_s, QString::fromLatin1(spoilt)));
        }
        Landing landing;
        landing.page = Page::Log;
        openAgain(landing);
        QTRY_VERIFY2(m_window->message().contains(u"tabs"_s), qPrintable(m_window->message()));
        QCOMPARE(log().filterBar()->tabList().count(), 1);
        QCOMPARE(log().model()->rowCount(), 10);
        m_window.reset();
    }
}

void TestSessionRestored::choicesComeBack() {
    log().facetsPanel()->action()->trigger();
    QComboBox* field = log().facetsPanel()->fieldBox();
    QTRY_VERIFY(field->findData(u"data.quantity"_s) > 0);
    field->setCurrentIndex(field->findData(u"data.quantity"_s));
    emit field->activated(field->currentIndex());
    log().table()->setFocus();
    QTest::keyClick(log().table(), Qt::Key_E, Qt::ControlModifier);
    QVERIFY(log().contextPanel()->isVisible());
    log().causationPanel()->setShowsLanes(true);
    // A column's edge, drawn to the right.
    LogHeader* header = log().table()->header();
    const int section = LogModel::TypeColumn;
    const int before = header->sectionSize(section);
    const QPoint edge(header->sectionViewportPosition(section) + before - 1, header->height() / 2);
    QTest::mousePress(header->viewport(), Qt::LeftButton, {}, edge);
    QMouseEvent drag(QEvent::MouseMove, edge + QPoint(40, 0),
                     header->viewport()->mapToGlobal(edge + QPoint(40, 0)), Qt::NoButton,
                     Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(header->viewport(), &drag);
    QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, edge + QPoint(40, 0));
    const int drawn = header->sectionSize(section);
    QVERIFY2(drawn > before + 20, qPrintable(QString::number(drawn - before)));
    QTest::qWait(3'500); // kept while the window is open

    auto killed = std::move(m_window);
    m_window = std::make_unique<MainWindow>(*m_settings, nullptr);
    m_window->resize(1300, 850);
    m_window->show();
    QVERIFY(!open(*m_window, m_shop->url()));
    showLog();
    QVERIFY(log().contextPanel()->isVisible());
    QVERIFY(log().causationPanel()->showsLanes());
    QVERIFY(std::abs(log().table()->header()->sectionSize(section) - drawn) < 3);
    QTRY_COMPARE(log().facetsPanel()->fieldBox()->currentData().toString(), u"data.quantity"_s);
    QVERIFY(log().facetsPanel()->isVisible());
}

void TestSessionRestored::savedFiltersAreGoneToByName() {
    SavedFilters& saved = *log().filterBar()->saved();
    saved.save(u"Money in"_s, EventFilter::parse(u"type:OrderPaid"_s).value());
    QTRY_COMPARE(saved.rowCount({}), 1);
    const QPointer<PalettePopup> popup = goTo();
    QVERIFY(popup);
    QVERIFY(type(*popup, u"money"_s));
    QCOMPARE(popup->list().currentIndex().data().toString(), u"Money in"_s);
    QTest::keyClick(&popup->line(), Qt::Key_Return);
    QVERIFY(closed(popup));
    QCOMPARE(moment().filter, u"type:OrderPaid"_s);
    QTRY_COMPARE(log().model()->rowCount(), 1);
}

void TestSessionRestored::savedFiltersAreActions() {
    SavedFilters& saved = *log().filterBar()->saved();
    saved.save(u"People"_s, EventFilter::parse(u"stream:user-*"_s).value());
    QTRY_COMPARE(saved.rowCount({}), 1);
    activate();
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier); // from another page
    const QPointer<PalettePopup> popup = runAction();
    QVERIFY(popup);
    QVERIFY(type(*popup, u"people"_s));
    QTest::keyClick(&popup->line(), Qt::Key_Return);
    QVERIFY(closed(popup));
    QTRY_COMPARE(moment().filter, u"stream:user-*"_s);
    QCOMPARE(moment().page, Page::Log);
}

QTEST_MAIN(TestSessionRestored)
#include "tst_session_restored.moc"
