// View tables in any database: their names, and how rows are written in a history.
#include "store/sql/view_rows.h"

#include "base/json.h"
#include "store/sql/bound_sql.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace rewindow::viewsql {

QString quoted(const QString& identifier) {
    return quotedIdentifier(identifier);
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

Result<void> checkSchemas(const std::vector<ViewSchema>& schemas, const QString& database,
                          qsizetype longestName) {
    for (const ViewSchema& schema : schemas) {
        if (const auto checked = checkSchema(schema); !checked)
            return checked;
        const bool isLong = schema.name.size() > longestName ||
                            std::ranges::any_of(schema.columns, [&](const ViewColumn& column) {
                                return column.name.size() > longestName;
                            });
        if (isLong)
            return fail(Error::Kind::Usage,
                        QStringLiteral("view %1 has a name that is too long for %2")
                            .arg(schema.name, database),
                        QStringLiteral("names of views and columns have at most %1 letters")
                            .arg(longestName));
    }
    return {};
}

QString columnNames(const ViewSchema& schema) {
    QStringList names;
    for (const ViewColumn& column : schema.columns)
        names += column.type == ViewColumn::Type::Integer
                     ? column.name + QStringLiteral(" (a number)")
                     : column.name;
    return names.join(QStringLiteral(", "));
}

const QString& viewOf(const ViewSchema& schema) {
    return schema.companionOf.isEmpty() ? schema.name : schema.companionOf;
}

QString textOr(const QString& text) {
    return text.isNull() ? QStringLiteral("") : text;
}

QString parameter(const ViewValue& value, BoundSql::Values& values) {
    if (std::holds_alternative<std::monostate>(value))
        return QStringLiteral("NULL");
    if (const auto* number = std::get_if<qint64>(&value))
        values.emplace_back(*number);
    else
        values.emplace_back(std::get<QString>(value));
    return QStringLiteral("?");
}

QString sameCell(const QString& cell, ViewColumn::Type type, const ViewValue& value,
                 BoundSql::Values& values) {
    if (std::holds_alternative<std::monostate>(value))
        return cell + QStringLiteral(" IS NULL");
    bool isNumber = true;
    const qint64 number = std::holds_alternative<qint64>(value)
                              ? std::get<qint64>(value)
                              : std::get<QString>(value).toLongLong(&isNumber);
    if (type == ViewColumn::Type::Text)
        values.emplace_back(textOr(toDisplay(value)));
    else if (isNumber)
        values.emplace_back(number);
    else
        return QStringLiteral("1=0");
    return cell + QStringLiteral("=?");
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

Error otherShape(const ViewSchema& there, const ViewSchema& wanted, const QString& store) {
    return Error{Error::Kind::Storage,
                 QStringLiteral("table %1 in %2 has the columns %3; now it should have %4")
                     .arg(wanted.name, store, columnNames(there), columnNames(wanted)),
                 {},
                 QStringLiteral("rebuild it: rewindow project %1 --rebuild --view %2")
                     .arg(store, viewOf(wanted))};
}

Error noSuchView(const QString& view, const std::vector<ViewStatus>& known) {
    QStringList names;
    for (const ViewStatus& status : known)
        names += status.name;
    return Error{Error::Kind::NotFound,
                 QStringLiteral("there is no view %1").arg(view),
                 {},
                 names.isEmpty()
                     ? QStringLiteral("this store has no views yet")
                     : QStringLiteral("the views are %1").arg(names.join(QStringLiteral(", ")))};
}

Result<ChangesByRow> changesByRow(const ViewSchema& schema, const std::vector<RowChange>& changes) {
    ChangesByRow byRow;
    for (const RowChange& change : changes) {
        if (change.row &&
            (change.row->values.size() != schema.columns.size() || change.row->id() != change.id))
            return fail(Error::Kind::Usage,
                        QStringLiteral("row %1 does not fit view %2: it has %3 values, the view "
                                       "has %4 columns")
                            .arg(change.id, schema.name)
                            .arg(change.row->values.size())
                            .arg(schema.columns.size()));
        byRow[change.id].push_back(&change);
    }
    return byRow;
}

std::vector<const RowChange*> lastingChanges(const std::optional<ViewRow>& before,
                                             const std::vector<const RowChange*>& changes) {
    std::vector<const RowChange*> lasting;
    const std::optional<ViewRow>* current = &before;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const bool lastOfItsPosition =
            i + 1 == changes.size() || changes[i + 1]->position != changes[i]->position;
        if (!lastOfItsPosition || changes[i]->row == *current)
            continue;
        current = &changes[i]->row;
        lasting.push_back(changes[i]);
    }
    return lasting;
}

} // namespace rewindow::viewsql
