// One job at a time on a lane of its own; the pass belongs to the lane's thread.
#include "model/statistics/log_statistics.h"

#include "model/statistics/statistics_pass.h"
#include "model/store_lane.h"

#include <QElapsedTimer>
#include <QTimer>

#include <functional>

namespace rewindow {

namespace {

/// A query this long at a time: a write-ahead log cannot be tidied up during one.
constexpr qint64 kChunk = 200'000;
constexpr qint64 kCheckEvery = 1024;
constexpr qint64 kProgressMs = 100;
constexpr qint64 kFirstLookMs = 250;
constexpr qint64 kLookMs = 500;
/// Looking takes at most this share of the time.
constexpr qint64 kLookShare = 10;
/// Events that arrive one by one are read together: reading takes at most a tenth of the time.
constexpr int kRestMs = 300;
constexpr qint64 kLongestRestMs = 10'000;
constexpr int kRestShare = 10;

/// What has been read so far; of the lane's thread alone.
using Reading = std::unique_ptr<StatisticsPass>;

struct Reports {
    std::function<void(qint64 reached, qint64 total)> progress;
    std::function<void(Statistics)> look;
};

/// Counts on from where `pass` stands.
class Counting {
  public:
    Counting(Store& store, Reading& reading, const Reports& reports, const CancelToken& cancel)
        : m_store(store)
        , m_reading(reading)
        , m_reports(reports)
        , m_cancel(cancel) {}

    Result<Statistics> run() {
        const bool hasPositions = m_store.info().hasPositions;
        if (auto found = findTotal(hasPositions); !found)
            return std::unexpected(found.error());
        if (!m_reading || !hasPositions || m_head < m_reading->reached())
            m_reading = std::make_unique<StatisticsPass>();
        m_progressTimer.start();
        m_lookTimer.start();
        for (bool isMore = true; isMore;) {
            EventQuery query;
            query.after = m_reading->reached();
            if (hasPositions)
                query.limit = kChunk;
            const qint64 before = m_reading->events();
            if (auto read = m_store.reader().forEach(
                    query, [this](RecordedEvent&& event) { return count(event); }, m_cancel);
                !read)
                return std::unexpected(read.error());
            isMore = hasPositions && m_reading->events() - before == kChunk;
        }
        return described();
    }

  private:
    Result<void> findTotal(bool hasPositions) {
        auto head = m_store.reader().head();
        if (!head)
            return std::unexpected(head.error());
        m_head = *head;
        m_total = m_head.value();
        if (hasPositions)
            return {};
        auto summary = m_store.reader().summary(m_cancel);
        if (!summary)
            return std::unexpected(summary.error());
        m_total = summary->events;
        return {};
    }

    bool count(const RecordedEvent& event) {
        m_reading->add(event);
        if (m_reading->events() % kCheckEvery == 0)
            report();
        return true;
    }

    void report() {
        if (m_progressTimer.elapsed() >= kProgressMs) {
            m_progressTimer.restart();
            const bool hasPositions = m_store.info().hasPositions;
            m_reports.progress(hasPositions ? m_reading->reached().value() : m_reading->events(),
                               m_total);
        }
        if (m_lookTimer.elapsed() < m_nextLook)
            return;
        QElapsedTimer took;
        took.start();
        m_reports.look(described());
        m_nextLook = std::max(kLookMs, took.elapsed() * kLookShare);
        m_lookTimer.restart();
    }

    Statistics described() const {
        Statistics statistics = m_reading->statistics();
        statistics.hasPositions = m_store.info().hasPositions;
        return statistics;
    }

    Store& m_store;
    Reading& m_reading;
    const Reports& m_reports;
    const CancelToken& m_cancel;
    GlobalPosition m_head;
    qint64 m_total = 0;
    QElapsedTimer m_progressTimer;
    QElapsedTimer m_lookTimer;
    qint64 m_nextLook = kFirstLookMs;
};

} // namespace

struct LogStatistics::Private {
    State state = State::Idle;
    std::optional<Error> error;
    std::shared_ptr<const Statistics> statistics;
    qint64 reached = 0;
    qint64 total = 0;
    GlobalPosition head;   ///< as last told
    bool isBehind = false; ///< it was told since the last reading began
    QElapsedTimer readingSince;
    QTimer rest; ///< after a reading, before the next
    CancelToken reading;
    quint64 generation = 0; ///< reports of an earlier reading are stale
    std::shared_ptr<Reading> pass = std::make_shared<Reading>();
    std::unique_ptr<StoreLane> lane; ///< last, so that it goes first
};

LogStatistics::LogStatistics(StoreUrl url, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>()) {
    d->lane = std::make_unique<StoreLane>(std::move(url), Store::Access::Read);
    d->rest.setSingleShot(true);
    connect(&d->rest, &QTimer::timeout, this, [this] {
        if (d->isBehind && d->state == State::Ready)
            start();
    });
}

LogStatistics::~LogStatistics() {
    d->lane.reset();
}

LogStatistics::State LogStatistics::state() const {
    return d->state;
}

const std::optional<Error>& LogStatistics::error() const {
    return d->error;
}

std::shared_ptr<const Statistics> LogStatistics::statistics() const {
    return d->statistics;
}

qint64 LogStatistics::reached() const {
    return d->reached;
}

qint64 LogStatistics::total() const {
    return d->total;
}

void LogStatistics::setState(State state) {
    if (state == d->state)
        return;
    d->state = state;
    emit stateChanged();
}

void LogStatistics::take(Statistics statistics, bool partial) {
    statistics.isPartial = partial;
    d->statistics = std::make_shared<const Statistics>(std::move(statistics));
    emit changed();
}

void LogStatistics::start() {
    if (d->state == State::Reading)
        return;
    d->error.reset();
    const quint64 generation = ++d->generation;
    const auto ifCurrent = [this, generation](auto work) {
        postTo(this, [this, generation, work = std::move(work)]() mutable {
            if (generation == d->generation && d->state == State::Reading)
                work();
        });
    };
    const Reports reports{.progress =
                              [this, ifCurrent](qint64 reached, qint64 total) {
                                  ifCurrent([this, reached, total] {
                                      d->reached = reached;
                                      d->total = total;
                                      emit progress(reached, total);
                                  });
                              },
                          .look =
                              [this, ifCurrent](Statistics statistics) {
                                  ifCurrent([this, statistics = std::move(statistics)]() mutable {
                                      take(std::move(statistics), true);
                                  });
                              }};
    d->reading = d->lane->run<Statistics>(
        this,
        [pass = d->pass, reports](Store& store, const CancelToken& cancel) {
            return Counting(store, *pass, reports, cancel).run();
        },
        [this](Result<Statistics> statistics) {
            if (!statistics) {
                d->error = statistics.error();
                setState(State::Failed);
                return;
            }
            d->reached = d->total =
                statistics->hasPositions ? statistics->reached.value() : statistics->events;
            take(std::move(*statistics), false);
            setState(State::Ready);
            const auto took =
                static_cast<int>(std::min<qint64>(d->readingSince.elapsed(), kLongestRestMs));
            d->rest.start(std::max(kRestMs, took * kRestShare));
        });
    d->readingSince.start();
    d->isBehind = false;
    setState(State::Reading);
}

void LogStatistics::extend(GlobalPosition head) {
    if (d->state != State::Ready && d->state != State::Reading)
        return;
    const bool isKnown = d->statistics && d->statistics->reached == head;
    if (head == d->head || (isKnown && d->state == State::Ready))
        return;
    d->head = head;
    d->isBehind = true;
    if (d->state == State::Ready && !d->rest.isActive())
        start();
}

void LogStatistics::cancel() {
    if (d->state != State::Reading)
        return;
    d->reading.cancel();
    ++d->generation;
    setState(State::Cancelled);
}

} // namespace rewindow
