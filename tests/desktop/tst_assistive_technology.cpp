// The tree of the program's parts as assistive technology gets it, over the bus, page by page.
#include "assistive.h"
#include "desktop.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <algorithm>

using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestAssistiveTechnology : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void firstPage();
    void opensALongLog();
    void everyPage_data();
    void everyPage();
    void allOfALongTable();

  private:
    void showPage(const QString& keys, const QString& part);
    std::optional<Part> partNamed(const QString& name) const;
    void lookAtTable(const Part& table, const QString& place, QStringList& problems);
    QStringList problems(int* focusable);
    qint64 residentKiB();

    Desktop m_desktop;
    Assistive m_assistive;
    QRandomGenerator m_random{4711};
};

void TestAssistiveTechnology::initTestCase() {
    m_desktop.start();
    QVERIFY(m_assistive.listen(m_desktop.busAddress()));
}

std::optional<Part> TestAssistiveTechnology::partNamed(const QString& name) const {
    return m_assistive.find([&](const Assistive::Sight& sight) {
        return sight.name == name && sight.has(Assistive::Showing);
    });
}

void TestAssistiveTechnology::showPage(const QString& keys, const QString& part) {
    m_desktop.press({keys});
    QTRY_VERIFY2_WITH_TIMEOUT(partNamed(part), qPrintable(part), 2 * Desktop::kPatienceMs);
}

/// Those it shows at first, and any.
void TestAssistiveTechnology::lookAtTable(const Part& table, const QString& place,
                                          QStringList& problems) {
    constexpr int inSight = 30;
    constexpr int anywhere = 200;
    const int rows = m_assistive.property(table, "Table", "NRows").toInt();
    const int columns = m_assistive.property(table, "Table", "NColumns").toInt();
    if (rows == 0 || columns == 0)
        return;
    const auto look = [&](int row, int column) {
        const auto cell = m_assistive.cell(table, row, column);
        if (cell && !m_assistive.has(*cell, Assistive::Visible))
            return; // of a hidden column
        const QString where = u"%1, row %2, column %3"_s.arg(place).arg(row).arg(column);
        if (!cell)
            problems += where + u" does not answer"_s;
        else if (!cell->isNull() && m_assistive.has(*cell, Assistive::Focusable) &&
                 m_assistive.name(*cell).trimmed().isEmpty())
            problems += where + u" says nothing"_s;
    };
    for (int row = 0; row < std::min(rows, inSight); ++row)
        for (int column = 0; column < columns; ++column)
            look(row, column);
    for (int i = 0; i < anywhere; ++i)
        look(m_random.bounded(rows), m_random.bounded(columns));
}

QStringList TestAssistiveTechnology::problems(int* focusable) {
    QStringList problems;
    const auto root = m_assistive.program();
    if (!root)
        return {u"no program"_s};
    m_assistive.walk(*root, [&](const Part& part) {
        const auto named = [this](const Part& which) {
            return m_assistive.role(which) + u" “"_s + m_assistive.name(which) + u'”';
        };
        const QString place = named(part);
        if (m_assistive.has(part, Assistive::Focusable)) {
            ++*focusable;
            if (m_assistive.name(part).trimmed().isEmpty())
                problems += u"%1 in %2 can have the focus and has no name"_s.arg(
                    place, named(m_assistive.parent(part)));
        }
        if (m_assistive.is(part, "Table"))
            lookAtTable(part, place, problems);
        return true;
    });
    return problems;
}

void TestAssistiveTechnology::firstPage() {
    m_desktop.run({});
    QTRY_VERIFY_WITH_TIMEOUT(m_assistive.program(), Desktop::kPatienceMs);
    int focusable = 0;
    const QStringList found = problems(&focusable);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    QVERIFY(focusable >= 3);
    m_desktop.press({u"ctrl+q"_s});
    QVERIFY(m_desktop.program().waitForFinished(Desktop::kPatienceMs));
    QTRY_VERIFY_WITH_TIMEOUT(!m_assistive.program(), Desktop::kPatienceMs);
}

void TestAssistiveTechnology::opensALongLog() {
    const bool isNightly = qEnvironmentVariableIsSet("REWINDOW_NIGHTLY");
    const QString store = keptDemo(isNightly ? 10'000'000 : 100'000);
    QVERIFY(!store.isEmpty());
    m_desktop.run({store});
    QTRY_COMPARE_WITH_TIMEOUT(m_desktop.title(), QFileInfo(store).fileName() + u" — Rewindow"_s,
                              Desktop::kPatienceMs);
}

void TestAssistiveTechnology::everyPage_data() {
    QTest::addColumn<QString>("keys");
    QTest::addColumn<QString>("part");
    QTest::addColumn<int>("least");
    QTest::newRow("log") << u"ctrl+1"_s << u"Events of the log"_s << 15;
    QTest::newRow("aggregate") << u"ctrl+2"_s << u"Timeline"_s << 20;
    QTest::newRow("statistics") << u"ctrl+3"_s << u"Event types"_s << 15;
}

void TestAssistiveTechnology::everyPage() {
    QFETCH(QString, keys);
    QFETCH(QString, part);
    QFETCH(int, least);
    showPage(keys, part);
    int focusable = 0;
    const QStringList found = problems(&focusable);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    QVERIFY2(focusable >= least, qPrintable(QString::number(focusable)));
    QCOMPARE(m_desktop.program().state(), QProcess::Running);
}

qint64 TestAssistiveTechnology::residentKiB() {
    QFile status(u"/proc/%1/status"_s.arg(m_desktop.program().processId()));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith("RssAnon:"))
            return line.mid(8).trimmed().split(' ').first().toLongLong();
    }
    return 0;
}

/// A visitor that asks a table for all it holds costs no time and no memory to speak of.
void TestAssistiveTechnology::allOfALongTable() {
    showPage(u"ctrl+1"_s, u"Events of the log"_s);
    const auto table = partNamed(u"Events of the log"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_assistive.property(*table, "Table", "NRows").toInt() >= 100'000,
                             Desktop::kPatienceMs);
    const qint64 before = residentKiB();
    QElapsedTimer taken;
    taken.start();
    const auto all = m_assistive.children(*table);
    const qint64 milliseconds = taken.elapsed();
    QVERIFY(all && !all->isEmpty());
    QVERIFY2(milliseconds < 3'000, qPrintable(u"%1 ms"_s.arg(milliseconds)));
    QVERIFY2(residentKiB() - before < 32 * 1024, qPrintable(QString::number(residentKiB())));
    m_desktop.press({u"ctrl+f"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_assistive.gotFocus(u"Filter events"_s), 5'000);
}

QTEST_GUILESS_MAIN(TestAssistiveTechnology)
#include "moc_assistive.cpp"
#include "tst_assistive_technology.moc"
