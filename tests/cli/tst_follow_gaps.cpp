// What `rewindow events` says of a log on a server that has gaps.
#include "support/emmett_table.h"
#include "support/postgres_server.h"
#include "support/test_support.h"

#include <QProcess>
#include <QTemporaryDir>

using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestFollowGaps : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { qputenv("REWINDOW_DATA_HOME", m_home.path().toUtf8()); }
    void init();
    void cleanup();
    void holdsBackWhatIsProvisional();
    void printsWhatComesLate();
    void saysThatALogEndsBeforeAGap();

  private:
    void follow(const QStringList& options = {});
    /// What it has printed, and complained of, so far.
    QByteArray printed();
    QByteArray complaints();

    QTemporaryDir m_home;
    QString m_database;
    std::unique_ptr<OtherSession> m_slow;
    std::unique_ptr<OtherSession> m_quick;
    std::unique_ptr<QProcess> m_program;
    QByteArray m_printed;
    QByteArray m_complaints;
};

void TestFollowGaps::init() {
    m_database = sharedPostgresServer().makeDatabase();
    m_slow = std::make_unique<OtherSession>(sharedPostgresServer(), m_database);
    m_quick = std::make_unique<OtherSession>(sharedPostgresServer(), m_database);
    QVERIFY(m_quick->run(kEmmettTables));
    QVERIFY(m_quick->run(emmettInsertion(0, 0)));
    m_printed.clear();
    m_complaints.clear();
}

void TestFollowGaps::cleanup() {
    if (m_program) {
        m_program->kill();
        m_program->waitForFinished();
    }
    m_program.reset();
    m_slow.reset();
    m_quick.reset();
}

void TestFollowGaps::follow(const QStringList& options) {
    m_program = std::make_unique<QProcess>();
    m_program->start(rewindowProgram(),
                     QStringList{u"events"_s, sharedPostgresServer().url(m_database), u"--follow"_s,
                                 u"--json"_s} +
                         options);
    QVERIFY(m_program->waitForStarted());
}

QByteArray TestFollowGaps::printed() {
    m_program->waitForReadyRead(50);
    m_printed += m_program->readAllStandardOutput();
    return m_printed;
}

QByteArray TestFollowGaps::complaints() {
    m_program->waitForReadyRead(50);
    m_complaints += m_program->readAllStandardError();
    return m_complaints;
}

void TestFollowGaps::holdsBackWhatIsProvisional() {
    follow();
    QTRY_COMPARE(printed().count('\n'), 1);
    QVERIFY(m_slow->run("BEGIN"));
    QVERIFY(m_slow->run(emmettInsertion(1, 0))); // position 2
    QVERIFY(m_quick->run(emmettInsertion(0, 1)));
    QTRY_VERIFY(complaints().contains("provisional"));
    QVERIFY2(complaints().contains("position 2:"), m_complaints.constData());
    QTest::qWait(300);
    QCOMPARE(complaints().count('\n'), 1);
    QCOMPARE(printed().count('\n'), 1);
    QVERIFY(m_slow->run("COMMIT"));
    QTRY_COMPARE(printed().count('\n'), 3);
    QVERIFY(m_printed.indexOf("\"position\":2,") < m_printed.indexOf("\"position\":3,"));
}

void TestFollowGaps::printsWhatComesLate() {
    QVERIFY(m_quick->run("SELECT nextval('emt_global_message_position')"));
    QVERIFY(m_quick->run("SELECT nextval('emt_global_message_position')"));
    follow({u"--filter"_s, u"stream:cart-*"_s});
    QTRY_COMPARE(printed().count('\n'), 1);
    QVERIFY(m_quick->run(emmettInsertion(0, 1))); // position 4
    QTRY_COMPARE(printed().count('\n'), 2);
    for (const int position : {2, 3}) {
        QByteArray insertion = emmettInsertion(position, 0);
        insertion.replace("(stream_position", "(global_position,stream_position")
            .replace("VALUES(", "VALUES(" + QByteArray::number(position) + ",");
        if (position == 3)
            insertion.replace("'cart-3'", "'basket-3'"); // not asked for
        QVERIFY(m_quick->run(insertion));
    }
    QTRY_COMPARE(printed().count('\n'), 3);
    QVERIFY(m_printed.indexOf("\"position\":4,") < m_printed.indexOf("\"position\":2,"));
    QVERIFY2(complaints().contains("position 2: committed after later ones"),
             m_complaints.constData());
    QTest::qWait(700);
    QCOMPARE(printed().count('\n'), 3);
    QCOMPARE(complaints().count('\n'), 1);
}

void TestFollowGaps::saysThatALogEndsBeforeAGap() {
    QVERIFY(m_slow->run("BEGIN"));
    QVERIFY(m_slow->run(emmettInsertion(1, 0)));
    QVERIFY(m_quick->run(emmettInsertion(0, 1)));
    const QString url = sharedPostgresServer().url(m_database);
    for (const QStringList& command :
         {QStringList{u"events"_s, url, u"--json"_s}, QStringList{u"export"_s, url}}) {
        const ProgramResult result = runRewindow(command);
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.out.count('\n'), 1);
        QVERIFY2(result.err.contains("position 2: missing"), result.err.constData());
    }
    // It asks for no more than there is.
    QCOMPARE(runRewindow({u"events"_s, url, u"cart-0"_s}).err, QByteArray());
}

QTEST_GUILESS_MAIN(TestFollowGaps)
#include "tst_follow_gaps.moc"
