// Jumping to any version of a long stream, after its first replay, and what its checkpoints take.

#include "bench/bench_support.h"
#include "model/timeline/timeline.h"
#include "store/store.h"
#include "support/test_support.h"

#include <QTemporaryDir>

#include <random>

using namespace rewindow;

namespace {

/// What a jump may take at the 95th percentile, in seconds.
constexpr double kJumpLimit = 0.005;
constexpr std::size_t kCheckpointLimit = 64u << 20;
constexpr int kKeysAnEvent = 3;

/// A stream whose state has `keys` keys with texts of `textBytes`, each event writing three of
/// them. What stands in a key is known from the number of the event that wrote it last, so that a
/// state can be told right or wrong without folding.
struct Shape {
    QString stream;
    qint64 events = 0;
    int keys = 0;
    int textBytes = 0;

    int keyOf(qint64 version, int which) const {
        const auto mixed = static_cast<quint64>(version * kKeysAnEvent + which) * 2654435761ULL;
        return static_cast<int>((mixed >> 7) % static_cast<quint64>(keys));
    }
    QByteArray textOf(qint64 version) const {
        QByteArray text = QByteArray::number(version) + ' ';
        while (text.size() < textBytes)
            text += "lorem ipsum dolor sit amet, ";
        return text.left(textBytes);
    }
    QByteArray payload(qint64 version) const {
        QByteArray data = "{";
        for (int which = 0; which < kKeysAnEvent; ++which) {
            if (which > 0)
                data += ',';
            data += "\"key" + QByteArray::number(keyOf(version, which)) + "\":\"" +
                    textOf(version) + '"';
        }
        return data + '}';
    }
    /// Whether `state` is what the events up to `version` make.
    bool isRight(const Json& state, qint64 version) const {
        std::vector<qint64> writer(static_cast<std::size_t>(keys), 0);
        int found = 0;
        for (qint64 at = version; at > 0 && found < keys; --at) {
            for (int which = 0; which < kKeysAnEvent; ++which) {
                qint64& last = writer[static_cast<std::size_t>(keyOf(at, which))];
                found += last == 0 ? 1 : 0;
                last = std::max(last, at);
            }
        }
        for (int key = 0; key < keys; ++key) {
            const qint64 last = writer[static_cast<std::size_t>(key)];
            const Json* value = state.find("key" + std::to_string(key));
            if ((value != nullptr) != (last != 0) ||
                (value && value->text() != std::string_view(textOf(last))))
                return false;
        }
        return state.size() == static_cast<std::size_t>(found);
    }
};

Result<Imported> write(Store& store, const Shape& shape) {
    const Result<EventWriter*> writer = store.writer();
    if (!writer)
        return std::unexpected(writer.error());
    qint64 version = 0;
    return (*writer)->importAll([&]() -> Result<std::optional<ImportedEvent>> {
        if (version == shape.events)
            return std::optional<ImportedEvent>();
        ++version;
        return std::optional(
            ImportedEvent{.stream = shape.stream,
                          .version = StreamVersion(version),
                          .event = {.id = QStringLiteral("%1/%2").arg(shape.stream).arg(version),
                                    .type = QStringLiteral("Changed"),
                                    .data = shape.payload(version),
                                    .metadata = {},
                                    .correlationId = {},
                                    .causationId = {},
                                    .recordedAt = Timestamp(version)},
                          .where = {}});
    });
}

} // namespace

class BenchTimelineJump : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void anyVersionOfALongStream();
    void checkpointsOfLargeStates();

  private:
    Result<Timeline> replay(const Shape& shape);

    QTemporaryDir m_folder;
    std::unique_ptr<Store> m_store;
    std::shared_ptr<const Domain> m_merge;
};

void BenchTimelineJump::initTestCase() {
    qputenv("REWINDOW_DATA_HOME", m_folder.filePath(QStringLiteral("data")).toUtf8());
    ASSIGN_RESULT(merge, domainNamed(QStringLiteral("merge")));
    m_merge = merge;
    const auto url = StoreUrl::sqliteFile(m_folder.filePath(QStringLiteral("long.db")));
    ASSIGN_RESULT(store, Store::create(url, QStringLiteral("merge")));
    m_store = std::move(store);
}

Result<Timeline> BenchTimelineJump::replay(const Shape& shape) {
    if (const auto written = write(*m_store, shape); !written)
        return std::unexpected(written.error());
    if (const auto moved = m_store->checkpoint(); !moved)
        return std::unexpected(moved.error());
    std::optional<Result<Timeline>> timeline;
    const double taken = bench::seconds(
        [&] { timeline = Timeline::replay(m_store->reader(), m_merge, shape.stream); });
    qInfo("first replay of %lld events: %.2f s", static_cast<long long>(shape.events), taken);
    return std::move(*timeline);
}

void BenchTimelineJump::anyVersionOfALongStream() {
    const Shape shape{
        .stream = QStringLiteral("long-1"), .events = 1'000'000, .keys = 320, .textBytes = 90};
    ASSIGN_RESULT(timeline, replay(shape));
    QCOMPARE(timeline.lastVersion(), StreamVersion(shape.events));
    ASSIGN_RESULT(last, timeline.state(timeline.lastVersion()));
    const auto stateBytes = last.dump().size();
    QVERIFY2(stateBytes >= 28'000 && stateBytes <= 34'000, qPrintable(QString::number(stateBytes)));

    std::mt19937_64 random(1);
    std::vector<double> jumps;
    for (int jump = 0; jump < 600; ++jump) {
        const auto version = static_cast<qint64>(random() % static_cast<quint64>(shape.events + 1));
        std::optional<Result<Json>> state;
        jumps.push_back(bench::seconds([&] { state = timeline.state(StreamVersion(version)); }));
        QVERIFY_RESULT(*state);
        QVERIFY2(shape.isRight(**state, version), qPrintable(QString::number(version)));
    }
    std::ranges::sort(jumps);
    const double p95 = jumps[jumps.size() * 95 / 100];
    qInfo("a jump: median %.2f ms, 95th percentile %.2f ms; a checkpoint every %d versions, %.1f "
          "MiB in all",
          jumps[jumps.size() / 2] * 1000, p95 * 1000, timeline.checkpointInterval(),
          static_cast<double>(timeline.checkpointBytes()) / (1 << 20));
    QVERIFY(timeline.checkpointBytes() <= kCheckpointLimit);
    bench::checkRatio("a jump at the 95th percentile / 5 ms", p95 / kJumpLimit, 1.0);
}

void BenchTimelineJump::checkpointsOfLargeStates() {
    // Some 30 MiB a state, nearly all of it rewritten from one checkpoint to the next.
    const Shape shape{
        .stream = QStringLiteral("wide-1"), .events = 200, .keys = 100, .textBytes = 300'000};
    ASSIGN_RESULT(timeline, replay(shape));
    QVERIFY(timeline.checkpointBytes() <= kCheckpointLimit);
    for (const qint64 version : {1, 100, 191, 200}) {
        ASSIGN_RESULT(state, timeline.state(StreamVersion(version)));
        QVERIFY(shape.isRight(state, version));
    }
}

QTEST_GUILESS_MAIN(BenchTimelineJump)
#include "bench_timeline_jump.moc"
