// Two levels: an index of a value holds its section, counted from 1.
#include "model/overview/facets_model.h"

#include "base/json.h"
#include "model/items/log_columns.h"
#include "model/items/shown_locale.h"

#include <algorithm>

namespace rewindow {

namespace {

/// A value that was cut short by the counting ends so.
constexpr QChar kCut = u'…';

std::optional<JsonPointer> pointerOf(const FilterPath& path) {
    std::vector<std::string> tokens;
    for (const FilterPath::Step& step : path.steps()) {
        if (const auto* name = std::get_if<std::string>(&step))
            tokens.push_back(*name);
        else if (const auto* index = std::get_if<std::size_t>(&step))
            tokens.push_back(std::to_string(*index));
        else
            return std::nullopt;
    }
    return JsonPointer(std::move(tokens));
}

std::optional<FilterExpression> conditionOfJson(const FilterPlace& place, const QString& text) {
    const auto value = Json::parse(text.toStdString());
    if (!value || value->isContainer())
        return std::nullopt; // cut short
    return FilterExpression::equals(place, *value);
}

} // namespace

FacetsModel::FacetsModel(LogCounts& counts, QObject* parent)
    : QAbstractItemModel(parent)
    , m_counts(counts) {
    connect(&counts, &LogCounts::facetsChanged, this, &FacetsModel::takeCounts);
    takeCounts();
}

void FacetsModel::setCorrelationWanted(bool wanted) {
    if (std::exchange(m_correlationWanted, wanted) != wanted)
        wantValues();
}

void FacetsModel::setField(const std::optional<FilterPlace>& field) {
    if (field == m_field)
        return;
    m_field = field;
    m_sections[FieldSection].showsAll = false;
    const QModelIndex section = index(FieldSection, NameColumn);
    emit dataChanged(section, section.siblingAtColumn(CountColumn));
    wantValues();
}

/// In the order of the sections.
void FacetsModel::wantValues() {
    std::vector<ValueFacetRequest> wanted;
    if (m_correlationWanted)
        wanted.emplace_back();
    if (m_field) {
        ValueFacetRequest request;
        request.source = m_field->field == FilterField::Meta ? ValueFacetRequest::Source::Metadata
                                                             : ValueFacetRequest::Source::Data;
        if (auto pointer = pointerOf(m_field->path)) {
            request.pointer = std::move(*pointer);
            wanted.push_back(std::move(request));
        }
    }
    m_counts.setValues(wanted);
}

void FacetsModel::takeCounts() {
    take(TypesSection, m_counts.types());
    take(CategoriesSection, m_counts.categories());
    const auto& values = m_counts.values();
    std::size_t next = 0;
    take(CorrelationSection,
         m_correlationWanted && next < values.size() ? values[next++] : LogCounts::Counted());
    take(FieldSection, m_field && next < values.size() ? values[next] : LogCounts::Counted());
}

std::vector<FacetsModel::Value> FacetsModel::values() const {
    std::vector<Value> all;
    const auto add = [&all](const QString& facet, const LogCounts::Counted& counted) {
        for (const FacetValue& value : counted.facet.values)
            all.push_back({facet, value.text, value.count, counted.isComplete});
        if (counted.facet.others > 0)
            all.push_back({facet, std::nullopt, counted.facet.others, counted.isComplete});
    };
    add(QStringLiteral("type"), m_counts.types());
    add(QStringLiteral("category"), m_counts.categories());
    const auto& values = m_counts.values();
    std::size_t next = 0;
    if (m_correlationWanted && next < values.size())
        add(QStringLiteral("correlation"), values[next++]);
    if (m_field && next < values.size())
        add(LogColumn{LogColumn::Kind::Field, *m_field}.word(), values[next]);
    return all;
}

void FacetsModel::take(Section section, const LogCounts::Counted& counted) {
    Shown& shown = m_sections[section];
    shown.largest = counted.facet.values.empty() ? 0 : counted.facet.values.front().count;
    shown.distinct = counted.facet.distinct;
    shown.isCapped = counted.facet.isCapped;
    shown.isPartial = counted.isKnown && !counted.isComplete;
    replace(section, rowsOf(section, counted));
    const QModelIndex head = FacetsModel::index(section, NameColumn, {});
    emit dataChanged(head, head.siblingAtColumn(CountColumn));
}

std::vector<FacetsModel::Row> FacetsModel::rowsOf(Section section,
                                                  const LogCounts::Counted& counted) const {
    const auto note = [](const QString& text) {
        return std::vector<Row>{{.kind = Row::Kind::Note, .text = text, .count = 0}};
    };
    if (!counted.error.isEmpty())
        return note(counted.error);
    if (section == FieldSection && !m_field)
        return note(tr("choose one below"));
    if (section == CorrelationSection && !m_correlationWanted)
        return note(tr("open to count"));
    if (!counted.isKnown)
        return note(tr("counting…"));
    const auto& values = counted.facet.values;
    if (values.empty())
        return note(counted.isComplete ? tr("no event has one") : tr("none so far"));
    std::vector<Row> rows;
    const std::size_t most = m_sections[section].showsAll ? values.size() : std::size_t(kShown);
    for (const FacetValue& value : values) {
        if (rows.size() == most)
            break;
        rows.push_back({.kind = Row::Kind::Value, .text = value.text, .count = value.count});
    }
    if (rows.size() < values.size())
        rows.push_back({.kind = Row::Kind::More,
                        .text = tr("%n more…", nullptr, int(values.size() - rows.size())),
                        .count = 0});
    else if (counted.facet.others > 0)
        rows.push_back(
            {.kind = Row::Kind::Note, .text = tr("others"), .count = counted.facet.others});
    return rows;
}

void FacetsModel::replace(Section section, std::vector<Row> rows) {
    std::vector<Row>& shown = m_sections[section].rows;
    const QModelIndex parent = FacetsModel::index(section, NameColumn, {});
    const bool areSame = std::ranges::equal(shown, rows, [](const Row& left, const Row& right) {
        return left.kind == right.kind && left.text == right.text;
    });
    if (areSame) {
        shown = std::move(rows);
        if (!shown.empty())
            emit dataChanged(
                FacetsModel::index(0, NameColumn, parent),
                FacetsModel::index(static_cast<int>(shown.size()) - 1, CountColumn, parent));
        return;
    }
    if (!shown.empty()) {
        beginRemoveRows(parent, 0, static_cast<int>(shown.size()) - 1);
        shown.clear();
        endRemoveRows();
    }
    beginInsertRows(parent, 0, static_cast<int>(rows.size()) - 1);
    shown = std::move(rows);
    endInsertRows();
}

void FacetsModel::showMore(const QModelIndex& index) {
    if (!index.isValid() || !index.parent().isValid())
        return;
    m_sections[static_cast<std::size_t>(index.parent().row())].showsAll = true;
    takeCounts();
}

const FacetsModel::Row* FacetsModel::rowAt(const QModelIndex& index) const {
    if (!index.isValid() || index.internalId() == 0)
        return nullptr;
    return &m_sections[index.internalId() - 1].rows[static_cast<std::size_t>(index.row())];
}

std::optional<FilterExpression> FacetsModel::conditionAt(const QModelIndex& index) const {
    const Row* row = rowAt(index);
    if (!row || row->kind != Row::Kind::Value)
        return std::nullopt;
    const auto equals = [row](FilterField field) {
        return FilterExpression::equals({.field = field, .path = {}}, Json(row->text));
    };
    switch (static_cast<Section>(index.internalId() - 1)) {
    case TypesSection:
        return equals(FilterField::Type);
    case CategoriesSection:
        return equals(FilterField::Category);
    case CorrelationSection:
        return row->text.endsWith(kCut) ? std::nullopt
                                        : std::optional(equals(FilterField::Correlation));
    case FieldSection:
        return m_field ? conditionOfJson(*m_field, row->text) : std::nullopt;
    case Sections:
        break;
    }
    return std::nullopt;
}

QString FacetsModel::textAt(const QModelIndex& index) const {
    const Row* row = rowAt(index);
    return row && row->kind == Row::Kind::Value ? row->text : QString();
}

QModelIndex FacetsModel::index(int row, int column, const QModelIndex& parent) const {
    if (row < 0 || column < 0 || column >= ColumnCount || row >= FacetsModel::rowCount(parent))
        return {};
    return createIndex(row, column, quintptr(parent.isValid() ? parent.row() + 1 : 0));
}

QModelIndex FacetsModel::parent(const QModelIndex& child) const {
    if (!child.isValid() || child.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, NameColumn, quintptr(0));
}

int FacetsModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid())
        return Sections;
    if (parent.internalId() != 0 || parent.column() != NameColumn)
        return 0;
    return static_cast<int>(m_sections[static_cast<std::size_t>(parent.row())].rows.size());
}

int FacetsModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

QString FacetsModel::sectionName(int section) const {
    switch (section) {
    case TypesSection:
        return tr("Types");
    case CategoriesSection:
        return tr("Categories");
    case CorrelationSection:
        return tr("Correlation ids");
    default:
        return m_field ? m_field->toString() : tr("Values of a field");
    }
}

/// How many values there are, as far as is known.
QString FacetsModel::sectionCount(int section) const {
    const Shown& shown = m_sections[static_cast<std::size_t>(section)];
    if (shown.distinct == 0)
        return {};
    const QString count = shownNumber(shown.distinct);
    if (shown.isPartial)
        return tr("%1 so far").arg(count);
    return shown.isCapped ? tr("over %1").arg(count) : count;
}

QVariant FacetsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const bool isName = index.column() == NameColumn;
    const Row* row = rowAt(index);
    if (!row) {
        if (role == Qt::DisplayRole)
            return isName ? sectionName(index.row()) : sectionCount(index.row());
        if (role == Qt::AccessibleTextRole)
            return tr("%1, %2").arg(sectionName(index.row()), sectionCount(index.row()));
        return {};
    }
    const bool isValue = row->kind == Row::Kind::Value;
    const bool hasCount = isValue || row->count > 0;
    const QString name = row->text.isEmpty() ? tr("(none)") : row->text;
    switch (role) {
    case Qt::DisplayRole:
        if (isName)
            return name;
        return hasCount ? QVariant(shownNumber(row->count)) : QVariant();
    case Qt::AccessibleTextRole:
        return hasCount ? tr("%1, %2 events").arg(name, shownNumber(row->count)) : name;
    case CountRole:
        return isValue ? QVariant(row->count) : QVariant();
    case FractionRole: {
        const qint64 largest = m_sections[index.internalId() - 1].largest;
        return isValue && largest > 0 ? QVariant(double(row->count) / double(largest)) : QVariant();
    }
    case TypeRole:
        return isValue && index.internalId() == TypesSection + 1 ? QVariant(row->text) : QVariant();
    case MoreRole:
        return row->kind == Row::Kind::More;
    default:
        return {};
    }
}

QVariant FacetsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Value") : tr("Events");
}

} // namespace rewindow
