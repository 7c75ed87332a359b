// Translating conditions, and choosing the one that drives.
#include "store/sql/filter_sql.h"

#include "base/json_number.h"
#include "store/filter/byte_search.h"

#include <algorithm>
#include <limits>

namespace rewindow {

namespace {

using Kind = FilterExpression::Kind;

/// SQLite nests `a AND b AND c …` once a condition and refuses what is nested too deep; it is
/// enough for any database.
constexpr std::size_t kMostConditions = 200;

std::size_t conditionsIn(const FilterExpression& expression) {
    std::size_t count = 1;
    for (const FilterExpression& part : expression.parts())
        count += conditionsIn(part);
    return count;
}

QString signOf(FilterOperator comparison) {
    switch (comparison) {
    case FilterOperator::NotEqual:
        return QStringLiteral("<>");
    case FilterOperator::Match:
        return QStringLiteral("=");
    default:
        return symbolOf(comparison);
    }
}

} // namespace

struct FilterSql::Condition {
    QString text;
    BoundSql::Values values;

    void append(const Condition& other) {
        text += other.text;
        values.insert(values.end(), other.values.begin(), other.values.end());
    }
};

FilterSql::FilterSql(const Profile& profile, const QString& streamExpression,
                     std::shared_ptr<const SqlDialect> dialect)
    : m_dialect(std::move(dialect))
    , m_table(profile.table)
    , m_versionOffset(profile.versionCountsFrom - 1)
    , m_isOwn(profile.writable) {
    addText(FilterField::Type, profile.type);
    if (!profile.typePath.isEmpty())
        column(FilterField::Type).compared = m_dialect->byBytes(
            QStringLiteral("coalesce(%1,'')")
                .arg(m_dialect->inJson(m_table, profile.data.name, profile.typePath)));
    addText(FilterField::Id, profile.id);
    if (profile.correlationPointer.isEmpty())
        addText(FilterField::Correlation, profile.correlationId);
    if (profile.causationPointer.isEmpty())
        addText(FilterField::Causation, profile.causationId);
    if (profile.stream.isPresent())
        addText(FilterField::Stream, profile.stream);
    else
        column(FilterField::Stream).compared =
            m_dialect->byBytes(QStringLiteral("coalesce(%1,'')").arg(streamExpression));
    if (profile.aggregateType.isPresent())
        addText(FilterField::Category, profile.aggregateType);
    else if (profile.typeSeparator.size() == 1)
        m_streamName = column(FilterField::Stream).compared;
    m_typeSeparator = profile.typeSeparator;

    const QString position = quotedIdentifier(profile.position.name);
    const QString version = quotedIdentifier(profile.version.name);
    if (m_isOwn) {
        column(FilterField::Position) = {u'+' + position, position};
        column(FilterField::Version) = {version, {}};
        // The order of this index is not that of positions.
        column(FilterField::Time) = {u'+' + quotedIdentifier(profile.recordedAt.name), {}};
        return;
    }
    const auto whole = [this](const QString& name) {
        return QStringLiteral("coalesce(%1,0)").arg(m_dialect->asNumber(name));
    };
    if (!profile.position.isPresent())
        column(FilterField::Position).compared = QStringLiteral("0");
    else if (m_dialect->facts(profile.table, profile.position.name).isNumber)
        column(FilterField::Position) = {whole(position), position};
    else
        column(FilterField::Position).compared = whole(position);
    column(FilterField::Version).compared = whole(version);
    if (!profile.recordedAt.isPresent())
        column(FilterField::Time).compared = QStringLiteral("0");
}

void FilterSql::addText(FilterField field, const Profile::Column& stored) {
    if (!stored.isPresent()) {
        column(field).compared = QStringLiteral("''");
        return;
    }
    const QString name = quotedIdentifier(stored.name);
    if (m_isOwn) {
        column(field) = {m_dialect->byBytes(QStringLiteral("coalesce(%1,'')").arg(name)), name};
        return;
    }
    column(field).compared =
        m_dialect->byBytes(QStringLiteral("coalesce(%1,'')").arg(m_dialect->asText(name)));
    if (m_dialect->facts(m_table, stored.name).isText)
        column(field).indexed = name;
}

FilterSql::Translation FilterSql::translate(const FilterExpression& filter, bool mayDrive) const {
    const std::vector<FilterExpression> all =
        filter.kind() == Kind::All ? filter.parts() : std::vector{filter};
    const FilterExpression* driver = nullptr;
    int best = std::numeric_limits<int>::max();
    for (const FilterExpression& part : all) {
        const auto rank = mayDrive ? drivingRank(part) : std::nullopt;
        if (rank && *rank < best) {
            best = *rank;
            driver = &part;
        }
    }

    Translation translation;
    std::vector<FilterExpression> rest;
    std::vector<FilterExpression> answered;
    std::size_t left = kMostConditions;
    for (const FilterExpression& part : all) {
        const std::size_t size = conditionsIn(part);
        auto found = size <= left ? condition(part) : std::nullopt;
        if (!found) {
            rest.push_back(part);
            translation.plan.streamed << part.toString();
            continue;
        }
        left -= size;
        const Column& about = column(part.place().field);
        const bool isPlace = part.kind() == Kind::Comparison &&
                             part.place().field == FilterField::Position && mayDrive;
        if ((&part == driver || isPlace) && !about.indexed.isEmpty())
            found->text.replace(0, about.compared.size(), about.indexed);
        translation.terms << found->text;
        translation.values.insert(translation.values.end(), found->values.begin(),
                                  found->values.end());
        translation.plan.database << part.toString();
        if (m_isOwn)
            if (const auto span = timesLeftBy(part))
                translation.times = intersection(translation.times.value_or(TimeSpan()), *span);
    }
    translation.isDriven = driver != nullptr;
    translation.rest = FilterExpression::all(std::move(rest));
    translation.isOneStream = driver != nullptr && driver->place().field == FilterField::Stream;
    return translation;
}

std::optional<int> FilterSql::drivingRank(const FilterExpression& expression) const {
    if (expression.kind() != Kind::Comparison || expression.comparison() > FilterOperator::Equal)
        return std::nullopt;
    const auto* text = std::get_if<QString>(&expression.value());
    // What is absent reads as an empty text, which no index has.
    if (text == nullptr || text->isEmpty() || column(expression.place().field).indexed.isEmpty())
        return std::nullopt;
    switch (expression.place().field) {
    case FilterField::Id:
        return 0;
    case FilterField::Correlation:
    case FilterField::Causation:
        return 1;
    case FilterField::Stream:
        return 2;
    case FilterField::Type:
        return 3;
    default:
        return std::nullopt;
    }
}

std::optional<FilterSql::Condition> FilterSql::condition(const FilterExpression& expression) const {
    switch (expression.kind()) {
    case Kind::All:
    case Kind::Any:
        return joined(expression);
    case Kind::Not: {
        auto part = condition(expression.parts().front());
        if (part)
            part->text = QStringLiteral("NOT (%1)").arg(part->text);
        return part;
    }
    case Kind::Comparison:
        return comparison(expression);
    case Kind::Presence: {
        const QString& compared = column(expression.place().field).compared;
        if (compared.isEmpty())
            return std::nullopt;
        return Condition{compared + QStringLiteral("<>''"), {}};
    }
    case Kind::Search:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

std::optional<FilterSql::Condition> FilterSql::joined(const FilterExpression& expression) const {
    Condition whole{QStringLiteral("("), {}};
    const QString between =
        expression.kind() == Kind::All ? QStringLiteral(" AND ") : QStringLiteral(" OR ");
    for (const FilterExpression& part : expression.parts()) {
        const auto one = condition(part);
        if (!one)
            return std::nullopt;
        if (!whole.values.empty() || whole.text.size() > 1)
            whole.text += between;
        whole.append(*one);
    }
    whole.text += u')';
    return whole;
}

std::optional<FilterSql::Condition>
FilterSql::comparison(const FilterExpression& expression) const {
    const FilterField field = expression.place().field;
    const FilterOperator comparison = expression.comparison();
    const QString& compared = column(field).compared;
    if (field == FilterField::Category && compared.isEmpty()) {
        const auto* name = std::get_if<QString>(&expression.value());
        return name != nullptr && !isOrdering(comparison)
                   ? category(*name, comparison != FilterOperator::NotEqual)
                   : std::nullopt;
    }
    if (compared.isEmpty())
        return std::nullopt;
    if (const auto* pattern = std::get_if<FilterPattern>(&expression.value())) {
        // Of bytes that are no UTF-8, a database may make characters of its own.
        if (!BytePattern(*pattern).isAscii())
            return std::nullopt;
        return Condition{m_dialect->fitsPattern(compared), {m_dialect->pattern(*pattern)}};
    }
    if (const auto* time = std::get_if<FilterTime>(&expression.value())) {
        const qint64 from = time->from.microseconds();
        const qint64 to = time->to.microseconds();
        const auto atLeast = compared + QStringLiteral(">=?");
        const auto below = compared + QStringLiteral("<?");
        switch (comparison) {
        case FilterOperator::Less:
            return Condition{below, {from}};
        case FilterOperator::LessOrEqual:
            return Condition{below, {to}};
        case FilterOperator::Greater:
            return Condition{atLeast, {to}};
        case FilterOperator::GreaterOrEqual:
            return Condition{atLeast, {from}};
        case FilterOperator::NotEqual:
            return Condition{QStringLiteral("NOT (%1 AND %2)").arg(atLeast, below), {from, to}};
        default:
            return Condition{QStringLiteral("(%1 AND %2)").arg(atLeast, below), {from, to}};
        }
    }
    if (const auto* number = std::get_if<FilterNumber>(&expression.value())) {
        qint64 bound = json::integerOf(number->text.toStdString()).value_or(0);
        if (field == FilterField::Version) {
            if (m_versionOffset > 0 && bound > std::numeric_limits<qint64>::max() - m_versionOffset)
                return std::nullopt;
            bound += m_versionOffset;
        }
        return Condition{compared + signOf(comparison) + u'?', {bound}};
    }
    return Condition{compared + signOf(comparison) + u'?', {textOf(expression.value())}};
}

/// All names of a category lie between it with its separator and the same with the separator
/// raised by one.
std::optional<FilterSql::Condition> FilterSql::category(const QString& name, bool isWanted) const {
    if (m_streamName.isEmpty() || name.isEmpty() || name.contains(m_typeSeparator))
        return std::nullopt;
    const std::string from = (name + m_typeSeparator).toStdString();
    std::string to = from;
    to.back() = static_cast<char>(to.back() + 1);
    const QString within = QStringLiteral("(%1>=? AND %1<?)").arg(m_streamName);
    return Condition{isWanted ? within : QStringLiteral("NOT ") + within, {from, to}};
}

} // namespace rewindow
