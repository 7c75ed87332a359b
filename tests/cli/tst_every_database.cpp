// The demo, and all that a terminal does with a store, on a server as in a file: the same words
// come out. REWINDOW_TEST_STORE says which database stands beside the file; without it, another
// file.
#include "cli/terminal.h"
#include "support/scratch_store.h"

#include <QProcess>
#include <QRegularExpression>

#include <csignal>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

const QString kEvents = u"400"_s;

/// A database for a store that is not made yet, in the same place as ScratchStore's.
QString freeAddress(const Desk& desk, const QString& name) {
    if (isOnPostgres())
        return sharedPostgresServer().url(sharedPostgresServer().makeDatabase());
    if (isOnMariaDb())
        return sharedMariaDbServer().url(sharedMariaDbServer().makeDatabase());
    return desk.path(name);
}

/// What is no part of a store's answer: where it lies, what is random, what a clock says.
QByteArray comparable(QByteArray text, const QString& store) {
    text.replace(store.toUtf8(), "STORE");
    const auto url = StoreUrl::parse(store);
    if (url) {
        text.replace(url->toString().toUtf8(), "STORE");
        text.replace(url->displayName().toUtf8(), "STORE");
    }
    QString shown = QString::fromUtf8(text);
    static const QRegularExpression database(u"\"database\":\"[^\"]*\"|\\b(SQLite|PostgreSQL|"
                                             u"MariaDB)\\b *"_s);
    static const QRegularExpression uuid(
        u"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"_s);
    static const QRegularExpression today(QDateTime::currentDateTimeUtc().toString(u"yyyy"_s) +
                                          u"-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}Z"_s);
    shown.replace(database, u"DATABASE"_s);
    shown.replace(today, u"NOW"_s);
    static const QRegularExpression ofNow( // as views hold it, in microseconds
        u"\\b(%1|%2)[0-9]{9}\\b"_s.arg(QDateTime::currentMSecsSinceEpoch() / 1'000'000)
            .arg(QDateTime::currentMSecsSinceEpoch() / 1'000'000 + 1));
    shown.replace(ofNow, u"NOW"_s);
    // Random ids are told apart by their order alone.
    QStringList ids;
    qsizetype from = 0;
    while (true) {
        const auto id = uuid.match(shown, from);
        if (!id.hasMatch())
            break;
        if (!ids.contains(id.captured()))
            ids << id.captured();
        const QString name = u"ID%1"_s.arg(ids.indexOf(id.captured()));
        shown.replace(id.capturedStart(), id.capturedLength(), name);
        from = id.capturedStart() + name.size();
    }
    return shown.toUtf8();
}

class tst_EveryDatabase : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void saysTheSame_data();
    void saysTheSame();
    void importsTheSame();
    void exportsWhatItImported();
    void anInterruptedDemoLeavesNothing();
    void aKilledDemoIsGoneOnWith();
    void anotherStoreIsLeftAlone();
    void aNameCanBeTooLong();

  private:
    /// Tables that are there, on a server.
    QStringList tablesOf(const QString& url) const;

    Desk m_desk;
    QString m_file;
    QString m_other;
    QString m_order; ///< a stream with a long history
};

QStringList tst_EveryDatabase::tablesOf(const QString& url) const {
    const QString database = url.section(u'/', -1);
    QStringList tables;
    if (isOnPostgres()) {
        OtherSession session(sharedPostgresServer(), database);
        for (const auto& row :
             session.rows("SELECT tablename FROM pg_tables WHERE schemaname='public' ORDER BY 1"))
            tables << QString::fromUtf8(row[0]);
    } else {
        OtherMariaDbSession session(sharedMariaDbServer(), database);
        for (const auto& row : session.rows("SELECT table_name FROM information_schema.tables "
                                            "WHERE table_schema=DATABASE() ORDER BY 1"))
            tables << QString::fromUtf8(row[0]);
    }
    return tables;
}

void tst_EveryDatabase::initTestCase() {
    m_file = m_desk.path(u"reference.db"_s);
    m_other = freeAddress(m_desk, u"other.db"_s);
    RUN(file, 0, {u"demo"_s, m_file, u"--events"_s, kEvents, u"--json"_s});
    RUN(other, 0, {u"demo"_s, m_other, u"--events"_s, kEvents, u"--json"_s});
    QCOMPARE(comparable(other.out, m_other), comparable(file.out, m_file));
    RUN(streams, 0, {u"streams"_s, m_file, u"--type"_s, u"order"_s, u"--json"_s});
    qint64 longest = 0;
    for (const Json& line : jsonLines(streams.out))
        if (line["version"].toInteger().value_or(0) > longest) {
            longest = *line["version"].toInteger();
            m_order = line["stream"].toQString();
        }
    QVERIFY(longest > 4);
}

void tst_EveryDatabase::saysTheSame_data() {
    QTest::addColumn<QStringList>("before"); // the store
    QTest::addColumn<QStringList>("after");
    const auto row = [](const char* name, const QString& command, const QString& words) {
        QTest::newRow(name) << QStringList{command} << words.split(u' ', Qt::SkipEmptyParts);
    };
    row("info", u"info"_s, {});
    row("info in JSON", u"info"_s, u"--json"_s);
    row("streams", u"streams"_s, u"--limit 20"_s);
    row("streams of a type", u"streams"_s, u"--type user --json"_s);
    row("events", u"events"_s, u"--limit 30"_s);
    row("all events", u"events"_s, u"--json"_s);
    row("events of a stream", u"events"_s, u"ORDER --from 2 --to 4 --json"_s);
    row("events under a filter", u"events"_s, u"--filter type:Order*|data.quantity>1 --json"_s);
    row("replay", u"replay"_s, u"ORDER"_s);
    row("replay to a version", u"replay"_s, u"ORDER --to 3 --json"_s);
    row("replay to nothing", u"replay"_s, u"ORDER --to 0 --json"_s);
    row("replay at a position", u"replay"_s, u"ORDER --at 350 --json"_s);
    row("replay merged", u"replay"_s, u"ORDER --domain merge --json"_s);
    row("no such stream", u"replay"_s, u"order-none"_s);
    row("diff", u"diff"_s, u"ORDER 1 4 --json"_s);
    row("diff back to nothing", u"diff"_s, u"ORDER 3 0"_s);
    row("blame", u"history"_s, u"ORDER --json"_s);
    row("blame of a value", u"history"_s, u"ORDER /status"_s);
    row("views", u"query"_s, u"order_views --json"_s);
    row("views in columns", u"query"_s, u"customer_spend"_s);
    row("views as of", u"query"_s, u"order_views --at 200 --json"_s);
    row("views as of a beginning", u"query"_s, u"product_sales --at 0 --json"_s);
    row("views beyond", u"query"_s, u"product_sales --at 999999"_s);
    row("audit", u"audit"_s, u"--json"_s);
    // What follows is sent to both, in this order.
    row("send: a user", u"send"_s, u"RegisterUser userId=ada name=Ada --json"_s);
    row("send: again", u"send"_s, u"RegisterUser userId=ada name=Ada"_s);
    row("send: a product", u"send"_s, u"AddProduct productId=tea name=Tea price=12050"_s);
    row("send: an order", u"send"_s,
        u"CreateOrder orderId=a1 userId=ada productId=tea quantity=2 --expect 0 --json"_s);
    row("send: refused", u"send"_s, u"ShipOrder orderId=a1 --json"_s);
    row("send: a conflict", u"send"_s, u"PlaceOrder orderId=a1 --expect 7 --json"_s);
    row("send: as expected", u"send"_s, u"PlaceOrder orderId=a1 --expect 1 --json"_s);
    row("send: no such command", u"send"_s, u"EatOrder orderId=a1"_s);
    row("send: no such field", u"send"_s, u"PlaceOrder order=a1"_s);
    row("send: renames everywhere", u"send"_s, u"RenameUser userId=ada name=Grace"_s);
    row("its row", u"query"_s, u"order_views --id a1 --json"_s);
    row("its row before", u"query"_s, u"order_views --id a1 --at 403 --json"_s);
    row("its events", u"events"_s, u"order-a1 --json"_s);
    row("rebuild", u"project"_s, u"--rebuild --json"_s);
    row("all rows", u"query"_s, u"order_views --json"_s);
    row("audit of the rebuilt", u"audit"_s, u"--json"_s);
    row("info at the end", u"info"_s, u"--json"_s);
}

void tst_EveryDatabase::saysTheSame() {
    QFETCH(QStringList, before);
    QFETCH(QStringList, after);
    after.replaceInStrings(u"ORDER"_s, m_order);
    after.replaceInStrings(u"|"_s, u" "_s);
    const auto here = runRewindow(before + QStringList{m_file} + after);
    const auto there = runRewindow(before + QStringList{m_other} + after);
    QVERIFY(here.exitCode >= 0);
    QVERIFY2(here.exitCode != 0 || !here.out.isEmpty() || before.front() == u"audit" ||
                 after.contains(u"0"_s),
             "nothing is said");
    QCOMPARE(there.exitCode, here.exitCode);
    const auto ours = comparable(here.out, m_file).split('\n');
    const auto theirs = comparable(there.out, m_other).split('\n');
    for (qsizetype i = 0; i < qMin(ours.size(), theirs.size()); ++i)
        QCOMPARE(theirs[i], ours[i]);
    QCOMPARE(theirs.size(), ours.size());
    QCOMPARE(comparable(there.err, m_other), comparable(here.err, m_file));
}

void tst_EveryDatabase::importsTheSame() {
    RUN(all, 0, {u"events"_s, m_file, u"--json"_s});
    const QString lines = m_desk.write(u"all.jsonl"_s, all.out);
    const QString file = m_desk.path(u"imported.db"_s);
    const QString other = freeAddress(m_desk, u"imported-too.db"_s);
    for (const QString& store : {file, other}) {
        RUN(made, 0, {u"init"_s, store, u"--domain"_s, u"order"_s});
        RUN(imported, 0, {u"import"_s, store, lines, u"--json"_s});
        QCOMPARE(jsonLines(imported.out).front()["events"].toInteger(),
                 std::optional<qint64>(all.out.count('\n')));
        RUN(again, 0, {u"import"_s, store, lines, u"--json"_s});
        QCOMPARE(jsonLines(again.out).front()["events"].toInteger(), std::optional<qint64>(0));
        // A line that clashes is named, and nothing before it stays.
        RUN(clash, 2, {u"import"_s, store, u"-"_s},
            R"({"stream":"new-1","type":"T","data":{}})"
            "\n"
            R"({"stream":")" +
                m_order.toUtf8() +
                R"(","version":1,"type":"T","data":{}})"
                "\n");
        QVERIFY2(clash.err.contains("line 2"), clash.err.constData());
        RUN(info, 0, {u"info"_s, store, u"--json"_s});
        QCOMPARE(jsonLines(info.out).front()["events"].toInteger(),
                 std::optional<qint64>(all.out.count('\n')));
        RUN(read, 0, {u"events"_s, store, u"--json"_s});
        QCOMPARE(read.out, all.out);
    }
}

void tst_EveryDatabase::exportsWhatItImported() {
    const QString other = freeAddress(m_desk, u"odd.db"_s);
    RUN(made, 0, {u"init"_s, other});
    const QByteArray line = R"({"stream":"odd name-1","type":"Ünusual \"type\"","data":{"big":)" +
                            QByteArray(300, '9') +
                            R"(,"text":"a\u0000b\ud83d\ude00 \\ ' ` $1 ?","z":1,"a":[]}})"
                            "\n";
    RUN(imported, 0, {u"import"_s, other, u"-"_s}, line);
    const QString lines = m_desk.path(u"odd.jsonl"_s);
    RUN(exported, 0, {u"events"_s, other, u"--json"_s});
    const Json event = jsonLines(exported.out).front();
    const Json wanted = jsonLines(line).front();
    for (const char* key : {"stream", "type", "data"})
        QCOMPARE(event[key].dump(), wanted[key].dump());
}

/// Neither tables nor rows; the same command, and another, work afterwards.
void tst_EveryDatabase::anInterruptedDemoLeavesNothing() {
    if (!isOnPostgres() && !isOnMariaDb())
        return; // tst_Interrupting has it, for files
    for (const int signal : {SIGINT, SIGTERM}) {
        const QString store = freeAddress(m_desk, {});
        QProcess process;
        process.start(rewindowProgram(), {u"demo"_s, store, u"--events"_s, u"1000000"_s});
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(tablesOf(store).contains(u"view_checkpoints"_s), 20'000);
        QTest::qWait(300);
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), signal), 0);
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        QCOMPARE(tablesOf(store), QStringList());
        RUN(made, 0, {u"demo"_s, store, u"--events"_s, u"50"_s, u"--seed"_s, u"3"_s});
    }
}

void tst_EveryDatabase::aKilledDemoIsGoneOnWith() {
    if (!isOnPostgres() && !isOnMariaDb())
        return;
    const QString store = freeAddress(m_desk, {});
    const QStringList demo{u"demo"_s, store, u"--events"_s, u"20000"_s, u"--json"_s};
    QProcess process;
    process.start(rewindowProgram(), demo);
    QVERIFY(process.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(tablesOf(store).contains(u"view_checkpoints"_s), 20'000);
    QTest::qWait(200);
    process.kill();
    QVERIFY(process.waitForFinished(30'000));
    // One of another seed does not take it for its own.
    RUN(other, 2, {u"demo"_s, store, u"--events"_s, u"20000"_s, u"--seed"_s, u"99"_s});
    RUN(made, 0, demo);
    RUN(info, 0, {u"info"_s, store, u"--json"_s});
    const Json told = jsonLines(info.out).front();
    QCOMPARE(told["events"].toInteger(), std::optional<qint64>(20'000));
    for (std::size_t i = 0; i < told["views"].size(); ++i)
        QCOMPARE(told["views"].at(i)["lag"].toInteger(), std::optional<qint64>(0));
    RUN(audited, 0, {u"audit"_s, store});
    // Whole, it is not free.
    RUN(again, 2, demo);
}

/// What lies there already is nobody's to take away.
void tst_EveryDatabase::anotherStoreIsLeftAlone() {
    RUN(before, 0, {u"events"_s, m_other, u"--json"_s});
    RUN(refused, 2, {u"demo"_s, m_other, u"--events"_s, u"50"_s});
    RUN(made, 2, {u"init"_s, m_other});
    RUN(after, 0, {u"events"_s, m_other, u"--json"_s});
    QCOMPARE(after.out, before.out);
    if (!isOnMariaDb())
        return;
    // Making a store that was broken off is gone on with; a table of someone else's is not.
    const QString store = freeAddress(m_desk, {});
    OtherMariaDbSession session(sharedMariaDbServer(), store.section(u'/', -1));
    QVERIFY(session.run("CREATE TABLE events(x int)"));
    RUN(taken, 2, {u"init"_s, store});
    QCOMPARE(tablesOf(store), QStringList{u"events"_s});
    QVERIFY(session.run("CREATE TABLE rewindow_meta(schema_version INTEGER NOT NULL, store_id "
                        "VARCHAR(255) NOT NULL, domain VARCHAR(255) NOT NULL)"));
    QVERIFY(session.run("INSERT INTO events VALUES(1)"));
    RUN(stillTaken, 2, {u"init"_s, store});
    QVERIFY(session.run("DELETE FROM events"));
    RUN(goneOn, 0, {u"init"_s, store});
    RUN(info, 0, {u"info"_s, store, u"--json"_s});
    QCOMPARE(jsonLines(info.out).front()["profile"].toQString(), u"rewindow"_s);
}

void tst_EveryDatabase::aNameCanBeTooLong() {
    const QString store = freeAddress(m_desk, u"long.db"_s);
    RUN(made, 0, {u"init"_s, store});
    const auto lineWith = [](const QByteArray& stream, const QByteArray& type) {
        return R"({"stream":")" + stream + R"(","type":")" + type +
               R"(","data":{}})"
               "\n";
    };
    RUN(fits, 0, {u"import"_s, store, u"-"_s},
        lineWith("a-" + QByteArray("\xc3\xa4").repeated(698), QByteArray(700, 'T')));
    for (const QByteArray& line :
         {lineWith("a-" + QByteArray(699, 'x'), "T"), lineWith("a-1", QByteArray(701, 'T'))}) {
        const auto imported = runRewindow({u"import"_s, store, u"-"_s}, line);
        if (!isOnMariaDb()) {
            QVERIFY2(imported.exitCode == 0, imported.err.constData());
            continue;
        }
        QCOMPARE(imported.exitCode, 2);
        QVERIFY2(imported.err.contains("700") && imported.err.contains("line 1"),
                 imported.err.constData());
        QVERIFY(
            !imported.err.contains("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                                   "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                                   "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"));
    }
}

} // namespace

QTEST_GUILESS_MAIN(tst_EveryDatabase)
#include "tst_every_database.moc"
