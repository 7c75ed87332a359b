// The window around the pages: actions, keys, pills, themes, options, and what it remembers.
#include "support/test_support.h"
#include "ui/shell/pill.h"
#include "ui/shell/shortcuts_dialog.h"
#include "ui/shell/status_line.h"
#include "ui/shell/window_options.h"
#include "ui/small_shop.h"
#include "ui/ui_support.h"

#include <QAccessible>
#include <QActionGroup>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

using namespace rewindow;
using namespace rewindow::test;

namespace {

Landing landingOf(const QStringList& words) {
    const auto options = parseWindowOptions(words);
    return options ? options->landing : Landing{};
}

} // namespace

class TestShell : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void init();
    void cleanup();

    void understandsOptions();
    void refusesOptions_data();
    void refusesOptions();
    void landsWhereItWasAsked();
    void staysWhenThereIsNoSuchPlace_data();
    void staysWhenThereIsNoSuchPlace();
    void goesBetweenPages();
    void goesBackAndForward();
    void pillTurnsLiveOffAndOn();
    void toolRowSaysWhatIsOpen();
    void statusLineFollowsTheStore();
    void zoomsByKeys();
    void remembersTheme();
    void listsEveryAction();
    void everyActionIsNamed();
    void noTwoActionsShareAKey();
    void everyFocusableWidgetHasAName();
    void opensAgain();
    void copiesALink();
    void remembersTheWindow();
    void closesWhileOpening();

  private:
    void openShop(const Landing& landing = {});
    QLabel* statusLabel(const QString& part);

    std::unique_ptr<Homes> m_homes;
    SmallShop m_shop;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

void TestShell::initTestCase() {
    m_shop.make();
}

void TestShell::init() {
    m_homes = std::make_unique<Homes>();
    m_settings = std::make_unique<Settings>();
    Theme::instance().setZoom(100);
    Theme::instance().apply(Theme::Kind::Dark);
    m_window = std::make_unique<MainWindow>(*m_settings, nullptr);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestShell::cleanup() {
    m_window.reset();
}

void TestShell::openShop(const Landing& landing) {
    const auto problem = open(*m_window, m_shop.url(), landing);
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
    QVERIFY(settle(*m_window));
}

QLabel* TestShell::statusLabel(const QString& part) {
    for (QLabel* label : m_window->findChild<StatusLine*>()->findChildren<QLabel*>()) {
        if (label->text().contains(part))
            return label;
    }
    return nullptr;
}

void TestShell::understandsOptions() {
    const auto options = parseWindowOptions(
        {QStringLiteral("shop.db"), QStringLiteral("--stream"), QStringLiteral("order-a1"),
         QStringLiteral("--version"), QStringLiteral("0"), QStringLiteral("--page=log"),
         QStringLiteral("--filter"), QStringLiteral("type:Order*"), QStringLiteral("--pointer"),
         QStringLiteral("/items/0"), QStringLiteral("--image"), QStringLiteral("x.png"),
         QStringLiteral("--size"), QStringLiteral("1920x1080"), QStringLiteral("--theme"),
         QStringLiteral("light"), QStringLiteral("--domain"), QStringLiteral("merge")});
    QVERIFY_RESULT(options);
    QCOMPARE(options->store, QStringLiteral("shop.db"));
    QCOMPARE(options->landing.stream, std::optional(QStringLiteral("order-a1")));
    QVERIFY(options->landing.version == StreamVersion(0));
    QVERIFY(options->landing.page == Page::Log);
    QCOMPARE(options->landing.filter, std::optional(QStringLiteral("type:Order*")));
    QCOMPARE(options->size, QSize(1920, 1080));
    QVERIFY(options->theme == Theme::Kind::Light);
    QCOMPARE(options->domain, QStringLiteral("merge"));
    QCOMPARE(options->image, QStringLiteral("x.png"));

    Moment moment;
    moment.store = m_shop.url().toString();
    moment.stream = QStringLiteral("order-a1");
    moment.playhead = GlobalPosition(7);
    moment.page = Page::Log;
    const auto link = parseWindowOptions({moment.toLink().toString(QUrl::FullyEncoded)});
    QVERIFY_RESULT(link);
    QCOMPARE(link->store, moment.store);
    QVERIFY(link->landing == Landing::of(moment));
    QVERIFY(landingOf({}) == Landing{});
}

void TestShell::refusesOptions_data() {
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char* name, const QString& words) {
        QTest::newRow(name) << words.split(u' ');
    };
    row("page", QStringLiteral("a.db --page flow"));
    row("version", QStringLiteral("a.db --stream s --version -1"));
    row("version text", QStringLiteral("a.db --stream s --version nine"));
    row("version without stream", QStringLiteral("a.db --version 9"));
    row("version and position", QStringLiteral("a.db --stream s --version 9 --at 9"));
    row("size", QStringLiteral("a.db --image x.png --size 12"));
    row("tiny", QStringLiteral("a.db --image x.png --size 10x10"));
    row("theme", QStringLiteral("a.db --theme pink"));
    row("filter", QStringLiteral("a.db --filter colour:red"));
    row("pointer", QStringLiteral("a.db --pointer items"));
    row("unknown", QStringLiteral("a.db --frobnicate"));
    row("two stores", QStringLiteral("a.db b.db"));
    row("no store", QStringLiteral("--page log"));
    row("link", QStringLiteral("rewindow://?at=x"));
}

void TestShell::refusesOptions() {
    QFETCH(QStringList, words);
    const auto options = parseWindowOptions(words);
    QVERIFY(!options);
    QVERIFY(options.error().kind != Error::Kind::Storage);
    QVERIFY(options.error().sentence().size() > 15);
}

void TestShell::landsWhereItWasAsked() {
    Landing landing;
    landing.stream = QStringLiteral("order-a1");
    landing.version = StreamVersion(3);
    landing.view = QStringLiteral("order_views");
    landing.row = QStringLiteral("a1");
    openShop(landing);
    const Moment& moment = m_window->session()->moment();
    QCOMPARE(moment.stream, QStringLiteral("order-a1"));
    QCOMPARE(moment.playhead, std::optional(GlobalPosition(SmallShop::kPaid)));
    QCOMPARE(moment.view, QStringLiteral("order_views"));
    QCOMPARE(moment.row, QStringLiteral("a1"));
    QVERIFY(statusLabel(QStringLiteral("replayed 3 events in")));

    landing.version = StreamVersion(0);
    openShop(landing);
    QCOMPARE(m_window->session()->moment().playhead, std::optional(GlobalPosition(3)));
}

void TestShell::staysWhenThereIsNoSuchPlace_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("named");
    QTest::newRow("stream") << QStringList{QStringLiteral("--stream"), QStringLiteral("order-zz")}
                            << QStringLiteral("order-zz");
    QTest::newRow("version") << QStringList{QStringLiteral("--stream"), QStringLiteral("order-a1"),
                                            QStringLiteral("--version"), QStringLiteral("4")}
                             << QStringLiteral("3");
    QTest::newRow("position") << QStringList{QStringLiteral("--at"), QStringLiteral("11")}
                              << QStringLiteral("10");
    QTest::newRow("view") << QStringList{QStringLiteral("--view"), QStringLiteral("nothing")}
                          << QStringLiteral("order_views");
}

void TestShell::staysWhenThereIsNoSuchPlace() {
    QFETCH(QStringList, words);
    QFETCH(QString, named);
    words.prepend(QStringLiteral("shop.db"));
    const auto options = parseWindowOptions(words);
    QVERIFY_RESULT(options);
    const auto problem = open(*m_window, m_shop.url(), options->landing);
    QVERIFY(problem);
    QVERIFY2(problem->sentence().contains(named), qPrintable(problem->sentence()));
    QVERIFY(m_window->session()); // the store is open all the same
    QCOMPARE(m_window->message(), problem->sentence());
    QVERIFY(m_window->session()->moment().isLive());
}

void TestShell::goesBetweenPages() {
    openShop();
    QCOMPARE(m_window->session()->moment().page, Page::Aggregate);
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(m_window->session()->moment().page, Page::Log);
    QVERIFY(m_window->windowActions().logPage->isChecked());
    auto* button = buttonNamed<QToolButton>(*m_window, QStringLiteral("Aggregate"));
    QVERIFY(button);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(m_window->session()->moment().page, Page::Aggregate);
    QVERIFY(!m_window->windowActions().logPage->isChecked());
}

void TestShell::goesBackAndForward() {
    openShop();
    QVERIFY(!m_window->windowActions().back->isEnabled());
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(m_window->session()->moment().page, Page::Aggregate);
    QTest::keyClick(m_window.get(), Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(m_window->session()->moment().page, Page::Log);
    QVERIFY(!m_window->windowActions().forward->isEnabled());
}

void TestShell::pillTurnsLiveOffAndOn() {
    openShop();
    Pill* pill = buttonNamed<Pill>(*m_window, QStringLiteral("live"));
    QVERIFY(pill);
    QTest::mouseClick(pill, Qt::LeftButton);
    QCOMPARE(m_window->session()->moment().playhead,
             std::optional(GlobalPosition(SmallShop::kRenamed)));
    QCOMPARE(pill->text(), QStringLiteral("at 10"));
    pill->setFocus();
    QTest::keyClick(pill, Qt::Key_Space);
    QVERIFY(m_window->session()->moment().isLive());
    QCOMPARE(pill->text(), QStringLiteral("live"));
}

void TestShell::toolRowSaysWhatIsOpen() {
    openShop();
    QVERIFY(buttonNamed<Pill>(*m_window, QStringLiteral("SQLite · native")));
    QVERIFY(buttonNamed<QToolButton>(*m_window, QStringLiteral("Store shop.db")));
    QVERIFY(m_window->windowTitle().contains(QStringLiteral("shop.db")));

    const QString path = m_homes->file(QStringLiteral("<b>export.jsonl"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"stream":"a-1","version":1,"type":"T","data":{}})"
               "\n");
    file.close();
    m_window->openAddress(path);
    QTRY_VERIFY(m_window->session());
    Pill* profile = nullptr;
    for (Pill* pill : m_window->findChildren<Pill*>()) {
        if (pill->text().contains(QStringLiteral("read-only")))
            profile = pill;
    }
    QVERIFY(profile);
    QVERIFY(profile->toolTip().contains(
        m_window->session()->info().readOnlyReason.toHtmlEscaped().left(20)));
    auto* store = buttonNamed<QToolButton>(*m_window, QStringLiteral("Store <b>export.jsonl"));
    QVERIFY(store);
    QVERIFY(store->toolTip().contains(QStringLiteral("&lt;b&gt;")));
}

void TestShell::statusLineFollowsTheStore() {
    openShop();
    QVERIFY(statusLabel(QStringLiteral("head 10")));
    QVERIFY(statusLabel(QStringLiteral("6 streams")));
    QVERIFY(statusLabel(QStringLiteral("3 projections up to date")));
    QCOMPARE(statusLabel(QStringLiteral("head"))->font().pixelSize(),
             Theme::instance().smallFont().pixelSize());
    m_window->session()->setPaused(QStringLiteral("order_views"), true);
    QTRY_VERIFY(std::ranges::any_of(m_window->session()->views(),
                                    [](const ViewState& view) { return view.status.paused; }));
    CommandRequest request;
    request.command = {QStringLiteral("CreateOrder"),
                       Json::parse(R"({"userId":"ada","productId":"tea","quantity":1})").value()};
    QObject guard;
    bool sent = false;
    m_window->session()->send(request, &guard, [&](const auto&) { sent = true; });
    QTRY_VERIFY(sent);
    QTRY_VERIFY(statusLabel(QStringLiteral("head 11")));
    QTRY_VERIFY(statusLabel(QStringLiteral("order_views 1 behind")));
    m_window->session()->setPaused(QStringLiteral("order_views"), false);
    m_window->session()->catchUp(QStringLiteral("order_views"));
    QTRY_VERIFY(statusLabel(QStringLiteral("3 projections up to date")));
}

void TestShell::zoomsByKeys() {
    const int normal = QApplication::font().pixelSize();
    QTest::keyClick(m_window.get(), Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(Theme::instance().zoom(), 110);
    QVERIFY(QApplication::font().pixelSize() > normal);
    QTest::keyClick(m_window.get(), Qt::Key_Minus, Qt::ControlModifier);
    QTest::keyClick(m_window.get(), Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(Theme::instance().zoom(), 90);
    QCOMPARE(Settings().zoom(), 90);
    QTest::keyClick(m_window.get(), Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(QApplication::font().pixelSize(), normal);
}

void TestShell::remembersTheme() {
    QCOMPARE(m_settings->themeChoice(), ThemeChoice::Auto);
    for (QAction* action : m_window->windowActions().themes->actions()) {
        if (action->data().toInt() == static_cast<int>(ThemeChoice::Light))
            action->trigger();
    }
    QVERIFY(!Theme::instance().isDark());
    QCOMPARE(Settings().themeChoice(), ThemeChoice::Light);
    MainWindow another(*m_settings, nullptr);
    QCOMPARE(another.windowActions().themes->checkedAction()->data().toInt(),
             static_cast<int>(ThemeChoice::Light));
}

void TestShell::listsEveryAction() {
    openShop();
    QTest::keyClick(m_window.get(), Qt::Key_F1);
    auto* dialog = m_window->findChild<ShortcutsDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    auto* table = dialog->findChild<QTableWidget*>();
    QCOMPARE(table->rowCount(), static_cast<int>(m_window->actionList().all().size()));
    auto* filter = dialog->findChild<QLineEdit*>();
    QTest::keyClicks(filter, QStringLiteral("ctrl+1"));
    int shown = 0;
    for (int row = 0; row < table->rowCount(); ++row)
        shown += !table->isRowHidden(row);
    QCOMPARE(shown, 1);
    QTest::keyClick(filter, Qt::Key_Return);
    QCOMPARE(m_window->session()->moment().page, Page::Log);
    QTRY_VERIFY(!m_window->findChild<ShortcutsDialog*>());
}

void TestShell::everyActionIsNamed() {
    openShop();
    m_window->session()->setPage(Page::Log);
    QSet<QKeySequence> windowKeys;
    for (QAction* action : m_window->actionList().all()) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY2(!action->toolTip().isEmpty(), qPrintable(action->text()));
        if (action->shortcutContext() != Qt::WindowShortcut)
            continue;
        for (const QKeySequence& keys : action->shortcuts()) {
            QVERIFY2(!windowKeys.contains(keys), qPrintable(keys.toString()));
            windowKeys.insert(keys);
        }
    }
    QVERIFY(windowKeys.size() > 12);
    m_window->session()->setPage(Page::Aggregate);
    QVERIFY(settle(*m_window));
    QStringList menus;
    QCoreApplication::processEvents();
    for (QAction* menu : m_window->menuBar()->actions())
        menus.append(menu->text());
    for (const char* menu : {"File", "Store", "Aggregate", "Projection", "View", "Help"})
        QVERIFY2(menus.contains(QLatin1String(menu)), menu);
}

void TestShell::noTwoActionsShareAKey() {
    openShop();
    for (const Page page : {Page::Log, Page::Statistics, Page::Aggregate}) {
        m_window->session()->setPage(page);
        QVERIFY(settle(*m_window));
        QHash<QKeySequence, QString> taken;
        for (const QAction* action : m_window->actionList().all()) {
            if (action->shortcutContext() != Qt::WindowShortcut)
                continue;
            // One that is in a widget out of sight does not answer to its key.
            const auto* widget = qobject_cast<QWidget*>(action->parent());
            if (widget && !widget->isVisible())
                continue;
            for (const QKeySequence& keys : action->shortcuts()) {
                QVERIFY2(!taken.contains(keys),
                         qPrintable(QStringLiteral("%1: %2 and %3")
                                        .arg(keys.toString(), action->text(), taken[keys])));
                taken.insert(keys, action->text());
            }
        }
        QVERIFY(taken.size() > 20);
    }
}

void TestShell::everyFocusableWidgetHasAName() {
    openShop();
    for (const Page page : {Page::Aggregate, Page::Log}) {
        m_window->session()->setPage(page);
        QVERIFY(settle(*m_window));
        for (QWidget* widget : m_window->findChildren<QWidget*>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus ||
                widget->inherits("QMenuBar") || widget->parentWidget()->inherits("QComboBox"))
                continue;
            const QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(accessible);
            QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(),
                     qPrintable(QStringLiteral("%1 %2 (%4) in %3")
                                    .arg(QString::fromLatin1(widget->metaObject()->className()),
                                         widget->objectName(),
                                         QString::fromLatin1(
                                             widget->parentWidget()->metaObject()->className()),
                                         widget->property("text").toString() + widget->toolTip())));
        }
    }
}

void TestShell::opensAgain() {
    Landing landing;
    landing.stream = QStringLiteral("order-b1");
    landing.version = StreamVersion(1);
    openShop(landing);
    const Moment before = m_window->session()->moment();
    QTest::keyClick(m_window.get(), Qt::Key_F5);
    QCOMPARE(m_window->session(), nullptr); // being opened
    QTRY_VERIFY(m_window->session());
    QTRY_COMPARE(m_window->session()->moment().stream, before.stream);
    QVERIFY(m_window->session()->moment() == before);
}

void TestShell::copiesALink() {
    openShop();
    QTest::keyClick(m_window.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    const auto moment = Moment::fromLink(QUrl(QGuiApplication::clipboard()->text()));
    QVERIFY_RESULT(moment);
    QVERIFY(*moment == m_window->session()->moment());
}

void TestShell::remembersTheWindow() {
    m_window->resize(1000, 700);
    m_window->close();
    MainWindow another(*m_settings, nullptr);
    QCOMPARE(another.size(), QSize(1000, 700));
}

void TestShell::closesWhileOpening() {
    m_window->openStore(m_shop.url());
    m_window->closeStore();
    QTest::qWait(100);
    QCOMPARE(m_window->session(), nullptr);
    m_window->openStore(m_shop.url());
    m_window.reset(); // with the answer still on its way
    QTest::qWait(50);
}

QTEST_MAIN(TestShell)
#include "tst_shell.moc"
