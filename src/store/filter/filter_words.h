// Of a filter's text: one word, which is a comparison, `has:`, or text to search for.
#pragma once

#include "store/filter/filter_scanner.h"

namespace rewindow {

class FilterWords {
  public:
    using Parsed = std::expected<FilterExpression, FilterMistake>;

    /// Both must outlive this.
    FilterWords(FilterScanner& scanner, Timestamp now) : m_scanner(scanner), m_now(now) {}

    /// The word that starts where the scanner stands.
    Parsed word();

  private:
    /// A value as it stands in the text.
    struct Literal {
        qsizetype start = 0;
        QStringList pieces; ///< between the stars that mean any text
        bool isQuoted = false;
        QString text() const { return pieces.join(u'*'); }
    };

    Parsed searchWord(qsizetype start);
    Parsed presence();
    Parsed comparison(const QString& name, qsizetype start);
    std::expected<FilterPlace, FilterMistake> place(const QString& name, qsizetype start);
    std::expected<FilterPath, FilterMistake> path();
    std::expected<FilterPath::Step, FilterMistake> element();
    std::expected<FilterPath::Step, FilterMistake> member();
    std::expected<Literal, FilterMistake> literal();

    std::expected<FilterValue, FilterMistake> value(FilterField field, FilterOperator comparison,
                                                    const Literal& literal) const;
    std::expected<FilterValue, FilterMistake> number(FilterField field,
                                                     const Literal& literal) const;
    std::expected<FilterValue, FilterMistake> time(const Literal& literal) const;
    std::expected<FilterValue, FilterMistake> anyKind(FilterOperator comparison,
                                                      const Literal& literal) const;
    static FilterValue textValue(FilterOperator comparison, const Literal& literal);
    std::unexpected<FilterMistake> wrong(const Literal& literal, const QString& message,
                                         const QString& expected) const;
    /// Nothing may follow a closing quote directly.
    std::expected<void, FilterMistake> endOfQuote() const;

    FilterScanner& m_scanner;
    Timestamp m_now;
};

} // namespace rewindow
