// Rows by the nodes' parents.
#include "model/items/causation_model.h"

#include <algorithm>

namespace rewindow {

void CausationModel::setCausation(Causation causation) {
    beginResetModel();
    m_causation = std::move(causation);
    const std::size_t count = m_causation.nodes.size();
    m_children.assign(count + 1, {});
    m_rows.assign(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
        auto& siblings =
            m_children[static_cast<std::size_t>(qint64(m_causation.nodes[i].parent) + 1)];
        m_rows[i] = static_cast<int>(siblings.size());
        siblings.push_back(static_cast<int>(i));
    }
    endResetModel();
}

const CausationNode& CausationModel::node(const QModelIndex& index) const {
    return m_causation.nodes[static_cast<std::size_t>(nodeIndex(index))];
}

QModelIndex CausationModel::indexOf(GlobalPosition position) const {
    const auto found = std::ranges::find(m_causation.nodes, position, &CausationNode::position);
    return found == m_causation.nodes.end()
               ? QModelIndex()
               : indexOfNode(static_cast<int>(found - m_causation.nodes.begin()), TypeColumn);
}

QModelIndex CausationModel::indexOfNode(int node, int column) const {
    return node < 0 ? QModelIndex()
                    : createIndex(m_rows[static_cast<std::size_t>(node)], column,
                                  static_cast<quintptr>(node));
}

QModelIndex CausationModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    return indexOfNode(children(nodeIndex(parent))[static_cast<std::size_t>(row)], column);
}

QModelIndex CausationModel::parent(const QModelIndex& child) const {
    return child.isValid() ? indexOfNode(node(child).parent, TypeColumn) : QModelIndex();
}

int CausationModel::rowCount(const QModelIndex& parent) const {
    if (parent.column() > TypeColumn)
        return 0;
    return static_cast<int>(children(nodeIndex(parent)).size());
}

int CausationModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

bool CausationModel::isOfCausesStream(const CausationNode& event) const {
    return event.parent >= 0 &&
           m_causation.nodes[static_cast<std::size_t>(event.parent)].stream == event.stream;
}

QVariant CausationModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const CausationNode& event = node(index);
    const QString place = tr("%1 v%2").arg(event.stream).arg(event.version.value());
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == TypeColumn)
            return event.type;
        return isOfCausesStream(event) ? tr("v%1").arg(event.version.value()) : place;
    case Qt::AccessibleTextRole:
        return tr("%1, %2, position %3").arg(event.type, place).arg(event.position.value());
    default:
        return {};
    }
}

QVariant CausationModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == TypeColumn ? tr("event") : tr("stream and version");
}

} // namespace rewindow
