// Composing the statements that read events.
#include "store/sqlite/event_sql.h"

#include <algorithm>
#include <limits>

namespace rewindow {

namespace {

constexpr qint64 kNoLimit = -1;

/// As a pattern of GLOB in which `*` alone is special.
QString globPattern(const QString& pattern) {
    QString glob;
    for (const QChar character : pattern) {
        if (character == u'?' || character == u'[')
            glob += u'[' + QString(character) + u']';
        else
            glob += character;
    }
    return glob;
}

/// A text of a profile as a literal, for where no parameter can stand.
QString quotedLiteral(QString text) {
    return u'\'' + text.replace(u'\'', QStringLiteral("''")) + u'\'';
}

QString columnOrNull(const Profile::Column& column) {
    return column.isPresent() ? quotedIdentifier(column.name) : QStringLiteral("NULL");
}

} // namespace

QString quotedIdentifier(const QString& name) {
    QString quoted = name;
    return u'"' + quoted.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

void BoundSql::bindTo(SqliteStatement& statement) const {
    int parameter = 0;
    for (const auto& value : values) {
        if (const auto* number = std::get_if<qint64>(&value))
            statement.bind(parameter++, *number);
        else if (const auto* string = std::get_if<QString>(&value))
            statement.bind(parameter++, *string);
        else
            statement.bind(parameter++, std::string_view(std::get<std::string>(value)));
    }
}

/// Terms that all hold, each with its values.
struct EventSql::Where {
    QStringList terms;
    decltype(BoundSql::values) values;

    template <class... Values>
    void add(const QString& term, Values... bound) {
        terms << term;
        (values.emplace_back(bound), ...);
    }

    BoundSql after(const QString& select, const QString& rest) && {
        const QString where = terms.isEmpty()
                                  ? QString()
                                  : QStringLiteral(" WHERE ") + terms.join(QStringLiteral(" AND "));
        return {select + where + rest, std::move(values)};
    }
};

EventSql::EventSql(const Profile& profile)
    : m_profile(profile)
    , m_table(quotedIdentifier(profile.table))
    , m_position(profile.position.isPresent() ? quotedIdentifier(profile.position.name) : QString())
    , m_version(quotedIdentifier(profile.version.name))
    , m_type(quotedIdentifier(profile.type.name)) {
    m_stream = profile.stream.isPresent() ? quotedIdentifier(profile.stream.name)
                                          : QStringLiteral("(%1||%2||%3)")
                                                .arg(quotedIdentifier(profile.aggregateType.name),
                                                     quotedLiteral(profile.typeSeparator),
                                                     quotedIdentifier(profile.aggregateId.name));
    const QStringList columns{columnOrNull(profile.position),
                              m_version,
                              columnOrNull(profile.recordedAt),
                              m_stream,
                              columnOrNull(profile.id),
                              m_type,
                              columnOrNull(profile.data),
                              columnOrNull(profile.metadata),
                              columnOrNull(profile.correlationId),
                              columnOrNull(profile.causationId)};
    m_selectEvents =
        QStringLiteral("SELECT ") + columns.join(u',') + QStringLiteral(" FROM ") + m_table;
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

void EventSql::addFilter(Where& where, const EventFilter& filter) const {
    using Word = EventFilter::Word;
    for (const auto field : {Word::Field::Type, Word::Field::Stream}) {
        const QString& column = field == Word::Field::Type ? m_type : m_stream;
        // Not the bare column: only one exact word may choose the index, whose order is then that
        // of positions; any other choice would sort all that matches for one page.
        const QString text = QStringLiteral("coalesce(%1,'')").arg(column);
        const auto& words = filter.words();
        const auto alternatives = std::count_if(words.begin(), words.end(), [&](const Word& word) {
            return word.field == field && !word.excluded;
        });
        QStringList anyOf;
        decltype(where.values) anyOfValues;
        for (const Word& word : words) {
            if (word.field != field)
                continue;
            const bool exact = !word.pattern.contains(u'*');
            const QString value = exact ? word.pattern : globPattern(word.pattern);
            const QString compared =
                text + (exact ? QStringLiteral("=?") : QStringLiteral(" GLOB ?"));
            if (word.excluded) {
                where.add(QStringLiteral("NOT ") + compared, value);
            } else if (exact && alternatives == 1 && !value.isEmpty()) {
                where.add(column + QStringLiteral("=?"), value);
            } else {
                anyOf << compared;
                anyOfValues.emplace_back(value);
            }
        }
        if (!anyOf.isEmpty()) {
            where.terms << u'(' + anyOf.join(QStringLiteral(" OR ")) + u')';
            where.values.insert(where.values.end(), anyOfValues.begin(), anyOfValues.end());
        }
    }
}

BoundSql EventSql::events(const EventQuery& query) const {
    Where where = everything();
    if (query.stream) {
        where.add(m_stream + QStringLiteral("=?"), *query.stream);
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
    addFilter(where, query.filter);

    const QString direction = query.newestFirst ? QStringLiteral(" DESC") : QString();
    QStringList order;
    if (query.stream)
        order << m_version + direction;
    else if (!m_position.isEmpty())
        order << m_position + direction;
    else
        order << m_stream + direction << m_version + direction;
    QString rest = QStringLiteral(" ORDER BY ") + order.join(u',');
    if (query.limit != kNoLimit) {
        rest += QStringLiteral(" LIMIT ?");
        where.values.emplace_back(std::max<qint64>(query.limit, 0));
    }
    return std::move(where).after(m_selectEvents, rest);
}

BoundSql EventSql::headers(GlobalPosition after) const {
    Where where = everything();
    if (!m_position.isEmpty() && after.value() != 0)
        where.add(m_position + QStringLiteral(">?"), after.value());
    const QStringList columns{columnOrNull(m_profile.position),
                              m_version,
                              columnOrNull(m_profile.recordedAt),
                              m_stream,
                              m_type,
                              columnOrNull(m_profile.aggregateType)};
    const QString order =
        m_position.isEmpty() ? QStringList{m_stream, m_version}.join(u',') : m_position;
    return std::move(where).after(
        QStringLiteral("SELECT %1 FROM %2").arg(columns.join(u','), m_table),
        QStringLiteral(" ORDER BY ") + order);
}

BoundSql EventSql::eventAt(GlobalPosition position) const {
    Where where = everything();
    where.add(m_position + QStringLiteral("=?"), position.value());
    return std::move(where).after(m_selectEvents, QStringLiteral(" LIMIT 1"));
}

BoundSql EventSql::eventById(const QString& id) const {
    Where where = everything();
    where.add(columnOrNull(m_profile.id) + QStringLiteral("=?"), id);
    return std::move(where).after(m_selectEvents, QStringLiteral(" LIMIT 1"));
}

BoundSql EventSql::firstPosition() const {
    return everything().after(QStringLiteral("SELECT %1 FROM %2").arg(m_position, m_table),
                              QStringLiteral(" ORDER BY %1 LIMIT 1").arg(m_position));
}

BoundSql EventSql::headPosition() const {
    return everything().after(QStringLiteral("SELECT %1 FROM %2").arg(m_position, m_table),
                              QStringLiteral(" ORDER BY %1 DESC LIMIT 1").arg(m_position));
}

BoundSql EventSql::positions(const EventFilter& filter) const {
    Where where = everything();
    addFilter(where, filter);
    return std::move(where).after(QStringLiteral("SELECT %1 FROM %2").arg(m_position, m_table),
                                  QStringLiteral(" ORDER BY ") + m_position);
}

BoundSql EventSql::countRows(const EventFilter& filter) const {
    Where where = everything();
    addFilter(where, filter);
    return std::move(where).after(QStringLiteral("SELECT count(*) FROM ") + m_table, {});
}

BoundSql EventSql::eventTypes() const {
    return everything().after(QStringLiteral("SELECT %1,count(*) FROM %2").arg(m_type, m_table),
                              QStringLiteral(" GROUP BY %1 ORDER BY count(*) DESC,%1").arg(m_type));
}

QString EventSql::selectStreams() const {
    // What a stream's name does not tell is looked up once a stream, which leaves the grouping to
    // an index that holds stream and version alone.
    const auto lookedUp = [this](const Profile::Column& column) {
        if (!column.isPresent() || !m_profile.stream.isPresent())
            return columnOrNull(column);
        return QStringLiteral("(SELECT i.%1 FROM %2 i WHERE i.%3=e.%3 LIMIT 1)")
            .arg(quotedIdentifier(column.name), m_table, m_stream);
    };
    return QStringLiteral("SELECT %1,count(*),max(%2),%3,%4 FROM %5 e")
        .arg(m_stream, m_version, lookedUp(m_profile.aggregateType),
             lookedUp(m_profile.aggregateId), m_table);
}

BoundSql EventSql::streams(const StreamQuery& query) const {
    Where where = everything();
    where.add(m_stream + QStringLiteral(" IS NOT NULL"));
    if (!query.after.isEmpty())
        where.add(m_stream + QStringLiteral(">?"), query.after);
    if (!query.containing.isEmpty())
        where.add(QStringLiteral("instr(lower(%1),lower(?))>0").arg(m_stream), query.containing);
    const QString& separator = m_profile.typeSeparator;
    if (query.type && m_profile.aggregateType.isPresent()) {
        where.add(
            QStringLiteral("coalesce(%1,'')=?").arg(quotedIdentifier(m_profile.aggregateType.name)),
            *query.type);
    } else if (query.type && separator.isEmpty()) {
        where.add(QStringLiteral("?=''"), *query.type);
    } else if (query.type && query.type->isEmpty()) {
        where.add(QStringLiteral("instr(%1,?)<2").arg(m_stream), separator);
    } else if (query.type && query.type->contains(separator)) {
        where.add(QStringLiteral("0")); // no name has such a type
    } else if (query.type) {
        // All names that start so lie between the prefix and the prefix with its last byte raised.
        const QString prefix = *query.type + separator;
        std::string end = prefix.toStdString();
        end.back() = static_cast<char>(end.back() + 1);
        where.add(m_stream + QStringLiteral(">=?"), prefix);
        where.add(m_stream + QStringLiteral("<?"), end);
    }
    QString rest = QStringLiteral(" GROUP BY %1 ORDER BY %1").arg(m_stream);
    if (query.limit != kNoLimit) {
        rest += QStringLiteral(" LIMIT ?");
        where.values.emplace_back(std::max<qint64>(query.limit, 0));
    }
    return std::move(where).after(selectStreams(), rest);
}

BoundSql EventSql::stream(const QString& name) const {
    Where where = everything();
    where.add(m_stream + QStringLiteral("=?"), name);
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

BoundSql EventSql::streamsByType() const {
    const QString type =
        QStringLiteral("coalesce(%1,'')").arg(columnOrNull(m_profile.aggregateType));
    return everything().after(
        QStringLiteral("SELECT %1,count(DISTINCT %2) FROM %3").arg(type, m_stream, m_table),
        QStringLiteral(" GROUP BY 1 ORDER BY 1"));
}

BoundSql EventSql::lastUpTo(const QString& stream, StreamVersion version) const {
    Where where = everything();
    where.add(m_stream + QStringLiteral("=?"), stream);
    where.add(m_version + QStringLiteral("<=?"), rawVersion(version));
    return std::move(where).after(
        QStringLiteral("SELECT %1,%2 FROM %3").arg(m_version, m_position, m_table),
        QStringLiteral(" ORDER BY %1 DESC LIMIT 1").arg(m_version));
}

} // namespace rewindow
