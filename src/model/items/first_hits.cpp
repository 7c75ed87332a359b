// Reads from the end that is shown first, and hands over what came together since the last time.
#include "model/items/first_hits.h"

#include "base/post_to.h"

#include <QElapsedTimer>

#include <utility>

namespace rewindow {

namespace {

constexpr qint64 kMsBetweenTellings = 100;

} // namespace

FirstHits::FirstHits(const StoreUrl& url, QObject* parent) : QObject(parent), m_url(url) {}

FirstHits::~FirstHits() {
    cancel();
}

void FirstHits::cancel() {
    m_search.cancel();
}

void FirstHits::search(const Wanted& wanted, std::function<void(std::vector<LogRow>)> found,
                       std::function<void(Result<void>)> done) {
    cancel();
    if (!m_lane)
        m_lane = std::make_unique<StoreLane>(m_url, Store::Access::Read);
    m_search = m_lane->run<void>(
        this,
        [this, wanted, found = std::move(found)](Store& store,
                                                 const CancelToken& cancel) -> Result<void> {
            EventQuery query;
            query.filter = wanted.filter;
            query.upTo = wanted.upTo;
            query.newestFirst = wanted.newestFirst;
            query.limit = wanted.most;
            const LogRowMaker maker(wanted.fields, wanted.rules);
            std::vector<LogRow> rows;
            const auto tell = [&] {
                postTo(this, [found, cancel, told = std::exchange(rows, {})]() mutable {
                    if (!cancel.isCancelled())
                        found(std::move(told));
                });
            };
            QElapsedTimer sinceTold;
            const auto read = store.reader().forEach(
                query,
                [&](RecordedEvent&& event) {
                    rows.push_back(maker.row(event));
                    if (!sinceTold.isValid() || sinceTold.elapsed() >= kMsBetweenTellings) {
                        tell();
                        sinceTold.start();
                    }
                    return true;
                },
                cancel);
            if (read && !rows.empty())
                tell();
            return read;
        },
        std::move(done));
}

} // namespace rewindow
