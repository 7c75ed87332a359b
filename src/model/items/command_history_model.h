// The commands sent from this window and what became of them, newest first.
#pragma once

#include "base/error.h"
#include "model/command/command_bus.h"
#include "model/export/table_export.h"

#include <QAbstractListModel>
#include <QString>

#include <optional>
#include <vector>

namespace rewindow {

/// One command with its outcome, once there is one.
struct CommandHistoryEntry {
    enum class State { Sending, Accepted, Rejected, Conflict, Failed };

    quint64 number = 0; ///< counts sent commands from 1
    CommandRequest request;
    std::optional<Result<CommandOutcome>> outcome;
    qint64 microseconds = 0; ///< from sending to the answer

    State state() const;
    /// "v12 · 0.8 ms", a reason, "conflict v8≠v9".
    QString detail() const;
    /// The outcome, where it is of this kind.
    const CommandAccepted* accepted() const;
    const CommandRejected* rejected() const;
    const VersionConflict* conflict() const;
};

class CommandHistoryModel : public QAbstractListModel {
    Q_OBJECT

  public:
    enum Role {
        StateRole = Qt::UserRole, ///< CommandHistoryEntry::State as int
        DetailRole,               ///< CommandHistoryEntry::detail()
    };

    static constexpr std::size_t kLimit = 200; ///< older ones are forgotten

    using QAbstractListModel::QAbstractListModel;

    /// Adds a command that is on its way, as the first row; the number to finish() it by.
    quint64 add(const CommandRequest& request);
    void finish(quint64 number, Result<CommandOutcome> outcome, qint64 microseconds);

    const CommandHistoryEntry& entry(int row) const; ///< row must be below rowCount()

    /// What was sent and what became of it, for an export.
    TableSource table() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

  private:
    std::vector<CommandHistoryEntry> m_entries;
    quint64 m_sent = 0;
};

} // namespace rewindow
