// The SQL of view tables and their histories, and how rows are written in a history.
#include "store/sqlite/view_sql.h"

#include "base/json.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace rewindow::viewsql {

QString quoted(const QString& identifier) {
    return u'"' + QString(identifier).replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QString historyOf(const QString& table) {
    return table + QStringLiteral("_history");
}

QString shadowOf(const QString& view) {
    return view + QStringLiteral("__rebuild");
}

QString columnList(const ViewSchema& schema) {
    QStringList names;
    for (const ViewColumn& column : schema.columns)
        names += quoted(column.name);
    return names.join(QStringLiteral(", "));
}

Result<void> checkSchema(const ViewSchema& schema) {
    static const QRegularExpression kIdentifier(QStringLiteral("\\A[A-Za-z_][A-Za-z0-9_]*\\z"));
    static const QSet<QString> kTaken = {QStringLiteral("events"), QStringLiteral("rewindow_meta"),
                                         QStringLiteral("view_checkpoints"),
                                         QStringLiteral("remembered")};
    const QString name = schema.name.toLower();
    if (!kIdentifier.match(name).hasMatch() || kTaken.contains(name) ||
        name.startsWith(QStringLiteral("sqlite_")) || name.endsWith(QStringLiteral("_history")) ||
        name.endsWith(QStringLiteral("__rebuild")))
        return fail(Error::Kind::Usage,
                    QStringLiteral("no view can be named \"%1\"").arg(schema.name),
                    QStringLiteral("use letters, digits and _, and no name a store needs itself"));
    QSet<QString> seen;
    for (const ViewColumn& column : schema.columns) {
        const QString lower = column.name.toLower();
        if (!kIdentifier.match(lower).hasMatch() || seen.contains(lower))
            return fail(Error::Kind::Usage,
                        QStringLiteral("view %1 cannot have a column named \"%2\"")
                            .arg(schema.name, column.name),
                        QStringLiteral("use letters, digits and _, and each name once"));
        seen.insert(lower);
    }
    if (schema.columns.empty() || schema.columns.front().name != QStringLiteral("id") ||
        schema.columns.front().type != ViewColumn::Type::Text)
        return fail(
            Error::Kind::Usage,
            QStringLiteral("the first column of view %1 must be id, a text").arg(schema.name));
    return {};
}

QStringList createTables(const ViewSchema& schema, const QString& table) {
    QStringList columns;
    for (const ViewColumn& column : schema.columns) {
        QString definition = quoted(column.name);
        definition += column.type == ViewColumn::Type::Integer ? QStringLiteral(" INTEGER")
                                                               : QStringLiteral(" TEXT");
        if (columns.isEmpty())
            definition += QStringLiteral(" PRIMARY KEY NOT NULL");
        columns += definition;
    }
    QStringList statements{QStringLiteral("CREATE TABLE %1(%2) WITHOUT ROWID")
                               .arg(quoted(table), columns.join(QStringLiteral(", ")))};
    if (schema.companionOf.isEmpty())
        statements += QStringLiteral("CREATE TABLE %1(row_id TEXT NOT NULL, from_position INTEGER "
                                     "NOT NULL, \"values\" TEXT, PRIMARY KEY(row_id, "
                                     "from_position)) WITHOUT ROWID")
                          .arg(quoted(historyOf(table)));
    return statements;
}

namespace {

QString indexName(const QString& table, const ViewColumn& column) {
    return quoted(table + QStringLiteral("_by_") + column.name);
}

} // namespace

QStringList createIndexes(const ViewSchema& schema, const QString& table) {
    QStringList statements;
    for (const ViewColumn& column : schema.columns)
        if (column.indexed)
            statements += QStringLiteral("CREATE INDEX IF NOT EXISTS %1 ON %2(%3)")
                              .arg(indexName(table, column), quoted(table), quoted(column.name));
    return statements;
}

QStringList dropIndexes(const ViewSchema& schema, const QString& table) {
    QStringList statements;
    for (const ViewColumn& column : schema.columns)
        if (column.indexed)
            statements += QStringLiteral("DROP INDEX IF EXISTS %1").arg(indexName(table, column));
    return statements;
}

QStringList dropTables(const QString& table) {
    return {QStringLiteral("DROP TABLE IF EXISTS %1").arg(quoted(table)),
            QStringLiteral("DROP TABLE IF EXISTS %1").arg(quoted(historyOf(table)))};
}

QString createCheckpoints() {
    return QStringLiteral("CREATE TABLE IF NOT EXISTS view_checkpoints("
                          "name TEXT PRIMARY KEY NOT NULL, position INTEGER NOT NULL DEFAULT 0, "
                          "paused INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID");
}

std::string encodeRow(const ViewRow& row) {
    std::vector<Json> cells;
    cells.reserve(row.values.size());
    for (const ViewValue& value : row.values) {
        if (const auto* number = std::get_if<qint64>(&value))
            cells.emplace_back(*number);
        else if (const auto* text = std::get_if<QString>(&value))
            cells.emplace_back(*text);
        else
            cells.emplace_back();
    }
    return Json::array(std::move(cells)).dump();
}

Result<ViewRow> decodeRow(std::string_view json) {
    const auto cells = Json::parse(json);
    if (!cells || cells->kind() != Json::Kind::Array)
        return fail(
            Error::Kind::Storage,
            QStringLiteral("a row in a view's history is damaged: %1")
                .arg(QString::fromUtf8(json.data(), static_cast<qsizetype>(json.size())).left(80)),
            QStringLiteral("rebuild the view"));
    ViewRow row;
    row.values.reserve(cells->size());
    for (std::size_t i = 0; i < cells->size(); ++i) {
        const Json& cell = cells->at(i);
        if (const auto number = cell.toInteger())
            row.values.emplace_back(*number);
        else if (cell.isNull())
            row.values.emplace_back();
        else
            row.values.emplace_back(cell.toQString());
    }
    return row;
}

bool sameShape(const ViewSchema& left, const ViewSchema& right) {
    return std::ranges::equal(left.columns, right.columns,
                              [](const ViewColumn& one, const ViewColumn& other) {
                                  return one.name == other.name && one.type == other.type;
                              });
}

} // namespace rewindow::viewsql
