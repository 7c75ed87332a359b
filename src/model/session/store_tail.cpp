// Noticing what anyone appends to a store.

#include "model/session/store_tail.h"

#include "model/session/view_states.h"

#include <QPointer>

#include <algorithm>
#include <iterator>
#include <utility>

namespace rewindow {

namespace {

constexpr int kPollMs = 60;
/// From being told of an append to asking: of many a second, not each is asked for.
constexpr int kAfterWakingMs = 15;
constexpr int kWaitMs = 1000;
/// Of what is provisional.
constexpr qint64 kMostProvisional = 200;

} // namespace

bool LogEnd::isSame(const LogEnd& other) const {
    return edge == other.edge &&
           std::ranges::equal(provisional, other.provisional, {}, &RecordedEvent::position,
                              &RecordedEvent::position);
}

Result<StoreStanding> readStanding(Store& store, const Domain& domain) {
    // The version first: what changes while the rest is read is then noticed the next time.
    const Result<qint64> dataVersion = store.reader().dataVersion();
    if (!dataVersion)
        return std::unexpected(dataVersion.error());
    const Result<GlobalPosition> head = store.reader().head();
    if (!head)
        return std::unexpected(head.error());
    Result<std::vector<ViewState>> views = readViewStates(store, domain, *head);
    if (!views)
        return std::unexpected(views.error());
    StoreStanding standing{.dataVersion = *dataVersion,
                           .head = *head,
                           .views = std::move(*views),
                           .end = {.edge = store.reader().edge(), .provisional = {}},
                           .late = {}};
    if (standing.end.edge.open) {
        auto provisional = store.reader().provisional(kMostProvisional);
        if (!provisional)
            return std::unexpected(provisional.error());
        standing.end.provisional = std::move(*provisional);
    }
    return standing;
}

StoreTail::StoreTail(StoreLane& lane, std::shared_ptr<const Domain> domain, qint64 dataVersion)
    : m_lane(lane)
    , m_domain(std::move(domain))
    , m_dataVersion(dataVersion) {
    m_timer.setInterval(kPollMs);
    connect(&m_timer, &QTimer::timeout, this, &StoreTail::ask);
    m_timer.start();
    m_woken.setInterval(kAfterWakingMs);
    m_woken.setSingleShot(true);
    connect(&m_woken, &QTimer::timeout, this, &StoreTail::ask);
}

void StoreTail::wakeBy(StoreLane& lane) {
    lane.run<bool>(
        this,
        [](Store& store, const CancelToken& cancel) -> Result<bool> {
            return store.reader().awaitAppend(kWaitMs, cancel);
        },
        [this, &lane](const Result<bool>& told) {
            // A server that is away is not asked again and again.
            if (!told)
                return QTimer::singleShot(kWaitMs, this, [this, &lane] { wakeBy(lane); });
            if (*told && !m_woken.isActive())
                m_woken.start();
            wakeBy(lane);
        });
}

void StoreTail::refresh() {
    m_isForced = true;
    ask();
}

void StoreTail::ask() {
    if (m_isAsking)
        return;
    m_isAsking = true;
    using Answer = std::optional<StoreStanding>;
    m_lane.run<Answer>(
        this,
        [domain = m_domain, known = m_dataVersion, forced = std::exchange(m_isForced, false),
         unsaid = m_unsaid](Store& store, const CancelToken&) -> Result<Answer> {
            auto late = store.reader().late();
            if (!late)
                return std::unexpected(late.error());
            std::ranges::move(*late, std::back_inserter(*unsaid));
            if (!forced && unsaid->empty()) {
                const Result<qint64> now = store.reader().dataVersion();
                if (!now)
                    return std::unexpected(now.error());
                if (*now == known)
                    return Answer();
            }
            Result<StoreStanding> standing = readStanding(store, *domain);
            if (!standing)
                return std::unexpected(standing.error());
            standing->late = std::exchange(*unsaid, {});
            return Answer(std::move(*standing));
        },
        [this](Result<Answer> answer) {
            m_isAsking = false;
            if (!answer) {
                if (m_lastError != answer.error()) {
                    m_lastError = answer.error();
                    emit failed(*m_lastError);
                }
                return;
            }
            m_lastError.reset();
            if (m_isForced)
                ask();
            if (*answer) {
                m_dataVersion = (*answer)->dataVersion;
                const QPointer<StoreTail> self(this);
                emit changed(**answer);
                if (self && !(*answer)->late.empty())
                    emit cameLate((*answer)->late);
            }
        });
}

} // namespace rewindow
