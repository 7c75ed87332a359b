// Lanes of a correlation: walked by keys, clicked, read aloud, and fluid where there are thousands.
#include "ui/log/causation_lanes_view.h"
#include "ui/log/causation_panel.h"
#include "ui/shell/theme.h"

#include <QAccessible>
#include <QAction>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QImage>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace rewindow;
using namespace Qt::StringLiterals;

class TestCausationLanes : public QObject {
    Q_OBJECT

  private slots:
    void init();

    void hasALaneForEachStream();
    void isWalkedByKeys();
    void choosesByKeyAndClick();
    void opensTheAggregate();
    void hasAMenu();
    void isReadAloud();
    void drawsEventsAndArrows();
    void staysFluidWithThousands();
    void changesWithTheTree();
    void looksRightInBothThemes();

  private:
    QImage picture(CausationLanesView& view) const;
};

namespace {

CausationNode node(qint64 position, const char* stream, qint64 version, const char* type,
                   int parent) {
    return {.position = GlobalPosition(position),
            .version = StreamVersion(version),
            .recordedAt = Timestamp(position * 1'000'000),
            .id = u"e%1"_s.arg(position),
            .type = QString::fromLatin1(type),
            .stream = QString::fromLatin1(stream),
            .parent = parent};
}

/// An order that is paid, whose payment reserves stock and sends a mail.
Causation payment() {
    return {.correlationId = u"c1"_s,
            .nodes = {node(10, "order-1", 1, "OrderPlaced", -1),
                      node(12, "payment-9", 1, "PaymentRequested", 0),
                      node(15, "payment-9", 2, "PaymentReceived", 1),
                      node(16, "order-1", 2, "OrderPaid", 2),
                      node(20, "stock-3", 7, "StockReserved", 3),
                      node(21, "mail-4", 1, "ReceiptSent", 3)},
            .hasMore = false};
}

Causation many(int count) {
    Causation causation{.correlationId = u"c"_s, .nodes = {}, .hasMore = false};
    for (int i = 0; i < count; ++i)
        causation.nodes.push_back(node(i + 1, qPrintable(u"saga-%1"_s.arg(i % 40)), 1 + i / 40,
                                       "StepTaken",
                                       i == 0       ? -1
                                       : i % 3 == 0 ? 0
                                                    : i - 1));
    return causation;
}

} // namespace

void TestCausationLanes::init() {
    Theme::instance().apply(Theme::Kind::Dark);
}

QImage TestCausationLanes::picture(CausationLanesView& view) const {
    QImage image(view.size(), QImage::Format_RGB32);
    QPainter painter(&image);
    view.paintPicture(painter);
    return image;
}

void TestCausationLanes::hasALaneForEachStream() {
    CausationLanesView view;
    view.resize(500, 260);
    view.show();
    view.setCausation(payment(), GlobalPosition(16));
    QCOMPARE(view.streams(),
             (std::vector<QString>{u"order-1"_s, u"payment-9"_s, u"stock-3"_s, u"mail-4"_s}));
    QCOMPARE(view.current(), 3);
    for (int i = 1; i < 6; ++i) // in the log's order, from left to right
        QVERIFY(view.placeOf(i).x() > view.placeOf(i - 1).x());
    QCOMPARE(view.placeOf(0).y(), view.placeOf(3).y());
    QCOMPARE(view.placeOf(1).y(), view.placeOf(2).y());
    QVERIFY(view.placeOf(4).y() < view.placeOf(5).y());
    view.setCausation({}, {});
    QCOMPARE(view.current(), -1);
    QVERIFY(!view.sliderText().isEmpty());
}

void TestCausationLanes::isWalkedByKeys() {
    CausationLanesView view;
    view.resize(500, 260);
    view.show();
    view.setCausation(payment(), GlobalPosition(16));
    const auto press = [&view](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&view, key, modifiers);
        return view.current();
    };
    QCOMPARE(press(Qt::Key_Left), 2);
    QCOMPARE(press(Qt::Key_Right), 3);
    QCOMPARE(press(Qt::Key_Left, Qt::ShiftModifier), 2); // its cause
    QCOMPARE(press(Qt::Key_Left, Qt::ShiftModifier), 1);
    QCOMPARE(press(Qt::Key_Left, Qt::ShiftModifier), 0);
    QCOMPARE(press(Qt::Key_Left, Qt::ShiftModifier), 0);  // nothing caused it
    QCOMPARE(press(Qt::Key_Right, Qt::ShiftModifier), 1); // its effect
    QCOMPARE(press(Qt::Key_End), 5);
    QCOMPARE(press(Qt::Key_Right), 5);
    QCOMPARE(press(Qt::Key_Up), 4); // the lane above
    QCOMPARE(press(Qt::Key_Up), 2); // its nearest event
    QCOMPARE(press(Qt::Key_Down), 4);
    QCOMPARE(press(Qt::Key_Home), 0);
    QCOMPARE(press(Qt::Key_Up), 0);
}

void TestCausationLanes::choosesByKeyAndClick() {
    CausationPanel panel;
    panel.resize(600, 300);
    panel.setShowsLanes(true);
    panel.present(payment(), GlobalPosition(16));
    panel.show();
    QSignalSpy chosen(&panel, &CausationPanel::eventChosen);
    CausationLanesView& view = *panel.lanes();
    QVERIFY(view.isVisible());
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.placeOf(1));
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.last()[0].value<GlobalPosition>(), GlobalPosition(12));
    QTest::keyClick(&view, Qt::Key_Right);
    QCOMPARE(chosen.count(), 1); // to walk is not to choose
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(chosen.last()[0].value<GlobalPosition>(), GlobalPosition(15));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.placeOf(2) + QPoint(0, 60));
    QCOMPARE(chosen.count(), 2); // no event stands there
}

void TestCausationLanes::opensTheAggregate() {
    CausationPanel panel;
    panel.resize(600, 300);
    panel.present(payment(), GlobalPosition(16));
    panel.show();
    QSignalSpy opened(&panel, &CausationPanel::aggregateChosen);
    QTest::keyClick(panel.tree(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(opened.last()[0].toString(), u"order-1"_s);
    QCOMPARE(opened.last()[1].value<GlobalPosition>(), GlobalPosition(16));
    panel.setShowsLanes(true);
    QTest::keyClick(panel.lanes(), Qt::Key_End);
    QTest::keyClick(panel.lanes(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(opened.last()[0].toString(), u"mail-4"_s);
    QCOMPARE(opened.last()[1].value<GlobalPosition>(), GlobalPosition(21));
}

void TestCausationLanes::hasAMenu() {
    CausationPanel panel;
    panel.resize(600, 300);
    panel.setShowsLanes(true);
    panel.present(payment(), GlobalPosition(16));
    panel.show();
    QSignalSpy opened(&panel, &CausationPanel::aggregateChosen);
    QSignalSpy linked(&panel, &CausationPanel::linkWanted);
    CausationLanesView& view = *panel.lanes();
    const auto choose = [&](int row) {
        const QPoint place = view.placeOf(4);
        QContextMenuEvent wish(QContextMenuEvent::Mouse, place,
                               view.viewport()->mapToGlobal(place));
        QCoreApplication::sendEvent(view.viewport(), &wish);
        auto* menu = panel.findChild<QMenu*>();
        QVERIFY(menu);
        menu->setActiveAction(menu->actions()[row]);
        QTest::keyClick(menu, Qt::Key_Return);
        QTRY_VERIFY(!panel.findChild<QMenu*>());
    };
    choose(0);
    QCOMPARE(opened.last()[0].toString(), u"stock-3"_s);
    choose(1);
    QCOMPARE(linked.last()[0].value<GlobalPosition>(), GlobalPosition(20));
}

void TestCausationLanes::isReadAloud() {
    CausationLanesView view;
    view.resize(500, 260);
    view.show();
    view.setCausation(payment(), GlobalPosition(16));
    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(&view);
    QVERIFY(spoken);
    QVERIFY(!spoken->text(QAccessible::Name).isEmpty());
    QCOMPARE(view.sliderText(), u"4 of 6: OrderPaid, order-1 v2, caused by PaymentReceived, "
                                "payment-9 v2, caused 2 events"_s);
    QCOMPARE(spoken->text(QAccessible::Value), view.sliderText());
    view.setSliderValue(1);
    QCOMPARE(view.sliderText(), u"1 of 6: OrderPlaced, order-1 v1, caused 1 event"_s);
}

void TestCausationLanes::drawsEventsAndArrows() {
    CausationLanesView view;
    view.resize(500, 260);
    view.show();
    view.setCausation(payment(), GlobalPosition(16));
    const QImage drawn = picture(view);
    for (int i = 0; i < 6; ++i) {
        const Causation shown = payment();
        QCOMPARE(drawn.pixelColor(view.placeOf(i)),
                 Theme::instance().eventColor(shown.nodes[static_cast<std::size_t>(i)].type));
    }
    // Between cause and effect of one lane runs a line, in the colour of the current event's.
    const QPoint between = (view.placeOf(1) + view.placeOf(2)) / 2;
    QVERIFY(drawn.pixelColor(between) != Theme::instance().color(Theme::Role::Panel));
    view.setCurrent(2);
    QCOMPARE(picture(view).pixelColor(between), Theme::instance().color(Theme::Role::Accent));
}

void TestCausationLanes::staysFluidWithThousands() {
    CausationLanesView view;
    view.resize(700, 400);
    view.show();
    const Causation large = many(Causation::kMost);
    QElapsedTimer clock;
    clock.start();
    view.setCausation(large, GlobalPosition(2500));
    QVERIFY2(clock.elapsed() < 1'000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(view.current(), 2499);
    QVERIFY(view.rect().contains(view.placeOf(2499)));
    qint64 slowest = 0;
    for (const int at : {0, 1, 2500, Causation::kMost - 1}) {
        view.setCurrent(at);
        clock.restart();
        picture(view);
        slowest = std::max(slowest, clock.elapsed());
        QVERIFY(view.rect().contains(view.placeOf(at)));
    }
    QVERIFY2(slowest < 250, qPrintable(QString::number(slowest))); // unoptimised, on a busy machine
}

void TestCausationLanes::changesWithTheTree() {
    CausationPanel panel;
    panel.resize(600, 300);
    panel.present(payment(), GlobalPosition(16));
    panel.show();
    QVERIFY(panel.tree()->isVisible());
    QToolButton* button = nullptr;
    for (QToolButton* each : panel.findChildren<QToolButton*>())
        if (each->defaultAction() && each->defaultAction()->text() == u"Lanes by stream"_s)
            button = each;
    QVERIFY(button);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(panel.lanes()->isVisible());
    QVERIFY(!panel.tree()->isVisible());
    panel.presentNothing(u"nothing"_s);
    QVERIFY(!panel.lanes()->isVisible());
    panel.present(payment(), GlobalPosition(10));
    QVERIFY(panel.lanes()->isVisible());
    QCOMPARE(panel.lanes()->current(), 0);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(panel.tree()->isVisible());
}

void TestCausationLanes::looksRightInBothThemes() {
    const QString folder = qEnvironmentVariable("REWINDOW_PICTURES");
    QImage pictures[2];
    for (const Theme::Kind kind : {Theme::Kind::Dark, Theme::Kind::Light}) {
        Theme::instance().apply(kind);
        CausationPanel panel;
        panel.resize(620, 300);
        panel.setShowsLanes(true);
        panel.present(payment(), GlobalPosition(16));
        panel.show();
        QImage& drawn = pictures[static_cast<int>(kind)];
        drawn = panel.grab().toImage();
        const QString name = kind == Theme::Kind::Dark ? u"dark"_s : u"light"_s;
        if (!folder.isEmpty()) {
            QVERIFY(drawn.save(folder + u"/lanes-%1.png"_s.arg(name)));
            panel.resize(340, 260);
            panel.present(many(300), GlobalPosition(150));
            QVERIFY(panel.grab().save(folder + u"/lanes-many-%1.png"_s.arg(name)));
        }
    }
    QVERIFY(pictures[0] != pictures[1]);
}

QTEST_MAIN(TestCausationLanes)
#include "tst_causation_lanes.moc"
