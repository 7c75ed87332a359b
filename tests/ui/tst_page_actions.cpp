// The actions of a page: in the menus, and answering to their keys, while the page is in sight.
#include "support/test_support.h"
#include "ui/aggregate/aggregate_page.h"
#include "ui/log/log_page.h"
#include "ui/ui_support.h"

#include <QMenu>
#include <QMenuBar>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestPageActions : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void menusFollowThePage();
    void noKeysMeanTwoThings_data();
    void noKeysMeanTwoThings();

  private:
    void show(Page page);
    QStringList menus() const;

    Homes m_homes;
    Settings m_settings{Settings::Storage::Nowhere};
    std::unique_ptr<MainWindow> m_window;
};

void TestPageActions::initTestCase() {
    const QString path = m_homes.file(u"demo.db"_s);
    const auto made = runRewindow({u"demo"_s, path, u"--events"_s, u"300"_s});
    QVERIFY2(made.exitCode == 0, made.err.constData());
    m_window = std::make_unique<MainWindow>(m_settings, nullptr);
    m_window->show();
    const auto problem = open(*m_window, StoreUrl::sqliteFile(path));
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
    for (const Page page : {Page::Log, Page::Aggregate, Page::Statistics})
        show(page); // now all of them are there
}

void TestPageActions::show(Page page) {
    m_window->session()->setPage(page);
    QVERIFY(settle(*m_window));
}

QStringList TestPageActions::menus() const {
    QStringList names;
    for (const QAction* menu : m_window->menuBar()->actions())
        names += menu->text();
    return names;
}

/// What there is to see depends on what is looked at, and not on what was before.
void TestPageActions::menusFollowThePage() {
    MainWindow fresh(m_settings, nullptr);
    fresh.show();
    const auto problem = open(fresh, StoreUrl::sqliteFile(m_homes.file(u"demo.db"_s)));
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
    fresh.session()->setPage(Page::Log);
    QVERIFY(settle(fresh));
    QStringList expected;
    for (const QAction* menu : fresh.menuBar()->actions())
        expected += menu->text();
    show(Page::Log);
    QTRY_COMPARE(menus(), expected);
    QVERIFY(!menus().contains(u"Projection"_s));
    show(Page::Aggregate);
    QTRY_VERIFY(menus().contains(u"Projection"_s));
}

void TestPageActions::noKeysMeanTwoThings_data() {
    QTest::addColumn<Page>("page");
    QTest::newRow("log") << Page::Log;
    QTest::newRow("aggregate") << Page::Aggregate;
    QTest::newRow("statistics") << Page::Statistics;
}

void TestPageActions::noKeysMeanTwoThings() {
    QFETCH(Page, page);
    show(page);
    QHash<QKeySequence, QString> taken;
    for (const QAction* menu : m_window->menuBar()->actions()) {
        for (const QAction* action : menu->menu()->actions()) {
            if (action->shortcutContext() != Qt::WindowShortcut)
                continue;
            for (const QKeySequence& keys : action->shortcuts()) {
                QVERIFY2(!taken.contains(keys), qPrintable(action->text() + taken.value(keys)));
                taken.insert(keys, action->text());
            }
        }
    }
    QVERIFY(taken.size() > 10);
}

QTEST_MAIN(TestPageActions)
#include "tst_page_actions.moc"
