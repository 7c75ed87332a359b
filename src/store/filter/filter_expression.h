// A filter as a tree: what must hold of an event.
#pragma once

#include "store/filter/filter_field.h"
#include "store/filter/filter_path.h"
#include "store/filter/filter_value.h"

#include <QString>

#include <memory>
#include <vector>

namespace rewindow {

enum class FilterOperator : unsigned char {
    Match, ///< `:`
    Equal, ///< `=`
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
};

bool isOrdering(FilterOperator comparison);
QString symbolOf(FilterOperator comparison); ///< "<="

/// What is looked at: a field, and of a payload or metadata the path in it.
struct FilterPlace {
    FilterField field = FilterField::Type;
    FilterPath path;
    QString toString() const; ///< "data.items[*].sku"
    bool operator==(const FilterPlace&) const = default;
};

/// An immutable value; copies share. It is either true or false of an event, never unknown.
class FilterExpression {
  public:
    enum class Kind : unsigned char {
        All, ///< every part holds; of no parts: always
        Any, ///< one of the parts holds
        Not, ///< its one part does not
        Comparison,
        Presence, ///< `has:`
        Search,   ///< text anywhere in type, stream, payload or metadata
    };

    FilterExpression(); ///< of every event
    /// Nested ones of the same kind become one; one part alone is that part.
    static FilterExpression all(std::vector<FilterExpression> parts);
    static FilterExpression any(std::vector<FilterExpression> parts); ///< of at least one
    static FilterExpression negated(const FilterExpression& part);
    /// The value must be of a kind the field can be compared to in that way.
    static FilterExpression comparison(FilterPlace place, FilterOperator comparison,
                                       FilterValue value);
    static FilterExpression has(FilterPlace place);
    static FilterExpression search(QString text);
    /// That a place holds this very value: for what stands in a cell, a node, a bar.
    static FilterExpression equals(FilterPlace place, const Json& value);

    Kind kind() const { return m_node->kind; }
    bool isEverything() const { return kind() == Kind::All && parts().empty(); }
    const std::vector<FilterExpression>& parts() const { return m_node->parts; }
    const FilterPlace& place() const { return m_node->place; }
    FilterOperator comparison() const { return m_node->comparison; }
    const FilterValue& value() const { return m_node->value; }
    /// Of a search.
    const QString& text() const { return std::get<QString>(m_node->value); }

    /// Reads back the same.
    QString toString() const;

    bool operator==(const FilterExpression& other) const;

  private:
    struct Node {
        Kind kind = Kind::All;
        FilterOperator comparison = FilterOperator::Match;
        FilterPlace place;
        FilterValue value;
        std::vector<FilterExpression> parts;
        bool operator==(const Node&) const = default;
    };
    explicit FilterExpression(Node node) : m_node(std::make_shared<const Node>(std::move(node))) {}
    static FilterExpression joined(Kind kind, std::vector<FilterExpression> parts);

    std::shared_ptr<const Node> m_node;
};

/// A text of an event has one value, so that several of these side by side are alternatives: a
/// field of text and `:`.
bool isAlternative(const FilterExpression& expression);

} // namespace rewindow
