// Going places in the window, without the mouse.
#include "model/moment/link_text.h"
#include "model/places/bookmarks_model.h"
#include "support/test_support.h"
#include "ui/places_window.h"
#include "ui/shell/go_to_button.h"
#include "ui/shell/window_options.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QSignalSpy>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestPlacesWindow : public QObject, protected PlacesWindow {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();
    void goesToAStream();
    void opensFromTheToolRow();
    void goesToAPosition();
    void goesToACommand();
    void choosesWithTheKeyboard();
    void keepsTheRowChosenByHand();
    void saysWhatCanBeTyped();
    void showsNoMarkup();
    void followsALinkToAnotherStore();
    void runsAnyAction();
    void saysWhyAnActionCannotBeRun();
    void listsEachActionOnce();
    void copiesALink();
    void readsLinksAsOptions();
    void refusesLinks_data();
    void refusesLinks();
    void looksRight_data();
    void looksRight();
};

void TestPlacesWindow::init() {
    openOnAShop();
}

void TestPlacesWindow::cleanup() {
    m_window.reset();
}

void TestPlacesWindow::goesToAStream() {
    QPointer<PalettePopup> popup = goTo();
    QVERIFY(popup && popup->isVisible());
    QVERIFY(type(*popup, u"b1"_s)); // without its type
    QTest::keyClick(&popup->line(), Qt::Key_Return);
    QVERIFY(closed(popup));
    QCOMPARE(moment().stream, u"order-b1"_s);
    QCOMPARE(moment().page, Page::Aggregate);
    QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(moment().stream, QString());
}

void TestPlacesWindow::opensFromTheToolRow() {
    auto* button = m_window->findChild<GoToButton*>();
    QVERIFY(button && button->isVisible());
    QVERIFY(button->toolTip().contains(u"Ctrl+K"_s));
    QTest::mouseClick(button, Qt::LeftButton);
    QPointer<PalettePopup> popup = m_window->findChild<GoToDialog*>();
    QVERIFY(popup && popup->isVisible());
    QTest::keyClick(&popup->line(), Qt::Key_Escape);
    QVERIFY(closed(popup));
    activate();
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    popup = m_window->findChild<GoToDialog*>();
    QVERIFY(popup && popup->isVisible());
    QTest::keyClick(&popup->line(), Qt::Key_Escape);
    QVERIFY(closed(popup));
    // It gives way to what else the row holds.
    m_window->resize(800, 600);
    QTRY_VERIFY(button->width() < button->sizeHint().width());
    QVERIFY(button->width() >= button->minimumSizeHint().width());
}

void TestPlacesWindow::goesToAPosition() {
    QPointer<PalettePopup> popup = goTo();
    QVERIFY(popup);
    QVERIFY(type(*popup, u"#7"_s));
    QTest::keyClick(&popup->line(), Qt::Key_Enter);
    QVERIFY(closed(popup));
    QCOMPARE(moment().playhead, std::optional(GlobalPosition(SmallShop::kPaid)));
    QCOMPARE(moment().page, Page::Log);
    QCOMPARE(moment().stream, u"order-a1"_s);
}

void TestPlacesWindow::goesToACommand() {
    m_window->session()->setPage(Page::Log);
    QPointer<PalettePopup> popup = goTo();
    QVERIFY(popup);
    QVERIFY(type(*popup, u"renameu"_s));
    QTest::keyClick(&popup->line(), Qt::Key_Return);
    QVERIFY(closed(popup));
    QCOMPARE(moment().page, Page::Aggregate);
    auto* command = m_window->findChild<QComboBox*>(u"command.name"_s);
    QVERIFY(command);
    QCOMPARE(command->currentText(), u"RenameUser"_s);
}

void TestPlacesWindow::choosesWithTheKeyboard() {
    QPointer<PalettePopup> popup = goTo();
    QVERIFY(popup);
    QVERIFY(popup->line().hasFocus());
    QVERIFY(!popup->line().accessibleName().isEmpty());
    QVERIFY(!popup->list().accessibleName().isEmpty());
    QVERIFY(type(*popup, u"order"_s));
    const int rows = popup->list().model()->rowCount();
    QVERIFY(rows > 3);
    const auto row = [&] { return popup->list().currentIndex().row(); };
    QCOMPARE(row(), 0);
    QTest::keyClick(&popup->line(), Qt::Key_Down);
    QCOMPARE(row(), 1);
    QTest::keyClick(&popup->line(), Qt::Key_Up);
    QTest::keyClick(&popup->line(), Qt::Key_Up);
    QCOMPARE(row(), rows - 1); // round
    QTest::keyClick(&popup->line(), Qt::Key_Down);
    QCOMPARE(row(), 0);
    QTest::keyClick(&popup->line(), Qt::Key_PageDown);
    QCOMPARE(row(), std::min(10, rows - 1));
    QTest::keyClick(&popup->line(), Qt::Key_PageUp);
    QCOMPARE(row(), 0);
    const QModelIndex first = popup->list().currentIndex();
    QVERIFY(first.data(Qt::AccessibleTextRole).toString().contains(first.data().toString()));
    QTest::keyClick(&popup->line(), Qt::Key_Escape);
    QVERIFY(closed(popup));
    QCOMPARE(moment().stream, QString());
}

void TestPlacesWindow::keepsTheRowChosenByHand() {
    QPointer<PalettePopup> popup = goTo();
    QVERIFY(popup);
    QTest::keyClicks(&popup->line(), u"rder"_s); // streams come when they are found
    QTest::keyClick(&popup->line(), Qt::Key_Down);
    QTest::keyClick(&popup->line(), Qt::Key_Down);
    const QString chosen = popup->list().currentIndex().data().toString();
    QVERIFY(!chosen.isEmpty());
    const int before = popup->list().model()->rowCount();
    QVERIFY(type(*popup, {}));
    QVERIFY(popup->list().model()->rowCount() > before);
    QCOMPARE(popup->list().currentIndex().data().toString(), chosen);
    popup->close();
}

void TestPlacesWindow::saysWhatCanBeTyped() {
    QPointer<PalettePopup> popup = goTo();
    QVERIFY(popup);
    QVERIFY(type(*popup, {}));
    QVERIFY(QTest::qWaitFor([&] { return popup->emptyText().contains(u"#123"_s); }));
    QVERIFY(type(*popup, u"zzzz"_s));
    QVERIFY2(popup->emptyText().contains(u"zzzz"_s), qPrintable(popup->emptyText()));
    QTest::keyClick(&popup->line(), Qt::Key_Return); // nothing to go to: nothing happens
    QVERIFY(popup && popup->isVisible());
    popup->line().setText(u"rewindow://open?at=soon"_s);
    QVERIFY2(popup->emptyText().contains(u"soon"_s), qPrintable(popup->emptyText()));
    popup->close();
}

void TestPlacesWindow::showsNoMarkup() {
    QPointer<PalettePopup> popup = goTo();
    QVERIFY(popup);
    popup->line().setText(u"<b>bold</b>\u202e\u001b[2J"_s);
    QVERIFY(type(*popup, {}));
    QVERIFY(popup->emptyText().contains(u"<b>bold</b>"_s));
    QVERIFY(!popup->emptyText().contains(QChar(0x202e)));
    auto* label = popup->findChild<QLabel*>();
    QVERIFY(label);
    for (const QLabel* each : popup->findChildren<QLabel*>())
        QCOMPARE(each->textFormat(), Qt::PlainText);
    popup->close();
}

void TestPlacesWindow::followsALinkToAnotherStore() {
    SmallShop other;
    const QByteArray home = qgetenv("REWINDOW_DATA_HOME");
    other.make();
    qputenv("REWINDOW_DATA_HOME", home);
    Moment there;
    there.store = other.url().toString();
    there.stream = u"order-a1"_s;
    there.playhead = GlobalPosition(6);
    QPointer<PalettePopup> popup = goTo();
    QVERIFY(popup);
    popup->line().setText(linkTextOf(there));
    QTest::keyClick(&popup->line(), Qt::Key_Return);
    QVERIFY(QTest::qWaitFor([&] {
        return m_window->session() && moment().store == there.store &&
               moment().stream == there.stream;
    }));
    QCOMPARE(moment().playhead, there.playhead);
    QVERIFY(settle(*m_window));
}

void TestPlacesWindow::runsAnyAction() {
    QPointer<PalettePopup> popup = runAction();
    QVERIFY(popup && popup->isVisible());
    QVERIFY(popup->list().model()->rowCount() > 40);
    QVERIFY(type(*popup, u"light theme"_s));
    QCOMPARE(popup->list().currentIndex().data().toString(), u"Light theme"_s);
    QTest::keyClick(&popup->line(), Qt::Key_Return);
    QVERIFY(closed(popup));
    QVERIFY(QTest::qWaitFor([] { return !Theme::instance().isDark(); }));
    Theme::instance().apply(Theme::Kind::Dark);

    popup = runAction();
    QVERIFY(popup && type(*popup, u"qqqq"_s));
    QVERIFY(popup->emptyText().contains(u"qqqq"_s));
    popup->close();
}

void TestPlacesWindow::saysWhyAnActionCannotBeRun() {
    m_window->closeStore();
    QPointer<PalettePopup> popup = runAction();
    QVERIFY(popup);
    QVERIFY(type(*popup, u"copy a link to this"_s));
    const QModelIndex index = popup->list().currentIndex();
    QCOMPARE(index.data().toString(), u"Copy a link to this view"_s);
    const QString said = index.data(Qt::AccessibleTextRole).toString();
    QVERIFY2(said.contains(u"Open a store first."_s), qPrintable(said));
    QVERIFY(said.contains(u"Ctrl+Shift+C"_s));
    QTest::keyClick(&popup->line(), Qt::Key_Return);
    QVERIFY(popup && popup->isVisible()); // it cannot be run
    popup->close();
}

void TestPlacesWindow::listsEachActionOnce() {
    const QList<QAction*> listed = m_window->actionList().all();
    ActionListModel model(actionsOf(*m_window, listed));
    const QAbstractItemModelTester tester(&model);
    QSet<QAction*> seen;
    for (int row = 0; row < model.rowCount(); ++row) {
        QVERIFY(!seen.contains(model.actionAt(row)));
        seen.insert(model.actionAt(row));
    }
    for (QAction* action : listed)
        QVERIFY2(seen.contains(action), qPrintable(action->text()));
    model.find(u"zoom"_s);
    model.find(u"text"_s);
    QVERIFY(model.rowCount() >= 3);
}

void TestPlacesWindow::copiesALink() {
    Moment here = moment();
    here.stream = u"order-a1"_s;
    here.filter = u"before:yesterday"_s;
    here.playhead = GlobalPosition(7);
    m_window->session()->go(here);
    QVERIFY(settle(*m_window));
    QTest::keyClick(m_window.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    const QString link = QGuiApplication::clipboard()->text();
    QVERIFY2(!link.contains(u"yesterday"_s), qPrintable(link));
    ASSIGN_RESULT(copied, momentOfLinkText(link));
    QCOMPARE(copied.stream, here.stream);
    QCOMPARE(copied.playhead, here.playhead);
    QCOMPARE(copied.store, here.store);

    const auto run = [this](const QString& name) {
        for (QAction* action : actionsOf(*m_window, {})) {
            if (action->text() == name)
                action->trigger();
        }
        const auto copiedNow = momentOfLinkText(QGuiApplication::clipboard()->text());
        return copiedNow ? *copiedNow : Moment();
    };
    m_window->session()->selectStream(u"order-a1"_s, StreamVersion(2));
    QVERIFY(settle(*m_window));
    QCOMPARE(run(u"Copy link to this version"_s).playhead, std::optional(GlobalPosition(6)));
    QCOMPARE(run(u"Copy link to this stream"_s).stream, u"order-a1"_s);
}

void TestPlacesWindow::readsLinksAsOptions() {
    Moment there;
    there.store = u"sqlite:/tmp/a & b.db"_s;
    there.stream = u"order-'\"%41\n帽"_s;
    there.playhead = GlobalPosition(7);
    there.page = Page::Log;
    ASSIGN_RESULT(whole, parseWindowOptions({linkTextOf(there)}));
    QCOMPARE(whole.store, there.store);
    QVERIFY(whole.landing == Landing::of(there));
    // Options beside it count for more.
    ASSIGN_RESULT(other, parseWindowOptions({linkTextOf(there), u"--version"_s, u"2"_s,
                                             u"--page=aggregate"_s, u"--image"_s, u"x.png"_s}));
    QVERIFY(other.landing.version == StreamVersion(2));
    QVERIFY(!other.landing.at);
    QVERIFY(other.landing.page == Page::Aggregate);
    QCOMPARE(other.landing.stream, std::optional(there.stream));
    QCOMPARE(other.image, u"x.png"_s);
    ASSIGN_RESULT(upper, parseWindowOptions({u"REWINDOW://open?store=a.db"_s}));
    QCOMPARE(upper.store, u"a.db"_s);
}

void TestPlacesWindow::refusesLinks_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("named");
    const auto row = [](const char* name, const QStringList& words, const QString& named) {
        QTest::newRow(name) << words << named;
    };
    row("no store", {u"rewindow://open?stream=order-1"_s}, u"store"_s);
    row("no place", {u"rewindow://open"_s}, u"store"_s);
    row("word", {u"rewindow://open?store=a.db&colour=red"_s}, u"colour"_s);
    row("position", {u"rewindow://open?store=a.db&at=soon"_s}, u"soon"_s);
    row("pointer", {u"rewindow://open?store=a.db&pointer=items"_s}, u"items"_s);
    row("filter", {u"rewindow://open?store=a.db&filter=colour%3Ared"_s}, u"colour"_s);
    row("cut by a shell", {u"rewindow://open?store=a.db&stream=a b"_s}, u"broken"_s);
    row("two", {u"rewindow://open?store=a.db"_s, u"b.db"_s}, u"b.db"_s);
    row("version without stream", {u"rewindow://open?store=a.db"_s, u"--version"_s, u"2"_s},
        u"--stream"_s);
}

void TestPlacesWindow::refusesLinks() {
    QFETCH(QStringList, words);
    QFETCH(QString, named);
    const ProgramResult run =
        runRewindow(words + QStringList{u"--image"_s, m_homes->file(u"never.png"_s)});
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.err.contains(named.toUtf8()), run.err.constData());
    QCOMPARE(run.err.trimmed().count('\n'), 0);
    QCOMPARE(run.out, QByteArray());
}

void TestPlacesWindow::looksRight_data() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("dark") << true;
    QTest::newRow("light") << false;
}

/// The popups lie within the window, nothing of them is blank; pictures of them, where wanted, lie
/// in REWINDOW_PICTURES.
void TestPlacesWindow::looksRight() {
    QFETCH(bool, dark);
    Theme::instance().apply(dark ? Theme::Kind::Dark : Theme::Kind::Light);
    const auto picture = [&](QWidget& widget, const char* name) {
        const QPixmap drawn = widget.grab();
        const QString folder = qEnvironmentVariable("REWINDOW_PICTURES");
        if (!folder.isEmpty())
            drawn.save(
                u"%1/%2-%3.png"_s.arg(folder, QLatin1String(name), dark ? u"dark"_s : u"light"_s));
        const QImage image = drawn.toImage();
        QSet<QRgb> colours;
        for (int y = 0; y < image.height(); y += 2) {
            for (int x = 0; x < image.width(); x += 2)
                colours.insert(image.pixel(x, y));
        }
        return colours.size();
    };
    const auto isInside = [this](const QWidget& popup) {
        return m_window->frameGeometry().contains(popup.geometry());
    };
    PlacesDesk& places = *m_window->places();
    QSignalSpy added(&places.bookmarks(), &BookmarksModel::added);
    Moment marked = moment();
    marked.stream = u"order-a1"_s;
    marked.playhead = GlobalPosition(6);
    places.bookmarks().add(marked, u"Where the order was placed"_s, u"The price was old here."_s);
    QVERIFY(added.wait());
    places.bookmarks().add(marked, u"帽子 and a very long name that has to give way somewhere"_s);
    QVERIFY(added.wait());

    QPointer<PalettePopup> popup = goTo();
    QVERIFY(popup);
    QVERIFY(type(*popup, {}));
    QVERIFY(isInside(*popup));
    QVERIFY(picture(*popup, "go-to-idle") > 12);
    QVERIFY(type(*popup, u"ord"_s));
    QVERIFY(picture(*popup, "go-to") > 12);
    popup->line().setText(u"zzzz"_s);
    QVERIFY(type(*popup, {}));
    QVERIFY(picture(*popup, "go-to-nothing") > 8);
    popup->close();
    popup = runAction();
    QVERIFY(popup);
    QVERIFY(isInside(*popup));
    QVERIFY(type(*popup, u"re"_s));
    QVERIFY(picture(*popup, "actions") > 12);
    popup->close();
    m_window->session()->go(marked);
    places.showBookmarks(true);
    QVERIFY(settle(*m_window));
    places.bookmarks().remove(1);
    QVERIFY(QTest::qWaitFor([&] { return places.bookmarks().lastRemoved() != nullptr; }));
    QVERIFY(picture(*m_window, "bookmarks") > 30);
    Theme::instance().apply(Theme::Kind::Dark);
}

QTEST_MAIN(TestPlacesWindow)
#include "tst_places_window.moc"
