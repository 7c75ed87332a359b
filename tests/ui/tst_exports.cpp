// A window's exports: models walked while they live, files written behind the window's back.
#include "model/export/model_table.h"
#include "model/items/export_role.h"
#include "small_shop.h"
#include "support/export_support.h"
#include "ui/export/export_strip.h"
#include "ui/export/exports.h"
#include "ui/log/facets_panel.h"
#include "ui_support.h"

#include <QAction>
#include <QDockWidget>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QMainWindow>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QThread>

#include <algorithm>
#include <atomic>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

/// Rows without end, until it is cancelled.
TableSource endless() {
    return {.name = u"endless"_s, .write = [](TableOutput& out) -> Result<void> {
                out.setColumns({"n"});
                while (out.row({out.rows()}))
                    QThread::yieldCurrentThread();
                return {};
            }};
}

TableSource three() {
    return valuesTable(u"three"_s, {"n"}, {{Json(1)}, {Json(2)}, {Json(3)}});
}

} // namespace

class TestExports : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();

    void walksModels();
    void walksModelsFromAnotherThread();
    void saysThatAModelChanged();
    void writesInTheBackground();
    void writesPictures();
    void cancels();
    void endsWithItsWindow();
    void areOfTheWindowBelowADock();
    void asksForAFile();
    void stripTellsOfIt();
    void everyPanelCanBeExported();

  private:
    Homes m_homes;
    SmallShop m_shop;
};

void TestExports::initTestCase() {
    Theme::instance().apply(Theme::Kind::Dark);
    m_shop.make();
}

void TestExports::walksModels() {
    QStandardItemModel model;
    model.setHorizontalHeaderLabels({QStringLiteral("name"), QStringLiteral("size")});
    const auto row = [](const QString& name, qint64 size) {
        auto* number = new QStandardItem(QStringLiteral("%1 kB").arg(size));
        number->setData(size, kExportRole);
        return QList<QStandardItem*>{new QStandardItem(name), number};
    };
    const auto folder = row(QStringLiteral("folder"), 3);
    folder.first()->appendRow(row(QStringLiteral("inner"), 2));
    folder.first()->child(0)->appendRow(row(QStringLiteral("innermost"), 1));
    model.appendRow(folder);
    model.appendRow(row(QStringLiteral("last"), 4));
    QCOMPARE(asCsv(modelTable(model, {})),
             QByteArray("name,size\r\nfolder,3\r\ninner,2\r\ninnermost,1\r\nlast,4\r\n"));
}

void TestExports::walksModelsFromAnotherThread() {
    QStandardItemModel model(20'000, 1);
    for (int row = 0; row < model.rowCount(); ++row)
        model.setData(model.index(row, 0), row);
    const TableSource table = modelTable(model, {});
    QByteArray written;
    const std::unique_ptr<QThread> thread(QThread::create([&] { written = asJsonLines(table); }));
    thread->start();
    QTRY_VERIFY_WITH_TIMEOUT(thread->isFinished(), 20'000);
    QCOMPARE(written.count('\n'), 20'000);
    QVERIFY(written.endsWith("{\"1\":19999}\n"));
}

void TestExports::saysThatAModelChanged() {
    auto model = std::make_unique<QStandardItemModel>(1'000'000, 1);
    const TableSource table = modelTable(*model, {});
    Result<qint64> written = 0;
    const QString file = m_homes.file(u"changed.csv"_s);
    const std::unique_ptr<QThread> thread(
        QThread::create([&] { written = writeTable(table, file, TableFormat::Csv, {}, {}); }));
    thread->start();
    QTest::qWait(20);
    model->clear();
    QTRY_VERIFY_WITH_TIMEOUT(thread->isFinished(), 20'000);
    QVERIFY(!written);
    QCOMPARE(written.error().kind, Error::Kind::BadInput);
    QVERIFY(!QFile::exists(file));
}

void TestExports::writesInTheBackground() {
    QWidget window;
    Exports& exports = Exports::of(window);
    QCOMPARE(&Exports::of(*new QWidget(&window)), &exports);
    QSignalSpy finished(&exports, &Exports::finished);
    const QString csv = m_homes.file(u"three.csv"_s);
    const QString lines = m_homes.file(u"three.JSONL"_s);
    exports.write(three(), csv);
    exports.write(three(), lines);
    QVERIFY(exports.isBusy());
    QTRY_COMPARE(finished.size(), 2);
    QVERIFY(!exports.isBusy());
    QCOMPARE(finished[0][0].toString(), csv);
    QCOMPARE(finished[0][1].toLongLong(), 3);
    QCOMPARE(contentOf(csv), QByteArray("n\r\n1\r\n2\r\n3\r\n"));
    QCOMPARE(contentOf(lines), QByteArray("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n"));
    QSignalSpy failed(&exports, &Exports::failed);
    exports.write(three(), m_homes.file(u"no/folder.csv"_s));
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed[0][0].value<Error>().sentence().contains(u"folder.csv"_s));
}

void TestExports::writesPictures() {
    QWidget window;
    Exports& exports = Exports::of(window);
    QSignalSpy finished(&exports, &Exports::finished);
    const PictureSource picture{.name = u"red"_s,
                                .title = u"A <red> box"_s,
                                .size = {40, 20},
                                .paint = [](QPainter& painter) {
                                    painter.fillRect(0, 0, 40, 20, Qt::red);
                                    painter.drawText(2, 15, u"text"_s);
                                }};
    const QString png = m_homes.file(u"red.png"_s);
    const QString svg = m_homes.file(u"red.svg"_s);
    exports.write(picture, png);
    exports.write(picture, svg);
    QTRY_COMPARE(finished.size(), 2);
    const QImage image(png);
    QCOMPARE(image.size(), QSize(80, 40));
    QCOMPARE(image.pixelColor(79, 39), QColor(Qt::red));
    QVERIFY(contentOf(svg).contains("A &lt;red&gt; box"));
    QCOMPARE(QImage(svg).pixelColor(38, 2), QColor(Qt::red));
}

void TestExports::cancels() {
    QWidget window;
    Exports& exports = Exports::of(window);
    QSignalSpy cancelled(&exports, &Exports::cancelled);
    QSignalSpy progress(&exports, &Exports::progress);
    const QString file = m_homes.file(u"endless.csv"_s);
    const QString next = m_homes.file(u"next.csv"_s);
    exports.write(endless(), file);
    exports.write(three(), next);
    QTRY_VERIFY(progress.size() > 3);
    exports.cancel();
    QTRY_COMPARE(cancelled.size(), 2);
    QVERIFY(!QFile::exists(file));
    QVERIFY(!QFile::exists(next));
    QSignalSpy finished(&exports, &Exports::finished);
    exports.write(three(), next);
    QTRY_COMPARE(finished.size(), 1);
}

void TestExports::endsWithItsWindow() {
    std::atomic<bool> ended = false;
    const QString file = m_homes.file(u"left.csv"_s);
    {
        QWidget window;
        const TableSource table = endless();
        Exports::of(window).write({.name = {},
                                   .write =
                                       [&ended, table](TableOutput& out) {
                                           const auto written = table.write(out);
                                           ended = true;
                                           return written;
                                       }},
                                  file);
        QTest::qWait(30);
    }
    QVERIFY(ended);
    QVERIFY(!QFile::exists(file));
}

void TestExports::areOfTheWindowBelowADock() {
    QMainWindow window;
    auto* dock = new QDockWidget(&window);
    auto* panel = new QWidget;
    dock->setWidget(panel);
    window.addDockWidget(Qt::LeftDockWidgetArea, dock);
    window.show();
    dock->setFloating(true);
    QCOMPARE(panel->window(), dock);
    QCOMPARE(&Exports::of(*panel), &Exports::of(window));
}

void TestExports::asksForAFile() {
    QWidget window;
    Exports& exports = Exports::of(window);
    QSignalSpy finished(&exports, &Exports::finished);
    exports.ask(valuesTable(u"order/7 é:1.2"_s, {"n"}, {}));
    auto* dialog = window.findChild<QFileDialog*>();
    QVERIFY(dialog);
    QCOMPARE(dialog->acceptMode(), QFileDialog::AcceptSave);
    QCOMPARE(QFileInfo(dialog->selectedFiles().value(0)).fileName(), u"order-7-é-1-2.csv"_s);
    dialog->setDirectory(m_homes.file(u"."_s));
    dialog->selectNameFilter(dialog->nameFilters().at(1));
    emit dialog->filterSelected(dialog->nameFilters().at(1));
    dialog->selectFile(u"asked"_s);
    QMetaObject::invokeMethod(dialog, "accept");
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(finished[0][0].toString().endsWith(u"/asked.jsonl"_s));
}

void TestExports::stripTellsOfIt() {
    QWidget window;
    window.resize(800, 60);
    auto* strip = new ExportStrip(&window);
    Exports& exports = Exports::of(window);
    strip->follow(exports);
    window.show();
    QVERIFY(!strip->isVisible());
    exports.write(endless(), m_homes.file(u"long.csv"_s));
    QTRY_VERIFY(strip->isVisible());
    QTRY_VERIFY(strip->accessibleName().contains(u"rows"_s));
    QVERIFY(strip->accessibleName().startsWith(u"Writing long.csv: "_s));
    auto* button = strip->findChild<QPushButton*>();
    QCOMPARE(button->text(), u"Cancel"_s);
    button->click();
    QTRY_VERIFY(!strip->isVisible());
    exports.write(three(), m_homes.file(u"short.csv"_s));
    QTRY_VERIFY(strip->isVisible() && button->text() == u"Close"_s);
    QVERIFY(strip->accessibleName().contains(u"short.csv"_s));
    QVERIFY(strip->accessibleName().endsWith(u"3 rows"_s));
    QVERIFY(!strip->findChild<QProgressBar*>()->isVisible());
    button->click();
    QVERIFY(!strip->isVisible());
}

void TestExports::everyPanelCanBeExported() {
    Settings settings(Settings::Storage::Nowhere);
    MainWindow window(settings, nullptr);
    window.show();
    const auto problem = open(window, m_shop.url());
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
    window.session()->selectStream(u"order-a1"_s);
    const std::pair<Page, QStringList> pages[] = {
        {Page::Log,
         {u"Export the events…"_s, u"Export the histogram…"_s, u"Export the causes…"_s,
          u"Export the lanes…"_s, u"Export the facets…"_s}},
        {Page::Aggregate,
         {u"Export the events of the stream…"_s, u"Export the streams…"_s, u"Export the state…"_s,
          u"Export the projection…"_s, u"Export the timeline…"_s, u"Export the commands sent…"_s}},
        {Page::Statistics,
         {u"Export the table “Event types”…"_s, u"Export the table “Schema”…"_s,
          u"Export the table “Streams”…"_s, u"Export the table “Findings”…"_s,
          u"Export the chart “Events over time”…"_s, u"Export the chart “Streams by length”…"_s,
          u"Export the chart “Streams by age”…"_s, u"Export the chart “Payload sizes”…"_s}}};
    for (const auto& [page, names] : pages) {
        window.session()->setPage(page);
        QVERIFY(settle(window));
        if (auto* facets = window.findChild<FacetsPanel*>(); facets && page == Page::Log) {
            const QList<QAction*> actions = facets->findChildren<QAction*>();
            const auto whole = std::find_if(actions.begin(), actions.end(), [](QAction* action) {
                return action->text() == u"Export the facets…"_s;
            });
            QVERIFY(whole != actions.end());
            QVERIFY(!(*whole)->isEnabled()); // nothing is counted yet
            facets->action()->trigger();
            QTRY_VERIFY((*whole)->isEnabled());
            QVERIFY(settle(window));
        }
        for (const QString& name : names) {
            QAction* action = nullptr;
            for (QAction* one : window.findChildren<QAction*>())
                action = one->text() == name ? one : action;
            QVERIFY2(action, qPrintable(name));
            action->trigger();
            auto* dialog = window.findChild<QFileDialog*>();
            QVERIFY2(dialog, qPrintable(name));
            const bool isPicture = dialog->nameFilters().first().contains(u"*.png"_s);
            const QString path = m_homes.file(isPicture ? u"panel.png"_s : u"panel.jsonl"_s);
            QSignalSpy finished(&Exports::of(window), &Exports::finished);
            emit dialog->fileSelected(path);
            dialog->close();
            QTRY_COMPARE(finished.size(), 1);
            QVERIFY2(contentOf(path).size() > 40 || name.contains(u"commands"_s) ||
                         name.contains(u"Findings"_s),
                     qPrintable(name));
            QFile::remove(path);
            QTRY_VERIFY(!window.findChild<QFileDialog*>());
        }
    }
}

QTEST_MAIN(TestExports)
#include "tst_exports.moc"
