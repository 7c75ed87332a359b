// The Log page by keys and clicks: rows, filter, detail, playhead, live tail.

#include "support/test_support.h"
#include "ui/log/context_panel.h"
#include "ui/log/event_panel.h"
#include "ui/log/filter_line.h"
#include "ui/log/histogram_panel.h"
#include "ui/shown_log_page.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTest>
#include <QTreeView>

using namespace rewindow;
using namespace rewindow::test;

class TestLogPage : public QObject, protected ShownLogPage {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();

    void showsTheNewestEvent();
    void stepsThroughRows();
    void opensTheAggregateByKey();
    void opensTheAggregateByDoubleClick();
    void opensTheAggregateByButton();
    void filtersAsTyped();
    void saysWhatIsWrongWithAFilter();
    void followsTheMomentsFilter();
    void dimsAfterThePlayhead();
    void turnsRound();
    void keepsItsLayout();
    void addsRowsThatArrive();
    void staysInPlaceWhileRowsArrive();
    void copiesValues();
    void saysHowLargeAPayloadIs();
    void saysWhyItIsEmpty();
    void neverInterpretsText();

  private:
    QString currentCell(int column) const;
    void send(const char* name, const char* data);
    void waitForDetail(qint64 position);
};

void TestLogPage::init() {
    openOnAShop();
}

void TestLogPage::cleanup() {
    close();
}

QString TestLogPage::currentCell(int column) const {
    return m_page->table()->currentIndex().siblingAtColumn(column).data().toString();
}

void TestLogPage::send(const char* name, const char* data) {
    CommandRequest request;
    request.command = {QString::fromLatin1(name), Json::parse(data).value()};
    QObject guard;
    bool sent = false;
    m_session->send(request, &guard, [&](const Result<CommandOutcome>& outcome) {
        QVERIFY_RESULT(outcome);
        sent = true;
    });
    QTRY_VERIFY(sent);
}

void TestLogPage::waitForDetail(qint64 position) {
    QTRY_VERIFY(m_page->eventPanel()->detail() &&
                m_page->eventPanel()->detail()->event.position() == GlobalPosition(position));
}

void TestLogPage::showsTheNewestEvent() {
    QCOMPARE(m_page->model()->rowCount(), 10);
    QVERIFY(m_page->table()->currentIndex().isValid());
    QCOMPARE(m_page->table()->currentIndex().row(), 0);
    waitForDetail(10);
    QTRY_COMPARE(currentCell(LogModel::TypeColumn), QStringLiteral("UserRenamed"));
    QCOMPARE(currentCell(LogModel::StreamColumn), QStringLiteral("user-ada"));
    QVERIFY(m_page->eventPanel()->accessibleName().contains(QStringLiteral("UserRenamed")));
}

void TestLogPage::stepsThroughRows() {
    QTest::keyClick(m_page->table(), Qt::Key_Down);
    waitForDetail(9);
    QTest::keyClick(m_page->table(), Qt::Key_End);
    QCOMPARE(m_page->table()->currentIndex().row(), 9);
    waitForDetail(1);
    QTest::keyClick(m_page->table(), Qt::Key_Up);
    waitForDetail(2);
    QTest::keyClick(m_page->table(), Qt::Key_Home);
    waitForDetail(10);
    QTest::keyClick(m_page->table(), Qt::Key_PageDown);
    QCOMPARE(m_page->table()->currentIndex().row(), 9);
}

void TestLogPage::opensTheAggregateByKey() {
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(m_page->table(), Qt::Key_Down);
    waitForDetail(SmallShop::kPaid);
    QTRY_COMPARE(currentCell(LogModel::TypeColumn), QStringLiteral("OrderPaid"));
    QTest::keyClick(m_page->table(), Qt::Key_Return);
    const Moment& moment = m_session->moment();
    QCOMPARE(moment.page, Page::Aggregate);
    QCOMPARE(moment.stream, QStringLiteral("order-a1"));
    QCOMPARE(moment.playhead, std::optional(GlobalPosition(SmallShop::kPaid)));
    m_session->back();
    QVERIFY(m_session->moment().isLive());
}

void TestLogPage::opensTheAggregateByDoubleClick() {
    QTRY_VERIFY(!currentCell(LogModel::TypeColumn).isEmpty());
    const QRect row = m_page->table()->visualRect(m_page->model()->index(2, LogModel::TypeColumn));
    QTest::mouseClick(m_page->table()->viewport(), Qt::LeftButton, {}, row.center());
    QTest::mouseDClick(m_page->table()->viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(m_session->moment().page, Page::Aggregate);
    QCOMPARE(m_session->moment().playhead, std::optional(GlobalPosition(8)));
}

void TestLogPage::opensTheAggregateByButton() {
    waitForDetail(10);
    QTRY_VERIFY(!currentCell(LogModel::StreamColumn).isEmpty());
    for (QPushButton* button : m_page->eventPanel()->findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("Open aggregate at v2"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(m_session->moment().stream, QStringLiteral("user-ada"));
}

void TestLogPage::filtersAsTyped() {
    m_page->filterLine()->setFocus();
    QTest::keyClicks(m_page->filterLine(), QStringLiteral("type:Order* -type:OrderPaid"));
    QTest::keyClick(m_page->filterLine(), Qt::Key_Return);
    QTRY_COMPARE(m_page->model()->rowCount(), 5);
    QCOMPARE(m_session->moment().filter, QStringLiteral("type:Order* -type:OrderPaid"));
    QVERIFY(m_page->table()->currentIndex().isValid());
    waitForDetail(9);
    QTest::keyClick(m_page->filterLine(), Qt::Key_Escape);
    QTRY_COMPARE(m_page->model()->rowCount(), 10);
    QCOMPARE(m_session->moment().filter, QString());
}

void TestLogPage::saysWhatIsWrongWithAFilter() {
    QSignalSpy mistakes(m_page->filterLine(), &FilterLine::mistaken);
    m_page->filterLine()->setFocus();
    QTest::keyClicks(m_page->filterLine(), QStringLiteral("type:Order* colour:red"));
    QTest::keyClick(m_page->filterLine(), Qt::Key_Return);
    QVERIFY(mistakes.last()[0].toString().contains(QStringLiteral("colour")));
    QVERIFY(m_page->filterLine()->property("trouble").toBool());
    QCOMPARE(m_page->filterLine()->text(), QStringLiteral("type:Order* colour:red"));
    QCOMPARE(m_page->model()->rowCount(), 10); // what was there stays
    bool said = false;
    for (const QLabel* label : m_page->findChildren<QLabel*>())
        said |= label->isVisible() && label->text().contains(QStringLiteral("colour"));
    QVERIFY(said);
    m_page->filterLine()->clear();
    QTest::keyClick(m_page->filterLine(), Qt::Key_Return);
    QVERIFY(!m_page->filterLine()->property("trouble").toBool());
}

void TestLogPage::followsTheMomentsFilter() {
    Moment moment = m_session->moment();
    moment.filter = QStringLiteral("stream:order-b1");
    m_session->go(moment);
    QTRY_COMPARE(m_page->model()->rowCount(), 2);
    QCOMPARE(m_page->filterLine()->text(), QStringLiteral("stream:order-b1"));
    m_session->back();
    QTRY_COMPARE(m_page->model()->rowCount(), 10);
    QCOMPARE(m_page->filterLine()->text(), QString());
}

void TestLogPage::dimsAfterThePlayhead() {
    m_session->setPlayhead(GlobalPosition(6));
    const auto isAfter = [this](int row) {
        return m_page->model()->index(row, 0).data(LogModel::AfterPlayheadRole).toBool();
    };
    QVERIFY(isAfter(3));
    QVERIFY(!isAfter(4));
    QCOMPARE(m_page->table()->currentIndex().row(), 4); // the playhead's event
    m_session->setPlayhead(std::nullopt);
    QVERIFY(!isAfter(0));
}

void TestLogPage::turnsRound() {
    QTest::keyClick(m_page->table(), Qt::Key_Down);
    waitForDetail(9);
    QTest::keyClick(m_page->table(), Qt::Key_R, Qt::ControlModifier);
    QVERIFY(!m_page->model()->isNewestFirst());
    QCOMPARE(m_page->table()->currentIndex().row(), 8); // the same event
    waitForDetail(9);
}

void TestLogPage::keepsItsLayout() {
    const auto show = [this] {
        m_page->resize(1200, 1000);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->table()->setFocus();
        if (!m_page->contextPanel()->isVisible()) // the first time
            QTest::keyClick(m_page->table(), Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(m_page->contextPanel()->isVisible());
    };
    const auto split = [this](QWidget* part) {
        return qobject_cast<QSplitter*>(part->parentWidget());
    };
    show();
    QSplitter* tables = split(m_page->contextPanel());
    QSplitter* details = split(m_page->eventPanel());
    QVERIFY(tables && details && tables != details);
    tables->setSizes({300, 500});
    details->setSizes({300, 700});
    const int above = tables->sizes().first();
    const int event = details->sizes().first();
    const QByteArray layout = m_page->saveLayout();
    m_page = std::make_unique<LogPage>(*m_session);
    m_page->restoreLayout(layout);
    show();
    const auto isAbout = [](const QSplitter* splitter, int wanted) {
        return std::abs(splitter->sizes().first() - wanted) < 10;
    };
    QTRY_VERIFY(isAbout(split(m_page->contextPanel()), above));
    QTRY_VERIFY(isAbout(split(m_page->eventPanel()), event));
}

void TestLogPage::addsRowsThatArrive() {
    waitForDetail(10);
    send("RenameUser", R"({"userId":"alan","name":"Alan Turing"})");
    QTRY_COMPARE(m_page->model()->rowCount(), 11);
    QTRY_COMPARE(m_page->model()->index(0, LogModel::StreamColumn).data().toString(),
                 QStringLiteral("user-alan"));
    QCOMPARE(m_page->table()->currentIndex().row(), 1); // the event that was looked at
    QVERIFY(!m_page->model()->index(0, 0).data(LogModel::AfterPlayheadRole).toBool());
}

void TestLogPage::staysInPlaceWhileRowsArrive() {
    m_page->resize(1200, 240);
    QScrollBar* bar = m_page->table()->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 60);
    bar->setValue(60);
    const auto topPosition = [this] {
        return m_page->model()->positionAt(m_page->table()->indexAt({5, 1}));
    };
    const auto before = topPosition();
    QVERIFY(before);
    send("RenameUser", R"({"userId":"alan","name":"Alan M. Turing"})");
    QTRY_COMPARE(m_page->model()->rowCount(), 11);
    QCOMPARE(topPosition(), before);
}

void TestLogPage::copiesValues() {
    waitForDetail(10);
    QTreeView* tree = m_page->eventPanel()->tree();
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_Down);
    QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("Ada Lovelace"));
    QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("/name"));
    QTest::keyClick(tree, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    const auto whole = Json::parse(QGuiApplication::clipboard()->text().toStdString());
    QVERIFY_RESULT(whole);
    QCOMPARE((*whole)["position"].toInteger(), std::optional<qint64>(10));
    QCOMPARE((*whole)["data"]["name"].toQString(), QStringLiteral("Ada Lovelace"));
    QCOMPARE((*whole)["type"].toQString(), QStringLiteral("UserRenamed"));
}

void TestLogPage::saysHowLargeAPayloadIs() {
    const auto dataNode = [this] {
        return m_page->eventPanel()->tree()->model()->index(0, 0).data().toString();
    };
    waitForDetail(10);
    QCOMPARE(dataNode(), QStringLiteral("data"));
    ASSIGN_RESULT(store, Store::open(m_shop->url(), Store::Access::ReadWrite));
    NewEvent event;
    event.id = QStringLiteral("large");
    event.type = QStringLiteral("Scanned");
    event.data = "{\"text\":\"" + QByteArray(5'000'000, 'x') + "\"}";
    QVERIFY_RESULT(
        (*store->writer())
            ->append(QStringLiteral("scan-1"), ExpectedVersion::any(), std::span(&event, 1)));
    store.reset();
    openOn(m_shop->url());
    waitForDetail(11);
    QCOMPARE(dataNode(), QStringLiteral("data, 5.0 MB"));
}

void TestLogPage::saysWhyItIsEmpty() {
    m_page->filterLine()->showFilter(QStringLiteral("type:Nothing"));
    QTRY_COMPARE(m_page->model()->state(), LogModel::State::Empty);
    const auto says = [this](const QString& words) {
        const auto labels = m_page->findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&words](const QLabel* label) {
            return label->isVisible() && label->text().contains(words);
        });
    };
    QVERIFY(says(QStringLiteral("No event matches")));
    QVERIFY(!m_page->eventPanel()->detail());
    QVERIFY(says(QStringLiteral("No event is chosen")));
    QVERIFY(says(QStringLiteral("each under its cause")));
    QVERIFY(!m_page->eventPanel()->tree()->isVisible());
    HistogramView* view = m_page->histogramPanel()->view();
    QTRY_COMPARE(view->message(), QStringLiteral("No event matches this filter."));
    QVERIFY(!says(QStringLiteral("drag to select")));
    m_page->filterLine()->showFilter({});
    QTRY_VERIFY(m_page->eventPanel()->tree()->isVisible());
    QTRY_COMPARE(view->message(), QString());
    QTRY_VERIFY(says(QStringLiteral("drag to select")));
}

void TestLogPage::neverInterpretsText() {
    send("RenameUser", R"({"userId":"alan","name":"<b>x</b>\u001b[31m\u202e\n"})");
    waitForDetail(10); // what was looked at
    QTest::keyClick(m_page->table(), Qt::Key_Home);
    waitForDetail(11);
    QTreeView* tree = m_page->eventPanel()->tree();
    const QModelIndex name = tree->model()->index(0, 1, tree->model()->index(0, 0));
    const QString shown = static_cast<QStyledItemDelegate*>(tree->itemDelegate())
                              ->displayText(name.data(), QLocale::c());
    QVERIFY2(!shown.contains(QChar(0x1b)) && !shown.contains(QChar(0x202e)), qPrintable(shown));
    QVERIFY(shown.contains(QStringLiteral("<b>x</b>")));
    tree->setCurrentIndex(name);
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("<b>x</b>\u001b[31m\u202e\n"));
}

QTEST_MAIN(TestLogPage)
#include "tst_log_page.moc"
