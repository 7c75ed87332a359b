// One finding a row.
#include "model/statistics/findings_model.h"

#include "model/items/export_role.h"
#include "model/statistics/statistics_roles.h"

#include <algorithm>

namespace rewindow {

void FindingsModel::setFindings(std::vector<Finding> findings) {
    if (std::ranges::equal(findings, m_findings, {}, &Finding::sentence, &Finding::sentence)) {
        m_findings = std::move(findings);
        return;
    }
    beginResetModel();
    m_findings = std::move(findings);
    endResetModel();
}

int FindingsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

int FindingsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString FindingsModel::kindText(Finding::Kind kind) {
    switch (kind) {
    case Finding::Kind::Changed:
        return tr("changed");
    case Finding::Kind::Vanished:
        return tr("vanished");
    case Finding::Kind::Appeared:
        return tr("appeared");
    case Finding::Kind::Payload:
        return tr("payload");
    case Finding::Kind::Stream:
        return tr("stream");
    case Finding::Kind::Limit:
        break;
    }
    return tr("limit");
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const Finding& shown = finding(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case kExportRole:
        switch (index.column()) {
        case SentenceColumn:
            return shown.sentence;
        case KindColumn:
            return kindText(shown.kind);
        case TypeColumn:
            return shown.type;
        case PathColumn:
            return shown.path;
        case StreamColumn:
            return shown.stream;
        default:
            return shown.position == GlobalPosition(0) ? QVariant()
                                                       : QVariant(shown.position.value());
        }
    case statistics::TypeRole:
        return shown.type;
    case statistics::PathRole:
        return shown.path;
    case statistics::StreamRole:
        return shown.stream;
    case statistics::PositionRole:
        return shown.position.value();
    case statistics::KindRole:
        return static_cast<int>(shown.kind);
    default:
        return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == kExportRole) {
        constexpr const char* kNames[] = {"finding", "kind", "type", "path", "stream", "position"};
        return QString::fromLatin1(kNames[section]);
    }
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("finding"), tr("kind"),   tr("type"),
                             tr("path"),    tr("stream"), tr("position")};
    return names[section];
}

} // namespace rewindow
