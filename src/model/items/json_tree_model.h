// Any JSON value as a read-only tree: what an event's data and metadata hold.
#pragma once

#include "base/json.h"
#include "base/json_pointer.h"

#include <QAbstractItemModel>

#include <deque>
#include <vector>

namespace rewindow {

/// One row a member or element, under one row a root. Rows come to be when they are looked at, a
/// container's children some hundred at a time (fetchMore), so that neither a huge array nor a deep
/// value costs more than what is seen of it. Texts are short; wholeText() gives all.
class JsonTreeModel : public QAbstractItemModel {
    Q_OBJECT

  public:
    enum Column { KeyColumn, ValueColumn, ColumnCount };
    enum Role {
        ContainerRole = Qt::UserRole + 1, ///< bool: an object or array
    };
    /// Children that one fetchMore() adds.
    static constexpr int kFetched = 500;

    struct Root {
        QString key; ///< "data"
        Json value;
    };

    explicit JsonTreeModel(QObject* parent = nullptr);

    void setRoots(std::vector<Root> roots);

    /// The row of a place in a root: which child of which, from the root inwards. Fetches what it
    /// needs; invalid where there is none.
    QModelIndex indexOf(int root, const std::vector<std::size_t>& path);

    /// The value of a row; null for an invalid index.
    Json value(const QModelIndex& index) const;
    /// Where it is in its root: "" for the root itself.
    JsonPointer pointer(const QModelIndex& index) const;
    /// A string's content, or JSON text, whole.
    QString wholeText(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

  private:
    struct Node {
        Json value;
        QString key; ///< of roots; of others the parent's value tells
        const Node* parent = nullptr;
        int row = 0;
        std::vector<Node*> children; ///< those fetched
    };

    Node* nodeAt(const QModelIndex& index) const;
    QString keyOf(const Node& node) const;

    std::deque<Node>
        m_nodes; ///< owns them all, side by side: a deep tree is freed without recursion
    std::vector<Node*> m_roots;
};

} // namespace rewindow
