// Making trees.
#include "store/filter/filter_expression.h"

#include <iterator>

namespace rewindow {

bool isOrdering(FilterOperator comparison) {
    return comparison >= FilterOperator::Less;
}

QString symbolOf(FilterOperator comparison) {
    switch (comparison) {
    case FilterOperator::Match:
        return QStringLiteral(":");
    case FilterOperator::Equal:
        return QStringLiteral("=");
    case FilterOperator::NotEqual:
        return QStringLiteral("!=");
    case FilterOperator::Less:
        return QStringLiteral("<");
    case FilterOperator::LessOrEqual:
        return QStringLiteral("<=");
    case FilterOperator::Greater:
        return QStringLiteral(">");
    default:
        return QStringLiteral(">=");
    }
}

QString FilterPlace::toString() const {
    return nameOf(field) + path.toString();
}

FilterExpression::FilterExpression() {
    static const auto everything = std::make_shared<const Node>();
    m_node = everything;
}

FilterExpression FilterExpression::joined(Kind kind, std::vector<FilterExpression> parts) {
    if (parts.size() == 1)
        return parts.front();
    Node node;
    node.kind = kind;
    for (FilterExpression& part : parts) {
        if (part.kind() == kind)
            node.parts.insert(node.parts.end(), part.parts().begin(), part.parts().end());
        else
            node.parts.push_back(std::move(part));
    }
    return FilterExpression(std::move(node));
}

FilterExpression FilterExpression::all(std::vector<FilterExpression> parts) {
    return joined(Kind::All, std::move(parts));
}

FilterExpression FilterExpression::any(std::vector<FilterExpression> parts) {
    return joined(Kind::Any, std::move(parts));
}

FilterExpression FilterExpression::negated(const FilterExpression& part) {
    if (part.kind() == Kind::Not)
        return part.parts().front();
    Node node;
    node.kind = Kind::Not;
    node.parts.push_back(part);
    return FilterExpression(std::move(node));
}

FilterExpression FilterExpression::comparison(FilterPlace place, FilterOperator comparison,
                                              FilterValue value) {
    Node node;
    node.kind = Kind::Comparison;
    node.place = std::move(place);
    node.comparison = comparison;
    node.value = std::move(value);
    return FilterExpression(std::move(node));
}

FilterExpression FilterExpression::has(FilterPlace place) {
    Node node;
    node.kind = Kind::Presence;
    node.place = std::move(place);
    return FilterExpression(std::move(node));
}

FilterExpression FilterExpression::search(QString text) {
    Node node;
    node.kind = Kind::Search;
    node.value = std::move(text);
    return FilterExpression(std::move(node));
}

FilterExpression FilterExpression::equals(FilterPlace place, const Json& value) {
    FilterValue wanted;
    switch (value.kind()) {
    case Json::Kind::Null:
        wanted = FilterNull();
        break;
    case Json::Kind::Bool:
        wanted = value.toBool();
        break;
    case Json::Kind::Number:
        wanted = FilterNumber{value.toQString()};
        break;
    case Json::Kind::String:
        return comparison(std::move(place), FilterOperator::Match, value.toQString());
    default:
        return has(std::move(place));
    }
    return comparison(std::move(place), FilterOperator::Equal, std::move(wanted));
}

bool FilterExpression::operator==(const FilterExpression& other) const {
    return m_node == other.m_node || *m_node == *other.m_node;
}

bool isAlternative(const FilterExpression& expression) {
    return expression.kind() == FilterExpression::Kind::Comparison &&
           expression.comparison() == FilterOperator::Match &&
           kindOf(expression.place().field) == FilterFieldKind::Text;
}

} // namespace rewindow
