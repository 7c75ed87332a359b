// Which events are wanted: the one language of `--filter`, of the Log page and of links.
#pragma once

#include "base/error.h"
#include "base/timestamp.h"
#include "store/filter/filter_expression.h"
#include "store/filter/filter_parser.h"

#include <QString>

#include <expected>

namespace rewindow {

class RecordedEvent;

/// Words, each of which is a condition:
///
///     type:Order* -type:ItemAdded after:2026-11-01 version>5 data.items[*].sku:"帽子" "any text"
///
/// - Words side by side, or joined by `and`, all hold; `or` binds less; `not` and `-` negate;
///   parentheses group. Words with `:` about the same text of an event (type, stream, category, id,
///   correlation, causation) that stand side by side, without `and` between them, are alternatives,
///   as an event has but one of each: `type:OrderPaid type:OrderShipped`.
/// - `:` compares text with `*` for any text (`\*` in quotes is a star), and values of payloads by
///   their type or as the text they are: `meta.user:112` finds 112 and "112". `=` compares exactly
///   by type; `!=` is `not … =`, so that it also finds events without the value. `<` and its kin
///   compare numbers with numbers, times with times, and text with text, byte by byte.
/// - A path may name many values, `[*]`; one that fits is enough. `has:` asks for the presence of a
///   value, null included; a payload that is no JSON has none.
/// - Text without a field is looked for in type, stream, payload and metadata as they are stored, A
///   to Z being as good as a to z.
/// - Every condition is true or false: what an event does not have is an empty text, and position
///   and time 0.
///
/// `docs/filters.md` tells users. An immutable value.
class EventFilter {
  public:
    EventFilter() = default; ///< everything passes
    explicit EventFilter(FilterExpression expression) : m_expression(std::move(expression)) {}

    /// With the place of a mistake. `yesterday` and the like are taken from `now`.
    static std::expected<EventFilter, FilterMistake> read(const QString& text,
                                                          Timestamp now = Timestamp::now());
    /// Fails with Usage; `where` is "column N" of the text.
    static Result<EventFilter> parse(const QString& text, Timestamp now = Timestamp::now());

    bool isEmpty() const { return m_expression.isEverything(); }
    const FilterExpression& expression() const { return m_expression; }
    /// Reads back the same, at any time: what was relative stands there as what it was.
    QString toString() const { return m_expression.toString(); }

    /// As the database would answer; of many events, a FilterMatcher is quicker.
    bool accepts(const RecordedEvent& event) const;

    /// Also `wanted`, in place of what was asked of the very same place by `:` or `=`.
    EventFilter narrowedTo(const FilterExpression& wanted) const;
    /// Without what `unwanted` finds.
    EventFilter without(const FilterExpression& unwanted) const;

    bool operator==(const EventFilter&) const = default;

  private:
    FilterExpression m_expression;
};

} // namespace rewindow
