// Two versions, or two streams, side by side, by keyboard.
#include "model/items/comparison_model.h"
#include "ui/aggregate/aggregate_page.h"
#include "ui/compare/compare_desk.h"
#include "ui/compare/compare_side.h"
#include "ui/compare/compare_window.h"
#include "ui/shell/theme.h"
#include "ui/small_shop.h"

#include <QAction>
#include <QClipboard>
#include <QCompleter>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QTreeView>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestCompare : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();
    void opensAtThePlayhead();
    void comparesAnotherVersion();
    void comparesAnotherStream();
    void offersStreams();
    void saysThatThereIsNoSuchStream();
    void comparesTheFirstStreamAgainAfterAMistake();
    void swapsSides();
    void goesThroughDifferencesByKey();
    void copiesAPatch();
    void copiesNothingWithoutAResult();
    void returns();
    void everythingIsNamed();
    void looksRightInBothThemes();

  private:
    QPushButton* button(const QString& text) const;
    void askAtTheRight(const QString& stream);

    std::unique_ptr<SmallShop> m_shop;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<AggregatePage> m_page;
    std::unique_ptr<CompareDesk> m_desk;
    QPointer<CompareWindow> m_window;
};

void TestCompare::init() {
    Theme::instance().apply(Theme::Kind::Dark);
    m_shop = std::make_unique<SmallShop>();
    m_shop->make();
    m_session = openSession(m_shop->url());
    QVERIFY(m_session);
    m_page = std::make_unique<AggregatePage>(*m_session);
    m_page->resize(1100, 700);
    m_page->show();
    m_session->selectStream(u"order-a1"_s);
    QTRY_COMPARE(m_page->replay().version(), StreamVersion(3));
    m_desk = std::make_unique<CompareDesk>(*m_session, *m_page);
    m_desk->begin();
    named<QAction>(*m_page, "aggregate.compare")->trigger();
    m_window = m_desk->window();
    QVERIFY(m_window);
    QTRY_VERIFY(m_window->isQuiet());
}

void TestCompare::cleanup() {
    m_desk.reset();
    m_page.reset();
    m_session.reset();
    m_shop.reset();
    QVERIFY(!m_window);
}

QPushButton* TestCompare::button(const QString& text) const {
    for (QPushButton* each : m_window->findChildren<QPushButton*>())
        if (each->text() == text)
            return each;
    qFatal("no button %s", qPrintable(text));
}

void TestCompare::askAtTheRight(const QString& stream) {
    m_window->right().stream().setText(stream);
    emit m_window->right().stream().editingFinished();
}

void TestCompare::opensAtThePlayhead() {
    QCOMPARE(m_window->left().side().stream, u"order-a1"_s);
    QCOMPARE(m_window->left().version().value(), 2);
    QCOMPARE(m_window->right().version().value(), 3);
    QCOMPARE(m_window->right().version().maximum(), 3);
    const QModelIndex first = m_window->model().difference({}, true);
    QCOMPARE(first.data(ComparisonModel::PointerRole).toString(), u"/status"_s);
    QCOMPARE(first.siblingAtColumn(ComparisonModel::LeftColumn).data().toString(), u"\"placed\""_s);
    QCOMPARE(first.siblingAtColumn(ComparisonModel::RightColumn).data().toString(), u"\"paid\""_s);
}

void TestCompare::comparesAnotherVersion() {
    m_window->left().version().setValue(0);
    QTRY_VERIFY(m_window->isQuiet());
    QCOMPARE(m_window->model().comparison().removed, 0);
    QVERIFY(m_window->model().comparison().added > 3);
    m_window->left().version().setValue(3);
    QTRY_VERIFY(m_window->isQuiet());
    QVERIFY(m_window->model().comparison().isSame());
    QVERIFY(m_window->message().contains(u"same"_s));
}

void TestCompare::comparesAnotherStream() {
    QLineEdit& stream = m_window->right().stream();
    stream.setFocus();
    stream.selectAll();
    QTest::keyClicks(&stream, u"order-b1"_s);
    QTest::keyClick(&stream, Qt::Key_Return);
    QTRY_VERIFY(m_window->isQuiet());
    QVERIFY(m_window); // Return has not closed it
    QCOMPARE(m_window->right().version().value(), 2);
    QCOMPARE(m_window->right().version().maximum(), 2);
    QStringList differing;
    const StateComparison& both = m_window->model().comparison();
    for (std::size_t i = 1; i < both.places.size(); ++i)
        if (both.places[i].isDifference)
            differing.append(QString::fromStdString(both.pointer(i).toString()));
    QVERIFY(differing.contains(u"/id"_s));
    QVERIFY(differing.contains(u"/userId"_s));
}

void TestCompare::offersStreams() {
    QLineEdit& stream = m_window->right().stream();
    stream.setFocus();
    stream.clear();
    QTest::keyClicks(&stream, u"er-"_s);
    const QAbstractItemModel& offered = *stream.completer()->completionModel();
    QTRY_COMPARE(offered.rowCount(), 5); // three orders, two users
    QTest::keyClicks(&stream, u"b"_s);
    QTRY_COMPARE(offered.rowCount(), 1);
    QCOMPARE(offered.index(0, 0).data().toString(), u"order-b1"_s);
}

void TestCompare::saysThatThereIsNoSuchStream() {
    askAtTheRight(u"order-nowhere"_s);
    QTRY_VERIFY(m_window->isQuiet());
    QVERIFY2(m_window->message().contains(u"order-nowhere"_s), qPrintable(m_window->message()));
    QCOMPARE(m_window->model().rowCount(), 0);
}

void TestCompare::comparesTheFirstStreamAgainAfterAMistake() {
    askAtTheRight(u"order-nowhere"_s);
    QTRY_VERIFY(m_window->isQuiet());
    askAtTheRight(u"order-a1"_s);
    QVERIFY(!m_window->isQuiet());
    QTRY_VERIFY(m_window->isQuiet());
    QVERIFY2(m_window->model().rowCount() > 0, qPrintable(m_window->message()));
}

void TestCompare::swapsSides() {
    button(u"Swap"_s)->click();
    QTRY_VERIFY(m_window->isQuiet());
    QCOMPARE(m_window->left().version().value(), 3);
    QCOMPARE(m_window->right().version().value(), 2);
}

void TestCompare::goesThroughDifferencesByKey() {
    m_window->left().version().setValue(1);
    QTRY_VERIFY(m_window->isQuiet());
    QTreeView& tree = m_window->tree();
    tree.setFocus();
    const QModelIndex first = tree.currentIndex();
    QVERIFY(first.isValid());
    QTest::keyClick(&tree, Qt::Key_F8);
    QVERIFY(tree.currentIndex() != first);
    QTest::keyClick(&tree, Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(tree.currentIndex(), first);
}

void TestCompare::copiesAPatch() {
    button(u"Copy as JSON Patch"_s)->click();
    const auto* clipboard = QGuiApplication::clipboard();
    QTRY_VERIFY(clipboard->text().contains(u"/status"_s));
    ASSIGN_RESULT(patch, Json::parse(clipboard->text().toStdString()));
    QCOMPARE(patch.kind(), Json::Kind::Array);
}

void TestCompare::copiesNothingWithoutAResult() {
    const QPushButton* copy = button(u"Copy as JSON Patch"_s);
    QVERIFY(copy->isEnabled());
    askAtTheRight(u"order-nowhere"_s);
    QVERIFY(!copy->isEnabled());
    QTRY_VERIFY(m_window->isQuiet());
    QVERIFY(!copy->isEnabled());
    askAtTheRight(u"order-b1"_s);
    QTRY_VERIFY(m_window->isQuiet());
    QVERIFY(copy->isEnabled());
}

void TestCompare::returns() {
    QTest::keyClick(&m_window->tree(), Qt::Key_Escape);
    QTRY_VERIFY(!m_window);
    named<QAction>(*m_page, "aggregate.compare")->trigger();
    m_window = m_desk->window();
    QVERIFY(m_window);
    QVERIFY(QTest::qWaitForWindowActive(m_window));
    QTest::keyClick(&m_window->tree(), Qt::Key_Left, Qt::AltModifier);
    QTRY_VERIFY(!m_window);
    QCOMPARE(m_session->moment().stream, u"order-a1"_s);
}

void TestCompare::everythingIsNamed() {
    for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() ||
            widget->objectName().startsWith(u"qt_"_s))
            continue;
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                 widget->metaObject()->className());
    }
}

void TestCompare::looksRightInBothThemes() {
    m_window->left().version().setValue(1);
    askAtTheRight(u"order-b1"_s);
    QTRY_VERIFY(m_window->isQuiet());
    QImage pictures[2];
    for (const Theme::Kind kind : {Theme::Kind::Dark, Theme::Kind::Light}) {
        Theme::instance().apply(kind);
        QTest::qWait(50);
        QImage& picture = pictures[static_cast<int>(kind)];
        picture = m_window->grab().toImage();
        const QColor changed = Theme::instance().color(Theme::Role::Changed);
        int found = 0;
        for (int y = 0; y < picture.height(); y += 3)
            for (int x = 0; x < picture.width(); x += 3)
                found += picture.pixelColor(x, y) == changed;
        QVERIFY(found > 50);
        const QString folder = qEnvironmentVariable("REWINDOW_PICTURES");
        if (!folder.isEmpty())
            QVERIFY(picture.save(folder + (kind == Theme::Kind::Dark ? u"/compare-dark.png"_s
                                                                     : u"/compare-light.png"_s)));
    }
    QVERIFY(pictures[0] != pictures[1]);
}

QTEST_MAIN(TestCompare)
#include "tst_compare.moc"
