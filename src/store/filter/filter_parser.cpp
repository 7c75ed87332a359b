// The grammar: `or` between `and` between words side by side; `-` and `not` before one.
#include "store/filter/filter_parser.h"

#include "store/filter/filter_scanner.h"
#include "store/filter/filter_text.h"
#include "store/filter/filter_words.h"

#include <algorithm>
#include <vector>

namespace rewindow {

namespace {

using Parsed = std::expected<FilterExpression, FilterMistake>;

class Parser {
  public:
    Parser(const QString& text, Timestamp now) : m_scanner(text), m_words(m_scanner, now) {}

    Parsed parse() {
        m_scanner.skipBlanks();
        if (m_scanner.isDone())
            return FilterExpression();
        auto expression = anyOf(0);
        if (expression && !m_scanner.isDone()) {
            m_scanner.take(u')');
            return m_scanner.mistakeSince(m_scanner.at() - 1,
                                          QStringLiteral("this parenthesis closes nothing"),
                                          QStringLiteral("leave it out, or open one before it"));
        }
        return expression;
    }

  private:
    bool isKeywordNext(QStringView lower) const {
        const QString word = m_scanner.nextWord();
        return word.compare(lower, Qt::CaseInsensitive) == 0 && isKeyword(word);
    }

    bool takeKeyword(QStringView lower) {
        if (!isKeywordNext(lower))
            return false;
        m_scanner.goTo(m_scanner.at() + lower.size());
        m_scanner.skipBlanks();
        return true;
    }

    Parsed anyOf(int depth) {
        std::vector<FilterExpression> parts;
        do {
            auto part = allOf(depth);
            if (!part)
                return part;
            parts.push_back(std::move(*part));
        } while (takeKeyword(u"or"));
        return FilterExpression::any(std::move(parts));
    }

    Parsed allOf(int depth) {
        std::vector<FilterExpression> parts;
        do {
            auto part = sideBySide(depth);
            if (!part)
                return part;
            parts.push_back(std::move(*part));
        } while (takeKeyword(u"and"));
        return FilterExpression::all(std::move(parts));
    }

    /// Words about the same text of an event are alternatives, which stand where the first stood.
    Parsed sideBySide(int depth) {
        struct Part {
            bool isAlternative;
            std::vector<FilterExpression> anyOf;
        };
        std::vector<Part> parts;
        while (parts.empty() || !isAtEndOfWords()) {
            const bool isBare =
                !m_scanner.isNext(u'(') && !m_scanner.isNext(u'-') && !isKeywordNext(u"not");
            auto one = term(depth);
            if (!one)
                return one;
            m_scanner.skipBlanks();
            const bool isAlternative = isBare && rewindow::isAlternative(*one);
            const auto sameField = std::ranges::find_if(parts, [&](const Part& part) {
                return isAlternative && part.isAlternative &&
                       part.anyOf.front().place().field == one->place().field;
            });
            if (sameField != parts.end())
                sameField->anyOf.push_back(std::move(*one));
            else
                parts.push_back({isAlternative, {std::move(*one)}});
        }
        std::vector<FilterExpression> all;
        for (Part& part : parts)
            all.push_back(FilterExpression::any(std::move(part.anyOf)));
        return FilterExpression::all(std::move(all));
    }

    bool isAtEndOfWords() const {
        return m_scanner.isDone() || m_scanner.isNext(u')') || isKeywordNext(u"and") ||
               isKeywordNext(u"or");
    }

    Parsed term(int depth) {
        const qsizetype start = m_scanner.at();
        if (isAtEndOfWords()) {
            const QString found = m_scanner.isNext(u')') ? QStringLiteral(")") : m_scanner.word();
            return FilterScanner::mistake(
                start, found.size(), QStringLiteral("a condition is missing here"),
                QStringLiteral("write one such as type:Order*, data.quantity>2 or \"any text\""));
        }
        if (depth == kDeepestFilter)
            return FilterScanner::mistake(
                start, 1, QStringLiteral("conditions are nested deeper than %1").arg(depth),
                QStringLiteral("leave out parentheses and signs of negation"));
        if (m_scanner.take(u'(')) {
            m_scanner.skipBlanks();
            auto inside = anyOf(depth + 1);
            if (inside && !m_scanner.take(u')'))
                return FilterScanner::mistake(start, 1,
                                              QStringLiteral("this parenthesis is not closed"),
                                              QStringLiteral("write ) after the last condition"));
            return inside;
        }
        if (takeKeyword(u"not"))
            return negated(depth, start, QStringLiteral("not"));
        if (m_scanner.take(u'-'))
            return negated(depth, start, QStringLiteral("-"));
        return m_words.word();
    }

    Parsed negated(int depth, qsizetype start, const QString& sign) {
        const bool isApart = sign == u"-" && m_scanner.nextWord().isEmpty();
        if (isAtEndOfWords() || (isApart && !m_scanner.isNext(u'(')))
            return FilterScanner::mistake(
                start, sign.size(), QStringLiteral("a condition is missing after \"%1\"").arg(sign),
                QStringLiteral("write one such as -type:OrderPaid"));
        const auto part = term(depth + 1);
        return part ? FilterExpression::negated(*part) : part;
    }

    FilterScanner m_scanner;
    FilterWords m_words;
};

} // namespace

Error FilterMistake::error(const QString& text) const {
    // A pair of surrogates is one character.
    const auto column = text.first(std::min(start, text.size())).toUcs4().size() + 1;
    return {Error::Kind::Usage, message, QStringLiteral("column %1").arg(column), expected};
}

std::expected<FilterExpression, FilterMistake> parseFilter(const QString& text, Timestamp now) {
    if (text.size() > kLongestFilter)
        return FilterScanner::mistake(
            kLongestFilter, text.size() - kLongestFilter,
            QStringLiteral("the filter is longer than %1 characters").arg(kLongestFilter),
            QStringLiteral("ask for less at once"));
    if (const qsizetype nul = text.indexOf(QChar(0)); nul >= 0)
        return FilterScanner::mistake(nul, 1,
                                      QStringLiteral("a NUL character cannot be looked for"),
                                      QStringLiteral("leave it out"));
    // Halves of surrogate pairs, which UTF-8 cannot hold, become question marks.
    const QString clean = text.isValidUtf16() ? text : QString::fromUtf8(text.toUtf8());
    return Parser(clean, now).parse();
}

} // namespace rewindow
