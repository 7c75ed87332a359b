// Reading a whole answer at once, and headers where a store offers whole events only.
#include "store/event_reader.h"

#include <QElapsedTimer>
#include <QThread>

#include <algorithm>
#include <utility>

namespace rewindow {

namespace {

/// How often it is looked whether waiting was cancelled.
constexpr qint64 kLookMs = 50;

} // namespace

Result<std::vector<RecordedEvent>> EventReader::read(const EventQuery& query,
                                                     const CancelToken& cancel) {
    std::vector<RecordedEvent> events;
    const auto done = forEach(
        query,
        [&events](RecordedEvent&& event) {
            events.push_back(std::move(event));
            return true;
        },
        cancel);
    if (!done)
        return std::unexpected(done.error());
    return events;
}

Result<void> EventReader::forEachHeader(GlobalPosition after, const HeaderVisitor& visit,
                                        const CancelToken& cancel) {
    EventQuery query;
    query.after = after;
    return forEach(
        query,
        [&visit](RecordedEvent&& event) {
            return visit({event.position(), event.version(), event.recordedAt(), event.stream(),
                          event.type(), streamType(event.stream())});
        },
        cancel);
}

bool EventReader::awaitAppend(int milliseconds, const CancelToken& cancel) {
    QElapsedTimer waited;
    waited.start();
    while (!cancel.isCancelled() && waited.elapsed() < milliseconds)
        QThread::msleep(
            static_cast<unsigned long>(std::min<qint64>(kLookMs, milliseconds - waited.elapsed())));
    return false;
}

Result<std::vector<RecordedEvent>> EventReader::provisional(qint64) {
    return std::vector<RecordedEvent>();
}

Result<std::vector<RecordedEvent>> EventReader::late() {
    return std::vector<RecordedEvent>();
}

FilterPlan EventReader::filterPlan(const EventFilter& filter) const {
    FilterPlan plan;
    if (!filter.isEmpty())
        plan.streamed << filter.toString();
    return plan;
}

} // namespace rewindow
