// The commands sent from this window and what became of them, newest first.
#include "model/items/command_history_model.h"

#include <algorithm>

namespace rewindow {

using State = CommandHistoryEntry::State;

namespace {

template <class T>
const T* outcomeAs(const CommandHistoryEntry& entry) {
    return entry.outcome && *entry.outcome ? std::get_if<T>(&**entry.outcome) : nullptr;
}

QString stateWord(State state) {
    switch (state) {
    case State::Sending:
        return CommandHistoryModel::tr("sending");
    case State::Accepted:
        return CommandHistoryModel::tr("accepted");
    case State::Rejected:
        return CommandHistoryModel::tr("rejected");
    case State::Conflict:
        return CommandHistoryModel::tr("conflict");
    case State::Failed:
        break;
    }
    return CommandHistoryModel::tr("failed");
}

QString milliseconds(qint64 microseconds) {
    const double shown = static_cast<double>(microseconds) / 1000;
    return CommandHistoryModel::tr("%1 ms").arg(shown, 0, 'f', shown < 100 ? 1 : 0);
}

} // namespace

const CommandAccepted* CommandHistoryEntry::accepted() const {
    return outcomeAs<CommandAccepted>(*this);
}
const CommandRejected* CommandHistoryEntry::rejected() const {
    return outcomeAs<CommandRejected>(*this);
}
const VersionConflict* CommandHistoryEntry::conflict() const {
    return outcomeAs<VersionConflict>(*this);
}

State CommandHistoryEntry::state() const {
    if (!outcome)
        return State::Sending;
    return accepted()   ? State::Accepted
           : rejected() ? State::Rejected
           : conflict() ? State::Conflict
                        : State::Failed;
}

QString CommandHistoryEntry::detail() const {
    if (!outcome)
        return CommandHistoryModel::tr("sending…");
    if (!*outcome)
        return outcome->error().sentence();
    if (const auto* yes = accepted()) {
        if (yes->events.empty())
            return CommandHistoryModel::tr("nothing to do · %1").arg(milliseconds(microseconds));
        return QStringLiteral("v%1 · %2").arg(yes->version.value()).arg(milliseconds(microseconds));
    }
    if (const auto* no = rejected())
        return no->reason;
    return CommandHistoryModel::tr("conflict v%1≠v%2")
        .arg(conflict()->expected.value())
        .arg(conflict()->actual.value());
}

quint64 CommandHistoryModel::add(const CommandRequest& request) {
    if (m_entries.size() == kLimit) {
        beginRemoveRows({}, static_cast<int>(kLimit) - 1, static_cast<int>(kLimit) - 1);
        m_entries.pop_back();
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_entries.insert(m_entries.begin(), CommandHistoryEntry{++m_sent, request, std::nullopt, 0});
    endInsertRows();
    return m_sent;
}

void CommandHistoryModel::finish(quint64 number, Result<CommandOutcome> outcome,
                                 qint64 microseconds) {
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(),
                     [number](const CommandHistoryEntry& entry) { return entry.number == number; });
    if (found == m_entries.end())
        return;
    found->outcome = std::move(outcome);
    found->microseconds = microseconds;
    const QModelIndex changed = index(static_cast<int>(found - m_entries.begin()));
    emit dataChanged(changed, changed);
}

const CommandHistoryEntry& CommandHistoryModel::entry(int row) const {
    return m_entries[static_cast<std::size_t>(row)];
}

TableSource CommandHistoryModel::table() const {
    std::vector<std::vector<Json>> rows;
    rows.reserve(m_entries.size());
    for (const CommandHistoryEntry& sent : m_entries)
        rows.push_back({static_cast<qint64>(sent.number), sent.request.command.name,
                        sent.request.command.data, stateWord(sent.state()), sent.detail(),
                        sent.microseconds});
    return valuesTable(QStringLiteral("commands"),
                       {"number", "command", "data", "outcome", "detail", "microseconds"},
                       std::move(rows));
}

int CommandHistoryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant CommandHistoryModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const CommandHistoryEntry& shown = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return shown.request.command.name;
    case StateRole:
        return static_cast<int>(shown.state());
    case DetailRole:
        return shown.detail();
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2: %3")
            .arg(shown.request.command.name, stateWord(shown.state()), shown.detail());
    default:
        return {};
    }
}

} // namespace rewindow
