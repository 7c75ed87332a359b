// Marks with notes on the Log page, going from mark to mark, and times measured from one.
#include "model/places/bookmarks_model.h"
#include "ui/log/context_panel.h"
#include "ui/log/filter_line.h"
#include "ui/log/log_marking.h"
#include "ui/log/note_dialog.h"
#include "ui/shell/pill.h"
#include "ui/shown_log_page.h"

#include <QAction>
#include <QPlainTextEdit>
#include <QTest>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestLogMarks : public QObject, protected ShownLogPage {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();

    void marksAndUnmarksByKey();
    void isOneOfTheBookmarks();
    void bringsBackWhatWasTakenOff();
    void writesANote();
    void showsWhatAnotherWindowMarked();
    void leavesOtherBookmarksAlone();
    void goesFromMarkToMark();
    void skipsMarksTheFilterHides();
    void goesBackFromAMark();
    void measuresFromTheLastMark();
    void measuresFromHere();
    void marksOnceHoweverOftenItIsPressed();
    void marksWhatIsCurrentInTheContext();

  private:
    LogTable& table() { return *m_page->table(); }
    BookmarksModel& bookmarks() { return BookmarksModel::of(*m_session); }
    void open();
    /// Positions run from 10 down to 1.
    void goTo(qint64 position);
    qint64 current();
    bool isMarked(qint64 position);
    QString since(qint64 position);
    void mark(qint64 position);
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {});
};

void TestLogMarks::init() {
    m_shop = std::make_unique<SmallShop>();
    m_shop->make();
    open();
}

void TestLogMarks::open() {
    openOn(m_shop->url());
    QTRY_VERIFY(!m_page->model()->index(0, LogModel::TypeColumn).data().toString().isEmpty());
    QTRY_COMPARE(m_session->reading().pending(), 0);
}

void TestLogMarks::cleanup() {
    close();
}

void TestLogMarks::goTo(qint64 position) {
    press(Qt::Key_Home);
    while (current() > position)
        press(Qt::Key_Down);
    QCOMPARE(current(), position);
}

qint64 TestLogMarks::current() {
    return table().currentIndex().data(LogModel::PositionRole).toLongLong();
}

bool TestLogMarks::isMarked(qint64 position) {
    return m_page->model()
        ->index(static_cast<int>(10 - position), LogModel::SignColumn)
        .data(LogModel::MarkedRole)
        .toBool();
}

QString TestLogMarks::since(qint64 position) {
    return m_page->model()
        ->index(static_cast<int>(10 - position), LogModel::SinceColumn)
        .data()
        .toString();
}

void TestLogMarks::press(Qt::Key key, Qt::KeyboardModifiers modifiers) {
    QTest::keyClick(&table(), key, modifiers);
}

void TestLogMarks::mark(qint64 position) {
    goTo(position);
    press(Qt::Key_M, Qt::ControlModifier);
    QTRY_VERIFY(isMarked(position));
}

void TestLogMarks::marksAndUnmarksByKey() {
    mark(7);
    QVERIFY(!isMarked(8));
    QVERIFY(m_page->model()
                ->index(3, LogModel::SignColumn)
                .data(Qt::AccessibleTextRole)
                .toString()
                .contains(u"marked"_s));
    QCOMPARE(m_page->marking()->markAction()->text(), u"Take the mark off"_s);
    press(Qt::Key_M, Qt::ControlModifier);
    QTRY_VERIFY(!isMarked(7));
    QCOMPARE(m_page->marking()->markAction()->text(), u"Mark the event"_s);
}

void TestLogMarks::isOneOfTheBookmarks() {
    mark(7);
    QCOMPARE(bookmarks().rowCount(), 1);
    QCOMPARE(bookmarks().index(0).data().toString(), u"OrderPaid · order-a1"_s);
    ASSIGN_RESULT(moment, Result<Moment>(bookmarks().momentAt(0).value()));
    QCOMPARE(moment.page, Page::Log);
    QCOMPARE(moment.playhead, std::optional(GlobalPosition(7)));
    bookmarks().remove(0); // in the list of bookmarks
    QTRY_VERIFY(!isMarked(7));
}

void TestLogMarks::bringsBackWhatWasTakenOff() {
    mark(7);
    m_page->marking()->noteAction()->trigger();
    auto* dialog = m_page->findChild<NoteDialog*>();
    QVERIFY(dialog);
    QTRY_VERIFY(dialog->text().hasFocus());
    dialog->text().setPlainText(u"too late"_s);
    QTest::keyClick(&dialog->text(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(bookmarks().bookmarks()[0].note, u"too late"_s);
    QVERIFY(!m_page->marking()->undoPill()->isVisible());
    m_page->activateWindow();
    table().setFocus();
    QTRY_VERIFY(table().hasFocus());
    press(Qt::Key_M, Qt::ControlModifier);
    QTRY_VERIFY(!isMarked(7));
    QTRY_VERIFY(m_page->marking()->undoPill()->isVisible());
    press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(isMarked(7));
    QCOMPARE(bookmarks().bookmarks()[0].note, u"too late"_s);
    QTRY_VERIFY(!m_page->marking()->undoPill()->isVisible());
}

void TestLogMarks::writesANote() {
    goTo(5);
    press(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    auto* dialog = m_page->findChild<NoteDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    QTRY_VERIFY(dialog->text().hasFocus());
    QTest::keyClicks(&dialog->text(), u"<i>look</i> here"_s);
    QTest::keyClick(&dialog->text(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(isMarked(5));
    QCOMPARE(
        m_page->model()->index(5, LogModel::SignColumn).data(Qt::AccessibleTextRole).toString(),
        u"marked: <i>look</i> here"_s);
    open(); // from one start to the next
    QTRY_VERIFY(isMarked(5));
    QCOMPARE(bookmarks().bookmarks()[0].note, u"<i>look</i> here"_s);
}

void TestLogMarks::showsWhatAnotherWindowMarked() {
    BookmarksModel other(*m_session);
    Moment moment = m_session->moment();
    moment.page = Page::Log;
    moment.playhead = GlobalPosition(4);
    other.add(moment);
    QTRY_COMPARE(other.rowCount(), 1);
    QVERIFY(!isMarked(4));
    mark(9); // brings what the other did
    QVERIFY(isMarked(4));
}

void TestLogMarks::leavesOtherBookmarksAlone() {
    Moment view = m_session->moment();
    view.page = Page::Log;
    view.playhead = GlobalPosition(6);
    view.filter = u"type:Order*"_s;
    bookmarks().add(view, u"the orders"_s);
    QTRY_COMPARE(bookmarks().rowCount(), 1);
    QVERIFY(!isMarked(6)); // a view, not an event
    mark(6);
    QCOMPARE(bookmarks().rowCount(), 2);
    press(Qt::Key_M, Qt::ControlModifier);
    QTRY_VERIFY(!isMarked(6));
    QCOMPARE(bookmarks().rowCount(), 1);
    QCOMPARE(bookmarks().index(0).data().toString(), u"the orders"_s);
    // What is not a mark is not brought back as one.
    QTRY_VERIFY(m_page->marking()->undoPill()->isVisible());
    bookmarks().remove(0);
    QTRY_VERIFY(!m_page->marking()->undoPill()->isVisible());
    press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(m_session->reading().pending(), 0);
    QCOMPARE(bookmarks().rowCount(), 0);
}

void TestLogMarks::goesFromMarkToMark() {
    for (const qint64 position : {3, 6, 9})
        mark(position);
    goTo(6);
    press(Qt::Key_F2);
    QTRY_COMPARE(current(), 9);
    press(Qt::Key_F2); // and from the other end
    QTRY_COMPARE(current(), 3);
    press(Qt::Key_F2, Qt::ShiftModifier);
    QTRY_COMPARE(current(), 9);
    press(Qt::Key_F2, Qt::ShiftModifier);
    QTRY_COMPARE(current(), 6);
}

void TestLogMarks::skipsMarksTheFilterHides() {
    for (const qint64 position : {3, 6, 8})
        mark(position);
    m_page->filterLine()->setText(u"type:OrderPlaced"_s); // 6 and 8
    QTest::keyClick(m_page->filterLine(), Qt::Key_Return);
    QTRY_COMPARE(m_page->model()->rowCount(), 2);
    table().setFocus();
    QTRY_COMPARE(current(), 8);
    press(Qt::Key_F2);
    QTRY_COMPARE(current(), 6);
    press(Qt::Key_F2);
    QTRY_COMPARE(current(), 8);
}

void TestLogMarks::goesBackFromAMark() {
    mark(3);
    goTo(9);
    const Moment before = m_session->moment();
    press(Qt::Key_F2);
    QTRY_COMPARE(current(), 3);
    QCOMPARE(m_session->moment().playhead, std::optional(GlobalPosition(3)));
    m_session->back();
    QCOMPARE(m_session->moment(), before);
}

void TestLogMarks::measuresFromTheLastMark() {
    QCOMPARE(since(7), QString());
    mark(7);
    QTRY_COMPARE(since(7), u"0:00:00.000"_s);
    QVERIFY(since(1).startsWith(u"−"_s) || since(1) == u"0:00:00.000"_s);
    mark(4);
    QTRY_COMPARE(since(4), u"0:00:00.000"_s);
    QCOMPARE(m_page->marking()->reference(), std::optional(GlobalPosition(4)));
    press(Qt::Key_M, Qt::ControlModifier);
    QTRY_COMPARE(m_page->marking()->reference(), std::optional(GlobalPosition(7)));
}

void TestLogMarks::measuresFromHere() {
    mark(7);
    goTo(2);
    press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_page->marking()->reference(), std::optional(GlobalPosition(2)));
    QTRY_COMPARE(since(2), u"0:00:00.000"_s);
    QVERIFY(!table().isColumnHidden(LogModel::SinceColumn));
    mark(9); // the last mark again
    QCOMPARE(m_page->marking()->reference(), std::optional(GlobalPosition(9)));
}

void TestLogMarks::marksOnceHoweverOftenItIsPressed() {
    goTo(7);
    for (int i = 0; i < 5; ++i)
        press(Qt::Key_M, Qt::ControlModifier);
    QTRY_VERIFY(isMarked(7));
    QTRY_COMPARE(m_session->reading().pending(), 0);
    QCOMPARE(bookmarks().rowCount(), 1);
}

void TestLogMarks::marksWhatIsCurrentInTheContext() {
    goTo(7);
    press(Qt::Key_E, Qt::ControlModifier);
    LogTable& context = *m_page->contextPanel()->table();
    QTRY_COMPARE(context.currentIndex().data(LogModel::PositionRole).toLongLong(), 7);
    context.setFocus();
    QTest::keyClick(&context, Qt::Key_Down);
    QTest::keyClick(&context, Qt::Key_M, Qt::ControlModifier);
    QTRY_VERIFY(isMarked(6));
    QVERIFY(!isMarked(7));
    QVERIFY(context.currentIndex().data(LogModel::MarkedRole).toBool());
    QTest::keyClick(&context, Qt::Key_M, Qt::ControlModifier);
    QTRY_VERIFY(!isMarked(6));
    QTest::keyClick(&context, Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(isMarked(6));
}

QTEST_MAIN(TestLogMarks)
#include "tst_log_marks.moc"
