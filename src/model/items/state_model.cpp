#include "model/items/state_model.h"

#include "model/items/state_changes.h"
#include "model/items/state_node.h"

#include <algorithm>
#include <unordered_map>

namespace rewindow {

namespace {
constexpr std::size_t kFetched = 200; ///< parts of a container made at once
}

StateModel::StateModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>()) {
    m_root->fetched = true;
    m_root->now = Json();
}

StateModel::~StateModel() = default;

void StateModel::setState(const AggregateState& state, const std::optional<TimelineEvent>& event) {
    m_state = state;
    m_event = event;
    m_root->now = state.state;
    m_root->before = state.version.value() > 0 ? std::optional(state.previous) : std::nullopt;
    sync(*m_root);
}

void StateModel::setMode(Mode mode) {
    if (mode == m_mode)
        return;
    beginResetModel();
    m_mode = mode;
    m_root->children.clear();
    endResetModel();
    sync(*m_root);
}

std::string StateModel::pointer(const Node& node) const {
    if (!node.parent)
        return {};
    if (node.parent == m_root.get() && (m_mode == Mode::Changes || !m_root->now->isContainer()))
        return node.key;
    std::vector<const Node*> path;
    const Node* top = &node;
    for (; top->parent && top->parent != m_root.get(); top = top->parent)
        path.push_back(top);
    std::string text = m_mode == Mode::Changes ? top->key : '/' + escapedPointerToken(top->key);
    for (auto place = path.rbegin(); place != path.rend(); ++place)
        text += '/' + escapedPointerToken((*place)->key);
    return text;
}

QString StateModel::pointer(const QModelIndex& index) const {
    return index.isValid() ? QString::fromStdString(pointer(node(index))) : QString();
}

QModelIndex StateModel::indexOf(const QString& pointer) {
    const auto parsed = JsonPointer::parse(pointer.toStdString());
    if (!parsed)
        return {};
    Node* at = m_root.get();
    if (m_mode == Mode::Changes || (m_root->now && !m_root->now->isContainer())) {
        const std::string wanted = parsed->toString();
        for (const auto& child : m_root->children)
            if (child->key == wanted)
                return indexOf(*child);
        return {};
    }
    for (const std::string& token : parsed->tokens()) {
        const auto find = [&] {
            return std::find_if(at->children.begin(), at->children.end(),
                                [&](const auto& child) { return child->key == token; });
        };
        auto child = find();
        while (child == at->children.end() && at->children.size() < partCount(*at)) {
            makeMore(indexOf(*at));
            child = find();
        }
        if (child == at->children.end())
            return {};
        at = child->get();
    }
    return indexOf(*at);
}

std::optional<Json> StateModel::value(const QModelIndex& index) const {
    return index.isValid() ? node(index).now : std::nullopt;
}

std::optional<SetBy> StateModel::setBy(const QModelIndex& index) const {
    return index.isValid() ? node(index).setBy : std::nullopt;
}

StateModel::Node& StateModel::node(const QModelIndex& index) const {
    return index.isValid() ? *static_cast<Node*>(index.internalPointer()) : *m_root;
}

QModelIndex StateModel::indexOf(const Node& node, int column) const {
    return node.parent ? createIndex(node.row, column, const_cast<Node*>(&node)) : QModelIndex();
}

std::size_t StateModel::partCount(const Node& node) const {
    if (&node == m_root.get() && (m_mode == Mode::Changes || !node.now->isContainer()))
        return node.children.size();
    const Json* shown = node.shown();
    return shown ? shown->size() : 0;
}

/// Parts `first` to `last` (exclusive) of a container, each with what stood in its place before.
StateModel::Parts StateModel::parts(const Node& node, std::size_t first, std::size_t last) const {
    Parts parts;
    if (&node == m_root.get() && m_mode == Mode::Changes)
        return parts;
    const Json* shown = node.shown();
    if (!shown || !shown->isContainer())
        return parts;
    const bool object = shown->kind() == Json::Kind::Object;
    const Json* before =
        node.before && node.before->kind() == shown->kind() ? &*node.before : nullptr;
    const auto formerPart = [&](std::size_t place, std::string_view key) -> const Json* {
        if (!before)
            return nullptr;
        if (object)
            return before->find(key);
        return place < before->size() ? &before->at(place) : nullptr;
    };
    last = std::min(last, shown->size());
    for (std::size_t i = first; i < last; ++i) {
        Part part{object ? std::string(shown->keyAt(i)) : std::to_string(i), {}, {}};
        if (node.now)
            part.now = shown->at(i);
        if (const Json* former = formerPart(i, part.key))
            part.before = *former;
        parts.push_back(std::move(part));
    }
    return parts;
}

void StateModel::install(Node& node, const Part& part) {
    node.key = part.key;
    node.now = part.now;
    node.before = part.before;
    if (!node.now) {
        node.change = Change::Removed;
        node.setBy = m_event
                         ? std::optional(SetBy{m_event->version, m_event->position, m_event->type})
                         : std::nullopt;
        return;
    }
    node.setBy = m_state.setBy(pointer(node));
    const bool now = node.setBy && node.setBy->version == m_state.version && m_event;
    node.change = !now ? Change::None : node.before ? Change::Changed : Change::Added;
}

void StateModel::sync(Node& node) {
    if (!node.fetched)
        return;
    if (&node != m_root.get()) {
        reconcile(node, parts(node, 0, std::max(node.children.size(), kFetched)));
        return;
    }
    if (m_mode == Mode::Changes) {
        Parts changed;
        m_changesComplete = true;
        if (m_event && node.before) {
            auto places = changedPlaces(*node.before, *node.now);
            m_changesComplete = places.complete;
            for (ChangedPlace& place : places.places)
                changed.push_back({std::move(place.pointer),
                                   place.now ? std::optional(*place.now) : std::nullopt,
                                   place.before ? std::optional(*place.before) : std::nullopt});
        }
        reconcile(node, std::move(changed));
    } else if (!node.now->isContainer()) {
        Parts whole;
        if (!node.now->isNull() || node.before)
            whole.push_back({{}, node.now, node.before});
        reconcile(node, std::move(whole));
    } else {
        reconcile(node, parts(node, 0, std::max(node.children.size(), kFetched)));
    }
}

/// Makes the node's rows those of `parts`, touching only what differs.
void StateModel::reconcile(Node& node, Parts parts) {
    removeMissing(node, parts);
    // What is left is in order if every row finds its part further down the list.
    std::size_t kept = 0;
    for (const Part& part : parts)
        if (kept < node.children.size() && node.children[kept]->key == part.key)
            ++kept;
    if (kept < node.children.size())
        removeRun(node, 0, node.children.size());

    for (std::size_t i = 0; i < parts.size();) {
        if (i < node.children.size() && node.children[i]->key == parts[i].key) {
            install(*node.children[i], parts[i]);
            ++i;
            continue;
        }
        std::size_t end = i + 1;
        const std::string* next = i < node.children.size() ? &node.children[i]->key : nullptr;
        while (end < parts.size() && (!next || parts[end].key != *next))
            ++end;
        insertRun(node, parts, i, end);
        i = end;
    }
    if (node.children.empty())
        return;
    emit dataChanged(indexOf(*node.children.front()),
                     indexOf(*node.children.back(), ColumnCount - 1));
    for (const auto& child : node.children)
        sync(*child);
}

/// A row whose parts were never fetched goes too when it comes to have some, or none: a view only
/// looks anew at whether a row can be expanded when rows come and go.
void StateModel::removeMissing(Node& node, const Parts& parts) {
    std::unordered_map<std::string_view, bool> expandable;
    for (const Part& part : parts)
        expandable.emplace(part.key, (part.now ? *part.now : *part.before).size() > 0);
    const auto stays = [&](const Node& child) {
        const auto wanted = expandable.find(child.key);
        return wanted != expandable.end() &&
               (child.fetched || wanted->second == (partCount(child) > 0));
    };
    for (std::size_t end = node.children.size(); end > 0;) {
        if (stays(*node.children[end - 1])) {
            --end;
            continue;
        }
        std::size_t first = end - 1;
        while (first > 0 && !stays(*node.children[first - 1]))
            --first;
        removeRun(node, first, end);
        end = first;
    }
}

void StateModel::insertRun(Node& node, const Parts& parts, std::size_t first, std::size_t last) {
    beginInsertRows(indexOf(node), static_cast<int>(first), static_cast<int>(last) - 1);
    std::vector<std::unique_ptr<Node>> made;
    for (std::size_t i = first; i < last; ++i) {
        auto child = std::make_unique<Node>();
        child->parent = &node;
        install(*child, parts[i]);
        made.push_back(std::move(child));
    }
    node.children.insert(node.children.begin() + static_cast<std::ptrdiff_t>(first),
                         std::make_move_iterator(made.begin()),
                         std::make_move_iterator(made.end()));
    renumber(node);
    endInsertRows();
}

void StateModel::removeRun(Node& node, std::size_t first, std::size_t last) {
    beginRemoveRows(indexOf(node), static_cast<int>(first), static_cast<int>(last) - 1);
    node.children.erase(node.children.begin() + static_cast<std::ptrdiff_t>(first),
                        node.children.begin() + static_cast<std::ptrdiff_t>(last));
    renumber(node);
    endRemoveRows();
}

void StateModel::renumber(Node& node) {
    for (std::size_t i = 0; i < node.children.size(); ++i)
        node.children[i]->row = static_cast<int>(i);
}

QModelIndex StateModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, node(parent).children[static_cast<std::size_t>(row)].get());
}

QModelIndex StateModel::parent(const QModelIndex& index) const {
    return index.isValid() ? indexOf(*node(index).parent) : QModelIndex();
}

int StateModel::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : static_cast<int>(node(parent).children.size());
}

int StateModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

bool StateModel::hasChildren(const QModelIndex& parent) const {
    if (parent.column() > 0)
        return false;
    const Node& at = node(parent);
    return at.fetched ? !at.children.empty() : partCount(at) > 0;
}

bool StateModel::hasMore(const QModelIndex& parent) const {
    if (parent.column() > 0)
        return false;
    const Node& at = node(parent);
    return at.children.size() < partCount(at);
}

bool StateModel::canFetchMore(const QModelIndex& parent) const {
    return hasMore(parent) && node(parent).children.empty();
}

void StateModel::fetchMore(const QModelIndex& parent) {
    makeMore(parent);
}

void StateModel::makeMore(const QModelIndex& parent) {
    if (!hasMore(parent))
        return;
    Node& at = node(parent);
    at.fetched = true;
    const std::size_t first = at.children.size();
    const Parts more = parts(at, first, first + kFetched);
    beginInsertRows(parent, static_cast<int>(first), static_cast<int>(first + more.size()) - 1);
    for (const Part& part : more) {
        auto child = std::make_unique<Node>();
        child->parent = &at;
        child->row = static_cast<int>(at.children.size());
        install(*child, part);
        at.children.push_back(std::move(child));
    }
    endInsertRows();
}

} // namespace rewindow
