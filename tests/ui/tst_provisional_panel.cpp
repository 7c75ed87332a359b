// What the window shows of a log on a server that ends before a gap, or went past one.
#include "model/items/provisional_model.h"
#include "support/emmett_table.h"
#include "support/mariadb_server.h"
#include "support/postgres_server.h"
#include "ui/log/provisional_panel.h"
#include "ui/shell/status_line.h"
#include "ui/shown_log_page.h"
#include "ui/ui_support.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestProvisionalPanel : public QObject, protected ShownLogPage {
    Q_OBJECT

  private slots:
    void init();
    void cleanup() {
        close();
        m_slow.reset();
        m_quick.reset();
    }
    void showsWhatLiesBeyondAGap();
    void isGoneWhenTheGapIsDead();
    void keepsQuietAboutShortGaps();
    void showsAndTellsWhatCameLate();
    void tellsWhatIsAssumed();

  private:
    ProvisionalPanel& panel() { return *m_page->provisionalPanel(); }
    void leaveAGap() {
        QVERIFY(m_slow->run("BEGIN"));
        QVERIFY(m_slow->run(emmettInsertion(1, 0))); // position 2
        QVERIFY(m_quick->run(emmettInsertion(0, 1)));
        QVERIFY(m_quick->run(emmettInsertion(0, 2)));
    }

    Homes m_homes;
    QString m_database;
    std::unique_ptr<OtherSession> m_slow;
    std::unique_ptr<OtherSession> m_quick;
};

void TestProvisionalPanel::init() {
    m_database = sharedPostgresServer().makeDatabase();
    m_slow = std::make_unique<OtherSession>(sharedPostgresServer(), m_database);
    m_quick = std::make_unique<OtherSession>(sharedPostgresServer(), m_database);
    QVERIFY(m_quick->run(kEmmettTables));
    QVERIFY(m_quick->run(emmettInsertion(0, 0)));
    openOn(*StoreUrl::parse(sharedPostgresServer().url(m_database)));
    QTRY_COMPARE(m_page->model()->rowCount(), 1);
    QVERIFY(!panel().isVisible());
}

void TestProvisionalPanel::showsWhatLiesBeyondAGap() {
    leaveAGap();
    QTRY_VERIFY(panel().isVisible());
    QAbstractItemModel& model = *panel().model();
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, LogModel::PositionColumn).data().toString(), u"3"_s);
    QCOMPARE(model.index(1, LogModel::StreamColumn).data().toString(), u"cart-0"_s);
    // Not told by colour alone, nor by the eye alone.
    QVERIFY(panel().sentence().contains(u"Position 2 is missing"));
    QVERIFY(panel().accessibleName().contains(panel().sentence()));
    QCOMPARE(model.index(0, LogModel::TypeColumn).data(Qt::AccessibleTextRole).toString(),
             u"provisional: Happened"_s);
    QVERIFY(panel().table()->currentIndex().isValid());
    QCOMPARE(m_page->model()->rowCount(), 1);
    QCOMPARE(m_session->summary().events, 1);
    // One more.
    QVERIFY(m_quick->run(emmettInsertion(0, 3)));
    QTRY_COMPARE(model.rowCount(), 3);
    QVERIFY(m_slow->run("COMMIT"));
    QTRY_VERIFY(!panel().isVisible());
    QTRY_COMPARE(m_page->model()->rowCount(), 5);
    QCOMPARE(model.rowCount(), 0);
}

void TestProvisionalPanel::isGoneWhenTheGapIsDead() {
    leaveAGap();
    QTRY_VERIFY(panel().isVisible());
    QVERIFY(m_slow->run("ROLLBACK"));
    QTRY_VERIFY(!panel().isVisible());
    QTRY_COMPARE(m_page->model()->rowCount(), 3);
    QVERIFY(m_session->edge().assumed.empty());
}

void TestProvisionalPanel::keepsQuietAboutShortGaps() {
    leaveAGap();
    QTRY_VERIFY(m_session->edge().open.has_value());
    QVERIFY(m_slow->run("COMMIT"));
    QTest::qWait(800);
    QVERIFY(!panel().isVisible());
    QVERIFY(!m_session->edge().open);
}

void TestProvisionalPanel::showsAndTellsWhatCameLate() {
    leaveAGap();
    QVERIFY(m_slow->run("ROLLBACK"));
    QTRY_COMPARE(m_page->model()->rowCount(), 3);
    QSignalSpy failures(m_session.get(), &Session::failed);
    QSignalSpy late(m_session.get(), &Session::cameLate);
    QByteArray insertion = emmettInsertion(1, 0);
    insertion.replace("(stream_position", "(global_position,stream_position")
        .replace("VALUES(", "VALUES(2,");
    QVERIFY(m_quick->run(insertion));
    QTRY_COMPARE(late.size(), 1);
    QTRY_COMPARE(failures.size(), 1);
    const QString told = failures.front().front().value<Error>().sentence();
    QVERIFY2(told.contains(u"at 2"), qPrintable(told));
    QTRY_COMPARE(m_page->model()->rowCount(), 4);
    QTRY_COMPARE(m_session->summary().events, 4);
}

void TestProvisionalPanel::tellsWhatIsAssumed() {
    MariaDbServer& server = sharedMariaDbServer();
    const QString database = server.makeDatabase();
    OtherMariaDbSession slow(server, database);
    OtherMariaDbSession quick(server, database);
    QVERIFY(
        quick.run("CREATE TABLE events(position bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY "
                  "KEY, version int, stream varchar(255), aggregate_id varchar(255), timestamp "
                  "datetime, event text, UNIQUE(stream, aggregate_id, version))"));
    QVERIFY(quick.run("CREATE OR REPLACE USER looker@'%'; GRANT SELECT ON " + database.toUtf8() +
                      ".* TO looker@'%'"));
    const QByteArray insertion = "INSERT INTO events(version,stream,aggregate_id,timestamp,event) "
                                 "VALUES(%1,'w','%2',utc_timestamp(),'{\"type\":\"Happened\"}')";
    const auto inserted = [&insertion](const char* version, const char* id) {
        return QByteArray(insertion).replace("%1", version).replace("%2", id);
    };
    QVERIFY(quick.run(inserted("1", "a")));
    m_page.reset();
    m_session.reset();
    Settings settings;
    MainWindow window(settings, nullptr);
    const auto failure = open(window, *StoreUrl::parse(server.url(database, u"looker"_s)));
    QVERIFY2(!failure, failure ? qPrintable(failure->sentence()) : "");
    QVERIFY(slow.run("BEGIN; " + inserted("1", "b")));
    QVERIFY(quick.run(inserted("2", "a")));
    QVERIFY(slow.run("ROLLBACK"));
    const auto says = [&window](const QString& text) {
        for (const QLabel* label : window.findChild<StatusLine*>()->findChildren<QLabel*>())
            if (label->text().contains(text) && label->toolTip().contains(u"the last one is 2"))
                return true;
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(says(u"1 gap"_s), 30'000);
}

QTEST_MAIN(TestProvisionalPanel)
#include "tst_provisional_panel.moc"
