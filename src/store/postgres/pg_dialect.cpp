// The words of PostgreSQL in the statements that read events.
#include "store/postgres/pg_dialect.h"

#include "store/sql/bound_sql.h"

#include <QStringList>
#include <QUuid>

namespace rewindow {

namespace {

using Encoding = Profile::Encoding;

bool isOneOf(const QString& type, const QStringList& types) {
    return types.contains(type);
}

bool isText(const QString& type) {
    static const QStringList types{QStringLiteral("text"), QStringLiteral("varchar")};
    return isOneOf(type, types);
}

bool isWhole(const QString& type) {
    static const QStringList types{QStringLiteral("int2"), QStringLiteral("int4"),
                                   QStringLiteral("int8")};
    return isOneOf(type, types);
}

bool isNumber(const QString& type) {
    static const QStringList types{QStringLiteral("numeric"), QStringLiteral("float4"),
                                   QStringLiteral("float8")};
    return isWhole(type) || isOneOf(type, types);
}

bool isTime(const QString& type) {
    static const QStringList types{QStringLiteral("timestamptz"), QStringLiteral("timestamp"),
                                   QStringLiteral("date")};
    return isOneOf(type, types);
}

} // namespace

QString PgDialect::typeOf(const QString& table, const QString& column) const {
    const PgColumn* facts = m_schema.column(table, column);
    return facts != nullptr ? facts->type : QString();
}

bool PgDialect::canHold(const QString& table, const QString& column, const QString& text) const {
    const QString type = typeOf(table, column);
    if (type == u"uuid")
        return !QUuid::fromString(text).isNull();
    bool isNumber = true;
    if (isWhole(type))
        text.toLongLong(&isNumber);
    return isNumber && !text.contains(QChar(0));
}

SqlDialect::ColumnFacts PgDialect::facts(const QString& table, const QString& column) const {
    const PgColumn* facts = m_schema.column(table, column);
    if (facts == nullptr)
        return {};
    return {.isText = isText(facts->type) && facts->isDeterministic,
            .isNumber = isWhole(facts->type) && facts->isNotNull};
}

QString PgDialect::table(const QString& name) const {
    return quotedIdentifier(m_schema.name) + u'.' + quotedIdentifier(name);
}

QString PgDialect::text(const QString& table, const QString& column) const {
    const QString name = quotedIdentifier(column);
    return isText(typeOf(table, column)) ? name : QStringLiteral("CAST(%1 AS TEXT)").arg(name);
}

QString PgDialect::inJson(const QString& table, const QString& column,
                          const QStringList& names) const {
    return QStringLiteral("(CAST(%1 AS JSONB)#>>'{%2}')")
        .arg(text(table, column), names.join(u','));
}

QString PgDialect::time(const QString& table, const Profile::Column& column) const {
    const QString type = typeOf(table, column.name);
    QString name = quotedIdentifier(column.name);
    if (isTime(type))
        return QStringLiteral("CASE WHEN isfinite(%1) THEN "
                              "CAST(round(extract(epoch FROM %1)*1000000) AS BIGINT) END")
            .arg(name);
    if (!isNumber(type) || (type == u"int8" && column.encoding == Encoding::EpochMicroseconds))
        return name;
    // Beyond these no time of ours reaches, nor a whole number.
    const qint64 factor = microsecondsIn(column.encoding);
    return QStringLiteral("CASE WHEN %1 BETWEEN -%2 AND %2 THEN "
                          "CAST(round(CAST(%1 AS NUMERIC)*%3) AS BIGINT) END")
        .arg(name)
        .arg(8'000'000'000'000'000'000 / factor)
        .arg(factor);
}

Encoding PgDialect::timeEncoding(const QString& table, const Profile::Column& column) const {
    const QString type = typeOf(table, column.name);
    return isTime(type) || isNumber(type) ? Encoding::EpochMicroseconds : column.encoding;
}

QString PgDialect::byBytes(const QString& text) const {
    return text + QStringLiteral(" COLLATE \"C\"");
}

QString PgDialect::placeIn(const QString& text) const {
    return QStringLiteral("strpos(%1,CAST(? AS TEXT))").arg(text);
}

QString PgDialect::holds(const QString& text) const {
    // By the rules of this collation, A to Z are all that has another case.
    return QStringLiteral("strpos(lower(%1 COLLATE \"C\"),lower(CAST(? AS TEXT) COLLATE \"C\"))>0")
        .arg(text);
}

QString PgDialect::fitsPattern(const QString& text) const {
    return text + QStringLiteral(" LIKE ?");
}

} // namespace rewindow
