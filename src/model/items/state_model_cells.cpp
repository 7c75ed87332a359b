// What the cells of a state show and export.
#include "model/items/export_role.h"
#include "model/items/json_preview.h"
#include "model/items/state_node.h"

namespace rewindow {

QVariant StateModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Node& at = node(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(at, index.column());
    case PointerRole:
        return pointer(index);
    case kExportRole:
        return wholeValue(at, index);
    case ChangeRole:
        return static_cast<int>(at.change);
    case OldTextRole:
        return formerText(at);
    case NewTextRole:
        return at.now ? jsonPreview(*at.now) : QString();
    case SetByVersionRole:
        return at.setBy ? at.setBy->version.value() : qint64{0};
    default:
        return {};
    }
}

QVariant StateModel::wholeValue(const Node& node, const QModelIndex& index) const {
    switch (index.column()) {
    case FieldColumn:
        return pointer(index);
    case ValueColumn: { // what lies in a container has rows of its own
        const bool isNamedBelow = node.now && node.now->isContainer() && node.now->size() > 0;
        return QVariant::fromValue(node.now && !isNamedBelow ? *node.now : Json());
    }
    default:
        return node.setBy ? QVariant(node.setBy->version.value()) : QVariant::fromValue(Json());
    }
}

QString StateModel::formerText(const Node& node) const {
    if (node.change == Change::None || !node.before)
        return {};
    const QString former = jsonPreview(*node.before);
    return node.now && former == jsonPreview(*node.now) ? QString() : former;
}

QString StateModel::text(const Node& node, int column) const {
    switch (column) {
    case FieldColumn:
        if (node.parent == m_root.get() && m_mode == Mode::Changes)
            return QString::fromStdString(node.key).sliced(node.key.empty() ? 0 : 1);
        return QString::fromStdString(node.key);
    case ValueColumn: {
        const QString old = formerText(node);
        if (!node.now)
            return tr("%1 → removed").arg(old);
        const QString now = jsonPreview(*node.now);
        return old.isEmpty() ? now : QStringLiteral("%1 → %2").arg(old, now);
    }
    case SetByColumn:
        return node.setBy
                   ? QStringLiteral("v%1 %2").arg(node.setBy->version.value()).arg(node.setBy->type)
                   : QString();
    default:
        return {};
    }
}

QVariant StateModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Horizontal && role == kExportRole) {
        constexpr const char* kNames[ColumnCount] = {"pointer", "value", "setByVersion"};
        return QString::fromLatin1(kNames[section]);
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case FieldColumn:
        return tr("field");
    case ValueColumn:
        return tr("value");
    case SetByColumn:
        return tr("set by");
    default:
        return {};
    }
}

} // namespace rewindow
