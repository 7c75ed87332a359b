// Of LogModel: its columns, and what stands in them.
#include "model/items/log_model.h"
#include "model/items/shown_locale.h"
#include "model/items/signed_span.h"
#include "model/items/time_text.h"

#include <algorithm>

namespace rewindow {

namespace {

FilterExpression isText(FilterField field, const QString& text) {
    return FilterExpression::equals({field, {}}, Json(text));
}

FilterExpression isNumber(FilterField field, qint64 number) {
    return FilterExpression::comparison({field, {}}, FilterOperator::Equal,
                                        FilterNumber{QString::number(number)});
}

/// Their digits stand under one another.
bool isOfNumbers(int column) {
    return column == LogModel::PositionColumn || column == LogModel::VersionColumn ||
           column == LogModel::SinceColumn;
}

} // namespace

int LogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows);
}

int LogModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : FirstField + static_cast<int>(m_fields.size());
}

int LogModel::columnOf(const LogColumn& column) const {
    if (column.kind != LogColumn::Kind::Field)
        return static_cast<int>(column.kind);
    const auto known = std::ranges::find(m_fields, column.field);
    return known == m_fields.end() ? -1 : FirstField + static_cast<int>(known - m_fields.begin());
}

std::optional<LogColumn> LogModel::columnAt(int column) const {
    if (column < 0 || column >= columnCount() || column == SignColumn)
        return std::nullopt;
    if (column < SignColumn)
        return LogColumn{static_cast<LogColumn::Kind>(column)};
    return LogColumn{LogColumn::Kind::Field,
                     m_fields[static_cast<std::size_t>(column - FirstField)]};
}

/// Columns that stay keep their places in the views.
void LogModel::setFields(const std::vector<FilterPlace>& fields) {
    if (fields == m_fields)
        return;
    const auto isWanted = [&fields](const FilterPlace& place) {
        return std::ranges::find(fields, place) != fields.end();
    };
    for (std::size_t i = m_fields.size(); i-- > 0;) {
        if (isWanted(m_fields[i]))
            continue;
        const int column = FirstField + static_cast<int>(i);
        beginRemoveColumns({}, column, column);
        m_fields.erase(m_fields.begin() + static_cast<std::ptrdiff_t>(i));
        forgetPages();
        endRemoveColumns();
    }
    for (const FilterPlace& place : fields) {
        if (columnOf({LogColumn::Kind::Field, place}) >= 0)
            continue;
        beginInsertColumns({}, columnCount(), columnCount());
        m_fields.push_back(place);
        forgetPages();
        endInsertColumns();
    }
    readAgain();
}

void LogModel::setRules(const ColourRules& rules) {
    if (rules == m_rules)
        return;
    m_rules = rules;
    m_ruleFilters.clear();
    const auto nothing = EventFilter(FilterExpression::negated(FilterExpression()));
    for (const ColourRule& rule : rules)
        m_ruleFilters.push_back(EventFilter::read(rule.filter).value_or(nothing));
    readAgain();
}

void LogModel::setMarks(MarkedEvents marks) {
    if (marks == m_marks)
        return;
    m_marks = std::move(marks);
    say(SignColumn, SignColumn);
}

void LogModel::setReference(std::optional<Timestamp> reference) {
    if (reference == m_reference)
        return;
    m_reference = reference;
    say(SinceColumn, SinceColumn, {Qt::DisplayRole});
}

void LogModel::setHit(std::optional<GlobalPosition> hit) {
    if (hit == m_hit)
        return;
    m_hit = hit;
    say(SignColumn, SignColumn);
}

void LogModel::say(int firstColumn, int lastColumn, const QList<int>& roles) {
    if (m_rows > 0)
        emit dataChanged(index(0, firstColumn), index(rowCount() - 1, lastColumn), roles);
}

void LogModel::readAgain() {
    forgetPages();
    if (m_state == State::Counting)
        search();
    say(0, columnCount() - 1);
}

std::optional<FilterExpression> LogModel::conditionAt(const QModelIndex& index) const {
    const LogRow* read = index.isValid() ? row(index.row()) : nullptr;
    if (!read)
        return std::nullopt;
    const auto text = [](FilterField field,
                         const QString& value) -> std::optional<FilterExpression> {
        return value.isEmpty() ? std::nullopt : std::optional(isText(field, value));
    };
    switch (index.column()) {
    case PositionColumn:
        return isNumber(FilterField::Position, read->position.value());
    case VersionColumn:
        return isNumber(FilterField::Version, read->version.value());
    case TypeColumn:
        return text(FilterField::Type, read->type);
    case StreamColumn:
        return text(FilterField::Stream, read->stream);
    case CorrelationColumn:
        return text(FilterField::Correlation, read->correlation);
    case CausationColumn:
        return text(FilterField::Causation, read->causation);
    case IdColumn:
        return text(FilterField::Id, read->id);
    default:
        break;
    }
    if (index.column() < FirstField)
        return std::nullopt;
    const auto number = static_cast<std::size_t>(index.column() - FirstField);
    const LogField& field = read->fields[number];
    if (!field.isThere)
        return std::nullopt;
    return field.isOne ? FilterExpression::equals(m_fields[number], field.value)
                       : FilterExpression::has(m_fields[number]);
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(index);
    case Qt::AccessibleTextRole:
        return spokenText(index);
    case Qt::ToolTipRole:
        return index.column() == SignColumn ? spokenSigns(index).toHtmlEscaped() : QVariant();
    case PositionRole:
        if (const auto known = positionAt(index))
            return known->value();
        return {};
    case AfterPlayheadRole: {
        const auto known = positionAt(index);
        return known && *known > m_playhead;
    }
    case TypeRole:
        if (const LogRow* read = row(index.row()))
            return read->type;
        return QString();
    case LookRole:
        if (const LogRow* read = row(index.row()); read && read->rule >= 0)
            return QVariant::fromValue(m_rules[static_cast<std::size_t>(read->rule)].look);
        return {};
    case MarkedRole:
        return isMarked(index);
    case HitRole:
        return m_hit && positionAt(index) == m_hit;
    case Qt::TextAlignmentRole:
        if (isOfNumbers(index.column()))
            return QVariant(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    default:
        return {};
    }
}

bool LogModel::isMarked(const QModelIndex& index) const {
    if (m_marks.empty())
        return false;
    const auto position = positionAt(index);
    return position && m_marks.contains(*position);
}

QString LogModel::text(const QModelIndex& index) const {
    if (index.column() == PositionColumn) {
        const auto known = positionAt(index);
        return known ? shownNumber(known->value()) : QString();
    }
    const LogRow* read = row(index.row());
    return read ? text(*read, index.column()) : QString();
}

QString LogModel::text(const LogRow& row, int column) const {
    switch (column) {
    case PositionColumn:
        return shownNumber(row.position.value());
    case RecordedColumn:
        return timeText(row.recordedAt, TimeDigits::Millisecond);
    case TypeColumn:
        return row.type;
    case StreamColumn:
        return row.stream;
    case VersionColumn:
        return QString::number(row.version.value());
    case DataColumn:
        return row.data;
    case SinceColumn:
        return m_reference
                   ? signedSpanText(row.recordedAt.microseconds() - m_reference->microseconds())
                   : QString();
    case CorrelationColumn:
        return row.correlation;
    case CausationColumn:
        return row.causation;
    case IdColumn:
        return row.id;
    case SignColumn:
        return {};
    default:
        return row.fields[static_cast<std::size_t>(column - FirstField)].shown;
    }
}

/// What is read out is never nothing: silence would say that there is no cell.
QString LogModel::spokenText(const QModelIndex& index) const {
    if (index.column() == SignColumn)
        return spokenSigns(index);
    QString shown = text(index);
    if (!shown.isEmpty())
        return shown;
    return row(index.row()) ? tr("none") : tr("not read yet");
}

QString LogModel::spokenSigns(const QModelIndex& index) const {
    QStringList parts;
    if (m_hit && positionAt(index) == m_hit)
        parts.append(tr("the event in context"));
    if (isMarked(index)) {
        const QString& note = m_marks.at(*positionAt(index));
        parts.append(note.isEmpty() ? tr("marked") : tr("marked: %1").arg(note));
    }
    if (const LogRow* read = row(index.row()); read && read->rule >= 0) {
        const ColourRule& rule = m_rules[static_cast<std::size_t>(read->rule)];
        parts.append(
            tr("%1 %2: %3").arg(tintName(rule.look.tint), signName(rule.look.sign), rule.filter));
    }
    return parts.isEmpty() ? tr("no sign") : parts.join(QStringLiteral("; "));
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((isOfNumbers(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == RecordedColumn)
        return zoneSentence();
    if (role == Qt::AccessibleTextRole && section == SignColumn)
        return tr("signs");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PositionColumn:
        return tr("position");
    case RecordedColumn:
        return withZone(tr("recorded at"));
    case TypeColumn:
        return tr("type");
    case StreamColumn:
        return tr("stream");
    case VersionColumn:
        return tr("v");
    case DataColumn:
        return tr("data");
    case SinceColumn:
        return tr("since");
    case CorrelationColumn:
        return tr("correlation");
    case CausationColumn:
        return tr("causation");
    case IdColumn:
        return tr("id");
    default:
        break;
    }
    const auto column = columnAt(section);
    return column ? column->word() : QString();
}

} // namespace rewindow
