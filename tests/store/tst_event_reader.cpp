// Reading events: every query against what a plain list of the same events answers.
#include "store/store.h"
#include "support/scratch_store.h"
#include "support/store_files.h"
#include "support/test_support.h"

#include <QRandomGenerator>

#include <algorithm>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

QList<qint64> positionsOf(const std::vector<RecordedEvent>& events) {
    QList<qint64> positions;
    for (const RecordedEvent& event : events)
        positions << event.position().value();
    return positions;
}

} // namespace

class TestEventReader : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void keepsAnEventAsItIs();
    void answersQueriesAsAListDoes();
    void pagesMeetWithoutGapOrOverlap();
    void findsByPositionAndId();
    void summarises();
    void listsStreams();
    void filtersStreams_data();
    void filtersStreams();
    void pagesStreams();
    void countsTypes();
    void findsTheVersionAtAPosition();
    void samplesPositions();
    void samplesALogWithHoles();
    void canBeCancelled();
    void cancelStopsALongStatement();
    void mayBeAskedFromWithinAVisitor();
    void sharesOneBufferAmongCopies();

  private:
    EventReader& reader() { return m_store->reader(); }

    ScratchStore m_store{QStringLiteral("order")};
    std::vector<RecordedEvent> m_all; ///< in the order of positions
};

void TestEventReader::initTestCase() {
    ASSIGN_RESULT(writer, m_store->writer());
    const QStringList streams{u"order-1"_s,  u"order-2"_s, u"order-10"_s, u"user-ann"_s,
                              u"user-a-b"_s, u"plain"_s,   u"-odd"_s,     u"Ünï-çode"_s,
                              u"order"_s,    u"ordes-1"_s};
    const QStringList types{u"Created"_s, u"Renamed"_s, u"Paid"_s, u"Päid"_s};
    QRandomGenerator random(1);
    for (int i = 0; i < 500; ++i) {
        NewEvent event = newEvent(u"id-%1"_s.arg(i), types[random.bounded(types.size())],
                                  R"({"n": )" + QByteArray::number(i) + "}");
        if (i % 3 == 0)
            event.metadata = R"({"by":"ann"})";
        event.correlationId = u"c-%1"_s.arg(i / 10);
        event.recordedAt = Timestamp(1'700'000'000'000'000 + i);
        QVERIFY_RESULT(writer->append(streams[random.bounded(streams.size())],
                                      ExpectedVersion::any(), {&event, 1}));
    }
    ASSIGN_RESULT(all, reader().read({}));
    QCOMPARE(all.size(), 500u);
    m_all = all;
}

void TestEventReader::keepsAnEventAsItIs() {
    ASSIGN_RESULT(writer, m_store->writer());
    Q_UNUSED(writer)
    const RecordedEvent& event = m_all[3];
    QCOMPARE(event.position(), 4_pos);
    QCOMPARE(bytes(event.id()), QByteArray("id-3"));
    QCOMPARE(bytes(event.data()), QByteArray(R"({"n": 3})"));
    QCOMPARE(bytes(event.metadata()), QByteArray(R"({"by":"ann"})"));
    QCOMPARE(bytes(event.correlationId()), QByteArray("c-0"));
    QVERIFY(event.causationId().empty());
    QCOMPARE(event.recordedAt().microseconds(), 1'700'000'000'000'003);
    QVERIFY(m_all[4].metadata().empty());
    QVERIFY(!event.cause());
}

void TestEventReader::answersQueriesAsAListDoes() {
    QRandomGenerator random(2);
    const QStringList filters{QString(),
                              u"type:Paid"_s,
                              u"type:P*"_s,
                              u"type:Paid type:Created"_s,
                              u"-type:Paid stream:order-*"_s,
                              u"stream:order-1"_s,
                              u"type:none"_s};
    int found = 0;
    for (int round = 0; round < 600; ++round) {
        EventQuery query;
        ASSIGN_RESULT(filter, EventFilter::parse(filters[random.bounded(filters.size())]));
        query.filter = filter;
        if (random.bounded(2) == 0)
            query.stream = toQString(m_all[random.bounded(quint32(m_all.size()))].stream());
        if (query.stream && random.bounded(2) == 0)
            query.fromVersion = StreamVersion(random.bounded(0, 40));
        if (query.stream && random.bounded(2) == 0)
            query.toVersion = StreamVersion(random.bounded(0, 60));
        if (random.bounded(2) == 0)
            query.after = GlobalPosition(random.bounded(0, 500));
        if (random.bounded(2) == 0)
            query.upTo = GlobalPosition(random.bounded(0, 600));
        query.newestFirst = random.bounded(2) == 0;
        if (random.bounded(2) == 0)
            query.limit = random.bounded(0, 50);

        QList<qint64> expected;
        for (const RecordedEvent& event : m_all)
            if ((!query.stream || toQString(event.stream()) == *query.stream) &&
                (!query.stream || event.version() >= query.fromVersion) &&
                (!query.toVersion || event.version() <= *query.toVersion) &&
                event.position() > query.after &&
                (!query.upTo || event.position() <= *query.upTo) && query.filter.accepts(event))
                expected << event.position().value();
        if (query.newestFirst)
            std::reverse(expected.begin(), expected.end());
        if (query.limit >= 0)
            expected = expected.mid(0, query.limit);
        ASSIGN_RESULT(events, reader().read(query));
        QCOMPARE(positionsOf(events), expected);
        found += static_cast<int>(expected.size());
    }
    QVERIFY(found > 1000);
}

void TestEventReader::pagesMeetWithoutGapOrOverlap() {
    for (const bool newestFirst : {false, true}) {
        QList<qint64> positions;
        EventQuery page;
        page.limit = 7;
        page.newestFirst = newestFirst;
        while (true) {
            ASSIGN_RESULT(events, reader().read(page));
            if (events.empty())
                break;
            positions << positionsOf(events);
            if (newestFirst)
                page.upTo = events.back().position().previous();
            else
                page.after = events.back().position();
        }
        QList<qint64> expected = positionsOf(m_all);
        if (newestFirst)
            std::reverse(expected.begin(), expected.end());
        QCOMPARE(positions, expected);
    }
}

void TestEventReader::findsByPositionAndId() {
    ASSIGN_RESULT(found, reader().eventAt(17_pos));
    QVERIFY(found.has_value());
    QCOMPARE(bytes(found->id()), QByteArray("id-16"));
    ASSIGN_RESULT(none, reader().eventAt(501_pos));
    QVERIFY(!none.has_value());
    ASSIGN_RESULT(byId, reader().eventById(u"id-99"_s));
    QVERIFY(byId.has_value());
    QCOMPARE(byId->position(), 100_pos);
    ASSIGN_RESULT(unknown, reader().eventById(u"id-9900"_s));
    QVERIFY(!unknown.has_value());
}

void TestEventReader::summarises() {
    ASSIGN_RESULT(summary, reader().summary());
    QCOMPARE(summary.events, 500);
    QCOMPARE(summary.streams, 10);
    QCOMPARE(summary.first, 1_pos);
    QCOMPARE(summary.head, 500_pos);
    QVERIFY(summary.gapless());
    ASSIGN_RESULT(head, reader().head());
    QCOMPARE(head, 500_pos);
}

void TestEventReader::listsStreams() {
    ASSIGN_RESULT(streams, reader().streams({}));
    QCOMPARE(streams.size(), 10u);
    QVERIFY(std::is_sorted(streams.begin(), streams.end(), [](const auto& a, const auto& b) {
        return a.stream.toUtf8() < b.stream.toUtf8();
    }));
    for (const StreamSummary& stream : streams) {
        const qint64 events = std::count_if(m_all.begin(), m_all.end(), [&](const auto& event) {
            return toQString(event.stream()) == stream.stream;
        });
        QCOMPARE(stream.events, events);
        QCOMPARE(stream.version.value(), events);
        QCOMPARE(stream.type, toQString(streamType(stream.stream.toStdString())));
        QCOMPARE(stream.id, toQString(streamId(stream.stream.toStdString())));
        ASSIGN_RESULT(alone, reader().stream(stream.stream));
        QVERIFY(alone == stream);
    }
    ASSIGN_RESULT(unknown, reader().stream(u"order-3"_s));
    QVERIFY(!unknown.has_value());
}

void TestEventReader::filtersStreams_data() {
    QTest::addColumn<std::optional<QString>>("type");
    QTest::addColumn<QString>("containing");
    QTest::addColumn<QStringList>("expected");
    using Type = std::optional<QString>;
    QTest::newRow("type") << Type(u"order"_s) << QString()
                          << QStringList{u"order-1"_s, u"order-10"_s, u"order-2"_s};
    QTest::newRow("type with more dashes")
        << Type(u"user"_s) << QString() << QStringList{u"user-a-b"_s, u"user-ann"_s};
    QTest::newRow("no type") << Type(QString()) << QString()
                             << QStringList{u"-odd"_s, u"order"_s, u"plain"_s};
    QTest::newRow("unicode type") << Type(u"Ünï"_s) << QString() << QStringList{u"Ünï-çode"_s};
    QTest::newRow("start of a type") << Type(u"ord"_s) << QString() << QStringList{};
    QTest::newRow("type with a dash") << Type(u"user-a"_s) << QString() << QStringList{};
    QTest::newRow("containing") << Type() << u"A"_s
                                << QStringList{u"plain"_s, u"user-a-b"_s, u"user-ann"_s};
    QTest::newRow("both") << Type(u"order"_s) << u"1"_s << QStringList{u"order-1"_s, u"order-10"_s};
    QTest::newRow("no pattern") << Type() << u"_"_s << QStringList{};
}

void TestEventReader::filtersStreams() {
    QFETCH(std::optional<QString>, type);
    QFETCH(QString, containing);
    StreamQuery query;
    query.type = type;
    query.containing = containing;
    ASSIGN_RESULT(streams, reader().streams(query));
    QStringList names;
    for (const StreamSummary& stream : streams)
        names << stream.stream;
    QTEST(names, "expected");
}

void TestEventReader::pagesStreams() {
    ASSIGN_RESULT(all, reader().streams({}));
    std::vector<StreamSummary> paged;
    StreamQuery page;
    page.limit = 3;
    while (true) {
        ASSIGN_RESULT(streams, reader().streams(page));
        if (streams.empty())
            break;
        QVERIFY(streams.size() <= 3);
        paged.insert(paged.end(), streams.begin(), streams.end());
        page.after = streams.back().stream;
    }
    QVERIFY(paged == all);
}

void TestEventReader::countsTypes() {
    ASSIGN_RESULT(streamTypes, reader().streamTypes());
    const std::vector<TypeCount> expected{
        {QString(), 3}, {u"order"_s, 3}, {u"ordes"_s, 1}, {u"user"_s, 2}, {u"Ünï"_s, 1}};
    QVERIFY(streamTypes == expected);

    ASSIGN_RESULT(eventTypes, reader().eventTypes());
    QCOMPARE(eventTypes.size(), 4u);
    qint64 last = 500;
    qint64 sum = 0;
    for (const TypeCount& type : eventTypes) {
        QVERIFY(type.count <= last);
        last = type.count;
        sum += type.count;
        QCOMPARE(type.count, std::count_if(m_all.begin(), m_all.end(), [&](const auto& event) {
                     return toQString(event.type()) == type.type;
                 }));
    }
    QCOMPARE(sum, 500);
}

void TestEventReader::findsTheVersionAtAPosition() {
    for (const QString& stream : {u"order-1"_s, u"plain"_s, u"Ünï-çode"_s}) {
        StreamVersion expected(0);
        for (qint64 position = 0; position <= 501; ++position) {
            if (position >= 1 && position <= 500 &&
                toQString(m_all[std::size_t(position - 1)].stream()) == stream)
                expected = m_all[std::size_t(position - 1)].version();
            ASSIGN_RESULT(version, reader().versionAt(stream, GlobalPosition(position)));
            QCOMPARE(version, expected);
        }
        QVERIFY(expected > 0_v);
    }
    ASSIGN_RESULT(unknown, reader().versionAt(u"none"_s, 500_pos));
    QCOMPARE(unknown, 0_v);
}

void TestEventReader::samplesPositions() {
    for (const QString& text : {QString(), u"type:Paid"_s, u"type:P* -stream:order-1"_s}) {
        ASSIGN_RESULT(filter, EventFilter::parse(text));
        EventQuery query;
        query.filter = filter;
        ASSIGN_RESULT(events, reader().read(query));
        for (const qint64 step : {1, 7, 1000}) {
            ASSIGN_RESULT(samples, reader().samplePositions(filter, step));
            QCOMPARE(samples.rows, static_cast<qint64>(events.size()));
            QCOMPARE(samples.positions.size(),
                     (events.size() + std::size_t(step) - 1) / std::size_t(step));
            for (std::size_t i = 0; i < samples.positions.size(); ++i)
                QCOMPARE(samples.positions[i], events[i * std::size_t(step)].position());
        }
    }
}

void TestEventReader::samplesALogWithHoles() {
    QTemporaryDir folder;
    const StoreUrl url = StoreUrl::sqliteFile(folder.filePath(u"a.db"_s));
    {
        ASSIGN_RESULT(store, Store::create(url, {}));
        ASSIGN_RESULT(writer, store->writer());
        for (int i = 0; i < 20; ++i) {
            const NewEvent event = newEvent(QString::number(i), u"A"_s);
            QVERIFY_RESULT(writer->append(u"s-1"_s, ExpectedVersion::any(), {&event, 1}));
        }
    }
    QVERIFY(OtherProgram(url.path()).run("DELETE FROM events WHERE position IN (1, 2, 9)"));
    ASSIGN_RESULT(store, Store::open(url, Store::Access::Read));
    ASSIGN_RESULT(samples, store->reader().samplePositions({}, 5));
    QCOMPARE(samples.rows, 17);
    QVERIFY((samples.positions == std::vector{3_pos, 8_pos, 14_pos, 19_pos}));
    ASSIGN_RESULT(summary, store->reader().summary());
    QVERIFY(!summary.gapless());
    QCOMPARE(summary.first, 3_pos);
}

void TestEventReader::canBeCancelled() {
    const CancelToken cancel;
    int seen = 0;
    const auto done = reader().forEach(
        {},
        [&](RecordedEvent&&) {
            if (++seen == 10)
                cancel.cancel();
            return true;
        },
        cancel);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, Error::Kind::Cancelled);
    QCOMPARE(seen, 10);
    QVERIFY(!reader().summary(cancel));
    QVERIFY(!reader().streams({}, cancel));
    // The next one is not affected.
    QVERIFY_RESULT(reader().read({}));
}

void TestEventReader::cancelStopsALongStatement() {
    // Cancelled before its first row comes: no row tells the reader to look.
    const CancelToken cancel;
    ASSIGN_RESULT(filter, EventFilter::parse(u"type:*none*"_s));
    EventQuery query;
    query.filter = filter;
    cancel.cancel();
    const auto events = reader().read(query, cancel);
    QVERIFY(!events);
    QCOMPARE(events.error().kind, Error::Kind::Cancelled);
}

void TestEventReader::mayBeAskedFromWithinAVisitor() {
    qint64 sum = 0;
    EventQuery outer;
    outer.limit = 5;
    const auto done = reader().forEach(outer, [&](RecordedEvent&& event) {
        EventQuery inner;
        inner.limit = 5;
        inner.after = event.position();
        const auto events = reader().read(inner);
        sum += events ? events->front().position().value() : -1000;
        return true;
    });
    QVERIFY_RESULT(done);
    QCOMPARE(sum, 2 + 3 + 4 + 5 + 6);
}

void TestEventReader::sharesOneBufferAmongCopies() {
    const RecordedEvent copy = m_all[0];
    QCOMPARE(static_cast<const void*>(copy.data().data()),
             static_cast<const void*>(m_all[0].data().data()));
    // One buffer holds them all, in order.
    QCOMPARE(static_cast<const void*>(copy.stream().data() + copy.stream().size()),
             static_cast<const void*>(copy.id().data()));
}

QTEST_GUILESS_MAIN(TestEventReader)
#include "tst_event_reader.moc"
