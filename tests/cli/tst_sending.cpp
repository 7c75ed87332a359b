// send, query, project and audit: a shop that is traded in from a terminal.
#include "cli/terminal.h"

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

class tst_Sending : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void anAcceptedCommandTellsWhatHappened();
    void fieldsMayComeAsJson();
    void aCreatedOrderIsInTheView();
    void aRenamedUserIsRenamedInEveryRow();
    void aRejectionSaysWhyAndExitsWithOne();
    void aWrongExpectationIsAConflictNamingBothVersions();
    void aFailedSendChangesNothing_data();
    void aFailedSendChangesNothing();
    void aForeignStoreIsRefused();
    void queryLooksBack();
    void projectCatchesUpAndRebuilds();
    void auditNamesAHandEditedCell();

  private:
    ProgramResult send(const QStringList& what) {
        return runRewindow(QStringList{u"send"_s, m_store} + what + QStringList{u"--json"_s});
    }
    std::vector<Json> query(const QStringList& what) {
        const auto result =
            runRewindow(QStringList{u"query"_s, m_store} + what + QStringList{u"--json"_s});
        return jsonLines(result.out);
    }
    qint64 head() {
        const auto lines = jsonLines(runRewindow({u"info"_s, m_store, u"--json"_s}).out);
        return lines.empty() ? -1 : *lines.front()["head"].toInteger();
    }

    std::unique_ptr<Desk> m_desk;
    QString m_store;
};

void tst_Sending::init() {
    m_desk = std::make_unique<Desk>();
    m_store = m_desk->path(u"shop.db"_s);
    RUN(made, 0, {u"demo"_s, m_store, u"--events"_s, u"60"_s});
    for (const QStringList& command :
         {QStringList{u"RegisterUser"_s, u"userId=ada"_s, u"name=Ada"_s},
          QStringList{u"AddProduct"_s, u"productId=tea"_s, u"name=Tea"_s, u"price=12050"_s},
          QStringList{u"CreateOrder"_s, u"orderId=a1"_s, u"userId=ada"_s, u"productId=tea"_s,
                      u"quantity=2"_s}}) {
        const auto sent = send(command);
        QVERIFY2(sent.exitCode == 0, sent.err.constData());
    }
}

void tst_Sending::anAcceptedCommandTellsWhatHappened() {
    const auto sent = send({u"PlaceOrder"_s, u"orderId=a1"_s, u"--expect"_s, u"1"_s});
    QCOMPARE(sent.exitCode, 0);
    const Json line = jsonLines(sent.out).front();
    QCOMPARE(keysOf(line), u"command,stream,version,events"_s);
    QCOMPARE(line["command"].toQString(), u"PlaceOrder"_s);
    QCOMPARE(line["stream"].toQString(), u"order-a1"_s);
    QCOMPARE(line["version"].toInteger(), std::optional<qint64>(2));
    QCOMPARE(line["events"].size(), std::size_t(1));
    RUN(events, 0, {u"events"_s, m_store, u"order-a1"_s, u"--from"_s, u"2"_s, u"--json"_s});
    QCOMPARE(jsonLines(events.out).front()["type"].toQString(), u"OrderPlaced"_s);
}

void tst_Sending::fieldsMayComeAsJson() {
    const auto sent =
        send({u"AddItem"_s, u"--data"_s, uR"({"orderId":"a1","productId":"tea","quantity":3})"_s});
    // The product is in the order already or it is added: either way the answer is the domain's.
    QVERIFY2(sent.exitCode == 0 || sent.exitCode == 1, sent.err.constData());
    const auto wrong = send({u"AddItem"_s, u"--data"_s, u"[1]"_s});
    QCOMPARE(wrong.exitCode, 2);
}

void tst_Sending::aCreatedOrderIsInTheView() {
    const auto rows = query({u"order_views"_s, u"--id"_s, u"a1"_s});
    QCOMPARE(rows.size(), std::size_t(1));
    QVERIFY(keysOf(rows[0]).startsWith(u"id,status,total,user_name"_s));
    QCOMPARE(rows[0]["status"].toQString(), u"created"_s);
    QCOMPARE(rows[0]["total"].toInteger(), std::optional<qint64>(24100));
    QCOMPARE(rows[0]["user_name"].toQString(), u"Ada"_s);
}

void tst_Sending::aRenamedUserIsRenamedInEveryRow() {
    QCOMPARE(send({u"CreateOrder"_s, u"orderId=a2"_s, u"userId=ada"_s, u"productId=tea"_s,
                   u"quantity=1"_s})
                 .exitCode,
             0);
    QCOMPARE(send({u"RenameUser"_s, u"userId=ada"_s, u"name=Ada Lovelace"_s}).exitCode, 0);
    for (const QString& id : {u"a1"_s, u"a2"_s})
        QCOMPARE(query({u"order_views"_s, u"--id"_s, id}).at(0)["user_name"].toQString(),
                 u"Ada Lovelace"_s);
}

void tst_Sending::aRejectionSaysWhyAndExitsWithOne() {
    const qint64 before = head();
    const auto sent = send({u"ShipOrder"_s, u"orderId=a1"_s});
    QCOMPARE(sent.exitCode, 1);
    const Json line = jsonLines(sent.out).front();
    QCOMPARE(keysOf(line), u"rejected"_s);
    QVERIFY(line["rejected"].toQString().size() > 10);
    QCOMPARE(head(), before);

    const auto plain = runRewindow({u"send"_s, m_store, u"ShipOrder"_s, u"orderId=a1"_s});
    QCOMPARE(plain.exitCode, 1);
    QVERIFY(QString::fromUtf8(plain.err + plain.out).contains(line["rejected"].toQString()));
}

void tst_Sending::aWrongExpectationIsAConflictNamingBothVersions() {
    const qint64 before = head();
    const auto sent = send({u"PlaceOrder"_s, u"orderId=a1"_s, u"--expect"_s, u"9"_s});
    QCOMPARE(sent.exitCode, 1);
    const Json line = jsonLines(sent.out).front();
    QCOMPARE(QString::fromStdString(line.dump()), uR"({"conflict":{"expected":9,"actual":1}})"_s);
    QCOMPARE(head(), before);
    const auto fresh = send({u"PlaceOrder"_s, u"orderId=a1"_s, u"--expect"_s, u"0"_s});
    QCOMPARE(fresh.exitCode, 1);
}

void tst_Sending::aFailedSendChangesNothing_data() {
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown command")
        << QStringList{u"EatOrder"_s, u"orderId=a1"_s} << u"EatOrder"_s;
    QTest::newRow("missing field") << QStringList{u"PayOrder"_s, u"orderId=a1"_s} << u"amount"_s;
    QTest::newRow("mistyped field")
        << QStringList{u"PayOrder"_s, u"orderId=a1"_s, u"amount=a lot"_s} << u"amount"_s;
    QTest::newRow("unknown field")
        << QStringList{u"PlaceOrder"_s, u"orderId=a1"_s, u"colour=red"_s} << u"colour"_s;
    QTest::newRow("no field") << QStringList{u"PlaceOrder"_s, u"a1"_s} << u"a1"_s;
    QTest::newRow("field twice") << QStringList{u"PlaceOrder"_s, u"orderId=a1"_s, u"orderId=a2"_s}
                                 << u"orderId"_s;
    QTest::newRow("not JSON") << QStringList{u"PlaceOrder"_s, u"--data"_s, u"{orderId"_s}
                              << u"--data"_s;
    QTest::newRow("version -1") << QStringList{u"PlaceOrder"_s, u"orderId=a1"_s, u"--expect"_s,
                                               u"-1"_s}
                                << u"-1"_s;
}

void tst_Sending::aFailedSendChangesNothing() {
    QFETCH(QStringList, command);
    QFETCH(QString, named);
    const qint64 before = head();
    const auto sent = send(command);
    QCOMPARE(sent.exitCode, 2);
    QVERIFY2(QString::fromUtf8(sent.err).contains(named), sent.err.constData());
    QCOMPARE(sent.out, QByteArray());
    QCOMPARE(head(), before);
}

void tst_Sending::aForeignStoreIsRefused() {
    const QString log = m_desk->write(u"log.jsonl"_s, R"({"stream":"a-1","type":"T","data":{}})"
                                                      "\n");
    const auto sent =
        runRewindow({u"send"_s, log, u"PlaceOrder"_s, u"orderId=a1"_s, u"--domain"_s, u"order"_s});
    QCOMPARE(sent.exitCode, 2);
    QVERIFY2(sent.err.contains("log.jsonl") || sent.err.contains("JSON Lines"),
             sent.err.constData());
    QVERIFY(sent.err.trimmed().endsWith('.'));
}

void tst_Sending::queryLooksBack() {
    const qint64 created = head();
    QCOMPARE(send({u"PlaceOrder"_s, u"orderId=a1"_s}).exitCode, 0);
    QCOMPARE(query({u"order_views"_s, u"--id"_s, u"a1"_s}).at(0)["status"].toQString(),
             u"placed"_s);
    QCOMPARE(query({u"order_views"_s, u"--id"_s, u"a1"_s, u"--at"_s, QString::number(created)})
                 .at(0)["status"]
                 .toQString(),
             u"created"_s);
    const auto before = runRewindow({u"query"_s, m_store, u"order_views"_s, u"--id"_s, u"a1"_s,
                                     u"--at"_s, QString::number(created - 1), u"--json"_s});
    QCOMPARE(before.exitCode, 1);
    QCOMPARE(before.out, QByteArray());
    RUN(unknown, 2, {u"query"_s, m_store, u"orders"_s});
    QVERIFY(unknown.err.contains("order_views"));
    RUN(beyond, 2, {u"query"_s, m_store, u"order_views"_s, u"--at"_s, u"999999"_s});
    QVERIFY(beyond.err.contains("999999"));
}

void tst_Sending::projectCatchesUpAndRebuilds() {
    const auto before = query({u"order_views"_s});
    RUN(rebuilt, 0,
        {u"project"_s, m_store, u"--rebuild"_s, u"--view"_s, u"order_views"_s, u"--json"_s});
    const Json line = jsonLines(rebuilt.out).front();
    QCOMPARE(keysOf(line), u"view,checkpoint,rows"_s);
    QCOMPARE(line["view"].toQString(), u"order_views"_s);
    QCOMPARE(line["checkpoint"].toInteger(), std::optional(head()));
    QCOMPARE(line["rows"].toInteger(), std::optional(static_cast<qint64>(before.size())));
    const auto after = query({u"order_views"_s});
    QCOMPARE(after.size(), before.size());
    for (std::size_t i = 0; i < after.size(); ++i)
        QVERIFY(after[i] == before[i]);
    RUN(all, 0, {u"project"_s, m_store, u"--json"_s});
    QCOMPARE(jsonLines(all.out).size(), std::size_t(3));
}

void tst_Sending::auditNamesAHandEditedCell() {
    RUN(clean, 0, {u"audit"_s, m_store, u"--json"_s});
    QCOMPARE(clean.out, QByteArray());
    const qint64 created = head();
    const auto edited =
        runProgram(u"sqlite3"_s, {m_store, u"UPDATE order_views SET total = 1 WHERE id = 'a1'"_s});
    QVERIFY2(edited.exitCode == 0, edited.err.constData());
    RUN(drifted, 1, {u"audit"_s, m_store, u"--json"_s});
    const auto lines = jsonLines(drifted.out);
    QCOMPARE(lines.size(), std::size_t(1));
    QCOMPARE(keysOf(lines[0]), u"view,id,column,expected,actual,position"_s);
    QCOMPARE(
        QString::fromStdString(lines[0].dump()),
        uR"({"view":"order_views","id":"a1","column":"total","expected":24100,"actual":1,"position":%1})"_s
            .arg(created));
    RUN(other, 0, {u"audit"_s, m_store, u"--view"_s, u"product_sales"_s});
    RUN(rebuilt, 0, {u"project"_s, m_store, u"--rebuild"_s});
    RUN(again, 0, {u"audit"_s, m_store});
}

} // namespace

QTEST_GUILESS_MAIN(tst_Sending)
#include "tst_sending.moc"
