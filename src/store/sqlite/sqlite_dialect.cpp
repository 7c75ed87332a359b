// The words of SQLite in the statements that read events.
#include "store/sqlite/sqlite_dialect.h"

#include "store/sql/bound_sql.h"
#include "store/sqlite/filter_function.h"
#include "store/sqlite/sqlite_connection.h"

#include <QStringList>

#include <sqlite3.h>

namespace rewindow {

SqlDialect::ColumnFacts SqliteDialect::facts(const QString& table, const QString& column) const {
    const char* type = nullptr;
    const char* collation = nullptr;
    int isNotNull = 0;
    int isKey = 0;
    int isCounted = 0;
    const bool isKnown =
        sqlite3_table_column_metadata(m_connection.handle(), nullptr, table.toUtf8().constData(),
                                      column.toUtf8().constData(), &type, &collation, &isNotNull,
                                      &isKey, &isCounted) == SQLITE_OK;
    if (!isKnown || type == nullptr || collation == nullptr)
        return {};
    const QByteArray declared = QByteArray(type).toUpper();
    // As SQLite derives a column's affinity from its declared type.
    const bool hasText =
        !declared.contains("INT") &&
        (declared.contains("CHAR") || declared.contains("CLOB") || declared.contains("TEXT"));
    return {.isText = hasText && qstricmp(collation, "BINARY") == 0,
            .isNumber = declared == "INTEGER" && isKey != 0};
}

QString SqliteDialect::table(const QString& name) const {
    return quotedIdentifier(name);
}

QString SqliteDialect::text(const QString&, const QString& column) const {
    return quotedIdentifier(column);
}

QString SqliteDialect::inJson(const QString&, const QString& column,
                              const QStringList& names) const {
    return QStringLiteral("(CASE WHEN json_valid(%1) THEN json_extract(%1,'$.%2') END)")
        .arg(quotedIdentifier(column), names.join(u'.'));
}

QString SqliteDialect::time(const QString&, const Profile::Column& column) const {
    return quotedIdentifier(column.name);
}

Profile::Encoding SqliteDialect::timeEncoding(const QString&, const Profile::Column& column) const {
    return column.encoding;
}

QString SqliteDialect::byBytes(const QString& text) const {
    return text;
}

QString SqliteDialect::holds(const QString& text) const {
    return QStringLiteral("instr(lower(%1),lower(?))>0").arg(text);
}

QString SqliteDialect::fitsPattern(const QString& text) const {
    return text + QStringLiteral(" GLOB ?");
}

/// Of GLOB, `*` alone is to be special.
QString SqliteDialect::pattern(const FilterPattern& pattern) const {
    QStringList pieces;
    for (const QString& piece : pattern.pieces) {
        QString glob;
        for (const QChar character : piece) {
            if (character == u'?' || character == u'[' || character == u'*')
                glob += u'[' + QString(character) + u']';
            else
                glob += character;
        }
        pieces << glob;
    }
    return pieces.join(u'*');
}

std::optional<QString> SqliteDialect::fits(const FilterExpression& expression) const {
    return filterFunctionCall(expression);
}

} // namespace rewindow
