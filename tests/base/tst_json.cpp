// Json: what it reads, refuses, keeps and writes.
#include "base/json.h"
#include "base/random_json.h"
#include "support/test_support.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <thread>

using namespace rewindow;

class TestJson : public QObject {
    Q_OBJECT

  private slots:
    void keepsTextVerbatim_data();
    void keepsTextVerbatim();
    void readsEscapes_data();
    void readsEscapes();
    void writesJsonOfBytesThatAreNoText();
    void refuses_data();
    void refuses();
    void agreesWithAnotherParserOnMutilatedText();
    void ofARepeatedKeyTheLastValueCounts();
    void numbersAreComparedExactly_data();
    void numbersAreComparedExactly();
    void numbersThatAreWhole_data();
    void numbersThatAreWhole();
    void doublesReadBackTheSame();
    void keysMayStandInAnyOrder();
    void valuesOfOtherKinds();
    void whatIsWrittenReadsBack();
    void writesForPeople();
    void holdsHugeStrings();
    void nestsDeeply();
    void refusesToNestDeeper();
    void survivesMillionsOfOpenBrackets();
    void copiesAreUsedFromSeveralThreads();
};

namespace {

Json parsed(std::string_view text) {
    auto value = Json::parse(text);
    if (!value)
        qFatal("%s", qPrintable(value.error().sentence()));
    return *value;
}

std::string nested(int depth, const std::string& open, const std::string& core,
                   const std::string& close) {
    std::string text;
    for (int i = 0; i < depth; ++i)
        text += open;
    text += core;
    for (int i = 0; i < depth; ++i)
        text += close;
    return text;
}

} // namespace

void TestJson::keepsTextVerbatim_data() {
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"null",
                             "true",
                             "false",
                             "0",
                             "-0",
                             "1.10",
                             "1e2",
                             "1E+2",
                             "-1.5e-300",
                             "1e999999999999",
                             "9223372036854775807",
                             "123456789012345678901234567890",
                             "\"\"",
                             "\"a\"",
                             "[]",
                             "{}",
                             "[1,2,[3],{}]",
                             "{\"b\":1,\"a\":2,\"\":3}",
                             "{\"a\":{\"b\":[{\"c\":null}]}}",
                             "\"<b>x</b><img src=…>\"",
                             "\"مرحبا שלום 💶\"",
                             "\"\\u001b[31m\"",
                             "\"\x7f\"",
                             "\"\\\"\\\\\\b\\f\\n\\r\\t\"",
                             "\"/\""})
        QTest::addRow("%s", text) << QByteArray(text);
    QTest::newRow("300 digits") << QByteArray(300, '7');
    QTest::newRow("5,000 digits behind the point") << QByteArray("0.") + QByteArray(5'000, '3');
}

void TestJson::keepsTextVerbatim() {
    QFETCH(QByteArray, text);
    ASSIGN_RESULT(value, Json::parse(text.toStdString()));
    QCOMPARE(QByteArray::fromStdString(value.dump()), text);
    const std::string amidBlanks = " \n\t\r" + text.toStdString() + " \n\t\r";
    QCOMPARE(parsed(amidBlanks).dump(), text.toStdString());
}

void TestJson::readsEscapes_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("content");
    QTest::newRow("short") << QByteArray(R"("\"\\\/\b\f\n\r\t")")
                           << QStringLiteral("\"\\/\b\f\n\r\t");
    QTest::newRow("units") << QByteArray(R"("\u0041\u00e9\u20AC")") << QStringLiteral("Aé€");
    QTest::newRow("pair") << QByteArray(R"("x\uD83D\uDCB6y")") << QStringLiteral("x💶y");
    QTest::newRow("zero") << QByteArray(R"("a\u0000b")") << QString(u"a\0b"_qs);
    QTest::newRow("high alone") << QByteArray(R"("\ud800")") << QStringLiteral("\uFFFD");
    QTest::newRow("low alone") << QByteArray(R"("\udc00!")") << QStringLiteral("\uFFFD!");
    QTest::newRow("two highs") << QByteArray(R"("\ud800\ud83d\udcb6")")
                               << QStringLiteral("\uFFFD💶");
    QTest::newRow("high, then another escape")
        << QByteArray(R"("\ud800\n")") << QStringLiteral("\uFFFD\n");
    QTest::newRow("late") << QByteArray(R"("twelve bytes and then \u00fc and more")")
                          << QStringLiteral("twelve bytes and then ü and more");
}

void TestJson::readsEscapes() {
    QFETCH(QByteArray, text);
    QFETCH(QString, content);
    ASSIGN_RESULT(value, Json::parse(text.toStdString()));
    QCOMPARE(value.toQString(), content);
    QCOMPARE(parsed(value.dump()).toQString(), content);
    const Json asKey = parsed("{" + text.toStdString() + ":1}");
    QCOMPARE(asKey[content.toStdString()].toInteger(), std::optional<qint64>(1));
}

void TestJson::writesJsonOfBytesThatAreNoText() {
    for (const char* bytes : {"\xff", "cut \xc3", "\xed\xa0\x80", "a\x80\"b"}) {
        std::string text;
        appendQuoted(text, bytes);
        QVERIFY2(isJson(text), text.c_str());
        QVERIFY(parsed(text).toQString().contains(QChar::ReplacementCharacter));
    }
    std::string kept;
    appendQuoted(kept, "ü帽💶");
    QCOMPARE(kept, std::string("\"ü帽💶\""));
}

void TestJson::refuses_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("where");
    const auto row = [](const QByteArray& text, const char* where) {
        QTest::addRow("%s", text.constData()) << text << QString::fromLatin1(where);
    };
    row("", "line 1, column 1");
    row("  ", "line 1, column 3");
    row("nul", "line 1, column 1");
    row("nullx", "line 1, column 5");
    row("True", "line 1, column 1");
    row("NaN", "line 1, column 1");
    row("+1", "line 1, column 1");
    row("01", "line 1, column 2");
    row("-", "line 1, column 2");
    row("-a", "line 1, column 2");
    row(".5", "line 1, column 1");
    row("1.", "line 1, column 3");
    row("1.e5", "line 1, column 3");
    row("1e", "line 1, column 3");
    row("1e+", "line 1, column 4");
    row("1 2", "line 1, column 3");
    row("[", "line 1, column 2");
    row("[1", "line 1, column 3");
    row("[1,", "line 1, column 4");
    row("[1,]", "line 1, column 4");
    row("[,1]", "line 1, column 2");
    row("[1}", "line 1, column 3");
    row("[1 2]", "line 1, column 4");
    row("]", "line 1, column 1");
    row("{", "line 1, column 2");
    row("{\"a\"", "line 1, column 5");
    row("{\"a\" 1}", "line 1, column 6");
    row("{\"a\":}", "line 1, column 6");
    row("{\"a\":1,}", "line 1, column 8");
    row("{\"a\":1]", "line 1, column 7");
    row("{a:1}", "line 1, column 2");
    row("{1:1}", "line 1, column 2");
    row("{'a':1}", "line 1, column 2");
    row("[1]//", "line 1, column 4");
    row("{\n \"ключ\": 1,\n \"b\": tru\n}", "line 3, column 7");
    row("{\"ключ\" 1}", "line 1, column 9");
    row("\"abc", "line 1, column 5");
    row("\"a\\", "line 1, column 4");
    row("\"\\x\"", "line 1, column 3");
    row("\"\\u12g4\"", "line 1, column 6");
    row("\"\\u12", "line 1, column 6");
    row("\"a\nb\"", "line 1, column 3");
    row("\"123456789\t\"", "line 1, column 11");
    row("\xEF\xBB\xBF{}", "line 1, column 1");
    row("\"\xff\"", "line 1, column 2");
    row("\"\x80\"", "line 1, column 2");
    row("\"\xc0\xaf\"", "line 1, column 2");
    row("\"\xe0\x80\xaf\"", "line 1, column 2");
    row("\"\xed\xa0\x80\"", "line 1, column 2");
    row("\"\xf0\x80\x80\xaf\"", "line 1, column 2");
    row("\"\xf4\x90\x80\x80\"", "line 1, column 2");
    row("\"\xf5\x80\x80\x80\"", "line 1, column 2");
    row("\"\xe2\x82\"", "line 1, column 2");
    row("\"\xe2\x82", "line 1, column 2");
    QTest::newRow("a zero byte") << QByteArray("[1,\0]", 5) << QStringLiteral("line 1, column 4");
}

void TestJson::refuses() {
    QFETCH(QByteArray, text);
    QFETCH(QString, where);
    const auto value = Json::parse(text.toStdString());
    QVERIFY(!value.has_value());
    QCOMPARE(value.error().kind, Error::Kind::BadInput);
    QCOMPARE(value.error().where, where);
    QVERIFY(!value.error().what.isEmpty());
    QVERIFY(!isJson(text.toStdString()));
}

void TestJson::agreesWithAnotherParserOnMutilatedText() {
    test::RandomJson random(11);
    int refused = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string text = random.object(3).dump();
        for (int edits = random.below(3); edits >= 0; --edits) {
            const auto at = static_cast<std::size_t>(random.below(static_cast<int>(text.size())));
            static constexpr std::string_view kBytes = "{}[]\",:\\0-e.tn \x80\xc3\n";
            text[at] = kBytes[static_cast<std::size_t>(random.below(kBytes.size()))];
        }
        // The other parser has no number beyond double's range, and no lone surrogate: neither
        // comes up here, since the texts hold no \u but \u0000.
        bool otherAccepts = nlohmann::json::accept(text);
        const auto value = Json::parse(text);
        if (!otherAccepts && value)
            otherAccepts = text.find('e') != std::string::npos || text.size() > 300;
        refused += value ? 0 : 1;
        QCOMPARE(isJson(text), value.has_value());
        QVERIFY2(value.has_value() == otherAccepts, text.c_str());
        if (value)
            QCOMPARE(parsed(value->dump()), *value);
    }
    QVERIFY(refused > 1'000);
}

void TestJson::ofARepeatedKeyTheLastValueCounts() {
    const Json value = parsed(R"({"a":1,"b":2,"a":3,"c":4,"b":{"x":5}})");
    QCOMPARE(value.dump(), std::string(R"({"a":3,"b":{"x":5},"c":4})"));
    const Json made = Json::object({{"a", 1}, {"b", 2}, {"a", 3}});
    QCOMPARE(made.dump(), std::string(R"({"a":3,"b":2})"));
}

void TestJson::numbersAreComparedExactly_data() {
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<bool>("same");
    const auto row = [](const QByteArray& left, const QByteArray& right, bool same) {
        QTest::addRow("%s and %s", left.constData(), right.constData()) << left << right << same;
    };
    row("1", "1.0", true);
    row("1e2", "100", true);
    row("1E+2", "100.000", true);
    row("120e-1", "12", true);
    row("0.0120e3", "12", true);
    row("0", "-0", true);
    row("0.00", "0e77", true);
    row("-1", "1", false);
    row("1e21", "1000000000000000000000", true);
    row("1e21", "1000000000000000000001", false);
    row("9007199254740993", "9007199254740992", false);
    row("0.1", "0.10000000000000000001", false);
    row("1e999999999999", "10e999999999998", true);
    row("1e999999999999", "1e999999999998", false);
    row("1e999999999999999999999999", "10e999999999999999999999998", true);
    row("1e999999999999999999999999", "0.01e1000000000000000000000001", true);
    row("1e-1000000000000000000000000", "0.1e-999999999999999999999999", true);
    row("1e1000000000000000000000000", "1e-1000000000000000000000000", false);
    row("0.1e100000000000000000", "1e99999999999999999", true);
    row("1e00000000000000000000000002", "100", true);
    row("1e-400", "2e-400", false);
    row("100", "10", false);
    row("101", "11", false);
    row("0.101", "0.11", false);
}

void TestJson::numbersAreComparedExactly() {
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(bool, same);
    const Json a = parsed(left.toStdString());
    const Json b = parsed(right.toStdString());
    QCOMPARE(a == b, same);
    QCOMPARE(b == a, same);
    QCOMPARE(a.dump(), left.toStdString());
}

void TestJson::numbersThatAreWhole_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("whole");
    QTest::addColumn<qint64>("value");
    const auto row = [](const char* text, bool whole, qint64 value = 0) {
        QTest::addRow("%s", text) << QByteArray(text) << whole << value;
    };
    row("0", true, 0);
    row("-0", true, 0);
    row("0e5", true, 0);
    row("12", true, 12);
    row("-12", true, -12);
    row("1.0", true, 1);
    row("1e2", true, 100);
    row("1.25e2", true, 125);
    row("1200e-2", true, 12);
    row("9223372036854775807", true, std::numeric_limits<qint64>::max());
    row("-9223372036854775808", true, std::numeric_limits<qint64>::min());
    row("-9223372036854775808.000", true, std::numeric_limits<qint64>::min());
    row("9223372036854775808", false);
    row("-9223372036854775809", false);
    row("1e19", false);
    row("1e18", true, 1'000'000'000'000'000'000);
    row("1e999999999999999999999", false);
    row("1e-1", false);
    row("1.5", false);
    row("true", false);
    row("\"1\"", false);
}

void TestJson::numbersThatAreWhole() {
    QFETCH(QByteArray, text);
    QFETCH(bool, whole);
    QFETCH(qint64, value);
    const auto integer = parsed(text.toStdString()).toInteger();
    QCOMPARE(integer.has_value(), whole);
    QCOMPARE(integer.value_or(0), value);
}

void TestJson::doublesReadBackTheSame() {
    for (const double value : {0.0, 0.1, 1.0 / 3, 1e300, -5e-324, 123456789.125, 1e20, 100.0})
        QCOMPARE(parsed(Json(value).dump()).toDouble(), value);
    QCOMPARE(Json(0.1).dump(), std::string("0.1"));
    QVERIFY(Json(std::numeric_limits<double>::infinity()).isNull());
    QVERIFY(Json(std::nan("")).isNull());
    QVERIFY(std::isinf(parsed("1e400").toDouble()));
    QCOMPARE(parsed("-1e400").toDouble(), -std::numeric_limits<double>::infinity());
    QCOMPARE(parsed("1e-400").toDouble(), 0.0);
    QCOMPARE(parsed("1e-99999999999999999999999").toDouble(), 0.0);
    QCOMPARE(parsed("\"x\"").toDouble(7), 7.0);
}

void TestJson::keysMayStandInAnyOrder() {
    QCOMPARE(parsed(R"({"a":1,"b":[1,{"x":1,"y":2}]})"),
             parsed(R"({"b":[1,{"y":2,"x":1}],"a":1})"));
    QVERIFY(parsed("[1,2]") != parsed("[2,1]"));
    QVERIFY(parsed(R"({"a":1})") != parsed(R"({"a":1,"b":null})"));
    QVERIFY(parsed(R"({"a":null})") != parsed(R"({"b":null})"));
    QVERIFY(parsed("[]") != parsed("{}"));
    QVERIFY(parsed("0") != parsed("false"));
    QVERIFY(parsed("true") != parsed("false"));
    QVERIFY(parsed("\"1\"") != parsed("1"));
    QVERIFY(Json() != Json(""));
}

void TestJson::valuesOfOtherKinds() {
    const Json number = 5;
    QCOMPARE(number.size(), std::size_t(0));
    QVERIFY(!number.find("a"));
    QVERIFY(number["a"].isNull());
    QVERIFY(number.toBool(true));
    QVERIFY(parsed("[1]")["a"].isNull());
    QCOMPARE(parsed("[1]").text(), std::string_view());
    QCOMPARE(number.with("a", 1).dump(), std::string(R"({"a":1})"));
    QCOMPARE(number.without("a"), number);
    QCOMPARE(Json(QStringLiteral("ü")).text(), std::string_view("ü"));
    QCOMPARE(Json(std::numeric_limits<qint64>::min()).dump(), std::string("-9223372036854775808"));
}

void TestJson::whatIsWrittenReadsBack() {
    test::RandomJson random(1);
    for (int round = 0; round < 5'000; ++round) {
        const Json value = random.value(5);
        const std::string text = value.dump();
        const Json again = parsed(text);
        QCOMPARE(again, value);
        QCOMPARE(again.dump(), text);
        QCOMPARE(parsed(value.dumpPretty()).dump(), text);
    }
}

void TestJson::writesForPeople() {
    const Json value = parsed(R"({"a":[1,{"b":[]}],"c":{}})");
    QCOMPARE(
        value.dumpPretty(),
        std::string("{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}"));
    QCOMPARE(value.dumpPretty(0).find(' ' + std::string("1")), std::string::npos);
}

void TestJson::holdsHugeStrings() {
    const std::string content(5'000'000, 'x');
    const Json value = parsed("{\"big\":\"" + content + "\"}");
    QVERIFY(value["big"].text() == content);
    QVERIFY(value.byteSize() >= content.size());
}

void TestJson::nestsDeeply() {
    for (const auto& [open, close] : {std::pair("[", "]"), std::pair("{\"a\":", "}")}) {
        const std::string text = nested(Json::kMaxDepth, open, "1", close);
        ASSIGN_RESULT(value, Json::parse(text));
        QCOMPARE(value.dump(), text);
        QCOMPARE(parsed(text), value);
        QVERIFY(parsed(nested(Json::kMaxDepth, open, "2", close)) != value);
        QVERIFY(value.byteSize() > static_cast<std::size_t>(Json::kMaxDepth) * 24);
    }
}

void TestJson::refusesToNestDeeper() {
    for (const auto& [open, close] : {std::pair("[", "]"), std::pair("{\"a\":", "}")}) {
        const auto value = Json::parse(nested(Json::kMaxDepth + 1, open, "1", close));
        QVERIFY(!value.has_value());
        QVERIFY(value.error().what.contains(QStringLiteral("12,000")));
    }
}

void TestJson::survivesMillionsOfOpenBrackets() {
    const auto value = Json::parse(std::string(5'000'000, '['));
    QVERIFY(!value.has_value());
    QCOMPARE(value.error().where, QStringLiteral("line 1, column 12001"));
    QVERIFY(value.error().what.contains(QStringLiteral("12,000")));
}

void TestJson::copiesAreUsedFromSeveralThreads() {
    std::string text = "{";
    for (int i = 0; i < 500; ++i)
        text += "\"key" + std::to_string(i) + "\":[" + std::to_string(i) + "],";
    text.back() = '}';
    const Json shared = parsed(text);
    std::vector<std::thread> threads;
    std::atomic<int> wrong = 0;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&, thread] {
            for (int round = 0; round < 200; ++round) {
                const std::string key = "key" + std::to_string(thread * 100 + round % 100);
                const Json changed = Json(shared).with(key, round).without("key499");
                if (changed.size() != 499 || changed[key].toInteger() != round ||
                    shared[key].at(0).toInteger() != thread * 100 + round % 100)
                    ++wrong;
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
    QCOMPARE(shared.dump(), text);
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
