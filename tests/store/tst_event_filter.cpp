// The words of a filter, and that memory and database answer alike.
#include "store/event_filter.h"
#include "store/store.h"
#include "support/store_files.h"
#include "support/test_support.h"

#include <QRandomGenerator>
#include <QSet>

using namespace rewindow;
using namespace Qt::StringLiterals;
using namespace rewindow::test;

class TestEventFilter : public QObject {
    Q_OBJECT

  private slots:
    void readsWords_data();
    void readsWords();
    void sayWhereTheyAreWrong_data();
    void sayWhereTheyAreWrong();
    void acceptsWhatIsMeant_data();
    void acceptsWhatIsMeant();
    void answersAsTheDatabaseDoes();

  private:
    PrivateDataHome m_home;
};

void TestEventFilter::readsWords_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written");
    QTest::addColumn<int>("words");
    QTest::newRow("nothing") << QString() << QString() << 0;
    QTest::newRow("blanks") << u"  \t "_s << QString() << 0;
    QTest::newRow("one") << u"type:Order*"_s << u"type:Order*"_s << 1;
    QTest::newRow("several") << u" type:A  -type:B stream:c-1 "_s << u"type:A -type:B stream:c-1"_s
                             << 3;
    QTest::newRow("quoted") << u"type:\"Order paid\""_s << u"type:\"Order paid\""_s << 1;
    QTest::newRow("needlessly quoted") << u"type:\"Order\""_s << u"type:Order"_s << 1;
    QTest::newRow("quotes in quotes")
        << u"stream:\"a \\\"b\\\" \\\\\""_s << u"stream:\"a \\\"b\\\" \\\\\""_s << 1;
    QTest::newRow("empty pattern") << u"stream:\"\""_s << u"stream:\"\""_s << 1;
    QTest::newRow("colons") << u"type:ns:Order"_s << u"type:ns:Order"_s << 1;
    QTest::newRow("quote inside") << u"type:a\"b"_s << u"type:a\"b"_s << 1;
}

void TestEventFilter::readsWords() {
    QFETCH(QString, text);
    ASSIGN_RESULT(filter, EventFilter::parse(text));
    QTEST(static_cast<int>(filter.words().size()), "words");
    QTEST(filter.toString(), "written");
    QCOMPARE(filter.isEmpty(), filter.words().isEmpty());
    ASSIGN_RESULT(again, EventFilter::parse(filter.toString()));
    QVERIFY(again == filter);
}

void TestEventFilter::sayWhereTheyAreWrong_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("where");
    QTest::newRow("no field") << u"OrderPaid"_s << u"column 1"_s;
    QTest::newRow("unknown field") << u"type:A  data:x"_s << u"column 9"_s;
    QTest::newRow("excluded unknown") << u"-data:x"_s << u"column 2"_s;
    QTest::newRow("no pattern") << u"type:A stream:"_s << u"column 15"_s;
    QTest::newRow("open quote") << u"type:\"A"_s << u"column 6"_s;
    QTest::newRow("after a quote") << u"type:\"A\"B"_s << u"column 9"_s;
    QTest::newRow("lone minus") << u"-"_s << u"column 1"_s;
    QTest::newRow("too long") << u"type:"_s + QString(10'001, u'x') << u"column 6"_s;
}

void TestEventFilter::sayWhereTheyAreWrong() {
    QFETCH(QString, text);
    const auto filter = EventFilter::parse(text);
    QVERIFY(!filter);
    QCOMPARE(filter.error().kind, Error::Kind::Usage);
    QTEST(filter.error().where, "where");
    QVERIFY(filter.error().wayOut.contains(u"type:PATTERN"));
}

void TestEventFilter::acceptsWhatIsMeant_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("stream");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("all") << QString() << u"A"_s << u"s-1"_s << true;
    QTest::newRow("exact") << u"type:A"_s << u"A"_s << u"s-1"_s << true;
    QTest::newRow("case counts") << u"type:a"_s << u"A"_s << u"s-1"_s << false;
    QTest::newRow("part") << u"type:A"_s << u"AB"_s << u"s-1"_s << false;
    QTest::newRow("start") << u"type:A*"_s << u"AB"_s << u"s-1"_s << true;
    QTest::newRow("middle") << u"type:*d*P*"_s << u"OrderPaid"_s << u"s-1"_s << true;
    QTest::newRow("star may be nothing") << u"type:A*"_s << u"A"_s << u"s-1"_s << true;
    QTest::newRow("question mark") << u"type:A?"_s << u"AB"_s << u"s-1"_s << false;
    QTest::newRow("brackets") << u"type:[A]"_s << u"A"_s << u"s-1"_s << false;
    QTest::newRow("per cent") << u"type:A%"_s << u"AB"_s << u"s-1"_s << false;
    QTest::newRow("alternatives") << u"type:A type:B"_s << u"B"_s << u"s-1"_s << true;
    QTest::newRow("kinds combine") << u"type:A stream:t-*"_s << u"A"_s << u"s-1"_s << false;
    QTest::newRow("excluded") << u"type:A* -type:AB"_s << u"AB"_s << u"s-1"_s << false;
    QTest::newRow("excluded other") << u"-type:AB"_s << u"A"_s << u"s-1"_s << true;
    QTest::newRow("excluded stream") << u"-stream:s-*"_s << u"A"_s << u"s-1"_s << false;
}

void TestEventFilter::acceptsWhatIsMeant() {
    QFETCH(QString, text);
    QFETCH(QString, type);
    QFETCH(QString, stream);
    ASSIGN_RESULT(filter, EventFilter::parse(text));
    QTEST(filter.accepts(type, stream), "accepted");
}

void TestEventFilter::answersAsTheDatabaseDoes() {
    QTemporaryDir folder;
    ASSIGN_RESULT(store, Store::create(StoreUrl::sqliteFile(folder.filePath(u"a.db"_s)), {}));
    ASSIGN_RESULT(writer, store->writer());
    // Few characters, among them those that mean something to GLOB and LIKE.
    const QString alphabet = u"aA*?[]%_^-\\'\"é𝄞 "_s;
    QRandomGenerator random(20'261'124);
    const auto anyText = [&](int longest) {
        QString text;
        for (int length = random.bounded(1, longest + 1); length > 0; --length) {
            const qsizetype at = random.bounded(static_cast<int>(alphabet.size()));
            text += alphabet[at].isSurrogate() ? u"𝄞"_s : QString(alphabet[at]);
        }
        return text;
    };
    for (int i = 0; i < 400; ++i) {
        const NewEvent event = newEvent(QString::number(i), anyText(4));
        QVERIFY_RESULT(writer->append(anyText(3), ExpectedVersion::any(), {&event, 1}));
    }
    ASSIGN_RESULT(all, store->reader().read({}));
    QCOMPARE(all.size(), 400u);

    int found = 0;
    for (int round = 0; round < 400; ++round) {
        QStringList words;
        for (int count = random.bounded(1, 4); count > 0; --count) {
            QString pattern = anyText(3).replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
            words << (random.bounded(3) == 0 ? u"-"_s : QString()) +
                         (random.bounded(2) == 0 ? u"type:\""_s : u"stream:\""_s) + pattern + u'"';
        }
        ASSIGN_RESULT(filter, EventFilter::parse(words.join(u' ')));
        EventQuery query;
        query.filter = filter;
        ASSIGN_RESULT(events, store->reader().read(query));
        QSet<qint64> fromDatabase;
        for (const RecordedEvent& event : events)
            fromDatabase.insert(event.position().value());
        QSet<qint64> fromMemory;
        for (const RecordedEvent& event : all)
            if (filter.accepts(toQString(event.type()), toQString(event.stream())))
                fromMemory.insert(event.position().value());
        QVERIFY2(fromDatabase == fromMemory, qPrintable(filter.toString()));
        ASSIGN_RESULT(samples, store->reader().samplePositions(filter, 7));
        QCOMPARE(samples.rows, static_cast<qint64>(events.size()));
        found += static_cast<int>(events.size());
    }
    QVERIFY(found > 1000);
}

QTEST_GUILESS_MAIN(TestEventFilter)
#include "tst_event_filter.moc"
