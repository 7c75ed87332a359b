// Two states as one tree: each place with its value at the left and at the right.
#include "model/items/comparison_model.h"

#include "model/items/json_preview.h"

#include <algorithm>

namespace rewindow {

namespace {

QString signOf(Difference difference) {
    switch (difference) {
    case Difference::Added:
        return QStringLiteral("+");
    case Difference::Removed:
        return QStringLiteral("−");
    case Difference::Changed:
        return QStringLiteral("≠");
    case Difference::Same:
        break;
    }
    return {};
}

QString wordOf(Difference difference) {
    switch (difference) {
    case Difference::Added:
        return ComparisonModel::tr("only at the right");
    case Difference::Removed:
        return ComparisonModel::tr("only at the left");
    case Difference::Changed:
        return ComparisonModel::tr("differs");
    case Difference::Same:
        break;
    }
    return ComparisonModel::tr("the same");
}

} // namespace

ComparisonModel::ComparisonModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_comparison(std::make_shared<StateComparison>(compareStates({}, {}))) {
    sift();
}

void ComparisonModel::setComparison(std::shared_ptr<const StateComparison> comparison) {
    beginResetModel();
    m_comparison = std::move(comparison);
    sift();
    endResetModel();
}

void ComparisonModel::setDifferencesOnly(bool only) {
    if (m_onlyDifferences == only)
        return;
    beginResetModel();
    m_onlyDifferences = only;
    sift();
    endResetModel();
}

void ComparisonModel::sift() {
    const auto& places = m_comparison->places;
    m_parts.assign(places.size(), {});
    m_rows.assign(places.size(), 0);
    for (std::size_t place = 1; place < places.size(); ++place) {
        if (m_onlyDifferences && places[place].difference == Difference::Same)
            continue;
        std::vector<std::size_t>& siblings = m_parts[places[place].parent];
        m_rows[place] = static_cast<int>(siblings.size());
        siblings.push_back(place);
    }
}

std::size_t ComparisonModel::placeOf(const QModelIndex& index) const {
    return index.isValid() ? static_cast<std::size_t>(index.internalId()) : 0;
}

QModelIndex ComparisonModel::indexOf(std::size_t place) const {
    return place == 0 ? QModelIndex() : createIndex(m_rows[place], FieldColumn, place);
}

QModelIndex ComparisonModel::difference(const QModelIndex& from, bool forward) const {
    const auto& places = m_comparison->places;
    const std::size_t count = places.size();
    const std::size_t start = placeOf(from);
    for (std::size_t step = 1; step <= count; ++step) {
        const std::size_t place = (start + (forward ? step : count - step)) % count;
        if (places[place].isDifference)
            return indexOf(place);
    }
    return {};
}

QModelIndex ComparisonModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, m_parts[placeOf(parent)][static_cast<std::size_t>(row)]);
}

QModelIndex ComparisonModel::parent(const QModelIndex& index) const {
    return index.isValid() ? indexOf(m_comparison->places[placeOf(index)].parent) : QModelIndex();
}

int ComparisonModel::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : static_cast<int>(m_parts[placeOf(parent)].size());
}

int ComparisonModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ComparedPlace& place = m_comparison->places[placeOf(index)];
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case FieldColumn:
            return QString::fromStdString(place.key);
        case SignColumn:
            return signOf(place.difference);
        case LeftColumn:
            return place.left ? jsonPreview(*place.left) : QString();
        case RightColumn:
            return place.right ? jsonPreview(*place.right) : QString();
        default:
            return {};
        }
    case Qt::AccessibleTextRole:
        if (index.column() == SignColumn)
            return wordOf(place.difference);
        return data(index, Qt::DisplayRole);
    case Qt::TextAlignmentRole:
        return index.column() == SignColumn ? int(Qt::AlignCenter)
                                            : int(Qt::AlignLeft | Qt::AlignVCenter);
    case DifferenceRole:
        return static_cast<int>(place.difference);
    case PointerRole:
        return QString::fromStdString(m_comparison->pointer(placeOf(index)).toString());
    default:
        return {};
    }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case FieldColumn:
        return tr("field");
    case LeftColumn:
        return tr("left");
    case RightColumn:
        return tr("right");
    default:
        return {};
    }
}

} // namespace rewindow
