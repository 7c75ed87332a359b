// The statements that read events, composed from a profile.
#pragma once

#include "store/event_reader.h"
#include "store/profile.h"
#include "store/sql/bound_sql.h"
#include "store/sql/filter_sql.h"
#include "store/sql/sql_dialect.h"

#include <QString>
#include <QStringList>

#include <bitset>
#include <memory>
#include <optional>
#include <string>

namespace rewindow {

/// Identifiers are quoted, values bound; nothing of a query or a store becomes part of a text.
class EventSql {
  public:
    /// The columns of a statement that yields events, in this order; NULL where a profile has none.
    enum Column {
        Position,
        Version,
        RecordedAt,
        Stream,
        Id,
        Type,
        Data,
        Metadata,
        Correlation,
        Causation,
        Category
    };
    static constexpr int kColumns = Category + 1;
    using Columns = std::bitset<kColumns>;

    /// Of a statement that yields headers: up to Stream as above, then these.
    enum HeaderColumn { HeaderType = Stream + 1, HeaderCategory };

    EventSql(const Profile& profile, std::shared_ptr<const SqlDialect> dialect);

    FilterSql::Translation translate(const EventQuery& query) const;
    FilterSql::Translation translate(const EventFilter& filter) const;

    /// Without a limit where something is left of the filter that the database cannot ask.
    /// All columns but those wanted are NULL.
    BoundSql events(const EventQuery& query, const FilterSql::Translation& filter,
                    const Columns& wanted = Columns().set()) const;
    /// Lets the database ask what is left of a filter by a matcher made of it, which is quicker
    /// than stepping to each row; of our own schema alone. Returns whether it can.
    bool ask(FilterSql::Translation& filter, const FilterMatcher& matcher) const;
    /// Whether a stretch of positions is found without looking at the rest of the log.
    bool isKeyedByPosition() const { return m_filters->isKeyedByPosition(); }
    BoundSql headers(GlobalPosition after, std::optional<GlobalPosition> upTo = std::nullopt) const;
    /// The positions after one, ascending, at most `limit`.
    BoundSql positionsAfter(GlobalPosition after, qint64 limit) const;
    /// The positions in any of these gaps, of which there is one at least, ascending.
    BoundSql positionsWithin(const std::vector<LogGap>& gaps) const;
    BoundSql eventAt(GlobalPosition position) const;
    BoundSql eventById(const QString& id) const;

    BoundSql firstPosition() const; ///< one number, or no row
    BoundSql headPosition() const;  ///< one number, or no row
    /// When the first event at or after a position was recorded: one number, or no row.
    BoundSql timeFrom(GlobalPosition position) const;
    /// When the event was recorded that comes first in a query's order: one number, or no row.
    BoundSql timeOfFirst(const EventQuery& query) const;
    /// The first and the last position of what was recorded then; NULL where nothing was.
    BoundSql positionsWithin(const TimeSpan& times) const;
    BoundSql countRows(const FilterSql::Translation& filter,
                       std::optional<GlobalPosition> upTo = std::nullopt) const; ///< one number
    BoundSql eventTypes() const;                                                 ///< type, count
    /// Name, count, raw last version, and aggregate type and id (NULL where no column tells).
    BoundSql streams(const StreamQuery& query) const;
    BoundSql stream(const QString& name) const; ///< as one row of streams(), or none
    /// The name that follows `after` in byte order, or no row; nothing: the first one.
    BoundSql nextStream(const std::optional<std::string>& after) const;
    BoundSql streamNames() const;   ///< each once, in no order
    BoundSql streamsByType() const; ///< aggregate type, count; needs a column that tells the type
    /// Raw version and position of the stream's last event at or before a version.
    BoundSql lastUpTo(const QString& stream, StreamVersion version) const;

    /// How the column RecordedAt of these statements tells the time.
    Profile::Encoding timeEncoding() const;

    qint64 rawVersion(StreamVersion version) const;
    StreamVersion version(qint64 raw) const;

  private:
    struct Where;
    Where everything() const;
    QString select(const Columns& wanted) const; ///< up to and with the table's name
    void addStream(Where& where, const QString& name) const;
    bool isByVersion(const FilterSql::Translation& filter) const;
    QString selectStreams() const;

    Profile m_profile;
    std::shared_ptr<const SqlDialect> m_dialect;
    QString m_table;
    QString m_position; ///< empty where there is none
    QString m_stream;
    QString m_version;
    QString m_type;
    QStringList m_columns; ///< in the order of Column
    std::optional<FilterSql> m_filters;
};

} // namespace rewindow
