// Leaders sorted anew for each ranking.
#include "model/statistics/stream_ranking_model.h"

#include "model/items/export_role.h"
#include "model/items/json_preview.h"
#include "model/items/shown_locale.h"
#include "model/statistics/span_text.h"
#include "model/statistics/statistics_roles.h"

#include <algorithm>

namespace rewindow {

void StreamRankingModel::setStatistics(std::shared_ptr<const Statistics> statistics) {
    // Rows point into what they were made of.
    const bool isSame = m_statistics->ranked == statistics->ranked;
    if (isSame) {
        m_statistics = std::move(statistics);
        rank();
        return;
    }
    beginResetModel();
    m_statistics = std::move(statistics);
    rank();
    endResetModel();
}

void StreamRankingModel::rank() {
    m_rows.clear();
    for (const StreamStatistics& stream : m_statistics->ranked)
        m_rows.push_back(&stream);
    std::ranges::stable_sort(m_rows, std::ranges::greater(),
                             [this](const StreamStatistics* row) { return value(*row, m_column); });
    if (m_rows.size() > kMost)
        m_rows.resize(kMost);
}

void StreamRankingModel::sort(int column, Qt::SortOrder) {
    const int by = column <= StreamColumn || column >= ColumnCount ? int(EventsColumn) : column;
    if (by == m_column)
        return;
    beginResetModel();
    m_column = by;
    rank();
    endResetModel();
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

int StreamRankingModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int StreamRankingModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

qint64 StreamRankingModel::value(const StreamStatistics& stream, int column) {
    switch (column) {
    case BytesColumn:
        return stream.bytes;
    case AgeColumn:
        return stream.age();
    case PauseColumn:
        return stream.pause;
    default:
        return stream.events;
    }
}

QVariant StreamRankingModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const StreamStatistics& shown = stream(index.row());
    const qint64 cell = value(shown, index.column());
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case StreamColumn:
            return shown.stream;
        case EventsColumn:
            return shownNumber(cell);
        case BytesColumn:
            return byteCountText(cell);
        default:
            return spanText(cell);
        }
    case Qt::TextAlignmentRole:
        return index.column() == StreamColumn ? QVariant()
                                              : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case kExportRole:
        return index.column() == StreamColumn ? QVariant(shown.stream) : QVariant(cell);
    case statistics::FractionRole: {
        const qint64 most = value(*m_rows.front(), m_column);
        return index.column() == m_column && most > 0
                   ? QVariant(static_cast<double>(cell) / static_cast<double>(most))
                   : QVariant();
    }
    case statistics::StreamRole:
        return shown.stream;
    case statistics::PositionRole:
        return (index.column() == PauseColumn ? shown.pauseEnd : shown.last.position).value();
    default:
        return {};
    }
}

QVariant StreamRankingModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == kExportRole) {
        constexpr const char* kNames[] = {"stream", "events", "bytes", "ageMicroseconds",
                                          "longestPauseMicroseconds"};
        return QString::fromLatin1(kNames[section]);
    }
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == StreamColumn ? Qt::AlignLeft : Qt::AlignRight) |
                        Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == PauseColumn)
        return tr("The longest time between two events");
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("stream"), tr("events"), tr("payloads"), tr("age"), tr("pause")};
    return section == m_column ? tr("▾ %1").arg(names[section]) : names[section];
}

} // namespace rewindow
