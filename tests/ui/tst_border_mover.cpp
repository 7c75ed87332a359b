// The borders between the parts of each page, moved by keys alone.
#include "accessible_walk.h"
#include "small_shop.h"
#include "support/test_support.h"
#include "ui/shell/border_mover.h"
#include "ui_support.h"

#include <QAccessible>
#include <QAction>
#include <QDockWidget>
#include <QSplitter>
#include <QStatusBar>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestBorderMover : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void init();
    void cleanup() { m_window.reset(); }

    void reachesEveryBorder_data();
    void reachesEveryBorder();
    void beginsNextToTheFocus();
    void movesAsFarAsItGoes();
    void movesTheLeftwardPartInAnyDirectionOfReading();
    void isKept();
    void givesTheFocusBack();
    void speaks();
    void endsWithItsPage();

  private:
    void openWindow();
    void show(Page page);
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {});
    const std::optional<PaneBorder>& border() const { return mover().border(); }
    BorderMover& mover() const { return *m_window->findChild<BorderMover*>(); }

    std::unique_ptr<Homes> m_homes;
    SmallShop m_shop;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

void TestBorderMover::initTestCase() {
    QAccessible::setActive(true);
    Theme::instance().apply(Theme::Kind::Dark);
    m_shop.make();
}

void TestBorderMover::init() {
    m_homes = std::make_unique<Homes>();
    openWindow();
}

void TestBorderMover::openWindow() {
    m_settings = std::make_unique<Settings>();
    m_window = std::make_unique<MainWindow>(*m_settings, nullptr);
    m_window->resize(1400, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestBorderMover::show(Page page) {
    const auto problem = open(*m_window, m_shop.url());
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
    Moment moment = m_window->session()->moment();
    moment.stream = u"order-a1"_s;
    moment.page = page;
    m_window->session()->go(moment);
    QVERIFY(settle(*m_window));
}

/// To whatever has the focus, and what follows of it is there.
void TestBorderMover::press(Qt::Key key, Qt::KeyboardModifiers modifiers) {
    QTest::keyClick(m_window->focusWidget(), key, modifiers);
    QCoreApplication::processEvents();
}

void TestBorderMover::reachesEveryBorder_data() {
    QTest::addColumn<Page>("page");
    QTest::addColumn<int>("docked"); // borders that are no splitter's
    QTest::newRow("log") << Page::Log << 0;
    QTest::newRow("aggregate") << Page::Aggregate << 2;
    QTest::newRow("statistics") << Page::Statistics << 0;
}

void TestBorderMover::reachesEveryBorder() {
    QFETCH(Page, page);
    QFETCH(int, docked);
    show(page);
    int handles = 0;
    for (QSplitter* splitter : m_window->findChildren<QSplitter*>()) {
        for (int i = 1; i < splitter->count(); ++i)
            handles += splitter->handle(i)->isVisible() ? 1 : 0;
    }
    QVERIFY(handles > 1);
    QStringList names;
    for (int i = 0; i < handles + docked; ++i) {
        press(Qt::Key_F6);
        QVERIFY(border() && mover().hasFocus());
        const QString name = border()->name();
        QVERIFY2(!name.isEmpty() && !names.contains(name), qPrintable(name));
        names += name;
        QCOMPARE(mover().accessibleName(), name);
        // It lies where nothing else does, and the arrows along its axis move it, the others not.
        const QRect place = border()->rectIn(*m_window);
        QVERIFY2(mover().geometry().contains(place), qPrintable(name));
        const bool isAcross = border()->axis() == Qt::Horizontal;
        const int before = border()->position();
        press(isAcross ? Qt::Key_Down : Qt::Key_Right);
        QCOMPARE(border()->position(), before);
        const bool isAtItsEnd = before == border()->most();
        press(isAtItsEnd ? (isAcross ? Qt::Key_Left : Qt::Key_Up)
                         : (isAcross ? Qt::Key_Right : Qt::Key_Down));
        QVERIFY2((border()->position() > before) != isAtItsEnd, qPrintable(name));
        QVERIFY2(border()->position() != before || border()->least() == border()->most(),
                 qPrintable(name));
        QVERIFY(mover().geometry().contains(border()->rectIn(*m_window)));
    }
    press(Qt::Key_F6);
    QCOMPARE(border()->name(), names.first());
    press(Qt::Key_F6, Qt::ShiftModifier);
    QCOMPARE(border()->name(), names.last());
}

void TestBorderMover::beginsNextToTheFocus() {
    show(Page::Aggregate);
    const auto beginAt = [this](const char* part) {
        QWidget* focused = nullptr;
        for (QWidget* widget : m_window->findChildren<QWidget*>()) {
            if (widget->isVisible() && widget->accessibleName() == QLatin1String(part) &&
                widget->focusPolicy() != Qt::NoFocus)
                focused = widget;
        }
        if (!focused)
            return u"no such part"_s;
        focused->setFocus();
        press(Qt::Key_F6);
        const QString name = border()->name();
        press(Qt::Key_Escape);
        return name;
    };
    QVERIFY2(beginAt("Streams").contains(u"Streams"_s), qPrintable(beginAt("Streams")));
    QVERIFY2(beginAt("Expected version").contains(u"Command"_s),
             qPrintable(beginAt("Expected version")));
}

void TestBorderMover::movesAsFarAsItGoes() {
    show(Page::Aggregate);
    press(Qt::Key_F6);
    while (!border()->name().contains(u"State"_s))
        press(Qt::Key_F6);
    press(Qt::Key_Home);
    QTRY_COMPARE(border()->position(), border()->least());
    press(Qt::Key_Left);
    QCOMPARE(border()->position(), border()->least());
    press(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(border()->position(), border()->least() + 1);
    press(Qt::Key_End);
    QTRY_COMPARE(border()->position(), border()->most());
    QVERIFY(border()->least() < border()->most());
    const int end = border()->position();
    press(Qt::Key_PageUp);
    QCOMPARE(border()->position(), end - 96);
}

void TestBorderMover::movesTheLeftwardPartInAnyDirectionOfReading() {
    const auto cleared = qScopeGuard([] { QGuiApplication::setLayoutDirection(Qt::LeftToRight); });
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    show(Page::Aggregate);
    press(Qt::Key_F6);
    for (int i = 0; i < 8; ++i) {
        if (border()->axis() == Qt::Horizontal) {
            const int left = border()->rectIn(*m_window).left();
            const bool isAtItsEnd = border()->position() == border()->most();
            press(isAtItsEnd ? Qt::Key_Left : Qt::Key_Right);
            const int moved = border()->rectIn(*m_window).left() - left;
            QVERIFY2(isAtItsEnd ? moved < 0 : moved > 0, qPrintable(border()->name()));
        }
        press(Qt::Key_F6);
    }
}

void TestBorderMover::isKept() {
    for (const Page page : {Page::Log, Page::Aggregate, Page::Statistics}) {
        show(page);
        press(Qt::Key_F6);
        const QString name = border()->name();
        for (int i = 0; i < 3; ++i)
            press(border()->axis() == Qt::Horizontal ? Qt::Key_Left : Qt::Key_Up);
        const int position = border()->position();
        press(Qt::Key_Return);
        m_window->close();
        m_window.reset();
        openWindow();
        show(page);
        press(Qt::Key_F6);
        while (border()->name() != name)
            press(Qt::Key_F6);
        QCOMPARE(border()->position(), position);
    }
}

void TestBorderMover::givesTheFocusBack() {
    show(Page::Log);
    for (const Qt::Key end : {Qt::Key_Return, Qt::Key_Escape, Qt::Key_Tab}) {
        const QWidget* before = m_window->focusWidget();
        press(Qt::Key_F6);
        QVERIFY(m_window->focusWidget() != before);
        QVERIFY(!m_window->statusBar()->currentMessage().isEmpty());
        press(Qt::Key_F6);
        press(end);
        QCOMPARE(m_window->focusWidget(), before);
        QVERIFY(mover().isHidden() && !border());
        QVERIFY(m_window->statusBar()->currentMessage().isEmpty());
    }
}

void TestBorderMover::speaks() {
    show(Page::Log);
    press(Qt::Key_F6);
    const QAccessibleInterface* told = QAccessible::queryAccessibleInterface(&mover());
    QVERIFY(told);
    QCOMPARE(told->role(), QAccessible::Slider);
    QCOMPARE(told->text(QAccessible::Name), border()->name());
    press(Qt::Key_Home);
    QCOMPARE(told->text(QAccessible::Value), u"0 % of the way"_s);
    press(Qt::Key_End);
    QCOMPARE(told->text(QAccessible::Value), u"100 % of the way"_s);
    // Assistive technology may set it too.
    auto* value = const_cast<QAccessibleInterface*>(told)->valueInterface();
    value->setCurrentValue(value->minimumValue());
    QTRY_COMPARE(border()->position(), border()->least());
    AccessibleWalk walk;
    walk.walk(*m_window);
    QVERIFY2(walk.problems().isEmpty(), qPrintable(walk.problems().join(u'\n')));
}

void TestBorderMover::endsWithItsPage() {
    show(Page::Log);
    press(Qt::Key_F6);
    press(Qt::Key_3, Qt::ControlModifier);
    QVERIFY(settle(*m_window));
    QVERIFY(mover().isHidden());
    QVERIFY(m_window->focusWidget()->isVisible());
    press(Qt::Key_W, Qt::ControlModifier);
    QVERIFY(!m_window->windowActions().moveBorder->isEnabled());
}

QTEST_MAIN(TestBorderMover)
#include "tst_border_mover.moc"
