// The Statistics page in a window: what it shows, where its cells and bars lead, what it exports.
#include "model/export/model_table.h"
#include "model/statistics/findings_model.h"
#include "model/statistics/schema_model.h"
#include "model/statistics/types_model.h"
#include "small_shop.h"
#include "support/export_support.h"
#include "support/test_support.h"
#include "ui/export/picture.h"
#include "ui/statistics/bar_chart.h"
#include "ui/statistics/log_charts.h"
#include "ui/statistics/reading_strip.h"
#include "ui/statistics/statistics_page.h"
#include "ui/statistics/statistics_place.h"
#include "ui_support.h"

#include <QAccessible>
#include <QAction>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QTreeView>

using namespace rewindow;
using namespace rewindow::test;

class TestStatisticsPage : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void init();
    void cleanup();

    void isMadeWhenLookedAt();
    void showsTypesSchemaAndStreams();
    void returnFiltersTheLog();
    void menuOffersWaysOn();
    void chartsGoByKeys();
    void chartsTellTheirValues();
    void exportsTables();
    void exportsCharts();
    void showsWhatIsNew();
    void saysThatThereIsNothing();
    void cancelsAndCountsOn();

  private:
    StatisticsPage* page() { return m_window->findChild<StatisticsPage*>(); }
    Session& session() { return *m_window->session(); }
    void show();

    Homes m_homes;
    SmallShop m_shop;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

void TestStatisticsPage::initTestCase() {
    Theme::instance().apply(Theme::Kind::Dark);
    m_shop.make();
}

void TestStatisticsPage::init() {
    // A store opens where it was left; each of these begins with one that never was.
    QDir(qEnvironmentVariable("REWINDOW_DATA_HOME")).removeRecursively();
    m_settings = std::make_unique<Settings>(Settings::Storage::Nowhere);
    m_window = std::make_unique<MainWindow>(*m_settings, nullptr);
    m_window->show();
    const auto problem = open(*m_window, m_shop.url());
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
}

void TestStatisticsPage::cleanup() {
    m_window.reset();
}

void TestStatisticsPage::show() {
    session().setPage(Page::Statistics);
    QVERIFY(settle(*m_window));
    QVERIFY(page());
    QVERIFY(page()->log().statistics());
}

void TestStatisticsPage::isMadeWhenLookedAt() {
    QVERIFY(settle(*m_window));
    QVERIFY(!page());
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    QTRY_VERIFY(page());
    QCOMPARE(session().moment().page, Page::Statistics);
    QVERIFY(page()->isVisible());
    session().back();
    QTRY_VERIFY(!page()->isVisible());
}

void TestStatisticsPage::showsTypesSchemaAndStreams() {
    show();
    const auto* types = qobject_cast<TypesModel*>(page()->types()->model());
    QCOMPARE(types->rowCount(), 6);
    QCOMPARE(types->type(0).type, QStringLiteral("OrderCreated"));
    QCOMPARE(types->type(0).events, 3);
    QVERIFY(page()->types()->currentIndex().isValid());
    const auto* schema = qobject_cast<SchemaModel*>(page()->schema()->model());
    QCOMPARE(schema->type(), QStringLiteral("OrderCreated"));
    QVERIFY(schema->indexOf(QStringLiteral("data.userId")).isValid());
    const int row = types->rowOf(QStringLiteral("UserRenamed"));
    page()->types()->setCurrentIndex(types->index(row, 0));
    QCOMPARE(schema->type(), QStringLiteral("UserRenamed"));
    QCOMPARE(page()->streams()->model()->rowCount(), 6);
    QCOMPARE(page()->charts()->sizes()->bars().size(), 1u);
    qint64 events = 0;
    for (const ChartBar& bar : page()->charts()->time()->bars())
        events += bar.count();
    QCOMPARE(events, SmallShop::kRenamed);
}

void TestStatisticsPage::returnFiltersTheLog() {
    show();
    page()->types()->setFocus();
    QTest::keyClick(page()->types(), Qt::Key_Return);
    QCOMPARE(session().moment().page, Page::Log);
    QCOMPARE(session().moment().filter, QStringLiteral("type:OrderCreated"));
    session().back();
    const auto* schema = qobject_cast<SchemaModel*>(page()->schema()->model());
    page()->schema()->setCurrentIndex(schema->indexOf(QStringLiteral("data.userId")));
    QTest::keyClick(page()->schema(), Qt::Key_Return);
    QCOMPARE(session().moment().filter, QStringLiteral("type:OrderCreated has:data.userId"));
    session().back();
    page()->streams()->setCurrentIndex(page()->streams()->model()->index(0, 0));
    QTest::keyClick(page()->streams(), Qt::Key_Return);
    QCOMPARE(session().moment().filter, QStringLiteral("stream:order-a1"));
    QVERIFY(settle(*m_window));
}

void TestStatisticsPage::menuOffersWaysOn() {
    show();
    StatisticsGuide guide(session(), nullptr);
    const auto run = [&](const StatisticsPlace& place, const QString& name) {
        std::unique_ptr<QMenu> menu(guide.menu(place, m_window.get()));
        for (QAction* action : menu->actions()) {
            if (action->text() == name) {
                action->trigger();
                return true;
            }
        }
        return false;
    };
    const StatisticsPlace type = placeOf(page()->types()->model()->index(0, 0));
    QVERIFY(run(type, QStringLiteral("Filter out")));
    QCOMPARE(session().moment().filter, QStringLiteral("-type:OrderCreated"));
    QVERIFY(run(type, QStringLiteral("Open aggregate at this version")));
    QTRY_COMPARE(session().moment().page, Page::Aggregate);
    QCOMPARE(session().moment().stream, QStringLiteral("order-a2"));
    QCOMPARE(session().moment().playhead, std::optional(GlobalPosition(9)));
    QVERIFY(run(type, QStringLiteral("Show position 9 in the log")));
    QCOMPARE(session().moment().page, Page::Log);
    QVERIFY(session().moment().filter.isEmpty());
    QVERIFY(!guide.menu({}, m_window.get()));
}

void TestStatisticsPage::chartsGoByKeys() {
    show();
    BarChart* lengths = page()->charts()->lengths();
    QCOMPARE(lengths->bars().size(), 3u);
    lengths->setFocus();
    QTest::keyClick(lengths, Qt::Key_End);
    QCOMPARE(lengths->current(), 2);
    QTest::keyClick(lengths, Qt::Key_Right);
    QCOMPARE(lengths->current(), 2);
    QTest::keyClick(lengths, Qt::Key_Left);
    QCOMPARE(lengths->current(), 1);
    QTest::keyClick(lengths, Qt::Key_Return);
    QCOMPARE(session().moment().page, Page::Log);
    QVERIFY(session().moment().filter.contains(QStringLiteral("stream:order-b1")));
    QVERIFY(session().moment().filter.contains(QStringLiteral("stream:user-ada")));
    session().back();
    BarChart* time = page()->charts()->time();
    QTest::mouseDClick(time, Qt::LeftButton, {}, time->barRect(0).center());
    QVERIFY(session().moment().filter.startsWith(QStringLiteral("after:20")));
    QVERIFY(settle(*m_window));
}

void TestStatisticsPage::chartsTellTheirValues() {
    show();
    BarChart* lengths = page()->charts()->lengths();
    lengths->setCurrent(0);
    QAccessibleInterface* told = QAccessible::queryAccessibleInterface(lengths);
    QVERIFY(told);
    QCOMPARE(told->text(QAccessible::Name), QStringLiteral("Streams by length"));
    QCOMPARE(told->text(QAccessible::Value), QStringLiteral("3 streams of 1 event"));
    QVERIFY(told->valueInterface());
    told->valueInterface()->setCurrentValue(2);
    QCOMPARE(lengths->current(), 2);
    QCOMPARE(told->text(QAccessible::Value), QStringLiteral("1 stream of 3 events"));
    told->valueInterface()->setCurrentValue(99);
    QCOMPARE(lengths->current(), 2);
}

void TestStatisticsPage::exportsTables() {
    FindingsModel model;
    model.setFindings({{.kind = Finding::Kind::Appeared,
                        .sentence = QStringLiteral("=HYPERLINK(\"x\"), said"),
                        .type = QStringLiteral("T\n2"),
                        .path = {},
                        .stream = {},
                        .position = GlobalPosition(41)}});
    const QByteArray csv = "finding,kind,type,path,stream,position\r\n"
                           "\"'=HYPERLINK(\"\"x\"\"), said\",appeared,\"T\n2\",,,41\r\n";
    const QByteArray lines =
        "{\"finding\":\"=HYPERLINK(\\\"x\\\"), said\",\"kind\":\"appeared\",\"type\":\"T\\n2\","
        "\"path\":\"\",\"stream\":\"\",\"position\":41}\n";
    QCOMPARE(asCsv(modelTable(model, {})), csv);
    QCOMPARE(asJsonLines(modelTable(model, {})), lines);
    show();
    const QByteArray types = asCsv(modelTable(*page()->types()->model(), {}));
    QVERIFY(types.startsWith("type,events,totalBytes,"));
    QCOMPARE(types.count("\r\n"), 7);
    const QByteArray schema = asJsonLines(modelTable(*page()->schema()->model(), {}));
    const auto* model2 = qobject_cast<SchemaModel*>(page()->schema()->model());
    QCOMPARE(schema.count('\n'), 1 + model2->rowCount(model2->index(0, 0)));
    for (const QByteArray& line : schema.split('\n'))
        QVERIFY(line.isEmpty() || isJson(line.toStdString()));
    QVERIFY(schema.contains("\"kinds\":{\"string\":3}"));
}

void TestStatisticsPage::exportsCharts() {
    show();
    const BarChart* chart = page()->charts()->lengths();
    const PictureSource source = pictureOf(*chart, {});
    const QImage picture = QImage::fromData(imageAsPng(pictureAsImage(source)), "PNG");
    QCOMPARE(picture.size(), chart->size() * 2);
    const QColor bar = Theme::instance().color(Theme::Role::Aggregate);
    const QPoint inBar = QPoint(chart->barRect(0).center().x(), chart->barRect(0).bottom() - 3);
    QCOMPARE(picture.pixelColor(inBar * 2), bar);
    const QByteArray drawing = pictureAsSvg(source);
    const QImage drawn = QImage::fromData(drawing, "SVG");
    QVERIFY(!drawn.isNull());
    QCOMPARE(drawn.pixelColor(inBar * drawn.width() / chart->width()), bar);
    QVERIFY(drawing.contains(bar.name().toLatin1()));
    QVERIFY(drawing.contains("Streams by length"));
}

void TestStatisticsPage::showsWhatIsNew() {
    show();
    const qint64 before = page()->log().statistics()->events;
    CommandRequest request;
    request.command.name = QStringLiteral("RegisterUser");
    request.command.data = Json::object({{"userId", Json("grace")}, {"name", Json("Grace")}});
    session().send(request, this,
                   [](const Result<CommandOutcome>& outcome) { QVERIFY_RESULT(outcome); });
    QTRY_COMPARE(page()->log().statistics()->events, before + 1);
    QCOMPARE(page()->streams()->model()->rowCount(), 7);
}

void TestStatisticsPage::saysThatThereIsNothing() {
    const StoreUrl url = StoreUrl::sqliteFile(m_homes.file(QStringLiteral("empty.db")));
    QVERIFY_RESULT(Store::create(url, {}));
    const auto problem = open(*m_window, url);
    QVERIFY(!problem);
    session().setPage(Page::Statistics);
    QVERIFY(settle(*m_window));
    const auto labels = page()->findChildren<QLabel*>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
        return label->isVisible() &&
               label->text().startsWith(QStringLiteral("This log has no events"));
    }));
    QVERIFY(!page()->types()->isVisible());
}

void TestStatisticsPage::cancelsAndCountsOn() {
    show();
    LogStatistics& log = page()->log();
    auto* strip = page()->findChild<ReadingStrip*>();
    QVERIFY(!strip->isVisible());
    log.start();
    log.cancel();
    QCOMPARE(log.state(), LogStatistics::State::Cancelled);
    QVERIFY(strip->isVisible());
    auto* button = buttonNamed<QPushButton>(*strip, QStringLiteral("Count on"));
    QVERIFY(button);
    button->click();
    QTRY_COMPARE(log.state(), LogStatistics::State::Ready);
    QVERIFY(!strip->isVisible());
}

QTEST_MAIN(TestStatisticsPage)
#include "tst_statistics_page.moc"
