// Reading the events of a SQLite store on the native handle.
#pragma once

#include "store/event_reader.h"
#include "store/profile.h"
#include "store/sql/event_row.h"
#include "store/sql/event_sql.h"
#include "store/sqlite/read_source.h"
#include "store/sqlite/sqlite_statement.h"
#include "store/sqlite/statement_cache.h"

namespace rewindow {

class SampledParts;

/// `source` must outlive the reader. Calls may be made from within a visitor.
class SqliteEventReader final : public EventReader {
  public:
    SqliteEventReader(ReadSource& source, const Profile& profile);

    /// Opens the file anew where that has become necessary and no call is under way.
    Result<void> refresh();

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
    /// One call from outside: the file looked after before, the connection's progress after.
    class Call;
    struct PositionQuestion; ///< what samplePositions() asks
    using RowVisitor = std::function<bool(const SqliteStatement&)>;

    /// Steps through the rows of a statement until the visitor has enough.
    Result<void> forEachRow(const BoundSql& sql, const CancelToken& cancel,
                            const RowVisitor& visit);
    /// The same, of those rows alone that `matcher` fits.
    Result<void> forEachMatch(const BoundSql& sql, const FilterMatcher& matcher,
                              const CancelToken& cancel, const RowVisitor& visit);
    /// Bounds a query by the positions between which the times lie that its filter wants, where
    /// finding them takes less than coming to them.
    Result<void> boundByTimes(EventQuery& query, const FilterSql::Translation& filter,
                              const CancelToken& cancel);
    /// Calls `found` with the position of each row that a question fits, in the log's order.
    Result<void> forEachPosition(const PositionQuestion& question, const EventQuery& query,
                                 const CancelToken& cancel,
                                 const std::function<void(qint64)>& found);
    /// Bounds the query by the log's ends. Whether it is so long that several threads are quicker.
    Result<bool> isWorthDividing(EventQuery& query, const PositionQuestion& question,
                                 const CancelToken& cancel);
    Result<PositionSamples> sampleDivided(const EventQuery& query, const EventFilter& filter,
                                          qint64 step, const CancelToken& cancel);
    /// Takes parts and gives back their matches until there are none left.
    void sampleParts(SampledParts& parts, const EventFilter& filter, const CancelToken& cancel);
    Result<std::optional<RecordedEvent>> oneEvent(const BoundSql& sql);
    /// The first column of the first row, or nothing.
    Result<std::optional<qint64>> number(const BoundSql& sql, const CancelToken& cancel = {});
    Result<void> forEachStreamName(const CancelToken& cancel,
                                   const std::function<void(std::string_view)>& visit);
    /// Of a statement whose rows are a type and a number.
    Result<std::vector<TypeCount>> typeCounts(const BoundSql& sql, const CancelToken& cancel);
    /// A summary but for the number of streams.
    Result<LogSummary> bounds(const CancelToken& cancel);

    ReadSource& m_source;
    const Profile m_profile;
    const EventSql m_sql;
    const EventRow m_row;
    StatementCache m_statements;
    const CancelToken* m_cancel = nullptr; ///< of the innermost call
    int m_calls = 0;
    bool m_isStepping = false;
};

} // namespace rewindow
