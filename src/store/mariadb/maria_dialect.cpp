// The words of MariaDB in the statements that read events.
#include "store/mariadb/maria_dialect.h"

#include "store/sql/bound_sql.h"

namespace rewindow {

namespace {

using Encoding = Profile::Encoding;

/// In which equal texts are equal bytes, blanks at the end included.
const QString kByBytes = QStringLiteral("utf8mb4_nopad_bin");
const QString kCharset = QStringLiteral("utf8mb4");

bool isWhole(const QString& type) {
    return type.endsWith(u"int");
}

bool isFraction(const QString& type) {
    return type == u"decimal" || type == u"float" || type == u"double";
}

bool isTime(const QString& type) {
    return type == u"datetime" || type == u"timestamp" || type == u"date";
}

QString inUtf8(const QString& name) {
    return QStringLiteral("CONVERT(%1 USING utf8mb4)").arg(name);
}

QString comparedByBytes(const QString& text) {
    return QStringLiteral("(%1 COLLATE %2)").arg(text, kByBytes);
}

} // namespace

MariaColumn MariaDialect::columnOf(const QString& table, const QString& column) const {
    const MariaColumn* facts = m_schema.column(table, column);
    return facts != nullptr ? *facts : MariaColumn();
}

SqlDialect::ColumnFacts MariaDialect::facts(const QString& table, const QString& column) const {
    const MariaColumn facts = columnOf(table, column);
    return {.isText = facts.collation == kByBytes,
            .isNumber = isWhole(facts.type) && facts.isNotNull && facts.isKey};
}

bool MariaDialect::isNarrowedBy(const QString& table, const QString& column) const {
    // What is equal byte by byte is equal by any collation.
    return !columnOf(table, column).collation.isEmpty();
}

QString MariaDialect::table(const QString& name) const {
    return quotedIdentifier(m_schema.name) + u'.' + quotedIdentifier(name);
}

QString MariaDialect::asText(const QString& name) const {
    return comparedByBytes(inUtf8(name));
}

QString MariaDialect::asNumber(const QString& name) const {
    return QStringLiteral("CAST(%1 AS SIGNED)").arg(name);
}

QString MariaDialect::text(const QString& table, const QString& column) const {
    const MariaColumn facts = columnOf(table, column);
    const QString name = quotedIdentifier(column);
    if (facts.collation == kByBytes)
        return name;
    return facts.charset == kCharset ? comparedByBytes(name) : asText(name);
}

QString MariaDialect::inJson(const QString&, const QString& column,
                             const QStringList& names) const {
    return comparedByBytes(QStringLiteral("json_value(%1,'$.%2')")
                               .arg(inUtf8(quotedIdentifier(column)), names.join(u'.')));
}

QString MariaDialect::time(const QString& table, const Profile::Column& column) const {
    const QString type = columnOf(table, column.name).type;
    const QString name = quotedIdentifier(column.name);
    if (isTime(type))
        return QStringLiteral("timestampdiff(MICROSECOND,'1970-01-01 00:00:00',%1)").arg(name);
    if (isFraction(type))
        return QStringLiteral("CAST(round(%1*%2) AS SIGNED)")
            .arg(name)
            .arg(microsecondsIn(column.encoding));
    return name;
}

Encoding MariaDialect::timeEncoding(const QString& table, const Profile::Column& column) const {
    const QString type = columnOf(table, column.name).type;
    return isTime(type) || isFraction(type) ? Encoding::EpochMicroseconds : column.encoding;
}

QString MariaDialect::byBytes(const QString& text) const {
    return text; // as all texts of these statements are
}

QString MariaDialect::holds(const QString& text) const {
    // Of bytes, A to Z are all that has another case.
    return QStringLiteral("CAST(%1 AS BINARY) REGEXP "
                          "CAST(concat('(?i)\\Q',replace(?,'\\E','\\E\\\\E\\Q'),'\\E') AS BINARY)")
        .arg(text);
}

QString MariaDialect::fitsPattern(const QString& text) const {
    return text + QStringLiteral(" LIKE ? ESCAPE '\\'");
}

} // namespace rewindow
