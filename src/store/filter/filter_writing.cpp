// Of FilterExpression: writing it so that it reads back the same.
#include "store/filter/filter_expression.h"

#include "store/filter/filter_text.h"

#include <QStringList>

#include <algorithm>
#include <set>

namespace rewindow {

namespace {

using Kind = FilterExpression::Kind;

QString wordOf(const FilterPattern& pattern) {
    const bool needsQuotes = std::ranges::any_of(
        pattern.pieces, [](const QString& piece) { return piece.contains(u'*'); });
    const QString plain = pattern.pieces.join(u'*');
    if (!needsQuotes && isOneWord(plain))
        return plain;
    QStringList pieces;
    for (const QString& piece : pattern.pieces) {
        const QString inQuotes = quoted(piece, true);
        pieces << inQuotes.sliced(1, inQuotes.size() - 2);
    }
    return u'"' + pieces.join(u'*') + u'"';
}

/// Whether a plain word of a payload's value would be taken for something else than text.
bool meansOtherThanText(const QString& word, FilterOperator comparison) {
    return !std::holds_alternative<QString>(plainValue(word)) ||
           (isOrdering(comparison) && relativeTime(word, Timestamp()).has_value());
}

QString writtenValue(const FilterExpression& expression) {
    const FilterOperator comparison = expression.comparison();
    if (const auto* pattern = std::get_if<FilterPattern>(&expression.value()))
        return wordOf(*pattern);
    const QString text = textOf(expression.value());
    const bool isText = std::holds_alternative<QString>(expression.value());
    const bool isStarred = isText && comparison == FilterOperator::Match && text.contains(u'*');
    const bool isMistakable =
        isText && !expression.place().path.isEmpty() && meansOtherThanText(text, comparison);
    return isOneWord(text) && !isStarred && !isMistakable
               ? text
               : quoted(text, comparison == FilterOperator::Match);
}

QString writtenComparison(const FilterExpression& expression) {
    const FilterOperator comparison = expression.comparison();
    QString subject = expression.place().toString() + symbolOf(comparison);
    if (expression.place().field == FilterField::Time) {
        if (comparison == FilterOperator::GreaterOrEqual)
            subject = QStringLiteral("after:");
        else if (comparison == FilterOperator::Less)
            subject = QStringLiteral("before:");
    }
    return subject + writtenValue(expression);
}

/// Parts that read as alternatives when they stand side by side, and of which field.
std::optional<FilterField> alternativesOf(const FilterExpression& expression) {
    if (isAlternative(expression))
        return expression.place().field;
    if (expression.kind() != Kind::Any)
        return std::nullopt;
    const FilterField field = expression.parts().front().place().field;
    const bool alike = std::ranges::all_of(expression.parts(), [&](const FilterExpression& part) {
        return isAlternative(part) && part.place().field == field;
    });
    return alike ? std::optional(field) : std::nullopt;
}

QString joinedParts(const FilterExpression& expression, const QString& between) {
    QStringList parts;
    for (const FilterExpression& part : expression.parts())
        parts << part.toString();
    return parts.join(between);
}

QString inParentheses(const QString& text) {
    return u'(' + text + u')';
}

QString sideBySide(const FilterExpression& expression) {
    QStringList parts;
    std::set<FilterField> alternatives;
    for (const FilterExpression& part : expression.parts()) {
        const auto field = alternativesOf(part);
        const bool joinsOthers = field && !alternatives.insert(*field).second;
        const bool bindsLess = part.kind() == Kind::Any && !field;
        parts << (joinsOthers || bindsLess ? inParentheses(part.toString()) : part.toString());
    }
    return parts.join(u' ');
}

} // namespace

QString FilterExpression::toString() const {
    switch (kind()) {
    case Kind::All:
        return sideBySide(*this);
    case Kind::Any:
        return joinedParts(*this,
                           alternativesOf(*this) ? QStringLiteral(" ") : QStringLiteral(" or "));
    case Kind::Not: {
        const FilterExpression& part = parts().front();
        const bool isCompound = part.kind() == Kind::All || part.kind() == Kind::Any;
        return u'-' + (isCompound ? inParentheses(part.toString()) : part.toString());
    }
    case Kind::Comparison:
        return writtenComparison(*this);
    case Kind::Presence:
        return QStringLiteral("has:") + place().toString();
    case Kind::Search:
        return isPlainSearch(text()) ? text() : quoted(text());
    }
    Q_UNREACHABLE();
}

} // namespace rewindow
