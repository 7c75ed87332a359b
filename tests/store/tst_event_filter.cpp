// The language of filters: what it reads, how it writes it back, and what it says of mistakes.
#include "store/event_filter.h"
#include "store/recorded_event.h"
#include "support/test_support.h"

#include <QRandomGenerator>
#include <QRegularExpression>

using namespace rewindow;
using namespace Qt::StringLiterals;

namespace {

// 2026-11-24T10:30:00Z
constexpr Timestamp kNow(1'795'516'200'000'000);

RecordedEvent eventOf(std::string_view type, std::string_view stream, std::string_view data = "{}",
                      std::string_view metadata = {}) {
    return RecordedEvent(GlobalPosition(7), StreamVersion(3), kNow,
                         {stream, "id-1", type, data, metadata, "corr-1", {}});
}

} // namespace

class TestEventFilter : public QObject {
    Q_OBJECT

  private slots:
    void readsAndWrites_data();
    void readsAndWrites();
    void meansTheSame_data();
    void meansTheSame();
    void saysWhatIsWrongAndWhere_data();
    void saysWhatIsWrongAndWhere();
    void countsColumnsInCharacters();
    void resolvesRelativeTimes_data();
    void resolvesRelativeTimes();
    void accepts_data();
    void accepts();
    void comparesValues_data();
    void comparesValues();
    void narrows_data();
    void narrows();
    void survivesAnyText();
    void survivesSpoiltFilters();
};

void TestEventFilter::readsAndWrites_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written");
    const auto same = [](const char* text) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(text);
    };
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("blanks") << u"  \t "_s << QString();
    QTest::newRow("side by side") << u" type:A  -type:B stream:c-1 "_s
                                  << u"type:A -type:B stream:c-1"_s;
    same("type:Order*");
    same("type:\"Order paid\"");
    QTest::newRow("needlessly quoted") << u"type:\"Order\""_s << u"type:Order"_s;
    same("stream:\"a \\\"b\\\" \\\\\"");
    same("stream:\"\"");
    same("type:ns:Order");
    same("type:a\"b");
    same("type:\"a\\*b\"");
    same("type:\"a \\** b\"");
    same("type=a*b");
    same("type>=M");
    same("type<\"=M\"");
    same("category:order id:\"(1)\" correlation!=x causation:y");
    same("version>5 position<=1000 version:0");
    QTest::newRow("alternatives move together")
        << u"type:A version>2 type:B"_s << u"type:A type:B version>2"_s;
    QTest::newRow("alternatives by or") << u"type:A or type:B"_s << u"type:A type:B"_s;
    QTest::newRow("and is not or") << u"type:A* and type:*B"_s << u"type:A* (type:*B)"_s;
    same("type:A or version>2");
    QTest::newRow("and binds more") << u"type:A and id:1 or id:2"_s << u"type:A id:1 or id:2"_s;
    same("(type:A or version>2) id:1");
    same("-(type:A id:1)");
    QTest::newRow("not") << u"not type:A NOT (id:1 OR version:2)"_s
                         << u"-type:A -(id:1 or version:2)"_s;
    QTest::newRow("twice not") << u"not -type:A"_s << u"type:A"_s;
    QTest::newRow("parentheses") << u"((type:A)(id:1))"_s << u"type:A id:1"_s;
    same("data.quantity>2 data.items[*].sku:\"a b\" data[0].x=1 meta.user:ada");
    same("data.items[*].sku:帽子");
    same("data.\"unit price\".\"a.b\"!=3");
    same("data.a:5 data.a:\"5\" data.a:true data.a:\"true\" data.a:null data.a:\"null\"");
    same("data.a:1.50e3 data.a:007");
    same("data.a:12345678901234567890123");
    same("data.at>2026-11-01 data.at:2026-11-01T10:00:00Z data.at:\"2026-11-01\"");
    same("data.a>\"-2h\" data.a:-2h data.a:-5");
    same("data.a:x*y data.a:\"x*y z\" data.a=x*y");
    same("has:data.coupon -has:correlation has:meta");
    same("after:2026-11-01 before:2026-11-02T10:00:00.5Z at:2026-11-01 at>2026-11-01");
    QTest::newRow("time by signs")
        << u"at>=2026-11-01 at<2026-11-02"_s << u"after:2026-11-01 before:2026-11-02"_s;
    same("OrderPaid");
    same("\"free text\" -\"more of it\" \"-x\" \"and\" \"data.x\" \"a:b\"");
    QTest::newRow("needlessly quoted text") << u"\"text\""_s << u"text"_s;
}

void TestEventFilter::readsAndWrites() {
    QFETCH(QString, text);
    ASSIGN_RESULT(filter, EventFilter::parse(text, kNow));
    QTEST(filter.toString(), "written");
    QCOMPARE(filter.isEmpty(), text.trimmed().isEmpty());
    ASSIGN_RESULT(again, EventFilter::parse(filter.toString(), Timestamp(0)));
    QVERIFY(again == filter);
    QCOMPARE(again.toString(), filter.toString());
}

void TestEventFilter::meansTheSame_data() {
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::newRow("minus and not") << u"-type:A"_s << u"not type:A"_s;
    QTest::newRow("side by side and and") << u"type:A id:1"_s << u"type:A and id:1"_s;
    QTest::newRow("or in capitals") << u"type:A or id:1"_s << u"type:A OR id:1"_s;
    QTest::newRow("and binds more")
        << u"type:A or id:1 version:2"_s << u"type:A or (id:1 version:2)"_s;
    QTest::newRow("alternatives") << u"stream:a stream:b"_s << u"(stream:a or stream:b)"_s;
}

void TestEventFilter::meansTheSame() {
    QFETCH(QString, one);
    QFETCH(QString, other);
    ASSIGN_RESULT(left, EventFilter::parse(one, kNow));
    ASSIGN_RESULT(right, EventFilter::parse(other, kNow));
    QVERIFY(left == right);
}

void TestEventFilter::saysWhatIsWrongAndWhere_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("token");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* text, const char* token, int column, const char* expected) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(token) << column
                            << QString::fromUtf8(expected);
    };
    row("type:A  data:x", "data", 9, "data.quantity");
    row("-data:x", "data", 2, "data.quantity");
    row("type:A tpye:B", "tpye", 8, "type, stream");
    row("Type:A", "Type", 1, "type, stream");
    row("http://a", "http", 1, "quotes");
    row("items.sku:5", "items.sku", 1, "data.items.sku");
    row("type:A stream:", "", 15, "\"\"");
    row("type:\"A", "\"A", 6, "end it with");
    row("type:\"A\"B", "B", 9, "blank");
    row("\"A\"B", "B", 4, "blank");
    row("-", "-", 1, "-type:OrderPaid");
    row("- type:A", "-", 1, "-type:OrderPaid");
    row("type:A not", "not", 8, "-type:OrderPaid");
    row("type:A and", "", 11, "type:Order*");
    row("or type:A", "or", 1, "type:Order*");
    row("type:A or or id:1", "or", 11, "type:Order*");
    row("(type:A", "(", 1, ")");
    row("type:A )", ")", 8, "leave it out");
    row("()", ")", 2, "type:Order*");
    row("version>x", "x", 9, "version>5");
    row("version>-1", "-1", 9, "version>5");
    row("version>1.5", "1.5", 9, "version>5");
    row("position:99999999999999999999", "99999999999999999999", 10, "position<=1000");
    row("after:soon", "soon", 7, "yesterday");
    row("after:2026-13-01", "2026-13-01", 7, "yesterday");
    row("after>2026-01-01", ">", 6, "after:2026-11-01");
    row("at:-2y", "-2y", 4, "-2h");
    row("data.a", "data.a", 1, "has:data.a");
    row("data.:5", ".", 5, ".name");
    row("data.a..b:5", ".", 7, ".name");
    row("data[x]:5", "[", 5, "[0]");
    row("data[0:5", "[0", 5, "[0]");
    row("data.a<true", "true", 8, "!=");
    row("data.a>=null", "null", 9, "!=");
    row("has:", "", 5, "has:data.coupon");
    row("has:nothing", "nothing", 5, "has:data.coupon");
    row("has:version", "version", 5, "has:data.coupon");
    row("has=data.x", "=", 4, "has:data.coupon");
    row("has:data.x:5", ":5", 11, "blank");
    row("type!", "!", 5, ":");
    row("version>>2", ">", 9, "quotes");
    row("data.a==2", "=", 8, "quotes");
    QTest::newRow("too long a value")
        << QString(u"type:"_s + QString(10'001, u'x')) << QString(10'001, u'x') << 6 << u"*"_s;
    QTest::newRow("too long") << QString(20'001, u' ') << u" "_s << 20'001 << u"less"_s;
    QTest::newRow("too deep") << QString(101, u'(') << u"("_s << 101 << u"parentheses"_s;
    QTest::newRow("NUL") << u"type:A"_s + QChar(0) << QString(QChar(0)) << 7 << u"leave"_s;
}

void TestEventFilter::saysWhatIsWrongAndWhere() {
    QFETCH(QString, text);
    QFETCH(int, column);
    QFETCH(QString, expected);
    const auto read = EventFilter::read(text, kNow);
    QVERIFY(!read);
    const FilterMistake& mistake = read.error();
    QTEST(text.sliced(mistake.start, mistake.length), "token");
    QVERIFY2(mistake.expected.contains(expected), qPrintable(mistake.expected));
    const auto filter = EventFilter::parse(text, kNow);
    QVERIFY(!filter);
    QCOMPARE(filter.error().kind, Error::Kind::Usage);
    QCOMPARE(filter.error().where, u"column %1"_s.arg(column));
    QVERIFY(!filter.error().what.isEmpty());
}

void TestEventFilter::countsColumnsInCharacters() {
    const auto read = EventFilter::read(u"type:𝄞𝄞 x:1"_s, kNow);
    QVERIFY(!read);
    QCOMPARE(read.error().start, 10);
    QCOMPARE(read.error().error(u"type:𝄞𝄞 x:1"_s).where, u"column 9"_s);
}

void TestEventFilter::resolvesRelativeTimes_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written");
    QTest::newRow("today") << u"after:today"_s << u"after:2026-11-24"_s;
    QTest::newRow("yesterday") << u"before:yesterday"_s << u"before:2026-11-23"_s;
    QTest::newRow("now") << u"before:now"_s << u"before:2026-11-24T10:30:00.000000Z"_s;
    QTest::newRow("seconds") << u"after:-90s"_s << u"after:2026-11-24T10:28:30.000000Z"_s;
    QTest::newRow("minutes") << u"after:-5m"_s << u"after:2026-11-24T10:25:00.000000Z"_s;
    QTest::newRow("hours") << u"after:-2h"_s << u"after:2026-11-24T08:30:00.000000Z"_s;
    QTest::newRow("days") << u"after:-3d"_s << u"after:2026-11-21T10:30:00.000000Z"_s;
    QTest::newRow("weeks") << u"at>-1w"_s << u"at>2026-11-17T10:30:00.000000Z"_s;
    QTest::newRow("of a payload") << u"data.at>yesterday"_s << u"data.at>2026-11-23"_s;
}

void TestEventFilter::resolvesRelativeTimes() {
    QFETCH(QString, text);
    ASSIGN_RESULT(filter, EventFilter::parse(text, kNow));
    QTEST(filter.toString(), "written");
    ASSIGN_RESULT(later, EventFilter::parse(filter.toString(), Timestamp(0)));
    QVERIFY(later == filter);
}

void TestEventFilter::accepts_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("accepted");
    const auto row = [](const char* text, bool accepted) {
        QTest::newRow(text) << QString::fromUtf8(text) << accepted;
    };
    // Of an OrderPaid of order-7f3a, version 3, position 7, at kNow.
    row("type:OrderPaid", true);
    row("type:orderpaid", false);
    row("type:Order", false);
    row("type:Order*", true);
    row("type:*d*P*", true);
    row("type:OrderPaid*", true);
    row("type:OrderPai?", false);
    row("type:[O]rderPaid", false);
    row("type:Order%", false);
    row("type=Order*", false);
    row("type:\"Order\\*\"", false);
    row("type!=OrderShipped", true);
    row("type>=OrderP type<OrderQ", true);
    row("type:A type:OrderPaid", true);
    row("type:A and type:OrderPaid", false);
    row("type:OrderPaid stream:t-*", false);
    row("type:Order* -type:OrderPaid", false);
    row("-stream:user-*", true);
    row("category:order", true);
    row("category:ord*", true);
    row("category:order-7f3a", false);
    row("version:3 version>=3 version<4 version!=4", true);
    row("version>3", false);
    row("position=7", true);
    row("correlation:corr-1", true);
    row("causation:\"\"", true);
    row("has:correlation -has:causation", true);
    row("id:id-1", true);
    row("at:2026-11-24", true);
    row("at:2026-11-24T10:30", true);
    row("at:2026-11-24T10:30:00+00:00", true);
    row("at:2026-11-24T11:30+01:00", true);
    row("at>2026-11-24", false);
    row("at>=2026-11-24", true);
    row("at<=2026-11-24", true);
    row("at!=2026-11-24", false);
    row("after:2026-11-24T10:30:00Z", true);
    row("before:2026-11-24T10:30:00Z", false);
    row("after:-1s", true);
    row("before:yesterday", false);
    row("paid", true);
    row("ORDER-7F3A", true);
    row("\"r-7F\"", true);
    row("\"sku\\\":\\\"\"", true);
    row("ada", true);
    row("nowhere", false);
    row("not (type:A or version:3)", false);
    row("not type:A and not version:4", true);
}

void TestEventFilter::accepts() {
    QFETCH(QString, text);
    ASSIGN_RESULT(filter, EventFilter::parse(text, kNow));
    const RecordedEvent event =
        eventOf("OrderPaid", "order-7f3a", R"({"items":[{"sku":"x"}]})", R"({"user":"Ada"})");
    QTEST(filter.accepts(event), "accepted");
}

void TestEventFilter::comparesValues_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("data");
    QTest::addColumn<bool>("accepted");
    const auto row = [](const char* text, const char* data, bool accepted) {
        QTest::addRow("%s in %s", text, data)
            << QString::fromUtf8(text) << QString::fromUtf8(data) << accepted;
    };
    row("data.a:2", R"({"a":2})", true);
    row("data.a:2", R"({"a":2.0})", true);
    row("data.a:2", R"({"a":"2"})", true);
    row("data.a=2", R"({"a":"2"})", false);
    row("data.a:\"2\"", R"({"a":2})", false);
    row("data.a>2", R"({"a":10})", true);
    row("data.a>2", R"({"a":"10"})", false);
    row("data.a>9007199254740992", R"({"a":9007199254740993})", true);
    row("data.a=9007199254740993", R"({"a":9007199254740992})", false);
    row("data.a<1e300", R"({"a":1e299})", true);
    row("data.a<1e400", R"({"a":-1e500})", true);
    row("data.a>1e999999999999999999999", R"({"a":1e9999999999999999999999})", true);
    const QByteArray big(300, '7');
    const QByteArray bigger = big.chopped(1) + '8';
    row("data.a>" + big, R"({"a":)" + bigger + '}', true);
    row("data.a<" + big, R"({"a":)" + bigger + '}', false);
    row("data.a:true", R"({"a":true})", true);
    row("data.a:true", R"({"a":"true"})", true);
    row("data.a=true", R"({"a":"true"})", false);
    row("data.a!=true", R"({"a":false})", true);
    row("data.a:null", R"({"a":null})", true);
    row("data.a:null", R"({"b":null})", false);
    row("data.a!=1", R"({"b":1})", true);
    row("data.a:帽子", R"({"a":"帽子"})", true);
    row("data.a:帽子", R"({"a":"\u5e3d\u5b50"})", true);
    row("data.帽:1", R"({"\u5e3d":1})", true);
    row("data.a:b*d", R"({"a":"b c d"})", true);
    row("data.a:b*d", R"({"a":["b c d"]})", false);
    row("data.a>b", R"({"a":"c"})", true);
    row("data.a>b", R"({"a":"C"})", false);
    row("data.a>2026-11-01", R"({"a":"2026-11-01T23:00:00-02:00"})", true);
    row("data.a>2026-11-01", R"({"a":"2026-11-01T23:00:00Z"})", false);
    row("data.a:2026-11-01", R"({"a":"2026-11-01T23:00:00Z"})", true);
    row("data.a=2026-11-01", R"({"a":"2026-11-01"})", true);
    row("data.a:\"2026-11-01\"", R"({"a":"2026-11-01T23:00:00Z"})", false);
    row("has:data.a", R"({"a":null})", true);
    row("has:data.a", R"({"b":"a"})", false);
    row("has:data.a.b", R"({"a":{"b":[]}})", true);
    row("data.a[1]:2", R"({"a":[1,2,3]})", true);
    row("data.a[3]:2", R"({"a":[1,2,3]})", false);
    row("data.a[0]:2", R"({"a":{"0":2}})", false);
    row("data[*].x:2", R"([{"x":1},{"x":2}])", true);
    row("data.a[*][*]:2", R"({"a":[[],[1],[3,2]]})", true);
    row("data.a[*]:2", R"({"a":[]})", false);
    row("-data.a[*]:2", R"({"a":[1,2]})", false);
    row("data.a[*].b:1", R"({"a":[{"c":{"b":1}},"x",{"b":1}]})", true);
    row("data.a:2", R"({"a":1,"a":2})", true);
    row("data.a:1", R"({"a":1,"a":2})", false);
    row("data.\"a.b\":1", R"({"a.b":1})", true);
    row("data.a:1", R"({"b":{"a":1}})", false);
    row("data.a:1", R"({"b":"\"a\":1"})", false);
    row("data.a:1", R"( { "a" : 1 } )", true);
    // What is no JSON has no values, whichever way it is asked.
    row("data.a:1", R"({"a":1)", false);
    row("-data.a:1", R"({"a":1)", true);
    row("data.a:1", R"({"a":1}})", false);
    row("data.a:1", "{\"a\":1,\"b\":\"\xff\"}", false);
    row("has:data.a", "{\"a", false);
    row("has:data.a", "{\"a\"", false);
    row("has:data.a", "{\"a\":", false);
    row("has:data.a", "{\"a\\", false);
    row("data.a:1 or has:meta.x", R"({"a":1)", true);
    row("data.a:1 has:meta.x", R"({"a":1})", true);
    row("-data.a:1 has:meta.x", R"({"a":1)", true);
    row("\"a\\\":1\"", R"({"a":1)", true);
}

void TestEventFilter::comparesValues() {
    QFETCH(QString, text);
    QFETCH(QString, data);
    ASSIGN_RESULT(filter, EventFilter::parse(text, kNow));
    // Rows of bytes that are no UTF-8 came through QString as U+FFFD: back to what was meant.
    const QByteArray bytes = data.toUtf8().replace("\xef\xbf\xbd", "\xff");
    const RecordedEvent event =
        eventOf("T", "s-1", {bytes.constData(), size_t(bytes.size())}, R"({"x":0})");
    QTEST(filter.accepts(event), "accepted");
}

void TestEventFilter::narrows_data() {
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("narrowed");
    QTest::addColumn<QString>("without");
    QTest::newRow("nothing") << QString() << u"type:A"_s << u"-type:A"_s;
    QTest::newRow("another") << u"type:B version>2"_s << u"version>2 type:A"_s
                             << u"type:B version>2 -type:A"_s;
    QTest::newRow("alternatives") << u"type:B type:C* stream:x"_s << u"stream:x type:A"_s
                                  << u"type:B type:C* stream:x -type:A"_s;
    QTest::newRow("excluded") << u"-type:A"_s << u"-type:A type:A"_s << u"-type:A"_s;
    QTest::newRow("either") << u"id:1 or version:2"_s << u"(id:1 or version:2) type:A"_s
                            << u"(id:1 or version:2) -type:A"_s;
}

void TestEventFilter::narrows() {
    QFETCH(QString, filter);
    ASSIGN_RESULT(parsed, EventFilter::parse(filter, kNow));
    const auto type = FilterExpression::equals({FilterField::Type, {}}, Json("A"));
    QTEST(parsed.narrowedTo(type).toString(), "narrowed");
    QTEST(parsed.without(type).toString(), "without");

    ASSIGN_RESULT(root, Json::parse(R"({"items":[{"unit price":2.50,"sku":"5*"}]})"));
    ASSIGN_RESULT(price, JsonPointer::parse("/items/0/unit price"));
    ASSIGN_RESULT(sku, JsonPointer::parse("/items/0/sku"));
    const auto ofNode = [&root](const JsonPointer& pointer) {
        return FilterExpression::equals({FilterField::Data, FilterPath::of(pointer, root)},
                                        *pointer.in(root))
            .toString();
    };
    QCOMPARE(ofNode(price), u"data.items[0].\"unit price\"=2.50"_s);
    QCOMPARE(ofNode(sku), u"data.items[0].sku:\"5\\*\""_s);
}

namespace {

const QRegularExpression kColumn(u"^column [1-9]\\d*$"_s);

/// Whatever a text is, it is read and written back the same, or refused at a place within it.
void checkAnyText(const QString& text, int& good) {
    const auto read = EventFilter::read(text, kNow);
    if (!read) {
        const FilterMistake& mistake = read.error();
        QVERIFY(mistake.start >= 0 && mistake.length >= 0);
        QVERIFY2(mistake.start + mistake.length <= text.size(), qPrintable(text));
        QVERIFY(kColumn.match(mistake.error(text).where).hasMatch());
        QVERIFY(!mistake.message.isEmpty() && !mistake.expected.isEmpty());
        return;
    }
    ++good;
    const auto again = EventFilter::read(read->toString(), kNow);
    QVERIFY2(again && *again == *read, qPrintable(text + u" -> "_s + read->toString()));
    static const RecordedEvent event =
        eventOf("OrderPaid", "order-1", R"({"quantity":3,"items":[{"sku":"帽子"}]})", "{}");
    const bool accepted = read->accepts(event);
    QCOMPARE(EventFilter(FilterExpression::negated(read->expression())).accepts(event),
             read->isEmpty() ? false : !accepted);
}

} // namespace

void TestEventFilter::survivesAnyText() {
    const QString alphabet = u"typestrmdahv:=!<>*.\"\\()[]-0129 \t\n,{}'é帽%?\x01\xfffd"_s;
    QRandomGenerator random(4'711);
    int good = 0;
    for (int round = 0; round < 10'000; ++round) {
        QString text;
        for (int length = random.bounded(60); length > 0; --length) {
            if (random.bounded(8) == 0)
                text += QChar(static_cast<ushort>(random.bounded(0x10000)));
            else
                text += alphabet[random.bounded(static_cast<int>(alphabet.size()))];
        }
        checkAnyText(text, good);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY2(good > 100, qPrintable(QString::number(good)));
}

void TestEventFilter::survivesSpoiltFilters() {
    const QStringList seeds{
        u"type:Order* -type:ItemAdded stream:order-7f3a after:2026-11-01 before:yesterday"_s,
        u"version>5 data.quantity>2 data.items[*].sku:\"帽子\" meta.user:ada"_s,
        u"(type:A or not (position<=12 and has:data.coupon)) \"free text\""_s,
        u"data.\"unit price\"[3].x!=1.5e300 data.ok:true data.none=null at:2026-11-24T10:30"_s,
        u"category:order id:\"a \\\" b\" correlation:x* causation!=y -(a b)"_s,
    };
    QRandomGenerator random(815);
    int good = 0;
    for (int round = 0; round < 10'000; ++round) {
        QString text = seeds[random.bounded(static_cast<int>(seeds.size()))];
        for (int edits = random.bounded(1, 4); edits > 0 && !text.isEmpty(); --edits) {
            const int at = random.bounded(static_cast<int>(text.size()));
            const int length = random.bounded(1, 6);
            switch (random.bounded(4)) {
            case 0:
                text.remove(at, length);
                break;
            case 1:
                text.insert(at, text.mid(random.bounded(static_cast<int>(text.size())), length));
                break;
            case 2:
                text[at] = u"\"()[]*:-\\ "[random.bounded(10)];
                break;
            default:
                text[at] = QChar(static_cast<ushort>(random.bounded(1, 0x500)));
            }
        }
        checkAnyText(text, good);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY2(good > 1000, qPrintable(QString::number(good)));
}

QTEST_GUILESS_MAIN(TestEventFilter)
#include "tst_event_filter.moc"
