// RFC 6901.
#include "base/json_pointer.h"
#include "support/test_support.h"

using namespace rewindow;

class TestJsonPointer : public QObject {
    Q_OBJECT

  private slots:
    void theExamplesOfTheRfc_data();
    void theExamplesOfTheRfc();
    void leadsNowhere_data();
    void leadsNowhere();
    void refuses_data();
    void refuses();
    void goesDownAndUp();
};

void TestJsonPointer::theExamplesOfTheRfc_data() {
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* pointer, const char* value) {
        QTest::addRow("'%s'", pointer) << QByteArray(pointer) << QByteArray(value);
    };
    row("/foo", R"(["bar","baz"])");
    row("/foo/0", R"("bar")");
    row("/", "0");
    row("/a~1b", "1");
    row("/c%d", "2");
    row("/e^f", "3");
    row("/g|h", "4");
    row("/i\\j", "5");
    row("/k\"l", "6");
    row("/ ", "7");
    row("/m~0n", "8");
}

void TestJsonPointer::theExamplesOfTheRfc() {
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, value);
    const Json document = Json::object({{"foo", Json::array({"bar", "baz"})},
                                        {"", 0},
                                        {"a/b", 1},
                                        {"c%d", 2},
                                        {"e^f", 3},
                                        {"g|h", 4},
                                        {"i\\j", 5},
                                        {"k\"l", 6},
                                        {" ", 7},
                                        {"m~n", 8}});
    ASSIGN_RESULT(parsed, JsonPointer::parse(pointer.toStdString()));
    QCOMPARE(parsed.toString(), pointer.toStdString());
    const Json* found = parsed.in(document);
    QVERIFY(found);
    QCOMPARE(found->dump(), value.toStdString());
    QVERIFY(JsonPointer().in(document) == &document);
}

void TestJsonPointer::leadsNowhere_data() {
    QTest::addColumn<QByteArray>("pointer");
    for (const char* pointer : {"/b", "/a/2", "/a/-", "/a/01", "/a/+1", "/a/ 1", "/a/x", "/a/0/x",
                                "/a/99999999999999999999", "/a/", "/n/0"})
        QTest::addRow("%s", pointer) << QByteArray(pointer);
}

void TestJsonPointer::leadsNowhere() {
    QFETCH(QByteArray, pointer);
    ASSIGN_RESULT(document, Json::parse(R"({"a":[1,2],"n":null})"));
    ASSIGN_RESULT(parsed, JsonPointer::parse(pointer.toStdString()));
    QVERIFY(!parsed.in(document));
}

void TestJsonPointer::refuses_data() {
    QTest::addColumn<QByteArray>("pointer");
    for (const char* pointer : {"a", "a/b", "/a~", "/a~2", "/~x", "#/a"})
        QTest::addRow("%s", pointer) << QByteArray(pointer);
}

void TestJsonPointer::refuses() {
    QFETCH(QByteArray, pointer);
    const auto parsed = JsonPointer::parse(pointer.toStdString());
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().kind, Error::Kind::Usage);
    QVERIFY(parsed.error().what.contains(QString::fromLatin1(pointer)));
    QVERIFY(!parsed.error().wayOut.isEmpty());
}

void TestJsonPointer::goesDownAndUp() {
    const JsonPointer pointer = JsonPointer().child("a/b").child(3).child("~");
    QCOMPARE(pointer.toString(), std::string("/a~1b/3/~0"));
    QCOMPARE(pointer.parent().toString(), std::string("/a~1b/3"));
    QVERIFY(pointer.parent().parent().parent().isRoot());
    QVERIFY(JsonPointer().parent().isRoot());
    QVERIFY(JsonPointer().child("a") < JsonPointer().child("a").child("b"));
}

QTEST_GUILESS_MAIN(TestJsonPointer)
#include "tst_json_pointer.moc"
