// The filter line by keys: suggestions, what they insert, and mistakes underlined where they are.
#include "model/filter/filter_knowledge.h"
#include "support/test_support.h"
#include "ui/log/filter_bar.h"
#include "ui/log/filter_completer.h"
#include "ui/log/filter_line.h"
#include "ui/log/filter_tabs.h"
#include "ui/shown_log_page.h"

#include <QAbstractItemModelTester>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace rewindow;
using namespace rewindow::test;

class TestFilterBar : public QObject, protected ShownLogPage {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();

    void suggestsWhileTyping();
    void suggestsOnceAKey();
    void opensByKey();
    void insertsWithTab();
    void insertsWithEnterWhatIsChosen();
    void appliesWithEnterWhenNothingIsChosen();
    void closesWithEscape();
    void goesOnFromPartToPart();
    void insertsByClick();
    void closesWhenTheFocusGoes();
    void offersValuesOfPayloads();
    void fitsTheWindow();
    void canBeUndone();
    void staysUnfinishedWhileItsTabIsDragged();
    void underlinesTheToken();
    void underlineStaysWhereTheTokenIs();
    void underlineGoesWithTheMistake();
    void saysWhatWasExpected();

  private:
    FilterLine* line() const { return m_page->filterLine(); }
    FilterCompleter* completer() const { return m_page->filterBar()->completer(); }
    QStringList shown() const;
    void type(const char* text);
    /// How much of the characters from `start` is in the colour of trouble.
    int troubleAt(qsizetype start, qsizetype length) const;
};

void TestFilterBar::init() {
    openOnAShop();
    line()->setFocus();
    m_page->filterBar()->knowledge()->learn();
    QTRY_VERIFY(!m_page->filterBar()->knowledge()->vocabulary().types.empty());
    QTRY_VERIFY(!m_page->filterBar()->knowledge()->vocabulary().paths.empty());
}

void TestFilterBar::cleanup() {
    close();
}

QStringList TestFilterBar::shown() const {
    QStringList list;
    if (completer()->isVisible())
        for (int row = 0; row < completer()->model().rowCount(); ++row)
            list += completer()->model().at(row).text;
    return list;
}

void TestFilterBar::type(const char* text) {
    QTest::keyClicks(line(), QString::fromLatin1(text));
}

int TestFilterBar::troubleAt(qsizetype start, qsizetype length) const {
    const int cursor = line()->cursorPosition();
    const auto xOf = [this](qsizetype at) {
        line()->setCursorPosition(static_cast<int>(at));
        return line()->inputMethodQuery(Qt::ImCursorRectangle).toRect().center().x();
    };
    const int from = xOf(start) + 1;
    const int to = xOf(start + length) - 1;
    line()->setCursorPosition(cursor);
    const QImage image = line()->grab().toImage();
    const QColor trouble = Theme::instance().color(Theme::Role::Trouble);
    int pixels = 0;
    // The frame is in that colour too.
    for (int y = 4; y < image.height() - 4; ++y)
        for (int x = from; x < to; ++x) {
            const QColor color = image.pixelColor(x, y);
            pixels += std::abs(color.red() - trouble.red()) < 40 &&
                      std::abs(color.green() - trouble.green()) < 40 &&
                      std::abs(color.blue() - trouble.blue()) < 40;
        }
    return pixels;
}

void TestFilterBar::suggestsWhileTyping() {
    QVERIFY(!completer()->isVisible());
    type("type:OrderP");
    QVERIFY(completer()->isVisible());
    QVERIFY(shown().contains(QStringLiteral("OrderPaid")));
    QVERIFY(shown().contains(QStringLiteral("OrderPlaced")));
    QVERIFY(line()->hasFocus());
    QVERIFY(line()->accessibleDescription().contains(QStringLiteral("suggestions")));
    QVERIFY(!completer()->list().accessibleName().isEmpty());
    // Right below the line.
    QVERIFY(completer()->y() >= line()->mapTo(m_page.get(), QPoint(0, line()->height())).y());
}

void TestFilterBar::suggestsOnceAKey() {
    type("type:Order");
    QSignalSpy resets(&completer()->model(), &QAbstractItemModel::modelReset);
    type("P");
    QCOMPARE(resets.size(), 1);
    QTest::keyClick(line(), Qt::Key_Left); // the cursor alone
    QCOMPARE(resets.size(), 2);
}

void TestFilterBar::opensByKey() {
    QTest::keyClick(line(), Qt::Key_Down);
    QVERIFY(shown().contains(QStringLiteral("type")));
    QTest::keyClick(line(), Qt::Key_Escape);
    QVERIFY(!completer()->isVisible());
    QTest::keyClick(line(), Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(shown().contains(QStringLiteral("data.")));
    QCOMPARE(line()->text(), QString());
}

void TestFilterBar::insertsWithTab() {
    type("type:OrderPa");
    QTest::keyClick(line(), Qt::Key_Tab);
    QCOMPARE(line()->text(), QStringLiteral("type:OrderPaid "));
    QVERIFY(line()->hasFocus());
    QVERIFY(!completer()->isVisible());
    QTRY_COMPARE(m_page->model()->rowCount(), 1);
}

void TestFilterBar::insertsWithEnterWhatIsChosen() {
    type("type:OrderP");
    QTest::keyClick(line(), Qt::Key_Down);
    QTest::keyClick(line(), Qt::Key_Down);
    const QString second = completer()->model().at(1).text;
    QCOMPARE(completer()->list().currentIndex().row(), 1);
    QVERIFY(line()->accessibleDescription().contains(second));
    QTest::keyClick(line(), Qt::Key_Return);
    QCOMPARE(line()->text(), QStringLiteral("type:%1 ").arg(second));
    QTest::keyClick(line(), Qt::Key_Return);
    QCOMPARE(m_session->moment().filter, QStringLiteral("type:") + second);
}

void TestFilterBar::appliesWithEnterWhenNothingIsChosen() {
    type("type:Order");
    QVERIFY(completer()->isVisible());
    type("*");
    QTest::keyClick(line(), Qt::Key_Return);
    QCOMPARE(line()->text(), QStringLiteral("type:Order*"));
    QCOMPARE(m_session->moment().filter, QStringLiteral("type:Order*"));
    QVERIFY(!completer()->isVisible());
}

void TestFilterBar::closesWithEscape() {
    type("type:Ord");
    QTest::keyClick(line(), Qt::Key_Escape);
    QVERIFY(!completer()->isVisible());
    QCOMPARE(line()->text(), QStringLiteral("type:Ord"));
    QTest::keyClick(line(), Qt::Key_Escape);
    QCOMPARE(line()->text(), QString());
}

void TestFilterBar::goesOnFromPartToPart() {
    type("da");
    QTest::keyClick(line(), Qt::Key_Tab);
    QCOMPARE(line()->text(), QStringLiteral("data."));
    QVERIFY(shown().contains(QStringLiteral("quantity")));
    type("quant");
    QTest::keyClick(line(), Qt::Key_Tab);
    QCOMPARE(line()->text(), QStringLiteral("data.quantity"));
    QVERIFY(shown().contains(QStringLiteral("quantity>=")));
    type(">1");
    QTest::keyClick(line(), Qt::Key_Return);
    QTRY_COMPARE(m_page->model()->rowCount(), 2);
}

void TestFilterBar::insertsByClick() {
    type("stream:order-");
    QTRY_VERIFY(shown().contains(QStringLiteral("order-a2")));
    const auto row = static_cast<int>(shown().indexOf(QStringLiteral("order-a2")));
    QListView& list = completer()->list();
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {},
                      list.visualRect(list.model()->index(row, 0)).center());
    QCOMPARE(line()->text(), QStringLiteral("stream:order-a2 "));
    QVERIFY(line()->hasFocus());
}

void TestFilterBar::closesWhenTheFocusGoes() {
    type("type:");
    QVERIFY(completer()->isVisible());
    m_page->table()->setFocus();
    QVERIFY(!completer()->isVisible());
}

void TestFilterBar::offersValuesOfPayloads() {
    type("data.method:");
    QTRY_VERIFY(shown().contains(QStringLiteral("card")));
    QTest::keyClick(line(), Qt::Key_Tab);
    QCOMPARE(line()->text(), QStringLiteral("data.method:card "));
}

void TestFilterBar::fitsTheWindow() {
    m_page->resize(560, 400);
    type("type:");
    QVERIFY(completer()->isVisible());
    QVERIFY(m_page->rect().contains(completer()->geometry().left(), completer()->y()));
    QVERIFY(completer()->geometry().right() <= m_page->width());
}

void TestFilterBar::canBeUndone() {
    type("type:OrderPa");
    QTest::keyClick(line(), Qt::Key_Tab);
    QTest::keyClick(line(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(line()->text(), QStringLiteral("type:OrderPa"));
}

void TestFilterBar::staysUnfinishedWhileItsTabIsDragged() {
    const FilterBar& bar = *m_page->filterBar();
    m_page->filterBar()->openTab();
    type("type:Order* colour:");
    bar.tabs()->moveTab(1, 0);
    QCOMPARE(bar.tabs()->currentIndex(), 0);
    QCOMPARE(bar.tabList().current(), 0);
    QCOMPARE(line()->text(), QStringLiteral("type:Order* colour:"));
}

void TestFilterBar::underlinesTheToken() {
    type("type:Order* colour:red version>1");
    QTest::keyClick(line(), Qt::Key_Return);
    QVERIFY(line()->mistake());
    QCOMPARE(line()->mistake()->start, 12);
    QVERIFY(troubleAt(line()->mistake()->start, line()->mistake()->length) > 20);
    QCOMPARE(troubleAt(0, 11), 0);
    QCOMPARE(troubleAt(23, 9), 0);
}

void TestFilterBar::underlineStaysWhereTheTokenIs() {
    type("type:Order* colour:red");
    QTest::keyClick(line(), Qt::Key_Return);
    const qsizetype length = line()->mistake()->length;
    for (const Qt::Key key : {Qt::Key_Home, Qt::Key_Right, Qt::Key_Right, Qt::Key_End}) {
        QTest::keyClick(line(), key);
        QVERIFY(troubleAt(12, length) > 20);
        QCOMPARE(troubleAt(0, 11), 0);
    }
    // What is typed before it pushes it on, at once.
    QTest::keyClick(line(), Qt::Key_Home);
    type("-");
    QCOMPARE(line()->mistake()->start, 13);
    QVERIFY(troubleAt(13, length) > 20);
    QCOMPARE(troubleAt(0, 12), 0);
    QTest::keyClick(line(), Qt::Key_End);
    type(" version>2");
    QVERIFY(troubleAt(13, length) > 20);
    QCOMPARE(troubleAt(24, 9), 0);
}

void TestFilterBar::underlineGoesWithTheMistake() {
    type("tpye:OrderPaid");
    QTest::keyClick(line(), Qt::Key_Return);
    QVERIFY(troubleAt(0, 4) > 10);
    QTest::keyClick(line(), Qt::Key_Home);
    QTest::keyClick(line(), Qt::Key_Right);
    QTest::keyClick(line(), Qt::Key_Delete);
    QTest::keyClick(line(), Qt::Key_Right);
    type("p");
    QCOMPARE(line()->text(), QStringLiteral("type:OrderPaid"));
    QVERIFY(!line()->mistake());
    QCOMPARE(troubleAt(0, 14), 0);
    QVERIFY(!line()->property("trouble").toBool());
}

void TestFilterBar::saysWhatWasExpected() {
    QString said;
    connect(line(), &FilterLine::mistaken, this, [&](const QString& text) { said = text; });
    const std::pair<const char*, const char*> mistakes[] = {
        {"tpye:x", "type"}, {"version>many", "number"}, {"after:soon", "2026"},
        {"(type:a", ")"},   {"data:x", "data."},        {"type", "has:"},
    };
    for (const auto& [text, expected] : mistakes) {
        line()->clear();
        type(text);
        if (completer()->isVisible())
            QTest::keyClick(line(), Qt::Key_Escape);
        QTest::keyClick(line(), Qt::Key_Return);
        if (QByteArray(text) == "type") { // a bare word is searched for
            QVERIFY(!line()->mistake());
            continue;
        }
        QVERIFY2(line()->mistake(), text);
        QVERIFY2(said.contains(QString::fromLatin1(expected)),
                 qPrintable(QString::fromLatin1(text) + u' ' + said));
    }
}

QTEST_MAIN(TestFilterBar)
#include "tst_filter_bar.moc"
