// Counts and rows from the sidecar index, against a loop over a plain list of the same events.
#include "store/sidecar/matched_rows.h"
#include "store/sidecar/sidecar_counts.h"
#include "support/sidecar_support.h"
#include "support/store_files.h"

#include <QRandomGenerator>

#include <functional>
#include <limits>
#include <map>
#include <numeric>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kEvents = 140'000;
constexpr qint64 kFirstTime = 1'700'000'000'000'000;
constexpr qint64 kSecond = 1'000'000;

/// A selection, and the same as a test of one event.
struct Wanted {
    SidecarSelection selection;
    std::function<bool(const PlainEvent&)> accepts;
};

Wanted randomlyWanted(const SidecarView& view, QRandomGenerator& random) {
    Wanted wanted;
    std::optional<qint64> from;
    std::optional<qint64> until;
    const auto anyTime = [&] { return kFirstTime + random.bounded(kEvents) * kSecond; };
    if (random.bounded(2) == 0)
        wanted.selection.from = Timestamp(*(from = anyTime()));
    if (random.bounded(2) == 0)
        wanted.selection.until = Timestamp(*(until = anyTime()));
    const auto some = [&](NameKind kind) -> std::optional<std::vector<std::string>> {
        if (random.bounded(2) == 0)
            return std::nullopt;
        std::vector<std::string> names;
        for (quint32 i = random.bounded(12); i > 0; --i)
            names.emplace_back(view.name(kind, random.bounded(view.names(kind))));
        return names;
    };
    const auto isIn = [](const std::vector<std::string>& names, std::string_view name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    const auto types = some(NameKind::Type);
    const auto streams = some(NameKind::Stream);
    if (types)
        wanted.selection.types =
            namesWhere(view, NameKind::Type, [&](auto name) { return isIn(*types, name); });
    if (streams)
        wanted.selection.streams =
            namesWhere(view, NameKind::Stream, [&](auto name) { return isIn(*streams, name); });
    wanted.accepts = [=](const PlainEvent& event) {
        return (!from || event.time >= *from) && (!until || event.time < *until) &&
               (!types || isIn(*types, event.type)) && (!streams || isIn(*streams, event.stream));
    };
    return wanted;
}

} // namespace

class TestSidecarCounts : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void countsByName();
    void countsOverTime();
    void countsTimesAtTheEndsOfTime();
    void addsWhatIsNew();
    void findsMatchedRows();
    void matchedRowsGrow();
    void setsHoldWhatIsPutIn();
    void canBeCancelled();
    void countsManyTypes();

  private:
    const SidecarView& view() const { return m_index->view(); }

    ScratchStore m_store;
    std::unique_ptr<SidecarIndex> m_index;
    std::vector<PlainEvent> m_events;
};

void TestSidecarCounts::initTestCase() {
    m_store.close();
    insertEvents(m_store.path(), 0, kEvents, "i+1+i/100");
    m_store.reopen();
    m_index = std::make_unique<SidecarIndex>(m_store->info());
    QVERIFY_RESULT(m_index->extend(m_store->reader()));
    m_events = plainEvents(*m_store);
    QCOMPARE(view().rows(), qint64(kEvents));
}

void TestSidecarCounts::countsByName() {
    QRandomGenerator random(1);
    int found = 0;
    for (int round = 0; round < 40; ++round) {
        const Wanted wanted = randomlyWanted(view(), random);
        const qint64 from = round % 3 == 0 ? random.bounded(kEvents) : 0;
        std::map<std::string, qint64> types;
        std::map<std::string, qint64> streams;
        std::map<std::string, qint64> categories;
        for (auto row = std::size_t(from); row < m_events.size(); ++row)
            if (const PlainEvent& event = m_events[row]; wanted.accepts(event)) {
                ++types[event.type];
                ++streams[event.stream];
                ++categories[event.category];
                ++found;
            }
        const auto compare = [&](NameKind kind, const std::vector<qint64>& counts,
                                 std::map<std::string, qint64>& expected) {
            QCOMPARE(counts.size(), std::size_t(view().names(kind)));
            for (NameId id = 0; id < counts.size(); ++id)
                QCOMPARE(counts[id], expected[std::string(view().name(kind, id))]);
        };
        ASSIGN_RESULT(byType, countTypes(view(), wanted.selection, from));
        compare(NameKind::Type, byType, types);
        ASSIGN_RESULT(byStream, countStreams(view(), wanted.selection, from));
        compare(NameKind::Stream, byStream, streams);
        compare(NameKind::Category, sumCategories(view(), byStream), categories);
    }
    QVERIFY(found > kEvents);
}

void TestSidecarCounts::countsOverTime() {
    QRandomGenerator random(2);
    for (int round = 0; round < 40; ++round) {
        const Wanted wanted = randomlyWanted(view(), random);
        TimeBuckets buckets;
        qint64 edge = kFirstTime + (random.bounded(kEvents) - 1000) * kSecond;
        const qint64 step = 1 + random.bounded(3000) * kSecond;
        for (quint32 i = 2 + random.bounded(300); i > 0; --i) {
            buckets.edges.push_back(edge);
            edge += round % 2 == 0 ? step : 1 + random.bounded(3000) * kSecond;
        }
        buckets.stacks = 5;
        for (NameId type = 0; type < view().names(NameKind::Type) / 2; ++type)
            buckets.stackOf.push_back(type % 4);
        std::vector<qint64> expected(buckets.buckets() * buckets.stacks);
        for (const PlainEvent& event : m_events) {
            const auto after =
                std::upper_bound(buckets.edges.begin(), buckets.edges.end(), event.time);
            if (!wanted.accepts(event) || after == buckets.edges.begin() ||
                after == buckets.edges.end())
                continue;
            const NameId type = *view().find(NameKind::Type, event.type);
            const quint32 stack = type < buckets.stackOf.size() ? buckets.stackOf[type] : 4;
            ++expected[std::size_t(after - buckets.edges.begin() - 1) * 5 + stack];
        }
        ASSIGN_RESULT(counted, countOverTime(view(), buckets, wanted.selection, 0));
        QVERIFY(counted == expected);
    }
    ASSIGN_RESULT(none, countOverTime(view(), {}, {}, 0));
    QVERIFY(none.empty());
}

void TestSidecarCounts::countsTimesAtTheEndsOfTime() {
    ScratchStore store;
    const qint64 least = std::numeric_limits<qint64>::min();
    const qint64 most = std::numeric_limits<qint64>::max();
    int number = 0;
    for (const qint64 time : {qint64(0), most, least, qint64(-1), most}) {
        NewEvent event = newEvent(u"e%1"_s.arg(++number), u"T"_s);
        event.recordedAt = Timestamp(time);
        QVERIFY_RESULT(store.writer().append(u"s"_s, ExpectedVersion::any(), {&event, 1}));
    }
    SidecarIndex index(store->info());
    QVERIFY_RESULT(index.extend(store->reader()));
    TimeBuckets buckets;
    buckets.edges = {least, -1, 0, 1, most};
    ASSIGN_RESULT(counted, countOverTime(index.view(), buckets, {}, 0));
    // Nothing lies after the end of time: what is there is of the last bucket.
    QVERIFY(counted == (std::vector<qint64>{1, 1, 1, 2}));
}

void TestSidecarCounts::addsWhatIsNew() {
    const SidecarSelection everything;
    ASSIGN_RESULT(all, countTypes(view(), everything, 0));
    ASSIGN_RESULT(tail, countTypes(view(), everything, 100'000));
    std::vector<qint64> head(all.size());
    for (std::size_t row = 0; row < 100'000; ++row)
        ++head[view().typeOf(qint64(row))];
    for (std::size_t i = 0; i < all.size(); ++i)
        QCOMPARE(head[i] + tail[i], all[i]);
}

void TestSidecarCounts::findsMatchedRows() {
    QRandomGenerator random(3);
    int found = 0;
    for (int round = 0; round < 25; ++round) {
        const Wanted wanted = randomlyWanted(view(), random);
        std::vector<qint64> expected;
        for (std::size_t row = 0; row < m_events.size(); ++row)
            if (wanted.accepts(m_events[row]))
                expected.push_back(qint64(row));
        ASSIGN_RESULT(matched, MatchedRows::of(view(), wanted.selection));
        QCOMPARE(matched.count(), qint64(expected.size()));
        QVERIFY(matched.rows(0, kEvents) == expected);
        QVERIFY(matched.rows(matched.count(), 5).empty());
        QVERIFY(matched.rows(-1, 5).empty());
        for (int i = 0; i < 50 && !expected.empty(); ++i) {
            const qint64 first = random.bounded(int(expected.size()));
            const qint64 count = std::min<qint64>(200, matched.count() - first);
            const auto begin = expected.begin() + first;
            QVERIFY(matched.rows(first, 200) == std::vector<qint64>(begin, begin + count));
            QCOMPARE(matched.positionOf(first).value(),
                     m_events[std::size_t(expected[std::size_t(first)])].position);
            const qint64 row = random.bounded(kEvents + 1);
            QCOMPARE(matched.before(row),
                     std::lower_bound(expected.begin(), expected.end(), row) - expected.begin());
            ++found;
        }
    }
    QVERIFY(found > 500);
}

void TestSidecarCounts::matchedRowsGrow() {
    ScratchStore store;
    SidecarIndex index(store->info());
    MatchedRows matched;
    for (int i = 0; i < 300; ++i) {
        store.append(u"s-%1"_s.arg(i % 5), i % 3 == 0 ? u"Fizz"_s : u"Other"_s, "{}");
        QVERIFY_RESULT(index.extend(store->reader()));
        if (i == 0) {
            SidecarSelection selection;
            selection.types = namesWhere(index.view(), NameKind::Type,
                                         [](std::string_view name) { return name == "Fizz"; });
            ASSIGN_RESULT(fizzes, MatchedRows::of(index.view(), selection));
            matched = fizzes;
        } else {
            QVERIFY_RESULT(matched.grow(index.view()));
        }
        QCOMPARE(matched.count(), i / 3 + 1);
        QCOMPARE(matched.positionOf(matched.count() - 1).value(), i / 3 * 3 + 1);
        QCOMPARE(matched.before(i / 2), (i / 2 + 2) / 3);
    }
}

void TestSidecarCounts::setsHoldWhatIsPutIn() {
    for (const bool rest : {false, true}) {
        NameSet set(70, rest);
        set.insert(3);
        set.remove(69);
        set.insert(200);
        set.remove(201);
        const NameSet wide = set.widened(1000);
        for (NameId id = 0; id < 2000; ++id) {
            const bool expected = id == 3 || id == 200 || (rest && id != 69 && id != 201);
            QCOMPARE(set.contains(id), expected);
            QCOMPARE(wide.contains(id), expected);
        }
    }
}

void TestSidecarCounts::canBeCancelled() {
    const CancelToken cancel;
    cancel.cancel();
    const auto counted = countTypes(view(), {}, 0, cancel);
    QVERIFY(!counted && counted.error().kind == Error::Kind::Cancelled);
    QVERIFY(!countStreams(view(), {}, 0, cancel));
    QVERIFY(!MatchedRows::of(view(), {}, cancel));
}

void TestSidecarCounts::countsManyTypes() {
    // More than a byte, and more than two bytes, can number.
    for (const int types : {300, 70'000}) {
        ScratchStore store;
        store.close();
        insertEvents(store.path(), 0, 80'000);
        const QByteArray rename =
            "UPDATE events SET event_type='T'||(position%" + QByteArray::number(types) + ")";
        RawSqlite(store.path()).run(rename.constData());
        store.reopen();
        SidecarIndex index(store->info());
        QVERIFY_RESULT(index.extend(store->reader()));
        QCOMPARE(difference(index.view(), plainEvents(*store)), QString());
        QCOMPARE(index.view().names(NameKind::Type), quint32(types));
        ASSIGN_RESULT(counts, countTypes(index.view(), {}, 0));
        QCOMPARE(std::accumulate(counts.begin(), counts.end(), qint64(0)), 80'000);
        QCOMPARE(counts[*index.view().find(NameKind::Type, "T1")], 80'000 / types + 1);
    }
}

QTEST_GUILESS_MAIN(TestSidecarCounts)
#include "tst_sidecar_counts.moc"
