// Profiles: what they say, what they may not say, and which one fits a database.
#include "store/profile.h"
#include "store/profile/profile_recognition.h"
#include "support/store_files.h"
#include "support/test_support.h"

using namespace rewindow;
using namespace Qt::StringLiterals;
using namespace rewindow::test;

namespace {

const QByteArray kSmallest = R"({"name":"x","database":"sqlite",
    "recognisedBy":[{"table":"log","columns":["stream"]}],
    "events":{"table":"log","stream":"stream","version":"version","type":"kind","data":"body"}})";

QByteArray changed(const QByteArray& from, const QByteArray& to) {
    QByteArray json = kSmallest;
    Q_ASSERT(json.contains(from));
    return json.replace(from, to);
}

} // namespace

class TestProfile : public QObject {
    Q_OBJECT

  private slots:
    void readsTheSmallest();
    void readsEveryKey();
    void namesFileKeyAndExpectation_data();
    void namesFileKeyAndExpectation();
    void hasThoseBuiltIn();
    void addsThoseOfTheUser();
    void leavesOutAndReportsABrokenOne();
    void theMostSpecificWins();

  private:
    void drop(const QString& name, const QByteArray& json) {
        QVERIFY(QDir().mkpath(Profile::userFolder()));
        QFile file(Profile::userFolder() + u'/' + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(json);
    }
    PrivateDataHome m_home;
};

void TestProfile::readsTheSmallest() {
    ASSIGN_RESULT(profile, Profile::parse(kSmallest, u"x.json"_s));
    QCOMPARE(profile.name, u"x"_s);
    QCOMPARE(profile.title, u"x"_s);
    QCOMPARE(profile.table, u"log"_s);
    QCOMPARE(profile.type.name, u"kind"_s);
    QCOMPARE(profile.typeSeparator, u"-"_s);
    QCOMPARE(profile.versionCountsFrom, 1);
    QVERIFY(!profile.position.isPresent());
    QVERIFY(!profile.metadata.isPresent());
    QVERIFY(!profile.writable);
}

void TestProfile::readsEveryKey() {
    ASSIGN_RESULT(profile, Profile::parse(R"({"name":"y","title":"Why","database":"sqlite",
        "recognisedBy":[{"table":"log","columns":["a","b"]},{"table":"meta","columns":["c"]}],
        "events":{"table":"log","position":"pos","aggregateType":"at","aggregateId":"ai",
            "typeSeparator":null,"version":{"column":"v","countsFrom":0},"id":"id","type":"t",
            "data":{"column":"d","encoding":"json-bytes"},"metadata":"m",
            "correlationId":{"pointer":"/c~1d"},"causationId":"cause",
            "recordedAt":{"column":"at","encoding":"epoch-seconds"}},
        "conditions":[{"column":"kind","equals":"E"}]})",
                                          u"y.json"_s));
    QCOMPARE(profile.title, u"Why"_s);
    QCOMPARE(profile.recognisedBy.size(), 2u);
    QCOMPARE(profile.recognisedBy[0].columns.size(), 2u);
    QCOMPARE(profile.versionCountsFrom, 0);
    QVERIFY(!profile.stream.isPresent());
    QCOMPARE(profile.aggregateId.name, u"ai"_s);
    QVERIFY(profile.typeSeparator.isEmpty());
    QCOMPARE(profile.data.encoding, Profile::Encoding::JsonBytes);
    QCOMPARE(profile.metadata.encoding, Profile::Encoding::Json);
    QCOMPARE(profile.correlationPointer, u"/c~1d"_s);
    QVERIFY(!profile.correlationId.isPresent());
    QCOMPARE(profile.causationId.name, u"cause"_s);
    QCOMPARE(profile.recordedAt.encoding, Profile::Encoding::EpochSeconds);
    QCOMPARE(profile.conditions.size(), 1u);
    QCOMPARE(profile.conditions[0].equals, u"E"_s);
}

void TestProfile::namesFileKeyAndExpectation_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const QByteArray& json, const QString& pointer,
                        const QString& expected) {
        QTest::newRow(name) << json << pointer << expected;
    };
    row("no JSON", "{", u"line 1"_s, u"expected JSON"_s);
    row("no object", "[]", u"the whole file"_s, u"expected an object"_s);
    row("unknown key", changed(R"("name")", R"("colour":1,"name")"), u"/colour"_s,
        u"unknown key, expected one of name, title"_s);
    row("misspelt key", changed(R"("type":"kind")", R"("tpye":"kind")"), u"/events/tpye"_s,
        u"unknown key"_s);
    row("no name", changed(R"("name":"x",)", ""), u"/name"_s, u"missing"_s);
    row("empty name", changed(R"("name":"x")", R"("name":"")"), u"/name"_s, u"not empty"_s);
    row("other database", changed("sqlite", "oracle"), u"/database"_s, u"expected \"sqlite\""_s);
    row("no tables", changed(R"([{"table":"log","columns":["stream"]}])", "[]"), u"/recognisedBy"_s,
        u"expected an array that is not empty"_s);
    row("column no text", changed(R"(["stream"])", "[7]"), u"/recognisedBy/0/columns/0"_s,
        u"expected a text"_s);
    row("no type", changed(R"("type":"kind",)", ""), u"/events/type"_s, u"missing"_s);
    row("no stream", changed(R"("stream":"stream",)", ""), u"/events/stream"_s,
        u"aggregateType and aggregateId"_s);
    row("column a number", changed(R"("type":"kind")", R"("type":7)"), u"/events/type"_s,
        u"expected a column's name"_s);
    row("bad encoding", changed(R"("data":"body")", R"("data":{"column":"b","encoding":"xml"})"),
        u"/events/data/encoding"_s, u"expected one of text, json, json-bytes"_s);
    row("time as JSON",
        changed(R"("data":"body")", R"("data":"b","recordedAt":{"column":"t","encoding":"json"})"),
        u"/events/recordedAt/encoding"_s, u"iso-time"_s);
    row("counts from text",
        changed(R"("version":"version")", R"("version":{"column":"v","countsFrom":"0"})"),
        u"/events/version/countsFrom"_s, u"expected a whole number"_s);
    row("pointer without metadata",
        changed(R"("data":"body")", R"("data":"b","correlationId":{"pointer":"/c"})"),
        u"/events/metadata"_s, u"pointers point into"_s);
    row("bad pointer",
        changed(R"("data":"body")", R"("data":"b","metadata":"m","causationId":{"pointer":"c"})"),
        u"/events/causationId/pointer"_s, u"expected a JSON pointer"_s);
    row("condition", changed(R"("body"}})", R"("body"},"conditions":[{"column":"k"}]})"),
        u"/conditions/0/equals"_s, u"missing"_s);
}

void TestProfile::namesFileKeyAndExpectation() {
    QFETCH(QByteArray, json);
    QFETCH(QString, pointer);
    QFETCH(QString, expected);
    const auto profile = Profile::parse(json, u"/home/x.json"_s);
    QVERIFY(!profile);
    QCOMPARE(profile.error().kind, Error::Kind::BadInput);
    QVERIFY2(profile.error().where.startsWith(u"/home/x.json: "_s + pointer),
             qPrintable(profile.error().where));
    QVERIFY2(profile.error().what.contains(expected), qPrintable(profile.error().what));
}

void TestProfile::hasThoseBuiltIn() {
    std::vector<Error> problems;
    const std::vector<Profile> profiles = Profile::all(&problems);
    QVERIFY2(problems.empty(), problems.empty() ? "" : qPrintable(problems[0].sentence()));
    QStringList names;
    QStringList writable;
    for (const Profile& profile : profiles) {
        names << profile.name;
        if (profile.writable)
            writable << profile.name;
    }
    QVERIFY(names.contains(u"emmett-sqlite"));
    QCOMPARE(writable, QStringList{u"rewindow"_s});
}

void TestProfile::addsThoseOfTheUser() {
    drop(u"x.json"_s, kSmallest);
    std::vector<Error> problems;
    const std::vector<Profile> profiles = Profile::all(&problems);
    QVERIFY(problems.empty());
    QCOMPARE(profiles.back().name, u"x"_s);
    QVERIFY(!profiles.back().writable);
}

void TestProfile::leavesOutAndReportsABrokenOne() {
    drop(u"x.json"_s, kSmallest);
    drop(u"broken.json"_s, "{}");
    drop(u"own.json"_s, changed(R"("name":"x")", R"("name":"rewindow")"));
    std::vector<Error> problems;
    const std::vector<Profile> profiles = Profile::all(&problems);
    QCOMPARE(profiles.back().name, u"x"_s);
    QCOMPARE(problems.size(), 2u);
    QVERIFY(problems[0].where.contains(u"broken.json"));
    QVERIFY2(problems[1].what.contains(u"there is a profile \"rewindow\" already"),
             qPrintable(problems[1].what));
}

void TestProfile::theMostSpecificWins() {
    ASSIGN_RESULT(plain, Profile::parse(kSmallest, u"x.json"_s));
    ASSIGN_RESULT(special,
                  Profile::parse(changed(R"(["stream"])", R"(["stream","tenant"])"), u"z.json"_s));
    special.name = u"special"_s;
    const std::vector<Profile> profiles{plain, special};
    const QString sqlite = u"sqlite"_s;
    const QStringList columns{u"Stream"_s, u"VERSION"_s, u"kind"_s, u"body"_s};

    const Profile* found = recognise(profiles, sqlite, {{u"LOG"_s, columns}});
    QVERIFY(found != nullptr);
    QCOMPARE(found->name, u"x"_s);
    found = recognise(profiles, sqlite, {{u"log"_s, columns + QStringList{u"tenant"_s}}});
    QVERIFY(found != nullptr);
    QCOMPARE(found->name, u"special"_s);
    // A column that is mapped must be there, even where no table is recognised by it.
    QVERIFY(!recognise(profiles, sqlite, {{u"log"_s, columns.mid(0, 3)}}));
    QVERIFY(!recognise(profiles, sqlite, {{u"other"_s, columns}}));
    QVERIFY(!recognise(profiles, u"postgresql"_s, {{u"log"_s, columns}}));
}

QTEST_GUILESS_MAIN(TestProfile)
#include "tst_profile.moc"
