// Replaying every stream of a real log under the merge domain, against reading the same rows alone,
// and against another implementation of RFC 7396.
#include "base/json.h"
#include "bench/bench_support.h"
#include "model/domain/domain.h"
#include "store/json_lines_source.h"
#include "store/store.h"
#include "support/test_support.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTemporaryDir>

#include <unordered_map>

using namespace rewindow;

namespace {

/// As long as the loan log, and like it: streams of some 20 short events, interleaved.
void writeLikeTheLoanLog(QFile& file) {
    constexpr int kStreams = 13'087;
    constexpr int kEvents = 262'200;
    for (int i = 0; i < kEvents; ++i) {
        const int stream = i / 200 * 10 + i % 10;
        const int version = i % 200 / 10 + 1;
        const auto number = QByteArray::number(i);
        QByteArray data = R"({"applicationState":"STATE)" + QByteArray::number(version) + "\"";
        if (version == 1)
            data += R"(,"amountRequested":)" + number + R"(,"registeredAt":"2011-10-01T00:38:44Z")";
        if (version % 4 == 0)
            data += R"(,"offer":{"id":)" + number + R"(,"note":null})";
        file.write(R"({"stream":"application-)" + QByteArray::number(stream % kStreams) +
                   R"(","version":)" + QByteArray::number(version) +
                   R"(,"type":"A_CHANGED","recordedAt":"2011-10-01T00:38:44.546+02:00","data":)" +
                   data + R"(},"metadata":{"resource":"112"}})" + "\n");
    }
}

} // namespace

class BenchMergeReplay : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void everyStreamOfTheLog();

  private:
    template <class Visit>
    void forEachEvent(const Visit& visit);

    QTemporaryDir m_folder;
    std::unique_ptr<Store> m_store;
    std::unordered_map<std::string_view, std::size_t> m_streams; ///< numbered
    std::vector<std::string> m_names;
};

void BenchMergeReplay::initTestCase() {
    qputenv("REWINDOW_DATA_HOME", m_folder.filePath(QStringLiteral("data")).toUtf8());
    QFile log(test::loanLog());
    if (log.fileName().isEmpty()) {
        log.setFileName(m_folder.filePath(QStringLiteral("log.jsonl")));
        QVERIFY(log.open(QIODevice::WriteOnly));
        writeLikeTheLoanLog(log);
        log.close();
    }
    QVERIFY(log.open(QIODevice::ReadOnly));
    const auto url = StoreUrl::sqliteFile(m_folder.filePath(QStringLiteral("log.db")));
    {
        ASSIGN_RESULT(store, Store::create(url, QStringLiteral("merge")));
        ASSIGN_RESULT(writer, store->writer());
        QVERIFY_RESULT(writer->importAll(jsonLinesSource(log)));
        QVERIFY_RESULT(store->checkpoint());
    }
    ASSIGN_RESULT(opened, Store::open(url, Store::Access::Read));
    m_store = std::move(opened);
    ASSIGN_RESULT(streams, m_store->reader().streams({}));
    for (const StreamSummary& stream : streams)
        m_names.push_back(stream.stream.toStdString());
    for (std::size_t i = 0; i < m_names.size(); ++i)
        m_streams.emplace(m_names[i], i);
    QVERIFY(m_streams.size() > 13'000);
}

/// In one pass over the log; `visit` gets the number of the event's stream.
template <class Visit>
void BenchMergeReplay::forEachEvent(const Visit& visit) {
    const auto read = m_store->reader().forEach({}, [&](RecordedEvent&& event) {
        visit(m_streams.find(event.stream())->second, event);
        return true;
    });
    QVERIFY_RESULT(read);
}

void BenchMergeReplay::everyStreamOfTheLog() {
    ASSIGN_RESULT(merge, domainNamed(QStringLiteral("merge")));
    qint64 events = 0;
    const auto read = [&] {
        events = 0;
        forEachEvent([&](std::size_t, const RecordedEvent& event) {
            events += event.data().empty() ? 0 : 1;
        });
    };
    std::vector<Json> states;
    const auto replay = [&] {
        states.assign(m_streams.size(), merge->initialState({}));
        forEachEvent([&](std::size_t stream, const RecordedEvent& event) {
            auto evolved = merge->evolve(std::move(states[stream]), event);
            QVERIFY_RESULT(evolved);
            states[stream] = std::move(*evolved);
        });
    };
    std::vector<nlohmann::json> peers;
    const auto peer = [&] {
        peers.assign(m_streams.size(), nlohmann::json::object());
        forEachEvent([&](std::size_t stream, const RecordedEvent& event) {
            peers[stream].merge_patch(nlohmann::json::parse(event.data()));
        });
    };

    const auto [reading, replaying, peering] = bench::medianSeconds(5, read, replay, peer);

    QCOMPARE(events, qint64(262'200));
    for (std::size_t i = 0; i < states.size(); ++i) {
        ASSIGN_RESULT(expected, Json::parse(peers[i].dump()));
        QCOMPARE(states[i], expected);
        QVERIFY(states[i].size() > 0);
    }
    qInfo("reading %.0f ms, replaying %.0f ms, nlohmann's merge_patch %.0f ms", reading * 1e3,
          replaying * 1e3, peering * 1e3);
    bench::checkRatio("replay under merge, to reading the same rows", replaying / reading, 3.0);
    bench::checkAtLeast("nlohmann's merge_patch, to replay under merge", peering / replaying, 1.6);
}

QTEST_GUILESS_MAIN(BenchMergeReplay)
#include "bench_merge_replay.moc"
