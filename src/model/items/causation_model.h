// The events of one correlation as a tree of causes.
#pragma once

#include "model/items/causation.h"

#include <QAbstractItemModel>

#include <vector>

namespace rewindow {

/// Immutable between two calls of setCausation().
class CausationModel : public QAbstractItemModel {
    Q_OBJECT

  public:
    enum Column {
        TypeColumn,
        PlaceColumn, ///< "order-7f3a v8", and "v9" below it where the cause is of the same stream
        ColumnCount
    };

    using QAbstractItemModel::QAbstractItemModel;

    void setCausation(Causation causation);
    const Causation& causation() const { return m_causation; }

    /// The node of a valid index of this model.
    const CausationNode& node(const QModelIndex& index) const;
    /// The event at a position, in the first column; invalid where it is not among them.
    QModelIndex indexOf(GlobalPosition position) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

  private:
    /// Children of a node, or of none (-1), as indexes of nodes.
    const std::vector<int>& children(int node) const {
        return m_children[static_cast<std::size_t>(qint64(node) + 1)];
    }
    int nodeIndex(const QModelIndex& index) const {
        return index.isValid() ? static_cast<int>(index.internalId()) : -1;
    }
    QModelIndex indexOfNode(int node, int column) const;
    bool isOfCausesStream(const CausationNode& event) const;

    Causation m_causation;
    std::vector<std::vector<int>> m_children{1}; ///< the roots, then those of each node
    std::vector<int> m_rows;                     ///< of each node among its siblings
};

} // namespace rewindow
