// Numbers by their text: exact, whatever their length.
#pragma once

#include <QtGlobal>

#include <compare>
#include <optional>
#include <string_view>

namespace rewindow::json {

/// Whether `text` is a number of RFC 8259, and nothing else.
bool isNumber(std::string_view text) noexcept;

/// Whether two JSON numbers denote the same number.
bool sameNumber(std::string_view left, std::string_view right);

/// Which of two JSON numbers is the greater, exactly, whatever their length.
std::strong_ordering compareNumbers(std::string_view left, std::string_view right);

/// The number where it is whole and fits.
std::optional<qint64> integerOf(std::string_view number) noexcept;

/// The nearest double; infinite beyond its range.
double doubleOf(std::string_view number) noexcept;

} // namespace rewindow::json
