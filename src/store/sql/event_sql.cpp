// Composing the statements that read events.
#include "store/sql/event_sql.h"

#include <algorithm>
#include <limits>

namespace rewindow {

namespace {

constexpr qint64 kNoLimit = -1;
/// In a stream's name; where there are more, the ways to part it are not tried.
constexpr qsizetype kMostSeparators = 8;

/// A text of a profile as a literal, for where no parameter can stand.
QString quotedLiteral(QString text) {
    return u'\'' + text.replace(u'\'', QStringLiteral("''")) + u'\'';
}

QString columnOrNull(const Profile::Column& column) {
    return column.isPresent() ? quotedIdentifier(column.name) : QStringLiteral("NULL");
}

} // namespace

/// Terms that all hold, each with its values.
struct EventSql::Where {
    QStringList terms;
    BoundSql::Values values;

    template <class... Values>
    void add(const QString& term, Values... bound) {
        terms << term;
        (values.emplace_back(bound), ...);
    }

    void add(const FilterSql::Translation& filter) {
        terms << filter.terms;
        values.insert(values.end(), filter.values.begin(), filter.values.end());
    }

    BoundSql after(const QString& select, const QString& rest) && {
        const QString where = terms.isEmpty()
                                  ? QString()
                                  : QStringLiteral(" WHERE ") + terms.join(QStringLiteral(" AND "));
        return {select + where + rest, std::move(values)};
    }
};

EventSql::EventSql(const Profile& profile, std::shared_ptr<const SqlDialect> dialect)
    : m_profile(profile)
    , m_dialect(std::move(dialect))
    , m_table(m_dialect->table(profile.table))
    , m_position(profile.position.isPresent() ? quotedIdentifier(profile.position.name) : QString())
    , m_version(quotedIdentifier(profile.version.name))
    , m_type(profile.typePath.isEmpty()
                 ? m_dialect->text(profile.table, profile.type.name)
                 : m_dialect->inJson(profile.table, profile.data.name, profile.typePath)) {
    const auto text = [&](const Profile::Column& column) {
        return m_dialect->text(profile.table, column.name);
    };
    m_stream = profile.stream.isPresent()
                   ? text(profile.stream)
                   : QStringLiteral("(%1||%2||%3)")
                         .arg(text(profile.aggregateType), quotedLiteral(profile.typeSeparator),
                              text(profile.aggregateId));
    m_columns = {columnOrNull(profile.position),
                 m_version,
                 profile.recordedAt.isPresent() ? m_dialect->time(profile.table, profile.recordedAt)
                                                : QStringLiteral("NULL"),
                 m_stream,
                 columnOrNull(profile.id),
                 m_type,
                 columnOrNull(profile.data),
                 columnOrNull(profile.metadata),
                 columnOrNull(profile.correlationId),
                 columnOrNull(profile.causationId),
                 columnOrNull(profile.aggregateType)};
    m_filters.emplace(profile, m_stream, m_dialect);
}

QString EventSql::select(const Columns& wanted) const {
    QStringList columns;
    for (int column = 0; column < kColumns; ++column)
        columns << (wanted.test(static_cast<std::size_t>(column)) ? m_columns[column]
                                                                  : QStringLiteral("NULL"));
    return QStringLiteral("SELECT %1 FROM %2").arg(columns.join(u','), m_table);
}

FilterSql::Translation EventSql::translate(const EventQuery& query) const {
    return m_filters->translate(query.filter.expression(), !query.stream.has_value());
}

FilterSql::Translation EventSql::translate(const EventFilter& filter) const {
    return m_filters->translate(filter.expression(), true);
}

Profile::Encoding EventSql::timeEncoding() const {
    return m_dialect->timeEncoding(m_profile.table, m_profile.recordedAt);
}

qint64 EventSql::rawVersion(StreamVersion version) const {
    // Bounds may be as far out as a number can be.
    const qint64 offset = m_profile.versionCountsFrom - 1;
    constexpr qint64 max = std::numeric_limits<qint64>::max();
    return offset > 0 && version.value() > max - offset ? max : version.value() + offset;
}

StreamVersion EventSql::version(qint64 raw) const {
    return StreamVersion(raw - m_profile.versionCountsFrom + 1);
}

EventSql::Where EventSql::everything() const {
    Where where;
    for (const Profile::Condition& condition : m_profile.conditions)
        where.add(quotedIdentifier(condition.column) + QStringLiteral("=?"), condition.equals);
    return where;
}

bool EventSql::ask(FilterSql::Translation& filter, const FilterMatcher& matcher) const {
    const auto call = m_profile.writable ? m_dialect->fits(filter.rest) : std::nullopt;
    if (!call)
        return false;
    filter.terms << *call;
    filter.values.emplace_back(&matcher);
    filter.rest = {};
    return true;
}

/// Exactly this stream; and what an index finds, where none holds its name as it is.
void EventSql::addStream(Where& where, const QString& name) const {
    where.add(m_stream + QStringLiteral("=?"), name);
    const auto narrows = [this](const Profile::Column& column) {
        return m_dialect->isNarrowedBy(m_profile.table, column.name);
    };
    const auto same = [](const Profile::Column& column) {
        return quotedIdentifier(column.name) + QStringLiteral("=?");
    };
    if (m_profile.stream.isPresent()) {
        if (m_stream != quotedIdentifier(m_profile.stream.name) && narrows(m_profile.stream))
            where.add(same(m_profile.stream), name);
        return;
    }
    const QString& separator = m_profile.typeSeparator;
    if (separator.isEmpty() || name.count(separator) > kMostSeparators ||
        !narrows(m_profile.aggregateType) || !narrows(m_profile.aggregateId))
        return;
    const QString way = QStringLiteral("(%1 AND %2)")
                            .arg(same(m_profile.aggregateType), same(m_profile.aggregateId));
    QStringList ways;
    for (qsizetype at = name.indexOf(separator); at >= 0; at = name.indexOf(separator, at + 1)) {
        ways << way;
        where.values.emplace_back(name.left(at));
        where.values.emplace_back(name.mid(at + separator.size()));
    }
    where.terms << (ways.isEmpty() ? QStringLiteral("1=0")
                                   : u'(' + ways.join(QStringLiteral(" OR ")) + u')');
}

BoundSql EventSql::events(const EventQuery& query, const FilterSql::Translation& filter,
                          const Columns& wanted) const {
    Where where = everything();
    if (query.stream) {
        addStream(where, *query.stream);
        if (query.fromVersion > StreamVersion(1))
            where.add(m_version + QStringLiteral(">=?"), rawVersion(query.fromVersion));
        if (query.toVersion)
            where.add(m_version + QStringLiteral("<=?"), rawVersion(*query.toVersion));
    }
    if (!m_position.isEmpty()) {
        if (query.after.value() != 0)
            where.add(m_position + QStringLiteral(">?"), query.after.value());
        if (query.upTo)
            where.add(m_position + QStringLiteral("<=?"), query.upTo->value());
    }
    where.add(filter);

    const QString direction = query.newestFirst ? QStringLiteral(" DESC") : QString();
    QStringList order;
    if (query.stream || isByVersion(filter))
        order << m_version + direction;
    else if (!m_position.isEmpty())
        order << m_position + direction;
    else
        order << m_dialect->byBytes(m_stream) + direction << m_version + direction;
    QString rest = QStringLiteral(" ORDER BY ") + order.join(u',');
    if (query.limit != kNoLimit && filter.rest.isEverything()) {
        rest += QStringLiteral(" LIMIT ?");
        where.values.emplace_back(std::max<qint64>(query.limit, 0));
    }
    return std::move(where).after(select(wanted), rest);
}

/// In a stream of our own, positions rise with versions, and an index is in that order.
bool EventSql::isByVersion(const FilterSql::Translation& filter) const {
    return filter.isOneStream && m_profile.writable;
}

BoundSql EventSql::headers(GlobalPosition after, std::optional<GlobalPosition> upTo) const {
    Where where = everything();
    if (!m_position.isEmpty() && after.value() != 0)
        where.add(m_position + QStringLiteral(">?"), after.value());
    if (!m_position.isEmpty() && upTo)
        where.add(m_position + QStringLiteral("<=?"), upTo->value());
    const QStringList columns{
        columnOrNull(m_profile.position),     m_version, m_columns[RecordedAt], m_stream, m_type,
        columnOrNull(m_profile.aggregateType)};
    const QString order = m_position.isEmpty()
                              ? QStringList{m_dialect->byBytes(m_stream), m_version}.join(u',')
                              : m_position;
    return std::move(where).after(
        QStringLiteral("SELECT %1 FROM %2").arg(columns.join(u','), m_table),
        QStringLiteral(" ORDER BY ") + order);
}

BoundSql EventSql::eventAt(GlobalPosition position) const {
    Where where = everything();
    where.add(m_position + QStringLiteral("=?"), position.value());
    return std::move(where).after(select(Columns().set()), QStringLiteral(" LIMIT 1"));
}

BoundSql EventSql::eventById(const QString& id) const {
    Where where = everything();
    where.add(columnOrNull(m_profile.id) + QStringLiteral("=?"), id);
    return std::move(where).after(select(Columns().set()), QStringLiteral(" LIMIT 1"));
}

BoundSql EventSql::firstPosition() const {
    return everything().after(QStringLiteral("SELECT %1 FROM %2").arg(m_position, m_table),
                              QStringLiteral(" ORDER BY %1 LIMIT 1").arg(m_position));
}

BoundSql EventSql::headPosition() const {
    return everything().after(QStringLiteral("SELECT %1 FROM %2").arg(m_position, m_table),
                              QStringLiteral(" ORDER BY %1 DESC LIMIT 1").arg(m_position));
}

BoundSql EventSql::timeFrom(GlobalPosition position) const {
    Where where = everything();
    where.add(m_position + QStringLiteral(">=?"), position.value());
    return std::move(where).after(
        QStringLiteral("SELECT %1 FROM %2").arg(m_columns[RecordedAt], m_table),
        QStringLiteral(" ORDER BY %1 LIMIT 1").arg(m_position));
}

BoundSql EventSql::timeOfFirst(const EventQuery& query) const {
    Where where = everything();
    if (!query.newestFirst)
        where.add(m_position + QStringLiteral(">?"), query.after.value());
    else if (query.upTo)
        where.add(m_position + QStringLiteral("<=?"), query.upTo->value());
    return std::move(where).after(
        QStringLiteral("SELECT %1 FROM %2").arg(m_columns[RecordedAt], m_table),
        QStringLiteral(" ORDER BY %1%2 LIMIT 1")
            .arg(m_position, query.newestFirst ? QStringLiteral(" DESC") : QString()));
}

BoundSql EventSql::positionsWithin(const TimeSpan& times) const {
    Where where = everything();
    where.add(m_columns[RecordedAt] + QStringLiteral(">=?"), times.begin.microseconds());
    where.add(m_columns[RecordedAt] + QStringLiteral("<?"), times.end.microseconds());
    return std::move(where).after(
        QStringLiteral("SELECT min(%1),max(%1) FROM %2").arg(m_position, m_table), {});
}

BoundSql EventSql::positionsAfter(GlobalPosition after, qint64 limit) const {
    Where where = everything();
    where.add(m_position + QStringLiteral(">?"), after.value());
    where.values.emplace_back(limit);
    return std::move(where).after(QStringLiteral("SELECT %1 FROM %2").arg(m_position, m_table),
                                  QStringLiteral(" ORDER BY %1 LIMIT ?").arg(m_position));
}

BoundSql EventSql::positionsWithin(const std::vector<LogGap>& gaps) const {
    Where where = everything();
    QStringList any;
    for (const LogGap& gap : gaps) {
        any << QStringLiteral("%1 BETWEEN ? AND ?").arg(m_position);
        where.values.emplace_back(gap.first.value());
        where.values.emplace_back(gap.last.value());
    }
    where.terms << u'(' + any.join(QStringLiteral(" OR ")) + u')';
    return std::move(where).after(QStringLiteral("SELECT %1 FROM %2").arg(m_position, m_table),
                                  QStringLiteral(" ORDER BY ") + m_position);
}

BoundSql EventSql::countRows(const FilterSql::Translation& filter,
                             std::optional<GlobalPosition> upTo) const {
    Where where = everything();
    if (!m_position.isEmpty() && upTo)
        where.add(m_position + QStringLiteral("<=?"), upTo->value());
    where.add(filter);
    return std::move(where).after(QStringLiteral("SELECT count(*) FROM ") + m_table, {});
}

BoundSql EventSql::eventTypes() const {
    return everything().after(QStringLiteral("SELECT %1,count(*) FROM %2").arg(m_type, m_table),
                              QStringLiteral(" GROUP BY %1 ORDER BY count(*) DESC,%2")
                                  .arg(m_type, m_dialect->byBytes(m_type)));
}

QString EventSql::selectStreams() const {
    // What a stream's name does not tell is looked up once a stream, which leaves the grouping to
    // an index that holds stream and version alone.
    const auto lookedUp = [this](const Profile::Column& column) {
        if (!column.isPresent())
            return columnOrNull(column);
        // Where a stream's name is no column, all rows of one have the same in it.
        if (m_stream != quotedIdentifier(m_profile.stream.name))
            return QStringLiteral("min(%1)").arg(quotedIdentifier(column.name));
        return QStringLiteral("(SELECT i.%1 FROM %2 i WHERE i.%3=e.%3 LIMIT 1)")
            .arg(quotedIdentifier(column.name), m_table, m_stream);
    };
    return QStringLiteral("SELECT %1,count(*),max(%2),%3,%4 FROM %5 e")
        .arg(m_stream, m_version, lookedUp(m_profile.aggregateType),
             lookedUp(m_profile.aggregateId), m_table);
}

BoundSql EventSql::streams(const StreamQuery& query) const {
    Where where = everything();
    const QString byBytes = m_dialect->byBytes(m_stream);
    where.add(m_stream + QStringLiteral(" IS NOT NULL"));
    if (!query.after.isEmpty())
        where.add(byBytes + QStringLiteral(">?"), query.after);
    if (!query.containing.isEmpty())
        where.add(m_dialect->holds(m_stream), query.containing);
    const QString& separator = m_profile.typeSeparator;
    if (query.type && m_profile.aggregateType.isPresent()) {
        where.add(QStringLiteral("coalesce(%1,'')=?")
                      .arg(m_dialect->text(m_profile.table, m_profile.aggregateType.name)),
                  *query.type);
    } else if (query.type && separator.isEmpty()) {
        where.add(QStringLiteral("?=''"), *query.type);
    } else if (query.type && query.type->isEmpty()) {
        where.add(m_dialect->placeIn(m_stream) + QStringLiteral("<2"), separator);
    } else if (query.type && query.type->contains(separator)) {
        where.add(QStringLiteral("1=0")); // no name has such a type
    } else if (query.type) {
        // All names that start so lie between the prefix and the prefix with its last byte raised.
        const QString prefix = *query.type + separator;
        std::string end = prefix.toStdString();
        end.back() = static_cast<char>(end.back() + 1);
        where.add(byBytes + QStringLiteral(">=?"), prefix);
        where.add(byBytes + QStringLiteral("<?"), end);
    }
    QString rest = QStringLiteral(" GROUP BY %1 ORDER BY %2").arg(m_stream, byBytes);
    if (query.limit != kNoLimit) {
        rest += QStringLiteral(" LIMIT ?");
        where.values.emplace_back(std::max<qint64>(query.limit, 0));
    }
    return std::move(where).after(selectStreams(), rest);
}

BoundSql EventSql::stream(const QString& name) const {
    Where where = everything();
    addStream(where, name);
    return std::move(where).after(selectStreams(), QStringLiteral(" GROUP BY ") + m_stream);
}

BoundSql EventSql::nextStream(const std::optional<std::string>& after) const {
    Where where = everything();
    if (after)
        where.add(m_stream + QStringLiteral(">?"), *after);
    else
        where.add(m_stream + QStringLiteral(" IS NOT NULL"));
    return std::move(where).after(QStringLiteral("SELECT %1 FROM %2").arg(m_stream, m_table),
                                  QStringLiteral(" ORDER BY %1 LIMIT 1").arg(m_stream));
}

BoundSql EventSql::streamNames() const {
    Where where = everything();
    where.add(m_stream + QStringLiteral(" IS NOT NULL"));
    return std::move(where).after(
        QStringLiteral("SELECT DISTINCT %1 FROM %2").arg(m_stream, m_table), {});
}

BoundSql EventSql::streamsByType() const {
    const QString type = m_dialect->byBytes(
        QStringLiteral("coalesce(%1,'')")
            .arg(m_dialect->text(m_profile.table, m_profile.aggregateType.name)));
    return everything().after(
        QStringLiteral("SELECT %1,count(DISTINCT %2) FROM %3").arg(type, m_stream, m_table),
        QStringLiteral(" GROUP BY 1 ORDER BY 1"));
}

BoundSql EventSql::lastUpTo(const QString& stream, StreamVersion version) const {
    Where where = everything();
    addStream(where, stream);
    where.add(m_version + QStringLiteral("<=?"), rawVersion(version));
    return std::move(where).after(
        QStringLiteral("SELECT %1,%2 FROM %3").arg(m_version, m_position, m_table),
        QStringLiteral(" ORDER BY %1 DESC LIMIT 1").arg(m_version));
}

} // namespace rewindow
