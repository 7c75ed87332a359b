// Bookmarks in the window: made, named, removed, brought back, gone to.
#include "model/moment/link_text.h"
#include "model/places/bookmarks_model.h"
#include "support/test_support.h"
#include "ui/places/bookmark_editor.h"
#include "ui/places/bookmarks_panel.h"
#include "ui/places_window.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QListView>
#include <QPlainTextEdit>
#include <QSignalSpy>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestPlacesBookmarks : public QObject, protected PlacesWindow {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();
    void marksAPlace();
    void removesAndBringsBack();
    void goesBackToAPlace();
};

void TestPlacesBookmarks::init() {
    openOnAShop();
}

void TestPlacesBookmarks::cleanup() {
    m_window.reset();
}

void TestPlacesBookmarks::marksAPlace() {
    m_window->session()->selectStream(u"order-a1"_s, StreamVersion(3));
    QVERIFY(settle(*m_window));
    QTest::keyClick(m_window.get(), Qt::Key_D, Qt::ControlModifier);
    BookmarksPanel* panel = m_window->places()->panel();
    QVERIFY(panel);
    QVERIFY(QTest::qWaitFor([&] { return panel->list().model()->rowCount() == 1; }));
    QVERIFY(panel->isVisible());
    QVERIFY(QTest::qWaitFor([&] { return panel->editor().name().hasFocus(); }));
    QCOMPARE(panel->editor().name().text(), u"order-a1"_s);
    QTest::keyClicks(&panel->editor().name(), u"paid here"_s); // over what was selected
    QTest::keyClick(&panel->editor().name(), Qt::Key_Tab);
    QVERIFY(panel->editor().note().hasFocus());
    QTest::keyClicks(&panel->editor().note(), u"ask Ada"_s);
    QVERIFY(QTest::qWaitFor([&] {
        const auto& all = m_window->places()->bookmarks().bookmarks();
        return all.size() == 1 && all[0].name == u"paid here"_s && all[0].note == u"ask Ada"_s;
    }));
    panel->editor().name().setFocus();
    panel->editor().name().clear();
    QTest::keyClick(&panel->editor().name(), Qt::Key_Return); // no name: it keeps its own
    QCOMPARE(panel->editor().name().text(), u"paid here"_s);
    QVERIFY(m_window->windowActions().showBookmarks->isChecked());
    for (QWidget* part : panel->findChildren<QWidget*>()) {
        if (part->focusPolicy() != Qt::NoFocus && part->isVisible())
            QVERIFY2(!part->accessibleName().isEmpty(), part->metaObject()->className());
    }
}

void TestPlacesBookmarks::removesAndBringsBack() {
    PlacesDesk& places = *m_window->places();
    places.showBookmarks(true);
    QSignalSpy added(&places.bookmarks(), &BookmarksModel::added);
    places.bookmarks().add(moment(), u"first"_s, u"note"_s);
    QVERIFY(added.wait());
    places.bookmarks().add(moment(), u"second"_s);
    QVERIFY(added.wait());
    BookmarksPanel& panel = *places.panel();
    panel.list().setFocus();
    panel.list().setCurrentIndex(panel.list().model()->index(1, 0));
    QCOMPARE(panel.editor().name().text(), u"first"_s);
    QVERIFY(!panel.undoAction()->isEnabled());
    QTest::keyClick(&panel.list(), Qt::Key_Delete);
    QVERIFY(QTest::qWaitFor([&] { return panel.undoAction()->isEnabled(); }));
    QCOMPARE(panel.list().model()->rowCount(), 1);
    QCOMPARE(panel.editor().name().text(), u"second"_s);
    QTest::keyClick(&panel.list(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(QTest::qWaitFor([&] { return panel.list().model()->rowCount() == 2; }));
    QCOMPARE(panel.list().currentIndex().data().toString(), u"first"_s);
    QCOMPARE(panel.editor().note().toPlainText(), u"note"_s);
    QVERIFY(!panel.undoAction()->isEnabled());
}

void TestPlacesBookmarks::goesBackToAPlace() {
    PlacesDesk& places = *m_window->places();
    Moment marked = moment();
    marked.stream = u"order-a1"_s;
    marked.playhead = GlobalPosition(6);
    marked.pointer = u"/status"_s;
    QSignalSpy added(&places.bookmarks(), &BookmarksModel::added);
    places.bookmarks().add(marked, u"there"_s);
    QVERIFY(added.wait());
    places.showBookmarks(true);
    QTest::keyClick(&places.panel()->list(), Qt::Key_Return);
    QCOMPARE(moment(), marked);
    QVERIFY(settle(*m_window));

    m_window->session()->setPage(Page::Log);
    QPointer<PalettePopup> popup = goTo();
    QVERIFY(popup);
    QVERIFY(type(*popup, u"there"_s));
    QTest::keyClick(&popup->line(), Qt::Key_Return);
    QCOMPARE(moment(), marked);

    places.panel()->copyAction()->trigger();
    ASSIGN_RESULT(copied, momentOfLinkText(QGuiApplication::clipboard()->text()));
    QCOMPARE(copied, marked);
    // What is gone from the log: its end.
    Moment beyond = marked;
    beyond.playhead = GlobalPosition(1'000);
    places.go(beyond);
    QCOMPARE(moment().playhead, std::optional(GlobalPosition(SmallShop::kRenamed)));
    QVERIFY(settle(*m_window));
}

QTEST_MAIN(TestPlacesBookmarks)
#include "tst_places_bookmarks.moc"
