// The log of a store on a server: up to where it is complete, and what there is besides.
#pragma once

#include "store/recorded_event.h"
#include "store/sql/event_row.h"
#include "store/sql/event_sql.h"
#include "store/tail/settled_log.h"

#include <QElapsedTimer>

#include <functional>
#include <memory>

namespace rewindow {

/// A Row is as EventRow has it.
template <class Row>
class TailedLog final : private LogProbe {
  public:
    /// Steps through a short answer, which the visitor may end.
    using Ask =
        std::function<Result<void>(const BoundSql&, const std::function<bool(const Row&)>&)>;

    /// All must outlive it.
    TailedLog(const EventSql& sql, const EventRow& row, Ask ask)
        : m_sql(sql)
        , m_row(row)
        , m_ask(std::move(ask)) {}
    /// Before anything is asked.
    void setWatch(std::unique_ptr<WriterWatch> watch) { m_watch = std::move(watch); }

    /// Up to where the log is complete; `canLook`: by now, else as it was found last.
    Result<GlobalPosition> completeUpTo(bool canLook);
    /// Whether the log was last seen to end before a gap that may still be filled.
    bool isBeforeGap() const { return m_settled && m_settled->isWaiting(); }
    LogEdge edge() const { return m_settled ? m_settled->edge() : LogEdge(); }
    /// See EventReader.
    Result<std::vector<RecordedEvent>> provisional(qint64 limit);
    Result<std::vector<RecordedEvent>> late();

    Result<GlobalPosition> lastPosition() override;

  private:
    /// How often it is looked for what is late.
    static constexpr qint64 kBetweenLooksMs = 500;
    /// How far back an event is looked for that is old enough.
    static constexpr qint64 kMostRecent = 20'000;

    Result<std::vector<GlobalPosition>> positionsAfter(GlobalPosition after, qint64 limit) override;
    Result<std::vector<GlobalPosition>> positionsWithin(const std::vector<LogGap>& gaps) override;
    Result<GlobalPosition> lastBefore(Timestamp time) override;
    Result<UnderWay> underWay() override { return m_watch->underWay(); }

    Result<std::vector<GlobalPosition>> positions(const BoundSql& sql);
    Result<void> read(const BoundSql& sql, std::vector<RecordedEvent>& into);

    const EventSql& m_sql;
    const EventRow& m_row;
    const Ask m_ask;
    std::unique_ptr<WriterWatch> m_watch;
    std::optional<SettledLog> m_settled;
    QElapsedTimer m_lookedForLate;
    std::vector<GlobalPosition> m_late; ///< found, and not read yet
};

template <class Row>
Result<GlobalPosition> TailedLog<Row>::completeUpTo(bool canLook) {
    if (!m_settled) {
        auto settled = SettledLog::ofWhole(*this);
        if (!settled)
            return std::unexpected(settled.error());
        m_settled = std::move(*settled);
    }
    return canLook ? m_settled->advance(*this) : m_settled->settled();
}

template <class Row>
Result<std::vector<GlobalPosition>> TailedLog<Row>::positions(const BoundSql& sql) {
    std::vector<GlobalPosition> found;
    const auto done = m_ask(sql, [&found](const Row& row) {
        found.emplace_back(row.integer(0));
        return true;
    });
    if (!done)
        return std::unexpected(done.error());
    return found;
}

template <class Row>
Result<std::vector<GlobalPosition>> TailedLog<Row>::positionsAfter(GlobalPosition after,
                                                                   qint64 limit) {
    return positions(m_sql.positionsAfter(after, limit));
}

template <class Row>
Result<std::vector<GlobalPosition>>
TailedLog<Row>::positionsWithin(const std::vector<LogGap>& gaps) {
    return positions(m_sql.positionsWithin(gaps));
}

template <class Row>
Result<GlobalPosition> TailedLog<Row>::lastPosition() {
    const auto last = positions(m_sql.headPosition());
    if (!last)
        return std::unexpected(last.error());
    return last->empty() ? GlobalPosition(0) : last->front();
}

template <class Row>
Result<GlobalPosition> TailedLog<Row>::lastBefore(Timestamp time) {
    EventQuery newest;
    newest.newestFirst = true;
    newest.limit = kMostRecent;
    EventSql::Columns wanted;
    wanted.set(EventSql::Position).set(EventSql::RecordedAt);
    GlobalPosition found(0);
    const auto done =
        m_ask(m_sql.events(newest, m_sql.translate(newest), wanted), [&](const Row& row) {
            const Timestamp recordedAt = m_row.recordedAt(row);
            if (recordedAt == Timestamp() || recordedAt >= time)
                return true;
            found = GlobalPosition(row.integer(EventSql::Position));
            return false;
        });
    if (!done)
        return std::unexpected(done.error());
    return found;
}

template <class Row>
Result<void> TailedLog<Row>::read(const BoundSql& sql, std::vector<RecordedEvent>& into) {
    return m_ask(sql, [this, &into](const Row& row) {
        into.push_back(m_row.event(row));
        return true;
    });
}

template <class Row>
Result<std::vector<RecordedEvent>> TailedLog<Row>::provisional(qint64 limit) {
    std::vector<RecordedEvent> events;
    if (!isBeforeGap())
        return events;
    EventQuery query;
    query.after = m_settled->settled();
    query.limit = limit;
    const auto done = read(m_sql.events(query, m_sql.translate(query)), events);
    if (!done)
        return std::unexpected(done.error());
    return events;
}

template <class Row>
Result<std::vector<RecordedEvent>> TailedLog<Row>::late() {
    std::vector<RecordedEvent> events;
    if (!m_settled || (m_lookedForLate.isValid() && m_lookedForLate.elapsed() < kBetweenLooksMs))
        return events;
    m_lookedForLate.start();
    const auto found = m_settled->late(*this);
    if (!found)
        return std::unexpected(found.error());
    m_late.insert(m_late.end(), found->begin(), found->end());
    for (const GlobalPosition position : m_late)
        if (const auto done = read(m_sql.eventAt(position), events); !done)
            return std::unexpected(done.error());
    m_late.clear();
    return events;
}

} // namespace rewindow
