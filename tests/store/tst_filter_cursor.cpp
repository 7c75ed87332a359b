// What is being written where a cursor stands in a filter.
#include "store/filter/filter_cursor.h"

#include <QRandomGenerator>
#include <QTest>

using namespace rewindow;
using namespace Qt::StringLiterals;

class TestFilterCursor : public QObject {
    Q_OBJECT

  private slots:
    void says_data();
    void says();
    void staysWithinAnyText();
};

void TestFilterCursor::says_data() {
    using Kind = FilterCursor::Kind;
    QTest::addColumn<QString>("text"); // with | for the cursor
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("replaced");
    QTest::addColumn<QString>("word");
    const auto row = [](const char* text, Kind kind, const char* place, const char* typed,
                        const char* replaced, const char* word) {
        QTest::newRow(text) << QString::fromUtf8(text) << int(kind) << QString::fromUtf8(place)
                            << QString::fromUtf8(typed) << QString::fromUtf8(replaced)
                            << QString::fromUtf8(word);
    };
    row("|", Kind::Word, "type", "", "", "");
    row("ty|", Kind::Word, "type", "ty", "ty", "ty");
    row("type:A s|tr", Kind::Word, "type", "s", "str", "str");
    row("type:A |", Kind::Word, "type", "", "", "");
    row("(-ty|", Kind::Word, "type", "ty", "ty", "ty");
    row("type:|", Kind::Value, "type", "", "", "type:");
    row("-type:Or|der* x", Kind::Value, "type", "Or", "Order*", "type:Order*");
    row("type:\"Order p|aid\" x", Kind::Value, "type", "Order p", "\"Order paid\"",
        "type:\"Order paid\"");
    row("stream!=\"a\\\"b|", Kind::Value, "stream", "a\"b", "\"a\\\"b", "stream!=\"a\\\"b");
    row("data.|", Kind::Member, "data", "", "", "data.");
    row("data.items[*].s|:x", Kind::Member, "data.items[*]", "s", "s:x", "data.items[*].s:x");
    row("data.\"unit p|", Kind::Member, "data", "unit p", "\"unit p", "data.\"unit p");
    row("data.\"unit price\".x>=1|", Kind::Value, "data.\"unit price\".x", "1", "1",
        "data.\"unit price\".x>=1");
    row("meta[|", Kind::Other, "meta", "meta[", "meta[", "meta[");
    row("has:|", Kind::Field, "type", "", "", "has:");
    row("has:co|", Kind::Field, "type", "co", "co", "has:co");
    row("has:data.x|", Kind::Member, "data", "x", "x", "has:data.x");
    row("\"some t|ext\" x", Kind::Other, "type", "some t", "\"some text\"", "\"some text\"");
    row("12|", Kind::Word, "type", "12", "12", "12");
}

void TestFilterCursor::says() {
    QFETCH(QString, text);
    const qsizetype cursor = text.indexOf(u'|');
    text.remove(cursor, 1);
    const FilterCursor found = filterCursorAt(text, cursor);
    QTEST(int(found.kind), "kind");
    QTEST(found.place.toString(), "place");
    QTEST(found.typed, "typed");
    QTEST(text.sliced(found.start, found.length), "replaced");
    QTEST(text.sliced(found.wordStart, found.wordLength), "word");
}

void TestFilterCursor::staysWithinAnyText() {
    const QString alphabet = u"data.has:type\"\\[]*()-=<>! x"_s;
    QRandomGenerator random(5);
    for (int round = 0; round < 10'000; ++round) {
        QString text;
        for (int length = random.bounded(30); length > 0; --length)
            text += alphabet[random.bounded(static_cast<int>(alphabet.size()))];
        const qsizetype cursor = random.bounded(static_cast<int>(text.size()) + 1);
        const FilterCursor found = filterCursorAt(text, cursor);
        QVERIFY2(found.wordStart <= found.start && found.start <= cursor, qPrintable(text));
        QVERIFY2(found.start + found.length >= cursor, qPrintable(text));
        QCOMPARE(found.start + found.length, found.wordStart + found.wordLength);
        QVERIFY(found.wordStart + found.wordLength <= text.size());
    }
}

QTEST_GUILESS_MAIN(TestFilterCursor)
#include "tst_filter_cursor.moc"
