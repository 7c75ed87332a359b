// The program with the mouse unplugged: from the start page to a sent command and back. What each
// key did is asked of assistive technology, of another process, or of the store's file.
#include "assistive.h"
#include "desktop.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QJsonObject>

using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestKeyboardOnly : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void cleanup();

    // One person's way, in this order.
    void makesAndOpensTheDemo();
    void opensAFileByItsName();
    void filters();
    void selectsARange();
    void opensTheAggregate();
    void scrubs();
    void sendsACommand();
    void goesBack();
    void quits();

  private:
    static bool soon(const std::function<bool()>& isSo);
    QByteArray whatIsSo() const;
    std::optional<Part> showing(const QString& name) const;
    bool tabTo(const QString& name);
    bool hasFocus(const QString& name) const;
    qint64 valueOf(const QString& name) const;
    QList<QJsonObject> eventsOf(const QString& filter) const;
    int rowsOfTheLog() const;

    static constexpr int kEvents = 2'000;

    Desktop m_desktop;
    Assistive m_assistive;
    QString m_store;
    QString m_range;       ///< the filter with the range that was selected
    qint64 m_version = 0;  ///< of the event whose aggregate was opened
    qint64 m_last = 0;     ///< of that aggregate
    bool m_isLost = false; ///< a step failed: those after it mean nothing
};

/// Each step begins where the last one ended.
#define AFTER_THE_OTHERS()                                                                         \
    if (m_isLost)                                                                                  \
    QFAIL("a step before this one failed")

/// QTRY_VERIFY counts the waits alone, not what it takes to ask: a minute becomes ten.
#define SOON(condition)                                                                            \
    do {                                                                                           \
        if (!soon([&] { return bool(condition); }))                                                \
            QFAIL((#condition "; " + whatIsSo()).constData());                                     \
    } while (false)
#define SOON_IS(actual, expected)                                                                  \
    do {                                                                                           \
        if (!soon([&] { return (actual) == (expected); })) {                                       \
            qWarning().noquote() << whatIsSo();                                                    \
            QCOMPARE(actual, expected);                                                            \
        }                                                                                          \
    } while (false)
#define TAB_TO(name)                                                                               \
    do {                                                                                           \
        if (!tabTo(name))                                                                          \
            QFAIL(("Tab does not lead there; " + whatIsSo()).constData());                         \
    } while (false)

void TestKeyboardOnly::initTestCase() {
    m_desktop.start();
    QVERIFY(m_assistive.listen(m_desktop.busAddress()));
    m_store = m_desktop.file(u"shop.db"_s);
    const auto made =
        runRewindow({u"demo"_s, m_store, u"--events"_s, QString::number(kEvents)}, {}, 120'000);
    QVERIFY2(made.exitCode == 0, made.err.constData());
}

void TestKeyboardOnly::cleanup() {
    m_isLost = m_isLost || QTest::currentTestFailed();
}

bool TestKeyboardOnly::soon(const std::function<bool()>& isSo) {
    const QDeadlineTimer end(Desktop::kPatienceMs);
    bool is = isSo();
    while (!is && !end.hasExpired()) {
        QTest::qWait(50);
        is = isSo();
    }
    return is;
}

/// For the one who reads of a failure.
QByteArray TestKeyboardOnly::whatIsSo() const {
    const auto part = m_assistive.find([](const Assistive::Sight& sight) {
        return sight.has(Assistive::Focused) && sight.has(Assistive::Focusable);
    });
    const QString focus =
        part ? m_assistive.role(*part) + u" “"_s + m_assistive.name(*part) + u"”"_s : u"nothing"_s;
    return (u"“"_s + m_desktop.title() + u"” has the keys, and in it "_s + focus).toUtf8();
}

std::optional<Part> TestKeyboardOnly::showing(const QString& name) const {
    return m_assistive.find([&](const Assistive::Sight& sight) {
        return sight.name == name && sight.has(Assistive::Showing);
    });
}

bool TestKeyboardOnly::hasFocus(const QString& name) const {
    return m_assistive.gotFocus(name) || m_assistive.find([&](const Assistive::Sight& sight) {
        return sight.name == name && sight.has(Assistive::Focused);
    });
}

/// Tab, and Tab again, until that part has the keys.
bool TestKeyboardOnly::tabTo(const QString& name) {
    constexpr int most = 60;
    for (int i = 0; i < most; ++i) {
        m_assistive.forget();
        m_desktop.press({u"Tab"_s});
        if (!QTest::qWaitFor([this] { return m_assistive.hasNoted(); }, 5'000))
            return false;
        // Looking at every part takes a while: of many keys, what is told is believed.
        if (m_assistive.gotFocus(name))
            return true;
    }
    return false;
}

qint64 TestKeyboardOnly::valueOf(const QString& name) const {
    const auto part = showing(name);
    return part ? m_assistive.property(*part, "Value", "CurrentValue").toLongLong() : -1;
}

/// What the terminal finds in the store's file.
QList<QJsonObject> TestKeyboardOnly::eventsOf(const QString& filter) const {
    const auto run = runRewindow({u"events"_s, m_store, u"--json"_s, u"--filter"_s, filter});
    QList<QJsonObject> events;
    for (const QByteArray& line : run.out.split('\n')) {
        if (!line.isEmpty())
            events += QJsonDocument::fromJson(line).object();
    }
    return events;
}

int TestKeyboardOnly::rowsOfTheLog() const {
    const auto table = showing(u"Events of the log"_s);
    return table ? m_assistive.property(*table, "Table", "NRows").toInt() : -1;
}

void TestKeyboardOnly::makesAndOpensTheDemo() {
    m_assistive.forget();
    m_desktop.run({});
    SOON(showing(u"Open the demo"_s));
    TAB_TO(u"Open the demo"_s);
    m_desktop.press({u"Return"_s});
    SOON_IS(m_desktop.title(), u"demo.db — Rewindow"_s);
    m_desktop.press({u"ctrl+w"_s});
    SOON_IS(m_desktop.title(), u"Rewindow"_s);
}

void TestKeyboardOnly::opensAFileByItsName() {
    AFTER_THE_OTHERS();
    m_desktop.press({u"ctrl+o"_s});
    SOON_IS(m_desktop.title(), u"Open a store — Rewindow"_s);
    m_desktop.type(m_store);
    m_desktop.press({u"Return"_s});
    SOON_IS(m_desktop.title(), u"shop.db — Rewindow"_s);
}

void TestKeyboardOnly::filters() {
    AFTER_THE_OTHERS();
    m_desktop.press({u"ctrl+1"_s});
    SOON_IS(rowsOfTheLog(), kEvents);
    m_assistive.forget();
    m_desktop.press({u"ctrl+f"_s});
    SOON(hasFocus(u"Filter events"_s));
    m_desktop.type(u"type:OrderPaid "_s);
    m_desktop.press({u"Return"_s});
    const auto found = static_cast<int>(eventsOf(u"type:OrderPaid"_s).size());
    QVERIFY(found > 0 && found < kEvents);
    SOON_IS(rowsOfTheLog(), found);
}

void TestKeyboardOnly::selectsARange() {
    AFTER_THE_OTHERS();
    const int before = rowsOfTheLog();
    TAB_TO(u"Events over time"_s);
    m_desktop.press(QStringList{u"End"_s} + QStringList(12, u"shift+Left"_s) +
                    QStringList{u"Return"_s});
    const auto line = showing(u"Filter events"_s);
    QVERIFY(line);
    SOON(m_assistive.text(*line).contains(u"before:"_s));
    m_range = m_assistive.text(*line);
    QVERIFY2(m_range.contains(u"type:OrderPaid"_s), qPrintable(m_range));
    const auto found = static_cast<int>(eventsOf(m_range).size());
    QVERIFY2(found > 0 && found < before, qPrintable(m_range));
    SOON_IS(rowsOfTheLog(), found);
}

void TestKeyboardOnly::opensTheAggregate() {
    AFTER_THE_OTHERS();
    TAB_TO(u"Events of the log"_s);
    m_desktop.press({u"Home"_s, u"Down"_s, u"ctrl+Return"_s});
    SOON(showing(u"Timeline"_s));
    const QList<QJsonObject> found = eventsOf(m_range);
    const QJsonObject& second = found[found.size() - 2]; // newest first there, oldest first here
    const QString stream = second[u"stream"_s].toString();
    m_version = second[u"version"_s].toInteger();
    m_last = eventsOf(u"stream:"_s + stream).size();
    QVERIFY(m_version > 2);
    SOON_IS(valueOf(u"Timeline"_s), m_version);
    QVERIFY(showing(stream.section(u'-', 0, 0) + u" /"_s));
}

void TestKeyboardOnly::scrubs() {
    AFTER_THE_OTHERS();
    struct Step {
        QStringList keys;
        qint64 version;
    };
    for (const Step& step :
         {Step{{u"Left"_s}, m_version - 1}, Step{{u"Home"_s}, 0}, Step{{u"Right"_s, u"Right"_s}, 2},
          Step{{u"Left"_s}, 1}, Step{{u"End"_s}, m_last}}) {
        m_desktop.press(step.keys);
        SOON_IS(valueOf(u"Timeline"_s), step.version);
    }
}

void TestKeyboardOnly::sendsACommand() {
    AFTER_THE_OTHERS();
    const QString sent = u"type:UserRegistered data.name:\"Grace Hopper\""_s;
    QVERIFY(eventsOf(sent).isEmpty());
    m_assistive.forget();
    m_desktop.press({u"ctrl+k"_s});
    SOON(hasFocus(u"Go to"_s));
    m_desktop.type(u"RegisterUser"_s);
    // The palette has the name of its line.
    const auto line = m_assistive.find([this](const Assistive::Sight& sight) {
        return sight.name == u"Go to" && m_assistive.is(sight.part, "EditableText");
    });
    QVERIFY(line);
    SOON(m_assistive.description(*line).startsWith(u"command RegisterUser"_s));
    m_assistive.forget();
    m_desktop.press({u"Return"_s});
    SOON(showing(u"Name, required"_s));
    TAB_TO(u"Name, required"_s);
    m_desktop.type(u"Grace Hopper"_s);
    m_desktop.press({u"ctrl+Return"_s});
    SOON_IS(eventsOf(sent).size(), 1);
    SOON_IS(valueOf(u"Timeline"_s), qint64(1));
    QVERIFY(showing(u"user /"_s));
}

void TestKeyboardOnly::goesBack() {
    AFTER_THE_OTHERS();
    m_desktop.press({u"alt+Left"_s});
    SOON_IS(valueOf(u"Timeline"_s), m_last);
    QVERIFY(showing(u"order /"_s));
    // And on, to the page the aggregate was opened from, with its filter.
    for (int i = 0; i < 4 && !showing(u"Events of the log"_s); ++i) {
        m_desktop.press({u"alt+Left"_s});
        QTest::qWait(500);
    }
    const auto line = showing(u"Filter events"_s);
    QVERIFY(line);
    QCOMPARE(m_assistive.text(*line), m_range);
}

void TestKeyboardOnly::quits() {
    AFTER_THE_OTHERS();
    m_desktop.press({u"ctrl+q"_s});
    QVERIFY(m_desktop.program().waitForFinished(Desktop::kPatienceMs));
    QCOMPARE(m_desktop.program().exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_desktop.program().exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestKeyboardOnly)
#include "moc_assistive.cpp"
#include "tst_keyboard_only.moc"
