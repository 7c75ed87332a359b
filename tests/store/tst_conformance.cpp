// The tests that every writable store must pass: a store that does nothing fails them.
#include "support/test_support.h"

#include <QFileInfo>
#include <QProcess>

using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestConformance : public QObject {
    Q_OBJECT

  private slots:
    void aStoreThatDoesNothingFails_data();
    void aStoreThatDoesNothingFails();
};

void TestConformance::aStoreThatDoesNothingFails_data() {
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("function");
    for (const QString& program : {u"tst_store_event_writer"_s, u"tst_store_view_tables"_s,
                                   u"tst_store_append_concurrency"_s}) {
        const auto listed = runProgram(builtTestFile(program), {u"-functions"_s});
        QCOMPARE(listed.exitCode, 0);
        for (const QByteArray& line : listed.out.split('\n')) {
            const QString function = QString::fromUtf8(line).remove(u"()"_s).trimmed();
            if (!function.isEmpty())
                QTest::newRow(qPrintable(program + u' ' + function)) << program << function;
        }
    }
}

void TestConformance::aStoreThatDoesNothingFails() {
    QFETCH(QString, program);
    QFETCH(QString, function);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"REWINDOW_TEST_STORE"_s, u"idle"_s);
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(builtTestFile(program), {function});
    QVERIFY(process.waitForFinished(60'000));
    const bool failed = process.exitStatus() == QProcess::CrashExit || process.exitCode() != 0;
    QVERIFY2(failed, "a store that does nothing passes");
}

QTEST_GUILESS_MAIN(TestConformance)
#include "tst_conformance.moc"
