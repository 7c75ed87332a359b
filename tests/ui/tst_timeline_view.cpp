// The painted timeline: places, mouse, value for screen readers, and what it costs.
#include "support/test_support.h"
#include "ui/aggregate/timeline_view.h"
#include "ui/shell/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QSignalSpy>
#include <QToolTip>

#include <ctime>
#include <limits>

using namespace rewindow;

namespace {

/// One event a second; the type's number is the version's last digit.
AggregateOutline outlineOf(qint64 events) {
    auto list = std::make_shared<std::vector<TimelineEvent>>();
    list->reserve(static_cast<std::size_t>(events));
    std::vector<QString> types;
    for (int i = 0; i < 10; ++i)
        types.push_back(QStringLiteral("Type%1").arg(i));
    for (qint64 version = 1; version <= events; ++version)
        list->push_back({StreamVersion(version), GlobalPosition(version * 3),
                         Timestamp(1'700'000'000'000'000 + version * 1'000'000),
                         types[static_cast<std::size_t>(version % 10)]});
    AggregateOutline outline;
    outline.stream = QStringLiteral("order-%1").arg(events);
    outline.events = list;
    return outline;
}

class tst_TimelineView : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();
    void placesAndVersionsAgree_data();
    void placesAndVersionsAgree();
    void zoomingKeepsThePlaceUnderThePointer();
    void byTimeGapsAreSeen();
    void aClickAsksForTheNearestVersion();
    void aDragAsksForEachVersionOnce();
    void theWheelZoomsAndScrolls();
    void thePlayheadStaysInSightWhenZoomed();
    void laterEventsAreFaint();
    void tellsItsValueToScreenReaders();
    void tooltipsAreNeverMarkup();
    void saysWhereReplayingStopped();
    void showsMessagesAndProgressInstead();
    void aMillionEventsCostNoMoreThanAThousand();

  private:
    QPoint at(qint64 version) const {
        return {static_cast<int>(std::lround(m_view->scale().x(version))), m_view->height() / 2};
    }

    std::unique_ptr<TimelineView> m_view;
};

void tst_TimelineView::init() {
    Theme::instance().apply(Theme::Kind::Dark);
    m_view = std::make_unique<TimelineView>();
    m_view->resize(880, 114);
    m_view->setOutline(outlineOf(12));
    m_view->setVersion(StreamVersion(9));
    m_view->show();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
}

void tst_TimelineView::cleanup() {
    m_view.reset();
}

void tst_TimelineView::placesAndVersionsAgree_data() {
    QTest::addColumn<qint64>("events");
    QTest::addColumn<bool>("byTime");
    for (const qint64 events : {1, 2, 12, 500, 1'000'000})
        for (const bool byTime : {false, true})
            QTest::addRow("%lld events, %s", events, byTime ? "by time" : "by version")
                << events << byTime;
}

void tst_TimelineView::placesAndVersionsAgree() {
    QFETCH(qint64, events);
    QFETCH(bool, byTime);
    TimelineScale scale;
    scale.setWidth(900, 50);
    scale.setEvents(outlineOf(events).events);
    scale.setSpacing(byTime ? TimelineScale::Spacing::ByTime : TimelineScale::Spacing::ByVersion);
    QCOMPARE(scale.x(0), 50.0);
    QVERIFY(std::abs(scale.x(events) - 850.0) < 1e-6 || (byTime && events == 1));
    scale.zoomBy(1e9, scale.x(events / 2)); // as far as it goes: versions lie apart
    double before = scale.x(0);
    for (qint64 version = 1; version <= std::min<qint64>(events, 200); ++version) {
        QVERIFY(scale.x(version) > before);
        before = scale.x(version);
        QCOMPARE(scale.versionAt(scale.x(version)), version);
        QCOMPARE(scale.firstFrom(scale.x(version) - 0.01), version);
        QCOMPARE(scale.firstFrom(scale.x(version) + 0.01), version + 1);
    }
    QCOMPARE(scale.versionAt(-1e12), 0);
    QCOMPARE(scale.versionAt(1e12), events);
}

void tst_TimelineView::zoomingKeepsThePlaceUnderThePointer() {
    TimelineScale scale;
    scale.setWidth(900, 50);
    scale.setEvents(outlineOf(10'000).events);
    const qint64 version = scale.versionAt(400);
    const double place = scale.x(version);
    scale.zoomBy(8, place);
    QVERIFY(scale.isZoomed());
    QVERIFY(std::abs(scale.x(version) - place) < 1e-6);
    scale.zoomBy(1e-9, place);
    QVERIFY(!scale.isZoomed());
    QCOMPARE(scale.x(0), 50.0);
    QVERIFY(std::abs(scale.lineEnd() - 850) < 1e-6);
}

void tst_TimelineView::byTimeGapsAreSeen() {
    AggregateOutline outline = outlineOf(3);
    auto events = *outline.events;
    events[2].recordedAt = Timestamp(events[1].recordedAt.microseconds() + 99'000'000);
    outline.events = std::make_shared<const std::vector<TimelineEvent>>(events);
    m_view->setOutline(outline);
    m_view->setSpacing(TimelineScale::Spacing::ByTime);
    const TimelineScale& scale = m_view->scale();
    const double near = scale.x(2) - scale.x(1);
    const double far = scale.x(3) - scale.x(2);
    QVERIFY(std::abs(far / near - 99) < 0.5);
}

void tst_TimelineView::aClickAsksForTheNearestVersion() {
    QSignalSpy asked(m_view.get(), &TimelineView::versionRequested);
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at(4) + QPoint(10, 20));
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked[0][0].value<StreamVersion>(), StreamVersion(4));
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, QPoint(2, 50));
    QCOMPARE(asked.count(), 2);
    QCOMPARE(asked[1][0].value<StreamVersion>(), StreamVersion(0));
    QTest::mouseClick(m_view.get(), Qt::RightButton, {}, at(7));
    QCOMPARE(asked.count(), 2);
}

void tst_TimelineView::aDragAsksForEachVersionOnce() {
    connect(m_view.get(), &TimelineView::versionRequested, m_view.get(), &TimelineView::setVersion);
    QSignalSpy asked(m_view.get(), &TimelineView::versionRequested);
    QTest::mousePress(m_view.get(), Qt::LeftButton, {}, at(9));
    for (int x = at(9).x(); x >= at(6).x(); x -= 5)
        QTest::mouseMove(m_view.get(), QPoint(x, 40));
    QTest::mouseMove(m_view.get(), at(6));
    QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, at(6));
    QCOMPARE(asked.count(), 3);
    QCOMPARE(asked[0][0].value<StreamVersion>(), StreamVersion(8));
    QCOMPARE(asked[2][0].value<StreamVersion>(), StreamVersion(6));
    QTest::mouseMove(m_view.get(), at(2)); // the button is up
    QCOMPARE(asked.count(), 3);
}

void tst_TimelineView::theWheelZoomsAndScrolls() {
    m_view->setOutline(outlineOf(5'000));
    const double step = m_view->scale().step();
    const QPointF place(440, 50);
    const auto wheel = [&](QPoint delta, Qt::KeyboardModifiers modifiers = {}) {
        QWheelEvent event(place, m_view->mapToGlobal(place), {}, delta, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_view.get(), &event);
    };
    wheel({0, 1200});
    QVERIFY(m_view->scale().step() > 20 * step);
    const double before = m_view->scale().x(2'500);
    wheel({0, -240}, Qt::ShiftModifier);
    QVERIFY(m_view->scale().x(2'500) < before);
    m_view->zoomToFit();
    QCOMPARE(m_view->scale().step(), step);
}

void tst_TimelineView::thePlayheadStaysInSightWhenZoomed() {
    m_view->setOutline(outlineOf(5'000));
    m_view->setVersion(StreamVersion(1));
    for (int i = 0; i < 12; ++i)
        m_view->zoomIn();
    for (const qint64 version : {1, 2, 40, 4'999, 17, 5'000, 0}) {
        m_view->setVersion(StreamVersion(version));
        const double x = m_view->scale().x(version);
        QVERIFY2(x >= 0 && x <= m_view->width(), qPrintable(QString::number(x)));
    }
}

void tst_TimelineView::laterEventsAreFaint() {
    const QImage image = m_view->grab().toImage();
    const auto distance = [&](qint64 version) {
        const QColor expected =
            Theme::instance().eventColor(QStringLiteral("Type%1").arg(version % 10));
        const QColor painted = image.pixelColor(at(version));
        return std::abs(painted.red() - expected.red()) +
               std::abs(painted.green() - expected.green()) +
               std::abs(painted.blue() - expected.blue());
    };
    for (qint64 version = 1; version <= 9; ++version)
        QVERIFY2(distance(version) < 12, qPrintable(QString::number(version)));
    for (qint64 version = 10; version <= 12; ++version)
        QVERIFY2(distance(version) > 60, qPrintable(QString::number(version)));
}

void tst_TimelineView::tellsItsValueToScreenReaders() {
    QCOMPARE(m_view->valueText(), QStringLiteral("version 9 of 12, Type9"));
    QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(m_view.get());
    QVERIFY(accessible);
    QCOMPARE(accessible->role(), QAccessible::Slider);
    QVERIFY(!accessible->text(QAccessible::Name).isEmpty());
    QCOMPARE(accessible->text(QAccessible::Value), m_view->valueText());
    QAccessibleValueInterface* value = accessible->valueInterface();
    QVERIFY(value);
    QCOMPARE(value->currentValue().toLongLong(), 9);
    QCOMPARE(value->minimumValue().toLongLong(), 0);
    QCOMPARE(value->maximumValue().toLongLong(), 12);
    QSignalSpy asked(m_view.get(), &TimelineView::versionRequested);
    value->setCurrentValue(20);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked[0][0].value<StreamVersion>(), StreamVersion(12));
    m_view->setVersion(StreamVersion(0));
    QCOMPARE(m_view->valueText(), QStringLiteral("version 0 of 12"));
}

void tst_TimelineView::tooltipsAreNeverMarkup() {
    AggregateOutline outline = outlineOf(3);
    auto events = *outline.events;
    events[1].type = QStringLiteral("<b>bold</b>");
    outline.events = std::make_shared<const std::vector<TimelineEvent>>(events);
    m_view->setOutline(outline);
    QHelpEvent event(QEvent::ToolTip, at(2), m_view->mapToGlobal(at(2)));
    QCoreApplication::sendEvent(m_view.get(), &event);
    QTRY_VERIFY(QToolTip::isVisible());
    QVERIFY(QToolTip::text().contains(QStringLiteral("&lt;b&gt;bold")));
    QVERIFY(QToolTip::text().contains(QStringLiteral("version 2 of 3")));
    QVERIFY(QToolTip::text().contains(QStringLiteral("2023-11-14 22:13:22.000000 UTC")));
    QToolTip::hideText();
}

void tst_TimelineView::saysWhereReplayingStopped() {
    AggregateOutline outline = outlineOf(12);
    outline.stream = QStringLiteral("order-broken");
    outline.failure = EvolveFailure{
        StreamVersion(5), Error{Error::Kind::BadInput, QStringLiteral("no amount"), {}, {}}};
    const auto troubled = [&] {
        const QImage image = m_view->grab().toImage();
        const QColor trouble = Theme::instance().color(Theme::Role::Trouble);
        int pixels = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                pixels += image.pixelColor(x, y) == trouble ? 1 : 0;
        return pixels;
    };
    QCOMPARE(troubled(), 0);
    m_view->setOutline(outline);
    QVERIFY(troubled() > 50);
    m_view->setVersion(StreamVersion(4));
    QVERIFY(!m_view->valueText().contains(QStringLiteral("no amount")));
    m_view->setVersion(StreamVersion(5));
    QVERIFY(m_view->valueText().contains(QStringLiteral("no amount.")));
}

void tst_TimelineView::showsMessagesAndProgressInstead() {
    const QImage line = m_view->grab().toImage();
    m_view->setMessage(QStringLiteral("Choose a stream"));
    QCOMPARE(m_view->valueText(), QStringLiteral("Choose a stream"));
    QVERIFY(m_view->grab().toImage() != line);
    QSignalSpy asked(m_view.get(), &TimelineView::versionRequested);
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, QPoint(100, 50));
    QCOMPARE(asked.count(), 0);
    m_view->setProgress(1, 2);
    const QImage half = m_view->grab().toImage();
    m_view->setProgress(2, 2);
    QVERIFY(m_view->grab().toImage() != half);
    m_view->setOutline(outlineOf(12));
    QCOMPARE(m_view->grab().toImage(), line);
}

/// What this thread has used: others on the machine do not count.
static qint64 threadNanoseconds() {
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return qint64(used.tv_sec) * 1'000'000'000 + used.tv_nsec;
}

void tst_TimelineView::aMillionEventsCostNoMoreThanAThousand() {
    const auto fastest = [&](qint64 events) {
        m_view->setOutline(outlineOf(events));
        m_view->setVersion(StreamVersion(events / 2));
        qint64 best = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 15; ++i) {
            const qint64 begin = threadNanoseconds();
            m_view->grab();
            best = std::min(best, threadNanoseconds() - begin);
        }
        return best;
    };
    const qint64 thousand = fastest(1'000);
    const qint64 million = fastest(1'000'000);
    QVERIFY2(
        million < 4 * thousand,
        qPrintable(QStringLiteral("%1 µs against %2 µs").arg(million / 1000).arg(thousand / 1000)));
}

} // namespace

QTEST_MAIN(tst_TimelineView)
#include "tst_timeline_view.moc"
