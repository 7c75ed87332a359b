// Everything on every page, as assistive technology meets it.
#include "accessible_walk.h"
#include "small_shop.h"
#include "support/test_support.h"
#include "ui/places/palette_popup.h"
#include "ui/places/places_desk.h"
#include "ui_support.h"

#include <QAction>
#include <QApplication>
#include <QDialog>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestAccessibility : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void init();
    void cleanup() { m_window.reset(); }

    void firstPage();
    void everyPage_data();
    void everyPage();
    void dialogsAndPalettes();
    void aLongLog();
    void tabReachesEverything_data();
    void tabReachesEverything();

  private:
    void show(Page page);
    void verify(QWidget& window, int least);

    Homes m_homes;
    SmallShop m_shop;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

void TestAccessibility::initTestCase() {
    QAccessible::setActive(true);
    Theme::instance().apply(Theme::Kind::Dark);
    m_shop.make();
}

void TestAccessibility::init() {
    m_settings = std::make_unique<Settings>(Settings::Storage::Nowhere);
    m_window = std::make_unique<MainWindow>(*m_settings, nullptr);
    m_window->resize(1280, 800);
    m_window->show();
}

void TestAccessibility::show(Page page) {
    const auto problem = open(*m_window, m_shop.url());
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
    Moment moment = m_window->session()->moment();
    moment.stream = u"order-a1"_s;
    moment.page = page;
    m_window->session()->go(moment);
    QVERIFY(settle(*m_window));
}

void TestAccessibility::verify(QWidget& window, int least) {
    AccessibleWalk walk;
    walk.walk(window);
    QVERIFY2(walk.problems().isEmpty(), qPrintable(walk.problems().join(u'\n')));
    QVERIFY2(walk.focusable() >= least,
             qPrintable(u"only %1 of %2 nodes"_s.arg(walk.focusable()).arg(walk.nodes())));
}

void TestAccessibility::firstPage() {
    verify(*m_window, 3);
}

void TestAccessibility::everyPage_data() {
    QTest::addColumn<Page>("page");
    QTest::addColumn<int>("least");
    QTest::newRow("log") << Page::Log << 15;
    QTest::newRow("aggregate") << Page::Aggregate << 25;
    QTest::newRow("statistics") << Page::Statistics << 15;
}

void TestAccessibility::everyPage() {
    QFETCH(Page, page);
    QFETCH(int, least);
    show(page);
    m_window->windowActions().showBookmarks->trigger();
    m_window->places()->bookmarks().add(m_window->session()->moment());
    QTRY_VERIFY(m_window->places()->bookmarks().rowCount() > 0);
    verify(*m_window, least);
}

void TestAccessibility::dialogsAndPalettes() {
    show(Page::Log);
    const WindowActions& actions = m_window->windowActions();
    for (QAction* action :
         {actions.goTo, actions.runAction, actions.shortcuts, actions.about, actions.addBookmark}) {
        action->trigger();
        QTest::qWait(50);
        for (QWidget* window : QApplication::topLevelWidgets()) {
            if (window->isVisible())
                verify(*window, 1);
        }
        for (QWidget* window : QApplication::topLevelWidgets()) {
            if (window != m_window.get() && window->isVisible())
                window->close();
        }
        if (auto* palette = m_window->findChild<PalettePopup*>())
            palette->close();
    }
}

/// More rows than anybody could walk: those in sight and some at random.
void TestAccessibility::aLongLog() {
    const bool isNightly = qEnvironmentVariableIsSet("REWINDOW_NIGHTLY");
    const QString path = keptDemo(isNightly ? 10'000'000 : 100'000);
    QVERIFY(!path.isEmpty());
    const auto problem = open(*m_window, StoreUrl::sqliteFile(path));
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
    for (const Page page : {Page::Log, Page::Aggregate, Page::Statistics}) {
        m_window->session()->setPage(page);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isQuiet(), 600'000);
        verify(*m_window, 15);
    }
}

void TestAccessibility::tabReachesEverything_data() {
    everyPage_data();
}

/// Tab comes by everything that takes it, once, in the order of reading, and back to where it
/// began; Shift and Tab go the same way back.
void TestAccessibility::tabReachesEverything() {
    QFETCH(Page, page);
    show(page);
    QList<QWidget*> wanted;
    for (QWidget* part : m_window->findChildren<QWidget*>()) {
        if (part->isVisible() && part->isEnabled() && part->focusPolicy() & Qt::TabFocus &&
            !part->focusProxy() && part->window() == m_window.get())
            wanted.append(part);
    }
    const auto nameOf = [](const QWidget* part) {
        return u"%1 “%2”"_s.arg(QString::fromLatin1(part->metaObject()->className()),
                                part->accessibleName());
    };
    const auto walk = [&](Qt::Key key) {
        QList<QWidget*> reached;
        for (int i = 0; i < 3 * wanted.size(); ++i) {
            QTest::keyClick(m_window->focusWidget(), key);
            if (reached.contains(m_window->focusWidget()))
                break;
            reached.append(m_window->focusWidget());
        }
        return reached;
    };
    QVERIFY(m_window->focusWidget());
    QList<QWidget*> reached = walk(Qt::Key_Tab);
    for (const QWidget* part : wanted)
        QVERIFY2(reached.contains(part), qPrintable(nameOf(part)));
    QCOMPARE(reached.size(), wanted.size());
    reached.first()->setFocus();
    QList<QWidget*> back = walk(Qt::Key_Backtab);
    std::ranges::reverse(back);
    QCOMPARE(back, reached);

    // Wherever it began: what stands before something else comes before it.
    const auto first = std::ranges::min_element(reached, {}, [&](const QWidget* part) {
        const QPoint place = part->mapTo(m_window.get(), QPoint());
        return std::pair(place.y(), place.x());
    });
    std::ranges::rotate(reached, first);
    const auto placeOf = [&](const QString& name) {
        const auto found = std::ranges::find_if(
            reached, [&](const QWidget* part) { return part->accessibleName() == name; });
        return found == reached.end() ? -1 : static_cast<int>(found - reached.begin());
    };
    const std::pair<Page, QStringList> orders[] = {
        {Page::Log,
         {u"Filter events"_s, u"Events over time"_s, u"Newest first"_s, u"Events of the log"_s,
          u"Data and metadata of the event"_s}},
        {Page::Aggregate,
         {u"Filter streams by a part of their name"_s, u"Streams"_s, u"Timeline"_s,
          u"Events of the stream"_s, u"State of the aggregate"_s}},
        {Page::Statistics,
         {u"Event types"_s, u"Findings"_s, u"Events over time"_s, u"Streams by length"_s,
          u"Streams by age"_s, u"Schema of the event type"_s}}};
    for (const auto& [of, names] : orders) {
        for (qsizetype i = 1; of == page && i < names.size(); ++i) {
            QVERIFY2(placeOf(names[i - 1]) >= 0, qPrintable(names[i - 1]));
            QVERIFY2(placeOf(names[i - 1]) < placeOf(names[i]), qPrintable(names[i]));
        }
    }
}

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
