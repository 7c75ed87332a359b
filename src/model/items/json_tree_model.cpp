// Nodes are made as a view asks for them and freed together.
#include "model/items/json_tree_model.h"

#include "model/items/json_preview.h"

#include <algorithm>

namespace rewindow {

namespace {
constexpr qsizetype kKeyShown = 200;
} // namespace

JsonTreeModel::JsonTreeModel(QObject* parent) : QAbstractItemModel(parent) {}

void JsonTreeModel::setRoots(std::vector<Root> roots) {
    beginResetModel();
    m_roots.clear();
    m_nodes.clear();
    for (Root& root : roots) {
        Node& node = m_nodes.emplace_back();
        node.value = std::move(root.value);
        node.key = std::move(root.key);
        node.row = static_cast<int>(m_roots.size());
        m_roots.push_back(&node);
    }
    endResetModel();
}

JsonTreeModel::Node* JsonTreeModel::nodeAt(const QModelIndex& index) const {
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : nullptr;
}

QString JsonTreeModel::keyOf(const Node& node) const {
    if (!node.parent)
        return node.key;
    if (node.parent->value.kind() == Json::Kind::Array)
        return QString::number(node.row);
    const std::string_view key = node.parent->value.keyAt(static_cast<std::size_t>(node.row));
    return QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
}

QModelIndex JsonTreeModel::indexOf(int root, const std::vector<std::size_t>& path) {
    QModelIndex found = index(root, KeyColumn);
    for (const std::size_t step : path) {
        if (!found.isValid() || step >= nodeAt(found)->value.size())
            return {};
        while (nodeAt(found)->children.size() <= step)
            fetchMore(found);
        found = index(static_cast<int>(step), KeyColumn, found);
    }
    return found;
}

Json JsonTreeModel::value(const QModelIndex& index) const {
    const Node* node = nodeAt(index);
    return node ? node->value : Json();
}

JsonPointer JsonTreeModel::pointer(const QModelIndex& index) const {
    std::vector<std::string> tokens;
    for (const Node* node = nodeAt(index); node && node->parent; node = node->parent)
        tokens.push_back(keyOf(*node).toStdString());
    std::reverse(tokens.begin(), tokens.end());
    return JsonPointer(std::move(tokens));
}

QString JsonTreeModel::wholeText(const QModelIndex& index) const {
    const Json whole = value(index);
    if (whole.kind() == Json::Kind::String)
        return whole.toQString();
    return QString::fromStdString(whole.isContainer() ? whole.dumpPretty() : whole.dump());
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    const Node* above = nodeAt(parent);
    const auto& siblings = above ? above->children : m_roots;
    return createIndex(row, column, siblings[static_cast<std::size_t>(row)]);
}

QModelIndex JsonTreeModel::parent(const QModelIndex& child) const {
    const Node* node = nodeAt(child);
    if (!node || !node->parent)
        return {};
    return createIndex(node->parent->row, 0, const_cast<Node*>(node->parent));
}

int JsonTreeModel::rowCount(const QModelIndex& parent) const {
    if (parent.column() > 0)
        return 0;
    const Node* node = nodeAt(parent);
    return static_cast<int>(node ? node->children.size() : m_roots.size());
}

int JsonTreeModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

bool JsonTreeModel::hasChildren(const QModelIndex& parent) const {
    if (parent.column() > 0)
        return false;
    const Node* node = nodeAt(parent);
    return node ? node->value.size() > 0 : !m_roots.empty();
}

bool JsonTreeModel::canFetchMore(const QModelIndex& parent) const {
    const Node* node = parent.column() > 0 ? nullptr : nodeAt(parent);
    return node && node->children.size() < node->value.size();
}

void JsonTreeModel::fetchMore(const QModelIndex& parent) {
    if (!canFetchMore(parent))
        return;
    Node* node = nodeAt(parent);
    const std::size_t before = node->children.size();
    const std::size_t after = std::min(node->value.size(), before + std::size_t{kFetched});
    beginInsertRows(parent, static_cast<int>(before), static_cast<int>(after) - 1);
    for (std::size_t row = before; row < after; ++row) {
        Node& child = m_nodes.emplace_back();
        child.value = node->value.at(row);
        child.parent = node;
        child.row = static_cast<int>(row);
        node->children.push_back(&child);
    }
    endInsertRows();
}

QVariant JsonTreeModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Node& node = *nodeAt(index);
    if (role == ContainerRole)
        return node.value.isContainer();
    if (role != Qt::DisplayRole)
        return {};
    if (index.column() == ValueColumn)
        return jsonPreview(node.value);
    const QString key = keyOf(node);
    return key.size() > kKeyShown ? key.first(kKeyShown) + u'…' : key;
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == KeyColumn ? tr("field") : tr("value");
}

} // namespace rewindow
