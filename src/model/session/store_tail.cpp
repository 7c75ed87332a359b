// Noticing what anyone appends to a store.

#include "model/session/store_tail.h"

#include "model/session/view_states.h"

namespace rewindow {

namespace {

constexpr int kPollMs = 60;

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
    return StoreStanding{.dataVersion = *dataVersion, .head = *head, .views = std::move(*views)};
}

StoreTail::StoreTail(StoreLane& lane, std::shared_ptr<const Domain> domain, qint64 dataVersion)
    : m_lane(lane)
    , m_domain(std::move(domain))
    , m_dataVersion(dataVersion) {
    m_timer.setInterval(kPollMs);
    connect(&m_timer, &QTimer::timeout, this, &StoreTail::ask);
    m_timer.start();
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
        [domain = m_domain, known = m_dataVersion, forced = std::exchange(m_isForced, false)](
            Store& store, const CancelToken&) -> Result<Answer> {
            if (!forced) {
                const Result<qint64> now = store.reader().dataVersion();
                if (!now)
                    return std::unexpected(now.error());
                if (*now == known)
                    return Answer();
            }
            Result<StoreStanding> standing = readStanding(store, *domain);
            if (!standing)
                return std::unexpected(standing.error());
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
                emit changed(**answer);
            }
        });
}

} // namespace rewindow
