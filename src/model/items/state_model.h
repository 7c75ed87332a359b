// An aggregate's state as a tree: each field's value, what it was, and which event set it.
#pragma once

#include "model/session/aggregate_replay.h"

#include <QAbstractItemModel>

#include <memory>
#include <optional>
#include <string>

namespace rewindow {

/// Rows are places of the state; moving from version to version inserts, removes and changes only
/// what differs, so that a view keeps what is expanded and selected. The parts of a container are
/// made when they are fetched, some hundred at a time.
class StateModel : public QAbstractItemModel {
    Q_OBJECT

  public:
    enum Column { FieldColumn, ValueColumn, SetByColumn, ColumnCount };
    enum Role {
        PointerRole = Qt::UserRole + 1, ///< QString: RFC 6901
        ChangeRole,                     ///< int: a Change
        OldTextRole,      ///< QString: what it was before this event; empty where that says nothing
        NewTextRole,      ///< QString: what it is; empty where it is gone
        SetByVersionRole, ///< qint64: 0 where no event set it
    };
    enum class Change { None, Added, Changed, Removed };
    Q_ENUM(Change)
    enum class Mode {
        State,  ///< the whole state
        Changes ///< the places the event at this version changed, the removed ones too, as a list
    };

    explicit StateModel(QObject* parent = nullptr);
    ~StateModel() override;

    /// `event` is the one at the state's version; nothing at version 0.
    void setState(const AggregateState& state, const std::optional<TimelineEvent>& event);
    void setMode(Mode mode);
    Mode mode() const { return m_mode; }
    const AggregateState& state() const { return m_state; }
    /// False where Changes lists only the first of a great many.
    bool listsAllChanges() const { return m_changesComplete; }

    QString pointer(const QModelIndex& index) const;
    /// The row of a place, its ancestors fetched as needed; invalid where it has none.
    QModelIndex indexOf(const QString& pointer);
    std::optional<Json> value(const QModelIndex& index) const; ///< nothing: removed
    /// Whether `parent` has parts beyond those made. A view fetches what canFetchMore() tells of
    /// whenever it lays itself out, so that is the first parts alone; the others are made on
    /// demand.
    bool hasMore(const QModelIndex& parent) const;
    void makeMore(const QModelIndex& parent);
    std::optional<SetBy> setBy(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

  private:
    struct Node;
    struct Part;
    using Parts = std::vector<Part>;

    Node& node(const QModelIndex& index) const;
    QModelIndex indexOf(const Node& node, int column = 0) const;
    std::string pointer(const Node& node) const;
    std::size_t partCount(const Node& node) const;
    Parts parts(const Node& node, std::size_t first, std::size_t last) const;
    void install(Node& node, const Part& part);
    void sync(Node& node);
    void reconcile(Node& node, Parts parts);
    void removeMissing(Node& node, const Parts& parts);
    void insertRun(Node& node, const Parts& parts, std::size_t first, std::size_t last);
    void removeRun(Node& node, std::size_t first, std::size_t last);
    void renumber(Node& node);
    QString text(const Node& node, int column) const;
    QString formerText(const Node& node) const;
    QVariant wholeValue(const Node& node, const QModelIndex& index) const;

    AggregateState m_state;
    std::optional<TimelineEvent> m_event;
    Mode m_mode = Mode::State;
    bool m_changesComplete = true;
    std::unique_ptr<Node> m_root;
};

} // namespace rewindow
