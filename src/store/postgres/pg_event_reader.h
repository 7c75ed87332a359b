// Reading the events of a PostgreSQL store.
#pragma once

#include "store/event_reader.h"
#include "store/postgres/pg_connection.h"
#include "store/postgres/pg_dialect.h"
#include "store/postgres/pg_log_probe.h"
#include "store/profile.h"
#include "store/sql/event_row.h"
#include "store/sql/event_sql.h"

namespace rewindow {

/// `connection` must outlive the reader. Calls may be made from within a visitor. Nothing is asked
/// that a hot standby refuses. The log of a store that is not ours ends, for all but single streams
/// and events, before the first gap that may still be filled: see SettledLog.
class PgEventReader final : public EventReader {
  public:
    PgEventReader(PgConnection& connection, const Profile& profile,
                  std::shared_ptr<const PgDialect> dialect);

    Result<void> forEach(const EventQuery& query, const Visitor& visit,
                         const CancelToken& cancel) override;
    Result<void> forEachHeader(GlobalPosition after, const HeaderVisitor& visit,
                               const CancelToken& cancel) override;
    Result<std::optional<RecordedEvent>> eventAt(GlobalPosition position) override;
    Result<std::optional<RecordedEvent>> eventById(const QString& id) override;
    Result<LogSummary> summary(const CancelToken& cancel) override;
    Result<GlobalPosition> head() override;
    Result<std::vector<StreamSummary>> streams(const StreamQuery& query,
                                               const CancelToken& cancel) override;
    Result<std::optional<StreamSummary>> stream(const QString& name) override;
    Result<std::vector<TypeCount>> streamTypes(const CancelToken& cancel) override;
    Result<std::vector<TypeCount>> eventTypes(const CancelToken& cancel) override;
    Result<StreamVersion> versionAt(const QString& stream, GlobalPosition position) override;
    Result<PositionSamples> samplePositions(const EventFilter& filter, qint64 step,
                                            const CancelToken& cancel) override;
    Result<qint64> dataVersion() override;
    FilterPlan filterPlan(const EventFilter& filter) const override;

  private:
    using RowVisitor = std::function<bool(const PgRow&)>;

    /// Steps through an answer of any length, of which a few rows at a time are here.
    Result<void> forEachRow(const BoundSql& sql, const CancelToken& cancel,
                            const RowVisitor& visit);
    /// The same of an answer known to be short, at once.
    Result<void> forEachOfFew(const BoundSql& sql, const CancelToken& cancel,
                              const RowVisitor& visit);
    Result<void> forEachFetched(const BoundSql& sql, const CancelToken& cancel,
                                const RowVisitor& visit);
    Result<std::optional<RecordedEvent>> oneEvent(const BoundSql& sql);
    /// The first column of the first row, or nothing.
    Result<std::optional<qint64>> number(const BoundSql& sql, const CancelToken& cancel = {});
    Result<std::vector<TypeCount>> typeCounts(const BoundSql& sql, const CancelToken& cancel);
    /// A summary but for the number of streams.
    Result<LogSummary> bounds(const CancelToken& cancel);
    /// Up to where the log is complete by now; nothing where that is its end at any time.
    Result<std::optional<GlobalPosition>> completeUpTo();
    /// A query of the log that says no end is given that; one that does has it from head().
    Result<EventQuery> bounded(EventQuery query);

    PgConnection& m_connection;
    const Profile m_profile;
    const std::shared_ptr<const PgDialect> m_dialect;
    const EventSql m_sql;
    const EventRow m_row;
    PgLogProbe m_probe;
    std::optional<SettledLog> m_settled;
    qint64 m_cursors = 0; ///< opened so far, for a name of its own for each
};

} // namespace rewindow
