// Finding in a detail and in a state, by keys and clicks.
#include "ui/aggregate/aggregate_page.h"
#include "ui/aggregate/state_panel.h"
#include "ui/aggregate/state_tree.h"
#include "ui/log/event_panel.h"
#include "ui/log/filter_bar.h"
#include "ui/log/filter_line.h"
#include "ui/log/log_page.h"
#include "ui/log/log_table.h"
#include "ui/places_window.h"
#include "ui/shell/json_find.h"

#include <QSignalSpy>
#include <QToolButton>
#include <QTreeView>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestJsonFind : public QObject, PlacesWindow {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();

    void findsInADetail();
    void closesByEscape();
    void searchesTheNextEventToo();
    void marksWhatItFinds();
    void findsInAState();
    void opensPlacesThatAreFolded();
    void goesByButtons();
    void leadsToTheCauseAndTheCorrelation();
    void foldingStays();

  private:
    LogPage& log() { return *m_window->findChild<LogPage*>(); }
    QTreeView& tree() { return *log().eventPanel()->tree(); }
    JsonFind& find() { return log().eventPanel()->find(); }
    static void look(JsonFind& find, QTreeView& tree, const QString& text);
    static QString keyOf(const QTreeView& tree) {
        return tree.currentIndex().siblingAtColumn(0).data().toString();
    }
};

void TestJsonFind::init() {
    openOnAShop();
    m_window->resize(1300, 850);
    activate();
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QVERIFY(settle(*m_window));
    log().table()->setFocus();
    for (int i = 0; i < 3; ++i) // to OrderPaid
        QTest::keyClick(log().table(), Qt::Key_Down);
    QTRY_VERIFY(log().eventPanel()->detail());
    QTRY_COMPARE(log().eventPanel()->detail()->event.position(), GlobalPosition(SmallShop::kPaid));
}

void TestJsonFind::cleanup() {
    m_window.reset();
}

void TestJsonFind::look(JsonFind& find, QTreeView& tree, const QString& text) {
    tree.setFocus();
    QTest::keyClick(&tree, Qt::Key_F, Qt::ControlModifier);
    QVERIFY(find.isVisible());
    QVERIFY(find.line().hasFocus());
    QTest::keyClicks(&find.line(), text);
    QTRY_VERIFY(find.isQuiet());
}

void TestJsonFind::findsInADetail() {
    look(find(), tree(), u"id"_s);
    QVERIFY(!log().filterBar()->line()->hasFocus()); // Ctrl+F was the detail's
    QVERIFY2(find().message().startsWith(u"1 of "_s), qPrintable(find().message()));
    const int count = find().message().section(u' ', -1).toInt();
    QVERIFY2(count >= 3, qPrintable(find().message()));
    QSet<QModelIndex> seen;
    for (int i = 0; i < count; ++i) {
        const QModelIndex current = tree().currentIndex();
        const QString row = current.siblingAtColumn(0).data().toString() + u' ' +
                            current.siblingAtColumn(1).data().toString();
        QVERIFY2(row.contains(u"id"_s, Qt::CaseInsensitive), qPrintable(row));
        seen.insert(current);
        QCOMPARE(find().message(), u"%1 of %2"_s.arg(i + 1).arg(count));
        QTest::keyClick(&find().line(), Qt::Key_Return);
    }
    QCOMPARE(seen.size(), count);
    QCOMPARE(find().message(), u"1 of %1"_s.arg(count)); // around
    QTest::keyClick(&find().line(), Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(find().message(), u"%1 of %1"_s.arg(count));
    tree().setFocus();
    QTest::keyClick(&tree(), Qt::Key_F3);
    QCOMPARE(find().message(), u"1 of %1"_s.arg(count));
    QTest::keyClick(&tree(), Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(find().message(), u"%1 of %1"_s.arg(count));
    QTest::keyClicks(&find().line(), u"xyz"_s);
    QTRY_COMPARE(find().message(), u"not found"_s);
}

void TestJsonFind::closesByEscape() {
    look(find(), tree(), u"amount"_s);
    QTest::keyClick(&find().line(), Qt::Key_Escape);
    QVERIFY(!find().isVisible());
    QVERIFY(tree().hasFocus());
    QCOMPARE(keyOf(tree()), u"amount"_s);
    QCOMPARE(find().found(tree().currentIndex()), 0);
    QCOMPARE(log().filterBar()->filter().toString(), QString());
    // Elsewhere on the page the keys are the filter's.
    log().table()->setFocus();
    QTest::keyClick(log().table(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(!find().isVisible());
    QVERIFY(!tree().hasFocus() && !log().table()->hasFocus());
}

void TestJsonFind::searchesTheNextEventToo() {
    look(find(), tree(), u"userId"_s);
    QCOMPARE(find().message(), u"not found"_s);
    log().table()->setFocus();
    for (int i = 0; i < 2; ++i) // to OrderCreated
        QTest::keyClick(log().table(), Qt::Key_Down);
    QTRY_COMPARE(find().message(), u"1 found"_s);
    QVERIFY(find().isVisible());
    QVERIFY(log().table()->hasFocus());
}

void TestJsonFind::marksWhatItFinds() {
    look(find(), tree(), u"card"_s);
    QCOMPARE(keyOf(tree()), u"method"_s);
    QCOMPARE(find().found(tree().currentIndex()), int(JsonHits::InValue));
    const QRect cell = tree().visualRect(tree().currentIndex().siblingAtColumn(1));
    QTest::qWait(20);
    const QImage shown = tree().viewport()->grab().toImage();
    const QColor line = Theme::instance().color(Theme::Role::ChangedText);
    int marked = 0;
    for (int x = cell.left(); x < cell.right(); ++x)
        marked += shown.pixelColor(x, cell.bottom() - 1) == line;
    QVERIFY(marked > cell.width() / 2);
}

void TestJsonFind::findsInAState() {
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    m_window->session()->selectStream(u"order-a1"_s);
    QVERIFY(settle(*m_window));
    StatePanel& state = m_window->findChild<AggregatePage*>()->state();
    look(state.find(), state.tree(), u"paid"_s);
    QCOMPARE(keyOf(state.tree()), u"status"_s);
    QCOMPARE(moment().pointer, u"/status"_s);
    QVERIFY2(state.find().message().startsWith(u"1 of "_s), qPrintable(state.find().message()));
    QCOMPARE(state.find().found(state.tree().currentIndex()), int(JsonHits::InValue));
    // Another version: it is not paid yet.
    const QString before = state.find().message();
    m_window->session()->setPlayhead(GlobalPosition(6));
    QTRY_VERIFY(state.find().message() != before && state.find().isQuiet());
    QCOMPARE(state.find().found(state.tree().currentIndex()), 0);
    QTest::keyClick(&state.find().line(), Qt::Key_Escape);
    QVERIFY(state.tree().hasFocus());
}

void TestJsonFind::opensPlacesThatAreFolded() {
    const QModelIndex data = tree().model()->index(0, 0);
    tree().collapse(data);
    look(find(), tree(), u"amount"_s);
    QVERIFY(tree().isExpanded(data));
    QCOMPARE(keyOf(tree()), u"amount"_s);
}

void TestJsonFind::goesByButtons() {
    look(find(), tree(), u"id"_s);
    const QString first = find().message();
    auto* next = buttonNamed<QToolButton>(find(), u"Find next (F3)"_s);
    auto* previous = buttonNamed<QToolButton>(find(), u"Find previous (Shift+F3)"_s);
    auto* close = buttonNamed<QToolButton>(find(), u"Close the search (Escape)"_s);
    QVERIFY(next && previous && close);
    QTest::mouseClick(next, Qt::LeftButton);
    QVERIFY(find().message() != first);
    QTest::mouseClick(previous, Qt::LeftButton);
    QCOMPARE(find().message(), first);
    QTest::mouseClick(close, Qt::LeftButton);
    QVERIFY(!find().isVisible());
}

void TestJsonFind::leadsToTheCauseAndTheCorrelation() {
    EventPanel& panel = *log().eventPanel();
    const auto row = [this](const QString& key) {
        const QModelIndex event = tree().model()->index(tree().model()->rowCount() - 1, 0);
        for (int i = 0; i < tree().model()->rowCount(event); ++i)
            if (const QModelIndex index = tree().model()->index(i, 0, event);
                index.data().toString() == key)
                return index;
        return QModelIndex();
    };
    if (const QModelIndex cause = row(u"causationId"_s); cause.isValid()) {
        QSignalSpy wanted(&panel, &EventPanel::causeWanted);
        tree().setCurrentIndex(cause);
        QTest::keyClick(&tree(), Qt::Key_Return);
        QCOMPARE(wanted.count(), 1);
    }
    const QModelIndex correlation = row(u"correlationId"_s);
    QVERIFY(correlation.isValid());
    tree().setFocus();
    tree().setCurrentIndex(correlation);
    QTest::keyClick(&tree(), Qt::Key_Return);
    QTRY_VERIFY(moment().filter.startsWith(u"correlation:"_s));
}

void TestJsonFind::foldingStays() {
    const QModelIndex circumstances = tree().model()->index(tree().model()->rowCount() - 1, 0);
    QVERIFY(tree().isExpanded(circumstances));
    tree().setFocus();
    tree().setCurrentIndex(circumstances);
    QTest::keyClick(&tree(), Qt::Key_Left);
    QVERIFY(!tree().isExpanded(circumstances));
    log().table()->setFocus();
    QTest::keyClick(log().table(), Qt::Key_Down);
    QTRY_VERIFY(log().eventPanel()->detail()->event.position() != GlobalPosition(SmallShop::kPaid));
    const int last = tree().model()->rowCount() - 1;
    QVERIFY(!tree().isExpanded(tree().model()->index(last, 0)));
    QVERIFY(tree().isExpanded(tree().model()->index(0, 0)));

    // In another window of the same settings too.
    const QByteArray layout = log().saveLayout();
    m_window->activateWindow();
    LogPage again(*m_window->session());
    again.restoreLayout(layout);
    QCOMPARE(again.eventPanel()->folded(), log().eventPanel()->folded());
    QVERIFY(!again.eventPanel()->folded().isEmpty());
}

QTEST_MAIN(TestJsonFind)
#include "tst_json_find.moc"
