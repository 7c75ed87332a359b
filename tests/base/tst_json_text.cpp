// Parts of a JSON text taken out of it verbatim.
#include "base/json.h"
#include "base/random_json.h"
#include "support/test_support.h"

using namespace rewindow;

class TestJsonText : public QObject {
    Q_OBJECT

  private slots:
    void rawMembersAreVerbatim();
    void rawMembersRefuse_data();
    void rawMembersRefuse();
    void blanksAreLeftOut();
    void blanksAreLeftOutOfAnything();
};

void TestJsonText::rawMembersAreVerbatim() {
    const std::string text = " { \"stream\" : \"a-1\" ,\"data\":{ \"n\" : 1.10 , \"n\" : 1e2 }\n, "
                             "\"e\\u0301\\n\" :[ ] , "
                             "\"stream\":null } ";
    ASSIGN_RESULT(members, rawMembers(text));
    QCOMPARE(members.size(), std::size_t(4));
    QCOMPARE(members[0].key, std::string("stream"));
    QCOMPARE(members[0].value, std::string_view("\"a-1\""));
    QCOMPARE(members[1].value, std::string_view("{ \"n\" : 1.10 , \"n\" : 1e2 }"));
    QCOMPARE(members[2].key, std::string("e\u0301\n"));
    QCOMPARE(members[2].value, std::string_view("[ ]"));
    QCOMPARE(members[3].value, std::string_view("null"));
    QVERIFY(members[1].value.data() > text.data() &&
            members[1].value.data() < text.data() + text.size());
    ASSIGN_RESULT(none, rawMembers(" { } "));
    QVERIFY(none.empty());
}

void TestJsonText::rawMembersRefuse_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("where");
    const auto row = [](const char* text, const char* where) {
        QTest::addRow("%s", text) << QByteArray(text) << QString::fromLatin1(where);
    };
    row("", "line 1, column 1");
    row("[1]", "line 1, column 1");
    row("null", "line 1, column 1");
    row("{", "line 1, column 2");
    row("{\"a\":1", "line 1, column 7");
    row("{\"a\":1,}", "line 1, column 8");
    row("{\"a\":[1,]}", "line 1, column 9");
    row("{\"a\":1} {}", "line 1, column 9");
    row("{\"a\":1]", "line 1, column 7");
    row("{\"a\" 1}", "line 1, column 6");
    row("{a:1}", "line 1, column 2");
}

void TestJsonText::rawMembersRefuse() {
    QFETCH(QByteArray, text);
    QFETCH(QString, where);
    const auto members = rawMembers(text.toStdString());
    QVERIFY(!members.has_value());
    QCOMPARE(members.error().kind, Error::Kind::BadInput);
    QCOMPARE(members.error().where, where);
}

void TestJsonText::blanksAreLeftOut() {
    QCOMPARE(withoutBlanks(" { \"a b\" :\t[ 1.10 ,\r\n\"x \\\" y\\\\\" , 1E2 ] } "),
             std::string("{\"a b\":[1.10,\"x \\\" y\\\\\",1E2]}"));
    QCOMPARE(withoutBlanks("\"\\u0020 \""), std::string("\"\\u0020 \""));
    QCOMPARE(withoutBlanks(""), std::string());
}

void TestJsonText::blanksAreLeftOutOfAnything() {
    test::RandomJson random(2);
    for (int round = 0; round < 1'000; ++round) {
        const Json value = random.value(4);
        QCOMPARE(withoutBlanks(value.dumpPretty(3)), value.dump());
    }
}

QTEST_GUILESS_MAIN(TestJsonText)
#include "tst_json_text.moc"
