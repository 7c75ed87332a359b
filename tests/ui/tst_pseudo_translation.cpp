// Every page in a language that is long and, once, runs from right to left: no word is cut, none
// was kept from translators.
#include "fit_check.h"
#include "model/domain/domain.h"
#include "model/export/store_tables.h"
#include "model/projection/projection.h"
#include "small_shop.h"
#include "support/export_support.h"
#include "ui_support.h"

#include <QApplication>
#include <QFile>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestPseudoTranslation : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void cleanup();
    void cleanupTestCase() { QCoreApplication::removeTranslator(&m_translator); }

    void translatorKeepsPlaces();
    void fits_data();
    void fits();
    void dialogsFit_data();
    void dialogsFit();

  private:
    QSet<QString> known() const;
    void showPage(MainWindow& window, Page page);

    Homes m_homes;
    SmallShop m_shop;
    PseudoTranslator m_translator;
};

void TestPseudoTranslation::initTestCase() {
    Theme::instance().apply(Theme::Kind::Light);
    m_shop.make();
    QVERIFY(QCoreApplication::installTranslator(&m_translator));
}

void TestPseudoTranslation::cleanup() {
    QApplication::setLayoutDirection(Qt::LeftToRight);
    Theme::instance().setZoom(100);
}

void TestPseudoTranslation::translatorKeepsPlaces() {
    const QString text = PseudoTranslator::translated(u"%1 of %2 events"_s);
    QVERIFY(text.contains(u"%1"_s) && text.contains(u"%2"_s));
    QVERIFY(text.size() >= 20);
    QCOMPARE(
        PseudoTranslator::untranslated(u"a "_s + text.arg(u"x"_s, text) + u" b"_s).simplified(),
        u"a b"_s);
    QVERIFY(MainWindow::tr("Cancel").startsWith(PseudoTranslator::kOpen));
}

/// Whatever the store holds, the names of its views, and names that no translator touches.
QSet<QString> TestPseudoTranslation::known() const {
    static const QRegularExpression words(u"[A-Za-z][A-Za-z'-]{2,}"_s);
    QSet<QString> known{u"rewindow"_s, u"utc"_s,     u"sqlite"_s, u"ctrl"_s,     u"shift"_s,
                        u"alt"_s,      u"shop"_s,    u"order"_s,  u"json"_s,     u"merge"_s,
                        u"del"_s,      u"end"_s,     u"return"_s, u"home"_s,     u"left"_s,
                        u"right"_s,    u"space"_s,   u"page"_s,   u"esc"_s,      u"order_views"_s,
                        u"views"_s,    u"product"_s, u"sales"_s,  u"customer"_s, u"spend"_s};
    const QByteArray events = asJsonLines(eventsTable(m_shop.url(), {}, {}));
    auto found = words.globalMatch(QString::fromUtf8(events));
    while (found.hasNext())
        known.insert(found.next().captured().toLower());
    for (const QString& name :
         {m_shop.url().path(), m_shop.url().displayName(), u"order_views"_s}) {
        auto parts = words.globalMatch(name);
        while (parts.hasNext())
            known.insert(parts.next().captured().toLower());
    }
    const auto add = [&](const QString& text) {
        auto parts = words.globalMatch(text);
        while (parts.hasNext())
            known.insert(parts.next().captured().toLower());
    };
    const auto domain = *domainNamed(u"order"_s);
    for (const auto& projection : domain->projections()) {
        for (const ViewColumn& column : projection->schema().columns)
            add(column.name);
    }
    for (const CommandSpec& command : domain->commands())
        add(command.help);
    return known;
}

void TestPseudoTranslation::fits_data() {
    QTest::addColumn<std::optional<Page>>("page");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::addColumn<int>("zoom");
    const std::pair<const char*, std::optional<Page>> pages[] = {{"first", {}},
                                                                 {"log", Page::Log},
                                                                 {"aggregate", Page::Aggregate},
                                                                 {"statistics", Page::Statistics}};
    for (const auto& [name, page] : pages) {
        for (const QSize size : {QSize(1280, 800), QSize(1920, 1080)}) {
            for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft})
                QTest::addRow("%s %d %s", name, size.width(),
                              direction == Qt::RightToLeft ? "rtl" : "ltr")
                    << page << size << direction << 100;
        }
        QTest::addRow("%s larger text", name)
            << page << QSize(1920, 1080) << Qt::LeftToRight << 150;
    }
}

void TestPseudoTranslation::showPage(MainWindow& window, Page page) {
    const auto problem = open(window, m_shop.url());
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
    Moment moment = window.session()->moment();
    moment.stream = u"order-a1"_s;
    moment.page = page;
    window.session()->go(moment);
    QVERIFY(settle(window));
}

void TestPseudoTranslation::fits() {
    QFETCH(std::optional<Page>, page);
    QFETCH(QSize, size);
    QFETCH(Qt::LayoutDirection, direction);
    QFETCH(int, zoom);
    QApplication::setLayoutDirection(direction);
    Theme::instance().setZoom(zoom);
    Theme::instance().apply(Theme::Kind::Light); // as at a start in that language
    Settings settings(Settings::Storage::Nowhere);
    MainWindow window(settings, nullptr);
    window.setTimingsShown(false);
    window.resize(size);
    window.show();
    if (page)
        showPage(window, *page);
    QVERIFY(settle(window));
    FitCheck check(known());
    check.check(window);
    if (window.width() > size.width())
        check.complain(window, u"%1 pixels wide, not"_s.arg(window.width()),
                       u"%1"_s.arg(size.width()));
    if (const QString folder = qEnvironmentVariable("REWINDOW_TEST_PICTURES"); !folder.isEmpty()) {
        const QString name = u"%1/%2"_s.arg(folder, QString::fromLatin1(QTest::currentDataTag()));
        window.grab().save(name + u".png"_s);
        QFile list(name + u".txt"_s);
        if (list.open(QIODevice::WriteOnly))
            list.write(check.problems().join(u'\n').toUtf8());
    }
    QVERIFY(check.parts() > 15);
    QVERIFY2(check.problems().isEmpty(), qPrintable(check.problems().join(u'\n')));
}

void TestPseudoTranslation::dialogsFit_data() {
    QTest::addColumn<Page>("page");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("log ltr") << Page::Log << Qt::LeftToRight;
    QTest::newRow("log rtl") << Page::Log << Qt::RightToLeft;
    QTest::newRow("aggregate ltr") << Page::Aggregate << Qt::LeftToRight;
    QTest::newRow("aggregate rtl") << Page::Aggregate << Qt::RightToLeft;
}

/// Whatever an action opens, and every menu.
void TestPseudoTranslation::dialogsFit() {
    QFETCH(Page, page);
    QFETCH(Qt::LayoutDirection, direction);
    QApplication::setLayoutDirection(direction);
    Theme::instance().apply(Theme::Kind::Light); // as at a start in that language
    Settings settings(Settings::Storage::Nowhere);
    MainWindow window(settings, nullptr);
    window.resize(1280, 800);
    window.show();
    showPage(window, page);
    FitCheck check(known());
    const WindowActions& ofWindow = window.windowActions();
    QSet<QAction*> opening{ofWindow.shortcuts, ofWindow.about, ofWindow.addBookmark};
    for (QAction* action : window.findChildren<QAction*>()) {
        if (action != ofWindow.open && action->isEnabled() && action->text().contains(u'…'))
            opening.insert(action);
    }
    QVERIFY(opening.size() >= 6);
    int opened = 0;
    for (QAction* action : std::as_const(opening)) {
        action->trigger();
        QTest::qWait(100);
        for (QWidget* top : QApplication::topLevelWidgets()) {
            if (top == &window || !top->isVisible())
                continue;
            ++opened;
            check.check(*top);
            if (const QString folder = qEnvironmentVariable("REWINDOW_TEST_PICTURES");
                !folder.isEmpty())
                top->grab().save(u"%1/%2 %3.png"_s.arg(
                    folder, QString::fromLatin1(QTest::currentDataTag()), QString::number(opened)));
            top->close();
        }
    }
    QVERIFY(opened >= 6);
    for (const QMenu* menu : window.findChildren<QMenu*>())
        check.checkMenu(*menu);
    QVERIFY2(check.problems().isEmpty(), qPrintable(check.problems().join(u'\n')));
}

QTEST_MAIN(TestPseudoTranslation)
#include "tst_pseudo_translation.moc"
