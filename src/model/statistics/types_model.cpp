// Rows by an order of indexes.
#include "model/statistics/types_model.h"

#include "model/items/export_role.h"
#include "model/items/json_preview.h"
#include "model/items/shown_locale.h"
#include "model/statistics/statistics_roles.h"

#include <algorithm>
#include <numeric>

namespace rewindow {

void TypesModel::setStatistics(std::shared_ptr<const Statistics> statistics) {
    const auto before = std::exchange(m_statistics, std::move(statistics));
    std::vector<int> order = sorted();
    const bool isSame = order.size() == m_order.size() &&
                        std::ranges::equal(order, m_order, [&](int now, int then) {
                            return m_statistics->types[static_cast<std::size_t>(now)].type ==
                                   before->types[static_cast<std::size_t>(then)].type;
                        });
    if (isSame) {
        m_order = std::move(order);
        if (!m_order.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_order = std::move(order);
    endResetModel();
}

std::vector<int> TypesModel::sorted() const {
    std::vector<int> order(m_statistics->types.size());
    std::iota(order.begin(), order.end(), 0);
    const auto typeAt = [this](int at) -> const TypeStatistics& {
        return m_statistics->types[static_cast<std::size_t>(at)];
    };
    if (m_column == TypeColumn)
        std::ranges::stable_sort(order, {}, [&](int at) { return typeAt(at).type; });
    else
        std::ranges::stable_sort(order, {},
                                 [&](int at) { return value(typeAt(at), m_column).toLongLong(); });
    if (m_direction == Qt::DescendingOrder)
        std::ranges::reverse(order);
    return order;
}

void TypesModel::sort(int column, Qt::SortOrder order) {
    m_column = column < 0 ? EventsColumn : column;
    m_direction = column < 0 ? Qt::DescendingOrder : order;
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    std::vector<int> now = sorted();
    std::vector<int> rows(now.size());
    for (std::size_t row = 0; row < now.size(); ++row)
        rows[static_cast<std::size_t>(now[row])] = static_cast<int>(row);
    for (const QModelIndex& kept : persistentIndexList())
        changePersistentIndex(
            kept,
            index(rows[static_cast<std::size_t>(m_order[static_cast<std::size_t>(kept.row())])],
                  kept.column()));
    m_order = std::move(now);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

const TypeStatistics& TypesModel::type(int row) const {
    return m_statistics->types[static_cast<std::size_t>(m_order[static_cast<std::size_t>(row)])];
}

int TypesModel::rowOf(const QString& type) const {
    for (int row = 0; row < rowCount(); ++row)
        if (this->type(row).type == type)
            return row;
    return -1;
}

int TypesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int TypesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TypesModel::value(const TypeStatistics& type, int column) const {
    switch (column) {
    case TypeColumn:
        return type.type;
    case EventsColumn:
        return type.events;
    case TotalColumn:
        return type.payload.total;
    case MedianColumn:
        return type.payload.median;
    case P95Column:
        return type.payload.p95;
    case MostColumn:
        return type.payload.most;
    case LeastColumn:
        return type.payload.least;
    case FirstColumn:
        return type.first.position.value();
    default:
        return type.last.position.value();
    }
}

QVariant TypesModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const TypeStatistics& shown = type(index.row());
    QVariant cell = value(shown, index.column());
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == TypeColumn)
            return cell;
        if (index.column() >= TotalColumn && index.column() <= LeastColumn)
            return byteCountText(cell.toLongLong());
        return shownNumber(cell.toLongLong());
    case Qt::TextAlignmentRole:
        return index.column() == TypeColumn ? QVariant()
                                            : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case kExportRole:
        return cell;
    case statistics::FractionRole:
        if (index.column() != EventsColumn || m_statistics->types.empty())
            return {};
        return static_cast<double>(shown.events) /
               static_cast<double>(m_statistics->types.front().events);
    case statistics::TypeRole:
        return shown.type;
    case statistics::PositionRole:
        return (index.column() == FirstColumn  ? shown.first.position
                : index.column() == MostColumn ? shown.payload.mostAt
                                               : shown.last.position)
            .value();
    default:
        return {};
    }
}

QVariant TypesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == kExportRole) {
        constexpr const char* kNames[] = {"type",        "events",        "totalBytes",
                                          "medianBytes", "p95Bytes",      "mostBytes",
                                          "leastBytes",  "firstPosition", "lastPosition"};
        return QString::fromLatin1(kNames[section]);
    }
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == TypeColumn ? Qt::AlignLeft : Qt::AlignRight) |
                        Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("type"), tr("events"), tr("payloads"), tr("median"), tr("95 %"),
                             tr("most"), tr("least"),  tr("first at"), tr("last at")};
    if (section != m_column)
        return names[section];
    return (m_direction == Qt::DescendingOrder ? tr("▾ %1") : tr("▴ %1")).arg(names[section]);
}

} // namespace rewindow
