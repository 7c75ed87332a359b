// Appending: expected versions, ids, positions, and imports that happen whole or not at all.
#include "store/event_writer.h"
#include "support/scratch_store.h"

#include <chrono>
#include <thread>

using namespace rewindow;
using namespace Qt::StringLiterals;
using namespace rewindow::test;
using namespace rewindow::literals;

namespace {

NewEvent newEvent(const QString& id, const QByteArray& data = "{}",
                  const QString& type = QStringLiteral("Happened")) {
    return {id, type, data, {}, {}, {}, Timestamp(1'700'000'000'000'000)};
}

const QString kStream = QStringLiteral("order-1");

AppendOutcome appended(EventWriter& writer, const std::vector<NewEvent>& events,
                       ExpectedVersion expected = ExpectedVersion::any(),
                       const QString& stream = kStream) {
    auto outcome = writer.append(stream, expected, events);
    if (!outcome)
        qFatal("%s", qPrintable(outcome.error().sentence()));
    return *outcome;
}

ImportSource sourceOf(std::vector<ImportedEvent> events) {
    return [events = std::move(events),
            next = std::size_t(0)]() mutable -> Result<std::optional<ImportedEvent>> {
        if (next == events.size())
            return std::nullopt;
        return events[next++];
    };
}

ImportedEvent imported(const QString& stream, std::optional<StreamVersion> version,
                       const NewEvent& of, const QString& where = QStringLiteral("line 7")) {
    return {stream, version, of, where};
}

} // namespace

class TestEventWriter : public QObject {
    Q_OBJECT

  private slots:
    void countsPositionsAndVersionsWithoutGaps();
    void refusesAnotherVersion();
    void answersTheSameAppendAsBefore();
    void refusesAnIdWithAnotherBody_data();
    void refusesAnIdWithAnotherBody();
    void refusesAnAppendThatIsThereInPart();
    void refusesAnIdTwiceInOneAppend();
    void refusesWhatIsNoAppend();
    void keepsTextsAsTheyAre_data();
    void keepsTextsAsTheyAre();
    void waitsForAnotherWriter();
    void commitsWhatIsWrittenAlong();
    void appendsThoughWhatIsWrittenAlongFails();
    void survivesReopening();
    void importsWithDerivedIds();
    void importsTheSameAgainAsPresent();
    void importsNothingWhereALineIsBad_data();
    void importsNothingWhereALineIsBad();
    void importsNothingWhereTheSourceFails();
    void importsNothingWhenCancelled();
    void importLeavesNoHoleBeforeTheNextAppend();
};

void TestEventWriter::countsPositionsAndVersionsWithoutGaps() {
    ScratchStore store;
    const auto first = std::get<Appended>(appended(
        store.writer(), {newEvent(u"a"_s), newEvent(u"b"_s)}, ExpectedVersion::exactly(0_v)));
    QCOMPARE(first.version, 2_v);
    QCOMPARE(first.position, 2_pos);
    QVERIFY(!first.wasThere);
    const auto other = std::get<Appended>(
        appended(store.writer(), {newEvent(u"c"_s)}, ExpectedVersion::any(), u"user-9"_s));
    QCOMPARE(other.version, 1_v);
    QCOMPARE(other.position, 3_pos);
    const auto third = std::get<Appended>(
        appended(store.writer(), {newEvent(u"d"_s)}, ExpectedVersion::exactly(2_v)));
    QCOMPARE(third.version, 3_v);
    QCOMPARE(third.position, 4_pos);

    ASSIGN_RESULT(events, store->reader().read({}));
    QCOMPARE(events.size(), std::size_t(4));
    for (std::size_t i = 0; i < events.size(); ++i)
        QCOMPARE(events[i].position().value(), static_cast<qint64>(i + 1));
}

void TestEventWriter::refusesAnotherVersion() {
    ScratchStore store;
    appended(store.writer(), {newEvent(u"a"_s), newEvent(u"b"_s)});
    const AppendOutcome behind =
        appended(store.writer(), {newEvent(u"c"_s)}, ExpectedVersion::exactly(1_v));
    QCOMPARE(std::get<VersionConflict>(behind), (VersionConflict{1_v, 2_v}));
    const AppendOutcome ahead =
        appended(store.writer(), {newEvent(u"c"_s)}, ExpectedVersion::exactly(3_v));
    QCOMPARE(std::get<VersionConflict>(ahead), (VersionConflict{3_v, 2_v}));
    const AppendOutcome fresh = appended(store.writer(), {newEvent(u"c"_s)},
                                         ExpectedVersion::exactly(1_v), u"order-none"_s);
    QCOMPARE(std::get<VersionConflict>(fresh), (VersionConflict{1_v, 0_v}));
    ASSIGN_RESULT(head, store->reader().head());
    QCOMPARE(head, 2_pos);
}

void TestEventWriter::answersTheSameAppendAsBefore() {
    ScratchStore store;
    const std::vector<NewEvent> pair{newEvent(u"a"_s, "{\"n\":1}"), newEvent(u"b"_s, "{\"n\":2}")};
    appended(store.writer(), pair, ExpectedVersion::exactly(0_v));
    appended(store.writer(), {newEvent(u"later"_s)});
    // The version it was sent with has passed meanwhile.
    const auto again =
        std::get<Appended>(appended(store.writer(), pair, ExpectedVersion::exactly(0_v)));
    QVERIFY(again.wasThere);
    QCOMPARE(again.version, 2_v);
    QCOMPARE(again.position, 2_pos);
    ASSIGN_RESULT(head, store->reader().head());
    QCOMPARE(head, 3_pos);
}

void TestEventWriter::refusesAnIdWithAnotherBody_data() {
    QTest::addColumn<QString>("stream");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("metadata");
    const QByteArray data = "{\"n\":1}", metadata = "{\"m\":1}";
    QTest::newRow("stream") << u"order-2"_s << u"Happened"_s << data << metadata;
    QTest::newRow("type") << kStream << u"Other"_s << data << metadata;
    QTest::newRow("data") << kStream << u"Happened"_s << QByteArray("{\"n\": 1}") << metadata;
    QTest::newRow("metadata") << kStream << u"Happened"_s << data << QByteArray();
}

void TestEventWriter::refusesAnIdWithAnotherBody() {
    QFETCH(QString, stream);
    QFETCH(QString, type);
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, metadata);
    ScratchStore store;
    NewEvent original = newEvent(u"same"_s, "{\"n\":1}");
    original.metadata = "{\"m\":1}";
    appended(store.writer(), {original});
    NewEvent other = newEvent(u"same"_s, data, type);
    other.metadata = metadata;
    const AppendOutcome outcome = appended(store.writer(), {other}, ExpectedVersion::any(), stream);
    QVERIFY(std::holds_alternative<IdConflict>(outcome));
    QCOMPARE(std::get<IdConflict>(outcome).id, u"same"_s);
    ASSIGN_RESULT(head, store->reader().head());
    QCOMPARE(head, 1_pos);
}

void TestEventWriter::refusesAnAppendThatIsThereInPart() {
    ScratchStore store;
    appended(store.writer(), {newEvent(u"a"_s)});
    const AppendOutcome outcome = appended(store.writer(), {newEvent(u"b"_s), newEvent(u"a"_s)});
    QVERIFY(std::holds_alternative<IdConflict>(outcome));
    QCOMPARE(std::get<IdConflict>(outcome).id, u"a"_s);
    ASSIGN_RESULT(head, store->reader().head());
    QCOMPARE(head, 1_pos);
}

void TestEventWriter::refusesAnIdTwiceInOneAppend() {
    ScratchStore store;
    const AppendOutcome outcome = appended(store.writer(), {newEvent(u"a"_s), newEvent(u"a"_s)});
    QVERIFY(std::holds_alternative<IdConflict>(outcome));
    ASSIGN_RESULT(head, store->reader().head());
    QCOMPARE(head, 0_pos);
}

void TestEventWriter::refusesWhatIsNoAppend() {
    ScratchStore store;
    const NewEvent nameless = newEvent(QString());
    const auto withoutId =
        store.writer().append(kStream, ExpectedVersion::any(), std::span(&nameless, 1));
    QVERIFY(!withoutId);
    QCOMPARE(withoutId.error().kind, Error::Kind::Usage);
    const auto nothing = store.writer().append(kStream, ExpectedVersion::any(), {});
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().kind, Error::Kind::Usage);
}

void TestEventWriter::keepsTextsAsTheyAre_data() {
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("blanks and order") << QByteArray("{ \"b\" :1,\n\t\"a\": 2 }");
    QTest::newRow("long number") << QByteArray("{\"n\":" + QByteArray(300, '7') + "}");
    QTest::newRow("markup") << QByteArray("{\"t\":\"<b>x</b><img src=q>\"}");
    QTest::newRow("escapes") << QByteArray("{\"t\":\"\\u001b[2J\\u0000\"}");
    QTest::newRow("right to left") << QString::fromUtf8("{\"t\":\"שלום \u202eabc\"}").toUtf8();
    QTest::newRow("five megabytes") << QByteArray("\"" + QByteArray(5 << 20, 'x') + "\"");
    QTest::newRow("deep") << QByteArray(QByteArray(10'000, '[') + QByteArray(10'000, ']'));
    QTest::newRow("no JSON at all") << QByteArray("{nonsense");
}

void TestEventWriter::keepsTextsAsTheyAre() {
    QFETCH(QByteArray, data);
    ScratchStore store;
    NewEvent odd = newEvent(u"id'); DROP TABLE events;--"_s, data);
    odd.metadata = data;
    odd.correlationId = u"corr\"elation"_s;
    appended(store.writer(), {odd}, ExpectedVersion::any(), u"stream'; --"_s);
    ASSIGN_RESULT(events, store->reader().read({}));
    QCOMPARE(events.size(), std::size_t(1));
    QVERIFY(events[0].data() == std::string_view(data.constData(), data.size()));
    QVERIFY(events[0].metadata() == events[0].data());
    QCOMPARE(toQString(events[0].id()), odd.id);
    QCOMPARE(toQString(events[0].stream()), u"stream'; --"_s);
    QCOMPARE(toQString(events[0].correlationId()), odd.correlationId);
    QCOMPARE(toQString(events[0].causationId()), QString());
    QCOMPARE(events[0].recordedAt(), odd.recordedAt);
}

void TestEventWriter::waitsForAnotherWriter() {
    using namespace std::chrono_literals;
    ScratchStore store;
    appended(store.writer(), {newEvent(u"a"_s)});
    RawStore other(store);
    other.hold();
    std::jthread release([&other] {
        std::this_thread::sleep_for(300ms);
        other.release();
    });
    const auto begun = std::chrono::steady_clock::now();
    const auto outcome = std::get<Appended>(appended(store.writer(), {newEvent(u"b"_s)}));
    QCOMPARE(outcome.position, 2_pos);
    QVERIFY(std::chrono::steady_clock::now() - begun > 250ms);
}

void TestEventWriter::commitsWhatIsWrittenAlong() {
    ScratchStore store;
    const ViewSchema schema{u"seen"_s, {{u"id"_s}}};
    QVERIFY_RESULT(store->views().ensure({schema}));
    RawStore other(store);
    const NewEvent event{u"a"_s, u"Happened"_s, "{}", {}, u"correlation"_s, {}, Timestamp(7)};
    std::vector<RecordedEvent> told;
    const WithAppend along = [&](std::span<const RecordedEvent> recorded) {
        told.assign(recorded.begin(), recorded.end());
        const auto transaction = store->views().begin();
        QVERIFY_RESULT(transaction);
        QVERIFY_RESULT((*transaction)->apply(u"seen"_s, {{u"r"_s, 1_pos, ViewRow{{u"r"_s}}}}));
        QVERIFY_RESULT((*transaction)->commit());
        QCOMPARE(other.value("SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM seen)"),
                 u"0"_s);
    };
    const std::array events{event};
    QVERIFY_RESULT(store.writer().append(kStream, ExpectedVersion::any(), events, along));
    QCOMPARE(other.value("SELECT count(*) FROM events"), u"1"_s);
    QCOMPARE(other.value("SELECT id FROM seen"), u"r"_s);
    ASSIGN_RESULT(read, store->reader().read({}));
    QCOMPARE(told.size(), 1U);
    QCOMPARE(told[0].position(), read[0].position());
    QCOMPARE(told[0].version(), read[0].version());
    QCOMPARE(told[0].recordedAt(), read[0].recordedAt());
    for (std::size_t text = 0; text < RecordedEvent::kTexts; ++text)
        QCOMPARE(toQString(told[0].text(RecordedEvent::Text(text))),
                 toQString(read[0].text(RecordedEvent::Text(text))));

    // Neither what was there already nor a conflict is an append.
    told.clear();
    QVERIFY_RESULT(store.writer().append(kStream, ExpectedVersion::any(), events, along));
    const std::array late{newEvent(u"b"_s)};
    QVERIFY_RESULT(store.writer().append(kStream, ExpectedVersion::exactly(0_v), late, along));
    QVERIFY(told.empty());
}

void TestEventWriter::appendsThoughWhatIsWrittenAlongFails() {
    ScratchStore store;
    const ViewSchema schema{u"seen"_s, {{u"id"_s}}};
    QVERIFY_RESULT(store->views().ensure({schema}));
    const std::array events{newEvent(u"a"_s)};
    const WithAppend along = [&](std::span<const RecordedEvent>) {
        const auto abandoned = store->views().begin();
        QVERIFY_RESULT(abandoned);
        QVERIFY_RESULT((*abandoned)->apply(u"seen"_s, {{u"r"_s, 1_pos, ViewRow{{u"r"_s}}}}));
    };
    QVERIFY_RESULT(store.writer().append(kStream, ExpectedVersion::any(), events, along));
    store.reopen();
    ASSIGN_RESULT(summary, store->reader().summary());
    QCOMPARE(summary.events, 1);
    ASSIGN_RESULT(rows, store->views().rows(u"seen"_s, {}));
    QVERIFY(rows.empty());
}

void TestEventWriter::survivesReopening() {
    ScratchStore store;
    appended(store.writer(), {newEvent(u"a"_s)});
    store.reopen();
    const auto next = std::get<Appended>(
        appended(store.writer(), {newEvent(u"b"_s)}, ExpectedVersion::exactly(1_v)));
    QCOMPARE(next.position, 2_pos);
}

void TestEventWriter::importsWithDerivedIds() {
    ScratchStore store;
    const QByteArray data = "{\"n\":1}";
    const NewEvent nameless = newEvent(QString(), data);
    ASSIGN_RESULT(counts, store.writer().importAll(sourceOf(
                              {imported(kStream, 1_v, nameless), imported(kStream, 2_v, nameless),
                               imported(u"user-1"_s, std::nullopt, nameless),
                               imported(kStream, std::nullopt, newEvent(u"named"_s))})));
    QCOMPARE(counts.events, 4);
    QCOMPARE(counts.present, 0);
    ASSIGN_RESULT(events, store->reader().read({}));
    QCOMPARE(events.size(), std::size_t(4));
    QCOMPARE(toQString(events[0].id()), derivedEventId(kStream, 1_v, u"Happened"_s, data));
    QCOMPARE(toQString(events[1].id()), derivedEventId(kStream, 2_v, u"Happened"_s, data));
    QVERIFY(events[0].id() != events[1].id());
    QCOMPARE(events[2].version(), 1_v);
    QCOMPARE(events[3].version(), 3_v);
    QCOMPARE(toQString(events[3].id()), u"named"_s);
    // Joining the parts must not blur where one ends: these two differ only there.
    QVERIFY(derivedEventId(u"a"_s, 11_v, u"b"_s, "c") != derivedEventId(u"a1"_s, 1_v, u"b"_s, "c"));
    QVERIFY(derivedEventId(u"a"_s, 1_v, u"bc"_s, "d") != derivedEventId(u"a"_s, 1_v, u"b"_s, "cd"));
}

void TestEventWriter::importsTheSameAgainAsPresent() {
    ScratchStore store;
    const std::vector<ImportedEvent> file{
        imported(kStream, 1_v, newEvent(QString(), "1")),
        imported(kStream, 2_v, newEvent(u"x"_s, "2")),
        imported(u"user-1"_s, std::nullopt, newEvent(u"y"_s, "3"))};
    QVERIFY_RESULT(store.writer().importAll(sourceOf(file)));
    std::vector<ImportedEvent> longer = file;
    longer.push_back(imported(kStream, 3_v, newEvent(QString(), "4")));
    ASSIGN_RESULT(counts, store.writer().importAll(sourceOf(longer)));
    QCOMPARE(counts.events, 1);
    QCOMPARE(counts.present, 3);
    ASSIGN_RESULT(summary, store->reader().summary());
    QCOMPARE(summary.events, 4);
    QVERIFY(summary.gapless());
}

void TestEventWriter::importsNothingWhereALineIsBad_data() {
    QTest::addColumn<QString>("stream");
    QTest::addColumn<qint64>("version");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("version ahead") << u"s-1"_s << qint64(4) << QString() << QByteArray("9");
    QTest::newRow("version taken") << u"s-1"_s << qint64(1) << QString() << QByteArray("9");
    QTest::newRow("version zero") << u"s-1"_s << qint64(0) << QString() << QByteArray("9");
    QTest::newRow("id taken") << u"s-1"_s << qint64(3) << u"b"_s << QByteArray("9");
    QTest::newRow("id taken elsewhere") << u"s-2"_s << qint64(1) << u"b"_s << QByteArray("2");
    QTest::newRow("no stream") << QString() << qint64(1) << QString() << QByteArray("9");
}

void TestEventWriter::importsNothingWhereALineIsBad() {
    QFETCH(QString, stream);
    QFETCH(qint64, version);
    QFETCH(QString, id);
    QFETCH(QByteArray, data);
    ScratchStore store;
    const auto outcome = store.writer().importAll(
        sourceOf({imported(u"s-1"_s, 1_v, newEvent(u"a"_s, "1")),
                  imported(u"s-1"_s, 2_v, newEvent(u"b"_s, "2")),
                  imported(stream, StreamVersion(version), newEvent(id, data), u"line 3"_s)}));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::BadInput);
    QCOMPARE(outcome.error().where, u"line 3"_s);
    ASSIGN_RESULT(summary, store->reader().summary());
    QCOMPARE(summary.events, 0);
}

void TestEventWriter::importsNothingWhereTheSourceFails() {
    ScratchStore store;
    int given = 0;
    const auto outcome = store.writer().importAll([&]() -> Result<std::optional<ImportedEvent>> {
        if (++given > 3)
            return fail(Error::Kind::BadInput, u"that is no event"_s, {}, u"line 4"_s);
        return imported(kStream, std::nullopt, newEvent(QString::number(given)));
    });
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().where, u"line 4"_s);
    ASSIGN_RESULT(summary, store->reader().summary());
    QCOMPARE(summary.events, 0);
}

void TestEventWriter::importsNothingWhenCancelled() {
    ScratchStore store;
    const CancelToken cancel;
    int given = 0;
    const auto outcome = store.writer().importAll(
        [&]() -> Result<std::optional<ImportedEvent>> {
            if (++given == 100)
                cancel.cancel();
            return imported(kStream, std::nullopt, newEvent(QString::number(given)));
        },
        cancel);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::Cancelled);
    QCOMPARE(given, 100);
    ASSIGN_RESULT(summary, store->reader().summary());
    QCOMPARE(summary.events, 0);
}

void TestEventWriter::importLeavesNoHoleBeforeTheNextAppend() {
    ScratchStore store;
    const auto failed = store.writer().importAll(sourceOf(
        {imported(kStream, 1_v, newEvent(u"a"_s)), imported(kStream, 9_v, newEvent(u"b"_s))}));
    QVERIFY(!failed);
    const auto next = std::get<Appended>(appended(store.writer(), {newEvent(u"c"_s)}));
    QCOMPARE(next.position, 1_pos);
    QCOMPARE(next.version, 1_v);
}

QTEST_GUILESS_MAIN(TestEventWriter)
#include "tst_event_writer.moc"
