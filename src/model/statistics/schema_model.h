// The schema of one event type as a tree.
#pragma once

#include "model/statistics/statistics.h"

#include <QAbstractItemModel>

#include <vector>

namespace rewindow {

/// Immutable between two calls of setType(). Roles: see statistics_roles.h.
class SchemaModel : public QAbstractItemModel {
    Q_OBJECT

  public:
    enum Column {
        FieldColumn,
        PresenceColumn, ///< "98 %", of the type's events
        KindsColumn,    ///< "string, null 2 %"
        DriftColumn,
        ExamplesColumn,
        PathColumn, ///< the whole path, for exports
        ColumnCount
    };

    using QAbstractItemModel::QAbstractItemModel;

    void setType(const TypeStatistics& type, bool hasPositions);
    void clear() { setType({}, true); }
    bool hasDrift() const; ///< of any of its places
    const QString& type() const { return m_type; }
    /// Of a valid index of this model.
    const SchemaPath& path(const QModelIndex& index) const {
        return m_paths[static_cast<std::size_t>(pathIndex(index))];
    }
    QModelIndex indexOf(const QString& path) const; ///< invalid: not there

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

  private:
    int pathIndex(const QModelIndex& index) const {
        return index.isValid() ? static_cast<int>(index.internalId()) : -1;
    }
    QModelIndex indexOfPath(int path, int column) const;
    QString presenceText(const SchemaPath& path) const;
    QString kindsText(const SchemaPath& path) const;
    QString driftTexts(const SchemaPath& path) const;
    QVariant value(const SchemaPath& path, int column) const;

    QString m_type;
    bool m_hasPositions = true;
    std::vector<SchemaPath> m_paths;
    std::vector<std::vector<int>> m_children{1}; ///< the roots, then those of each path
    std::vector<int> m_rows;                     ///< of each path among its siblings
};

} // namespace rewindow
