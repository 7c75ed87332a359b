// Rows by the paths' parents.
#include "model/statistics/schema_model.h"

#include "model/items/export_role.h"
#include "model/items/shown_locale.h"
#include "model/statistics/findings.h"
#include "model/statistics/statistics_roles.h"

#include <algorithm>

namespace rewindow {

namespace {

/// "100 %" is said of all, "0 %" of none.
QString percentText(qint64 part, qint64 whole) {
    const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    const QLocale locale = shownLocale();
    if (part < whole && percent > 99)
        return QStringLiteral("%1 %").arg(percent > 99.9 ? QStringLiteral("> 99.9")
                                                         : locale.toString(percent, 'f', 1));
    if (percent < 1)
        return QStringLiteral("%1 %").arg(percent < 0.1 ? QStringLiteral("< 0.1")
                                                        : locale.toString(percent, 'f', 1));
    return QStringLiteral("%1 %").arg(locale.toString(percent, 'f', 0));
}

} // namespace

void SchemaModel::setType(const TypeStatistics& type, bool hasPositions) {
    beginResetModel();
    m_type = type.type;
    m_hasPositions = hasPositions;
    m_paths = type.schema;
    m_children.assign(m_paths.size() + 1, {});
    m_rows.assign(m_paths.size(), 0);
    for (std::size_t i = 0; i < m_paths.size(); ++i) {
        auto& siblings = m_children[static_cast<std::size_t>(qint64(m_paths[i].parent) + 1)];
        m_rows[i] = static_cast<int>(siblings.size());
        siblings.push_back(static_cast<int>(i));
    }
    endResetModel();
}

QModelIndex SchemaModel::indexOfPath(int path, int column) const {
    return path < 0 ? QModelIndex()
                    : createIndex(m_rows[static_cast<std::size_t>(path)], column,
                                  static_cast<quintptr>(path));
}

QModelIndex SchemaModel::indexOf(const QString& path) const {
    const auto found = std::ranges::find(m_paths, path, &SchemaPath::path);
    return found == m_paths.end() ? QModelIndex()
                                  : indexOfPath(static_cast<int>(found - m_paths.begin()), 0);
}

QModelIndex SchemaModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    const auto& children = m_children[static_cast<std::size_t>(qint64(pathIndex(parent)) + 1)];
    return indexOfPath(children[static_cast<std::size_t>(row)], column);
}

QModelIndex SchemaModel::parent(const QModelIndex& child) const {
    return child.isValid() ? indexOfPath(path(child).parent, FieldColumn) : QModelIndex();
}

int SchemaModel::rowCount(const QModelIndex& parent) const {
    if (parent.column() > FieldColumn)
        return 0;
    return static_cast<int>(
        m_children[static_cast<std::size_t>(qint64(pathIndex(parent)) + 1)].size());
}

int SchemaModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

bool SchemaModel::hasDrift() const {
    return std::ranges::any_of(m_paths, [](const SchemaPath& path) {
        return !path.drift.empty() || path.keysLeftOut > 0;
    });
}

QString SchemaModel::presenceText(const SchemaPath& path) const {
    const QString percent = percentText(path.events, m_paths.front().events);
    return path.isOptional() ? tr("%1, optional").arg(percent) : percent;
}

QString SchemaModel::kindsText(const SchemaPath& path) const {
    QStringList kinds;
    for (const KindStatistics& kind : path.kinds) {
        const bool isOnly = path.kinds.size() == 1;
        kinds.append(isOnly ? valueKindName(kind.kind)
                            : tr("%1 %2").arg(valueKindName(kind.kind),
                                              percentText(kind.events, path.events)));
    }
    return kinds.join(QStringLiteral(", "));
}

QString SchemaModel::driftTexts(const SchemaPath& path) const {
    QStringList texts;
    for (const SchemaDrift& drift : path.drift) {
        SchemaPath unnamed;
        texts.append(driftText(unnamed, drift, m_hasPositions).trimmed());
    }
    if (path.keysLeftOut > 0)
        texts.append(tr("more keys than are told apart"));
    return texts.join(QStringLiteral("; "));
}

QVariant SchemaModel::value(const SchemaPath& path, int column) const {
    switch (column) {
    case FieldColumn:
        return path.name;
    case PresenceColumn:
        return path.events;
    case KindsColumn: {
        QVariantMap kinds;
        for (const KindStatistics& kind : path.kinds)
            kinds.insert(valueKindName(kind.kind), kind.events);
        return kinds;
    }
    case DriftColumn:
        return driftTexts(path);
    case ExamplesColumn:
        return path.examples.join(QStringLiteral(", "));
    default:
        return path.path;
    }
}

QVariant SchemaModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const SchemaPath& shown = path(index);
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == PresenceColumn)
            return presenceText(shown);
        if (index.column() == KindsColumn)
            return kindsText(shown);
        return value(shown, index.column());
    case Qt::AccessibleTextRole:
        if (index.column() != FieldColumn) {
            const QString text = data(index, Qt::DisplayRole).toString();
            return text.isEmpty() ? tr("none") : text;
        }
        return tr("%1: %2, %3").arg(shown.path, kindsText(shown), presenceText(shown));
    case kExportRole:
        return value(shown, index.column());
    case statistics::FractionRole:
        return index.column() == PresenceColumn
                   ? QVariant(static_cast<double>(shown.events) /
                              static_cast<double>(m_paths.front().events))
                   : QVariant();
    case statistics::TypeRole:
        return m_type;
    case statistics::PathRole:
        return shown.path;
    case statistics::PositionRole:
        return (shown.drift.empty() ? shown.last : shown.drift.front().position).value();
    default:
        return {};
    }
}

QVariant SchemaModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == kExportRole) {
        constexpr const char* kNames[] = {"field", "events", "kinds", "drift", "examples", "path"};
        return QString::fromLatin1(kNames[section]);
    }
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("field"), tr("presence"), tr("values"),
                             tr("drift"), tr("examples"), tr("path")};
    return names[section];
}

} // namespace rewindow
