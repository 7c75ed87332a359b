// The events that lie beyond a gap of the log that may still be filled.
#include "model/items/provisional_model.h"

#include "model/items/shown_locale.h"
#include "model/items/time_text.h"

#include <algorithm>

namespace rewindow {

void ProvisionalModel::setEvents(const std::vector<RecordedEvent>& events) {
    const LogRowMaker maker({}, {});
    std::vector<LogRow> rows;
    rows.reserve(events.size());
    for (const RecordedEvent& event : events)
        rows.push_back(maker.row(event));
    // Mostly some come after those there were; the place in the table stays.
    const bool isLonger =
        rows.size() > m_rows.size() &&
        std::equal(m_rows.begin(), m_rows.end(), rows.begin(),
                   [](const LogRow& a, const LogRow& b) { return a.position == b.position; });
    if (isLonger) {
        beginInsertRows({}, static_cast<int>(m_rows.size()), static_cast<int>(rows.size()) - 1);
        m_rows = std::move(rows);
        endInsertRows();
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int ProvisionalModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ProvisionalModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : LogModel::DataColumn + 1;
}

QString ProvisionalModel::text(const QModelIndex& index) const {
    const LogRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case LogModel::PositionColumn:
        return shownNumber(row.position.value());
    case LogModel::RecordedColumn:
        return timeText(row.recordedAt, TimeDigits::Millisecond);
    case LogModel::TypeColumn:
        return row.type;
    case LogModel::StreamColumn:
        return row.stream;
    case LogModel::VersionColumn:
        return QString::number(row.version.value());
    default:
        return row.data;
    }
}

QVariant ProvisionalModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const LogRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(index);
    case Qt::AccessibleTextRole: {
        const QString shown = text(index);
        return tr("provisional: %1").arg(shown.isEmpty() ? tr("none") : shown);
    }
    case Qt::TextAlignmentRole:
        if (index.column() == LogModel::PositionColumn || index.column() == LogModel::VersionColumn)
            return QVariant(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    case LogModel::PositionRole:
        return row.position.value();
    case LogModel::TypeRole:
        return row.type;
    default:
        return {};
    }
}

QVariant ProvisionalModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        const bool isOfNumbers =
            section == LogModel::PositionColumn || section == LogModel::VersionColumn;
        return QVariant((isOfNumbers ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case LogModel::PositionColumn:
        return tr("position");
    case LogModel::RecordedColumn:
        return withZone(tr("recorded at"));
    case LogModel::TypeColumn:
        return tr("type");
    case LogModel::StreamColumn:
        return tr("stream");
    case LogModel::VersionColumn:
        return tr("v");
    case LogModel::DataColumn:
        return tr("data");
    default:
        return {};
    }
}

} // namespace rewindow
