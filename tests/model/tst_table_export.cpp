// Exports of tables: whole values, one row after another, in a file that is whole or not there.
#include "model/export/store_tables.h"
#include "support/export_support.h"
#include "support/scratch_store.h"
#include "support/test_support.h"

#include <QFile>
#include <QTemporaryDir>

using namespace rewindow;
using namespace rewindow::test;

namespace {

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

/// A table of so many rows, each a number; `each` is called before every row.
TableSource numbers(qint64 rows, std::function<void(qint64)> each = {}) {
    return {.name = QStringLiteral("numbers"), .write = [=](TableOutput& out) -> Result<void> {
                out.setColumns({"n"});
                out.expect(rows);
                for (qint64 row = 0; row < rows; ++row) {
                    if (each)
                        each(row);
                    if (!out.row({row}))
                        break;
                }
                return {};
            }};
}

} // namespace

class TestTableExport : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void writesValues();
    void emptyTablesHaveAHeader();
    void appearsWhole();
    void cancelledLeavesWhatWasThere();
    void failsWhereItCannotWrite();
    void tellsProgress();
    void writesEventsAsTheTerminalDoes();
    void writesStreamsAndViews();

  private:
    QString path(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

void TestTableExport::initTestCase() {
    QVERIFY(m_folder.isValid());
    qputenv("REWINDOW_DATA_HOME", m_folder.filePath(QStringLiteral("home")).toUtf8());
}

void TestTableExport::writesValues() {
    ASSIGN_RESULT(nested, Json::parse(R"({"k":[1,"=2"],"big":123456789012345678901234567890})"));
    const auto table = valuesTable({}, {"a", "=b"},
                                   {{Json(qint64{-5}), Json("=1+1")},
                                    {Json(), Json("say \"hi\",\nBob")},
                                    {nested, Json(true)}});
    QCOMPARE(asCsv(table), QByteArray("a,\"'=b\"\r\n"
                                      "-5,\"'=1+1\"\r\n"
                                      ",\"say \"\"hi\"\",\nBob\"\r\n"
                                      "\"{\"\"k\"\":[1,\"\"=2\"\"],\"\"big\"\":"
                                      "123456789012345678901234567890}\",true\r\n"));
    QCOMPARE(asJsonLines(table),
             QByteArray("{\"a\":-5,\"=b\":\"=1+1\"}\n"
                        "{\"a\":null,\"=b\":\"say \\\"hi\\\",\\nBob\"}\n"
                        "{\"a\":{\"k\":[1,\"=2\"],\"big\":123456789012345678901234567890},"
                        "\"=b\":true}\n"));
}

void TestTableExport::emptyTablesHaveAHeader() {
    QCOMPARE(asCsv(numbers(0)), QByteArray("n\r\n"));
    QCOMPARE(asJsonLines(numbers(0)), QByteArray());
}

void TestTableExport::appearsWhole() {
    const QString file = path(QStringLiteral("whole.csv"));
    bool wasThere = false;
    const auto table =
        numbers(200'000, [&](qint64) { wasThere = wasThere || QFile::exists(file); });
    ASSIGN_RESULT(rows, writeTable(table, file, TableFormat::Csv, {}, {}));
    QCOMPARE(rows, 200'000);
    QVERIFY(!wasThere);
    const QByteArray content = contentOf(file);
    QCOMPARE(content.count('\n'), 200'001);
    QVERIFY(content.endsWith("199999\r\n"));
}

void TestTableExport::cancelledLeavesWhatWasThere() {
    const QString file = path(QStringLiteral("kept.jsonl"));
    QVERIFY_RESULT(writeFile(file, "before"));
    const CancelToken cancel;
    qint64 reached = 0;
    const auto table = numbers(1'000'000, [&](qint64 row) {
        reached = row;
        if (row == 5'000)
            cancel.cancel();
    });
    const auto written = writeTable(table, file, TableFormat::JsonLines, cancel, {});
    QVERIFY(!written);
    QCOMPARE(written.error().kind, Error::Kind::Cancelled);
    QCOMPARE(reached, 5'000);
    QCOMPARE(contentOf(file), QByteArray("before"));
    QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("kept*")}).size(), 1);
}

void TestTableExport::failsWhereItCannotWrite() {
    const QString file = path(QStringLiteral("no/such/folder.csv"));
    const auto written = writeTable(numbers(3), file, TableFormat::Csv, {}, {});
    QVERIFY(!written);
    QCOMPARE(written.error().kind, Error::Kind::Storage);
    QVERIFY(written.error().sentence().contains(QStringLiteral("folder.csv")));
    const TableSource broken{.name = {}, .write = [](TableOutput& out) -> Result<void> {
                                 out.setColumns({"n"});
                                 return fail(Error::Kind::Storage, QStringLiteral("torn"));
                             }};
    const QString torn = path(QStringLiteral("torn.csv"));
    QVERIFY(!writeTable(broken, torn, TableFormat::Csv, {}, {}));
    QVERIFY(!QFile::exists(torn));
}

void TestTableExport::tellsProgress() {
    std::vector<qint64> told;
    const auto tell = [&](qint64 rows, qint64 total) {
        QCOMPARE(total, 10'000);
        told.push_back(rows);
    };
    ASSIGN_RESULT(rows, writeTable(numbers(10'000), path(QStringLiteral("told.csv")),
                                   TableFormat::Csv, {}, tell));
    QCOMPARE(rows, 10'000);
    QVERIFY(told.size() >= 5);
    QVERIFY(std::ranges::is_sorted(told));
}

void TestTableExport::writesEventsAsTheTerminalDoes() {
    ScratchStore store;
    store.append(QStringLiteral("thing-1"), QStringLiteral("Made"), R"({"n":1})");
    store.append(QStringLiteral("thing-1"), QStringLiteral("=Sum"), R"({"n":2})");
    store.append(QStringLiteral("=thing"), QStringLiteral("Made"), R"({"n":3})");
    const StoreUrl url = store.url();
    EventQuery query;
    ASSIGN_RESULT(filter, EventFilter::parse(QStringLiteral("data.n>1")));
    query.filter = filter;
    query.newestFirst = true;
    const QByteArray header = "position,stream,version,id,type,data,metadata,correlationId,"
                              "causationId,recordedAt\r\n";
    QCOMPARE(asCsv(eventsTable(url, query, {})),
             header + "3,\"'=thing\",1,event-3,Made,\"{\"\"n\"\":3}\",,,,"
                      "2023-11-14T22:13:20.000003Z\r\n"
                      "2,thing-1,2,event-2,\"'=Sum\",\"{\"\"n\"\":2}\",,,,"
                      "2023-11-14T22:13:20.000002Z\r\n");
    const QString path = store.path();
    QCOMPARE(asJsonLines(eventsTable(url, {}, {})),
             runRewindow({QStringLiteral("export"), path}).out);
    QCOMPARE(asCsv(eventsTable(url, {}, {})),
             runRewindow({QStringLiteral("export"), path, QStringLiteral("--format"),
                          QStringLiteral("csv")})
                 .out);
}

void TestTableExport::writesStreamsAndViews() {
    ScratchStore store;
    int made = 0;
    const auto next = [&made]() -> Result<std::optional<ImportedEvent>> {
        if (made == 4'100)
            return std::nullopt;
        ImportedEvent event;
        event.stream = QStringLiteral("thing-%1").arg(made++, 4, 10, QLatin1Char('0'));
        event.event.type = QStringLiteral("Made");
        event.event.data = "{}";
        return event;
    };
    QVERIFY_RESULT(store.writer().importAll(next));
    StreamQuery some;
    some.containing = QStringLiteral("g-40");
    QCOMPARE(asCsv(streamsTable(store.url(), some, {})).count("\r\n"), 101);
    const QByteArray streams = asJsonLines(streamsTable(store.url(), {}, {}));
    QCOMPARE(streams.count('\n'), 4'100);
    QVERIFY(streams.startsWith("{\"stream\":\"thing-0000\",\"type\":\"thing\",\"id\":\"0000\","
                               "\"events\":1,\"version\":1}\n"));

    const ViewSchema view{.name = QStringLiteral("things"),
                          .columns = {{.name = QStringLiteral("id")},
                                      {.name = QStringLiteral("size"),
                                       .type = ViewColumn::Type::Integer,
                                       .meaning = ViewColumn::Meaning::Money}}};
    QVERIFY_RESULT(store->views().ensure({view}));
    ASSIGN_RESULT(transaction, store->views().begin());
    const auto row = [](const char* id, ViewValue size) {
        const QString name = QString::fromLatin1(id);
        return RowChange{name, GlobalPosition(7), ViewRow{{name, std::move(size)}}};
    };
    QVERIFY_RESULT(transaction->apply(
        view.name, {row("a", qint64{-1250}), row("b", {}), row("c", QStringLiteral("=x"))}));
    QVERIFY_RESULT(transaction->commit());
    QCOMPARE(asCsv(viewTable(store.url(), view, {})),
             QByteArray("id,size\r\na,-1250\r\nb,\r\nc,\"'=x\"\r\n"));
    QCOMPARE(asJsonLines(viewTable(store.url(), view, GlobalPosition(6))), QByteArray());
    QCOMPARE(asJsonLines(viewTable(store.url(), view, GlobalPosition(7))),
             QByteArray("{\"id\":\"a\",\"size\":-1250}\n{\"id\":\"b\",\"size\":null}\n"
                        "{\"id\":\"c\",\"size\":\"=x\"}\n"));
}

QTEST_MAIN(TestTableExport)
#include "tst_table_export.moc"
