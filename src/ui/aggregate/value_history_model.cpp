#include "ui/aggregate/value_history_model.h"

#include "model/items/json_preview.h"

namespace rewindow {

void ValueHistoryModel::setChanges(std::vector<ValueChange> changes) {
    beginResetModel();
    m_changes = std::move(changes);
    endResetModel();
}

const ValueChange& ValueHistoryModel::change(const QModelIndex& index) const {
    return m_changes[m_changes.size() - 1 - static_cast<std::size_t>(index.row())];
}

StreamVersion ValueHistoryModel::version(const QModelIndex& index) const {
    return index.isValid() ? change(index).setBy.version : StreamVersion(0);
}

int ValueHistoryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_changes.size());
}

int ValueHistoryModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ValueHistoryModel::data(const QModelIndex& index, int role) const {
    if (role != Qt::DisplayRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ValueChange& shown = change(index);
    switch (index.column()) {
    case VersionColumn:
        return QStringLiteral("v%1").arg(shown.setBy.version.value());
    case TypeColumn:
        return shown.setBy.type;
    case ValueColumn:
        return shown.value ? jsonPreview(*shown.value) : tr("removed");
    default:
        return {};
    }
}

} // namespace rewindow
