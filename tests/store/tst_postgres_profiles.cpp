// Profiles of any making, and names of any kind, are no statements for a PostgreSQL server.
#include "support/profile_promises.h"

#include <QTemporaryDir>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

using Profiles = ProfilePromises<OnPostgres>;

} // namespace

class TestPostgresProfiles : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { qputenv("REWINDOW_DATA_HOME", m_home.path().toUtf8()); }
    void readsThroughIdentifiersOfAnyKind();
    void namesWithANulAreNoTables() { Profiles::namesWithANulAreNoTables(m_home.path()); }
    void mutatedProfilesRunNoStatement() { Profiles::mutatedProfilesRunNoStatement(m_home.path()); }

  private:
    QTemporaryDir m_home;
};

void TestPostgresProfiles::readsThroughIdentifiersOfAnyKind() {
    const QString database = sharedPostgresServer().makeDatabase();
    OtherSession session(sharedPostgresServer(), database);
    QVERIFY(session.run("CREATE SCHEMA \"odd\"\"; schema?\""));
    QVERIFY(session.run("CREATE TABLE \"odd\"\"; schema?\".\"e?'; DROP TABLE x; --\"("
                        "\"no?\" bigint, \"na\"\"me\" text, \"v;\" int, \"ki'nd\" text, data "
                        "bytea, \"at\" timestamp)"));
    QVERIFY(session.run("INSERT INTO \"odd\"\"; schema?\".\"e?'; DROP TABLE x; --\" VALUES"
                        "(1,'s-1',0,'A','{\"n\":1}','2026-11-24 10:00:00.5'),"
                        "(2,'s-1',1,'B',NULL,'infinity')"));
    Profiles::readsThroughIdentifiersOfAnyKind(m_home.path(), sharedUrl<OnPostgres>(database),
                                               "ki'nd", 2, 1);
}

QTEST_GUILESS_MAIN(TestPostgresProfiles)
#include "tst_postgres_profiles.moc"
