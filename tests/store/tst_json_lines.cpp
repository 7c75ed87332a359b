// JSON Lines: read as a store, and as a source of events for an import.
#include "store/json_lines_source.h"
#include "store/store.h"
#include "store/workspace.h"
#include "support/store_files.h"
#include "support/test_support.h"

#include <QBuffer>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

Result<std::vector<ImportedEvent>> readAll(QByteArray text) {
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    const ImportSource source = jsonLinesSource(buffer);
    std::vector<ImportedEvent> events;
    while (true) {
        auto next = source();
        if (!next)
            return std::unexpected(next.error());
        if (!*next)
            return events;
        events.push_back(std::move(**next));
    }
}

} // namespace

class TestJsonLines : public QObject {
    Q_OBJECT

  private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void readsEveryKey();
    void needsLittle();
    void keepsDataAsWritten_data();
    void keepsDataAsWritten();
    void namesTheBadLine_data();
    void namesTheBadLine();
    void opensAsAStore();
    void opensByContentWhateverItsName();
    void followsWhatIsAppended();
    void waitsForAnUnfinishedLine();
    void namesABadLineThatCameLater();
    void readsAnewWhatWasChanged();
    void refusesABadFileNamingItsLine();
    void readsTheRealLog();

  private:
    QString write(const QString& name, const QByteArray& text) {
        const QString path = m_folder->filePath(name);
        QFile file(path);
        file.open(QIODevice::WriteOnly);
        file.write(text);
        return path;
    }
    static void append(const QString& path, const QByteArray& text) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::Append));
        file.write(text);
    }
    Result<std::unique_ptr<Store>> open(const QString& path) {
        auto url = StoreUrl::parse(path);
        if (!url)
            return std::unexpected(url.error());
        return Store::open(*url, Store::Access::ReadWrite);
    }
    PrivateDataHome m_home;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestJsonLines::readsEveryKey() {
    ASSIGN_RESULT(events,
                  readAll(R"({"position":7,"stream":"a-1","version":3,"id":"i","type":"T",)"
                          R"("data":{"x":1},"metadata":{"m":2},"correlationId":"c",)"
                          R"("causationId":"d","recordedAt":"2026-11-23T14:02:34.128+01:00",)"
                          R"("causation":{"stream":"b","version":1}})"));
    QCOMPARE(events.size(), 1u);
    const ImportedEvent& imported = events[0];
    QCOMPARE(imported.stream, u"a-1"_s);
    QCOMPARE(imported.version, 3_v);
    QCOMPARE(imported.event.id, u"i"_s);
    QCOMPARE(imported.event.type, u"T"_s);
    QCOMPARE(imported.event.data, QByteArray(R"({"x":1})"));
    QCOMPARE(imported.event.metadata, QByteArray(R"({"m":2})"));
    QCOMPARE(imported.event.correlationId, u"c"_s);
    QCOMPARE(imported.event.causationId, u"d"_s);
    QCOMPARE(imported.event.recordedAt.toString(), u"2026-11-23T13:02:34.128000Z"_s);
}

void TestJsonLines::needsLittle() {
    const Timestamp before = Timestamp::now();
    ASSIGN_RESULT(events,
                  readAll("\xef\xbb\xbf\n  \r\n"
                          R"({"stream":"a","type":"T","data":1})"
                          "\r\n\n"
                          R"({"stream":"b","type":"T","data":null,"id":null,"metadata":null})"));
    QCOMPARE(events.size(), 2u);
    QVERIFY(!events[0].version);
    QVERIFY(events[0].event.id.isEmpty());
    QVERIFY(events[0].event.recordedAt >= before);
    QCOMPARE(events[1].event.data, QByteArray("null"));
    QVERIFY(events[1].event.metadata.isEmpty());
}

void TestJsonLines::keepsDataAsWritten_data() {
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("blanks") << QByteArray(R"({ "a" : [ 1 , 2 ] })");
    QTest::newRow("order and repeats") << QByteArray(R"({"b":1,"a":2,"b":3})");
    QTest::newRow("big numbers") << QByteArray("{\"n\":" + QByteArray(300, '9') +
                                               ",\"e\":1.50E+400}");
    QTest::newRow("escapes") << QByteArray(R"({"t":"\u00e9\/\n","u":"é"})");
    QTest::newRow("text") << QByteArray(R"("just text")");
    QTest::newRow("deep") << QByteArray(10'000, '[') + QByteArray(10'000, ']');
    QTest::newRow("long") << QByteArray("\"" + QByteArray(5'000'000, 'x') + "\"");
}

void TestJsonLines::keepsDataAsWritten() {
    QFETCH(QByteArray, data);
    ASSIGN_RESULT(events, readAll(R"({"stream":"a","type":"T","data": )" + data + " }\n"));
    QCOMPARE(events.size(), 1u);
    QVERIFY(events[0].event.data == data);
    ASSIGN_RESULT(store,
                  open(write(u"a.jsonl"_s, R"({"stream":"a","type":"T","data":)" + data + "}")));
    ASSIGN_RESULT(event, store->reader().eventAt(1_pos));
    QVERIFY(bytes(event->data()) == data);
}

void TestJsonLines::namesTheBadLine_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("says");
    QTest::newRow("no JSON") << QByteArray("stream=a") << QString();
    QTest::newRow("cut short") << QByteArray(R"({"stream":"a")") << QString();
    QTest::newRow("two in a line")
        << QByteArray(R"({"stream":"a","type":"T","data":1}{})") << QString();
    QTest::newRow("no object") << QByteArray("[1]") << QString();
    QTest::newRow("no UTF-8") << QByteArray("{\"stream\":\"\xff\",\"type\":\"T\",\"data\":1}")
                              << QString();
    QTest::newRow("no stream") << QByteArray(R"({"type":"T","data":1})")
                               << u"\"stream\" is missing"_s;
    QTest::newRow("no type") << QByteArray(R"({"stream":"a","data":1})")
                             << u"\"type\" is missing"_s;
    QTest::newRow("no data") << QByteArray(R"({"stream":"a","type":"T"})")
                             << u"\"data\" is missing"_s;
    QTest::newRow("unknown key") << QByteArray(R"({"stream":"a","type":"T","data":1,"colour":2})")
                                 << u"\"colour\""_s;
    QTest::newRow("stream a number")
        << QByteArray(R"({"stream":1,"type":"T","data":1})") << u"\"stream\" must be a text"_s;
    QTest::newRow("empty type") << QByteArray(R"({"stream":"a","type":"","data":1})")
                                << u"\"type\" must be a text"_s;
    QTest::newRow("version 0") << QByteArray(R"({"stream":"a","type":"T","data":1,"version":0})")
                               << u"\"version\" must be a whole number from 1, not 0"_s;
    QTest::newRow("version a text")
        << QByteArray(R"({"stream":"a","type":"T","data":1,"version":"1"})")
        << u"\"version\" must be"_s;
    QTest::newRow("time") << QByteArray(R"({"stream":"a","type":"T","data":1,"recordedAt":"noon"})")
                          << u"\"recordedAt\" must be a time"_s;
}

void TestJsonLines::namesTheBadLine() {
    QFETCH(QByteArray, line);
    QFETCH(QString, says);
    const auto events = readAll(R"({"stream":"a","type":"T","data":1})"
                                "\n\n" +
                                line + "\n");
    QVERIFY(!events);
    QCOMPARE(events.error().kind, Error::Kind::BadInput);
    QVERIFY2(events.error().where.startsWith(u"line 3"), qPrintable(events.error().where));
    QVERIFY2(events.error().what.contains(says), qPrintable(events.error().what));
    QVERIFY(!events.error().what.isEmpty());
}

void TestJsonLines::opensAsAStore() {
    const QString path = write(u"log.jsonl"_s, R"({"stream":"a-1","type":"T","data":{"x": 1}}
{"stream":"b-1","type":"U","data":{}}
{"stream":"a-1","type":"U","data":{},"id":"mine"}
)");
    const auto before = contents(m_folder->path());
    {
        ASSIGN_RESULT(store, open(path));
        const StoreInfo& info = store->info();
        QCOMPARE(info.profile, u"jsonl"_s);
        QCOMPARE(info.database, u"JSON Lines"_s);
        QCOMPARE(info.url.path(), path);
        QVERIFY(info.readOnly);
        QVERIFY(!info.ownSchema);
        QVERIFY(info.readOnlyReason.contains(path));
        const auto writer = store->writer();
        QVERIFY(!writer);
        QCOMPARE(writer.error().kind, Error::Kind::ReadOnly);

        ASSIGN_RESULT(summary, store->reader().summary());
        QCOMPARE(summary.events, 3);
        QCOMPARE(summary.streams, 2);
        EventQuery query;
        query.stream = u"a-1"_s;
        ASSIGN_RESULT(events, store->reader().read(query));
        QCOMPARE(events.size(), 2u);
        QCOMPARE(bytes(events[0].data()), QByteArray(R"({"x": 1})"));
        QVERIFY(!events[0].id().empty());
        QCOMPARE(events[1].version(), 2_v);
        QCOMPARE(bytes(events[1].id()), QByteArray("mine"));
        // Views of it lie in the workspace.
        QVERIFY_RESULT(store->views().status());
        ASSIGN_RESULT(other, open(path));
        QCOMPARE(other->info().storeId, info.storeId);
    }
    QCOMPARE(contents(m_folder->path()), before);
}

void TestJsonLines::opensByContentWhateverItsName() {
    ASSIGN_RESULT(store,
                  open(write(u"log.txt"_s, "\n {\"stream\":\"a\",\"type\":\"T\",\"data\":1}")));
    QCOMPARE(store->info().profile, u"jsonl"_s);
    ASSIGN_RESULT(head, store->reader().head());
    QCOMPARE(head, 1_pos);
}

void TestJsonLines::followsWhatIsAppended() {
    const auto line = [](int n) {
        return R"({"stream":"a","type":"T","data":)" + QByteArray::number(n) + "}\n";
    };
    const QString path = write(u"log.jsonl"_s, line(1));
    ASSIGN_RESULT(first, open(path));
    ASSIGN_RESULT(second, open(path));
    qint64 version = first->reader().dataVersion().value();
    int appended = 1;
    for (int round = 0; round < 4; ++round) {
        QByteArray more;
        for (int i = 0; i <= round * 100; ++i)
            more += line(++appended);
        append(path, more);
        const qint64 now = first->reader().dataVersion().value();
        QVERIFY(now != version);
        version = now;
        QCOMPARE(first->reader().dataVersion().value(), version);
        ASSIGN_RESULT(third, open(path));
        for (Store* store : {first.get(), second.get(), third.get()}) {
            const auto events = store->reader().read({});
            QVERIFY_RESULT(events);
            QCOMPARE(events->size(), std::size_t(appended));
            for (int n = 1; n <= appended; ++n) {
                const RecordedEvent& event = (*events)[std::size_t(n) - 1];
                QCOMPARE(event.data(), std::to_string(n));
                QCOMPARE(event.version(), StreamVersion(n));
                QCOMPARE(event.position(), GlobalPosition(n));
            }
        }
    }
}

void TestJsonLines::waitsForAnUnfinishedLine() {
    const QByteArray line = R"({"stream":"a","type":"T","data":{"n":1}})";
    const QString path = write(u"log.jsonl"_s, line); // without its end
    ASSIGN_RESULT(store, open(path));
    const auto head = [&store] { return store->reader().head().value().value(); };
    QCOMPARE(head(), 1);
    append(path, '\n' + line.first(20));
    QCOMPARE(head(), 1);
    append(path, line.sliced(20));
    QCOMPARE(head(), 2); // is whole, though more might come
    append(path, "\n\n" + line + '\n' + line.first(1));
    QCOMPARE(head(), 3);
    append(path, line.sliced(1) + '\n');
    QCOMPARE(head(), 4);
}

void TestJsonLines::namesABadLineThatCameLater() {
    const QByteArray line = R"({"stream":"a","type":"T","data":1})"
                            "\n";
    const QString path = write(u"log.jsonl"_s, line + line);
    ASSIGN_RESULT(store, open(path));
    append(path, line + "{\"stream\":\"a\"}\n" + line);
    for (int i = 0; i < 2; ++i) {
        const auto head = store->reader().head();
        QVERIFY(!head);
        QCOMPARE(head.error().kind, Error::Kind::BadInput);
        QCOMPARE(head.error().where, path + u" line 4"_s);
    }
    write(u"log.jsonl"_s, line + line + line);
    QCOMPARE(store->reader().head().value(), 3_pos);
}

void TestJsonLines::readsAnewWhatWasChanged() {
    const auto line = [](const char* type) {
        return QByteArray(R"({"stream":"a","data":1,"type":")") + type + "\"}\n";
    };
    const auto types = [](Store& store) {
        QStringList all;
        const auto read = store.reader().forEach({}, [&all](RecordedEvent&& event) {
            all << toQString(event.type());
            return true;
        });
        return read ? all.join(u' ') : read.error().sentence();
    };
    const QString path = write(u"log.jsonl"_s, line("A") + line("B") + line("C"));
    ASSIGN_RESULT(store, open(path));
    QCOMPARE(types(*store), u"A B C"_s);
    const qint64 version = store->reader().dataVersion().value();
    write(u"log.jsonl"_s, line("D"));
    QCOMPARE(types(*store), u"D"_s);
    QVERIFY(store->reader().dataVersion().value() != version);
    write(u"log.jsonl"_s, line("E") + line("F") + line("G") + line("H"));
    QCOMPARE(types(*store), u"E F G H"_s);
    QVERIFY(QFile::rename(path, path + u".1"_s));
    QVERIFY(!store->reader().head());
    write(u"log.jsonl"_s, line("I"));
    QCOMPARE(types(*store), u"I"_s);
    append(path, line("J"));
    QCOMPARE(types(*store), u"I J"_s);
}

void TestJsonLines::refusesABadFileNamingItsLine() {
    const QString path =
        write(u"log.jsonl"_s, "{\"stream\":\"a\",\"type\":\"T\",\"data\":1}\n{\"stream\":\"a\"}\n");
    const auto store = open(path);
    QVERIFY(!store);
    QCOMPARE(store.error().kind, Error::Kind::BadInput);
    QCOMPARE(store.error().where, path + u" line 2"_s);
    const auto clash = open(write(u"clash.jsonl"_s,
                                  "{\"stream\":\"a\",\"type\":\"T\",\"data\":1,\"version\":1}\n"
                                  "{\"stream\":\"a\",\"type\":\"T\",\"data\":2,\"version\":1}\n"));
    QVERIFY(!clash);
    QCOMPARE(clash.error().kind, Error::Kind::BadInput);
    QVERIFY2(clash.error().sentence().contains(u"line 2"), qPrintable(clash.error().sentence()));
}

void TestJsonLines::readsTheRealLog() {
    NEED_SHARED_DATA(packed, "loan-applications.jsonl.gz");
    ASSIGN_RESULT(store, open(loanLog()));
    ASSIGN_RESULT(summary, store->reader().summary());
    QCOMPARE(summary.events, 262'200);
    QCOMPARE(summary.streams, 13'087);
    QVERIFY(summary.gapless());
}

QTEST_GUILESS_MAIN(TestJsonLines)
#include "tst_json_lines.moc"
