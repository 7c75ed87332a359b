// Reading a filter's text.
#pragma once

#include "base/error.h"
#include "base/timestamp.h"
#include "store/filter/filter_expression.h"

#include <QString>

#include <expected>

namespace rewindow {

/// What is wrong with a filter's text, and where: enough to underline it.
struct FilterMistake {
    qsizetype start = 0;  ///< of the token, in UTF-16 units
    qsizetype length = 0; ///< 0 where something is missing
    QString message;      ///< "“tpye” is nothing to filter by"
    QString expected;     ///< "write one of type, stream, …"
    /// Usage; `where` is "column N" of `text`, counted in characters from 1.
    Error error(const QString& text) const;
    bool operator==(const FilterMistake&) const = default;
};

/// Longer texts are refused, as are conditions nested deeper, and longer values.
constexpr qsizetype kLongestFilter = 20'000;
constexpr qsizetype kLongestFilterValue = 10'000;
constexpr int kDeepestFilter = 100;

/// Times that are relative are taken from `now`. Blank text is a filter that everything passes.
std::expected<FilterExpression, FilterMistake> parseFilter(const QString& text, Timestamp now);

} // namespace rewindow
