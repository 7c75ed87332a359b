#include "base/json_number.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>

namespace rewindow::json {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// A number taken apart: 0.d1d2d3… × 10^(point + exponent), with neither leading nor trailing
/// zeros among the digits, which lie in two pieces of the text.
struct Decimal {
    bool negative = false;
    std::string_view whole; ///< digits before the decimal point
    std::string_view fraction;
    qint64 point = 0;
    bool exponentNegative = false;
    std::string_view exponent; ///< digits, without leading zeros; of any length

    std::size_t digits() const { return whole.size() + fraction.size(); }
    char digit(std::size_t at) const {
        return at < whole.size() ? whole[at] : fraction[at - whole.size()];
    }
    bool isZero() const { return digits() == 0; }
};

std::string_view trimLeft(std::string_view digits) {
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

std::string_view trimRight(std::string_view digits) {
    return digits.substr(0, digits.find_last_not_of('0') + 1);
}

Decimal takeApart(std::string_view text) {
    Decimal decimal;
    if (text.starts_with('-')) {
        decimal.negative = true;
        text.remove_prefix(1);
    }
    const std::size_t mark = std::min(text.find_first_of("eE"), text.size());
    std::string_view exponent = text.substr(std::min(mark + 1, text.size()));
    text = text.substr(0, mark);
    const std::size_t point = std::min(text.find('.'), text.size());
    decimal.whole = trimLeft(text.substr(0, point));
    decimal.fraction = trimRight(text.substr(std::min(point + 1, text.size())));
    decimal.point = static_cast<qint64>(decimal.whole.size());
    if (decimal.whole.empty()) {
        const std::size_t before = decimal.fraction.size();
        decimal.fraction = trimLeft(decimal.fraction);
        decimal.point = static_cast<qint64>(decimal.fraction.size()) - static_cast<qint64>(before);
    } else if (decimal.fraction.empty()) {
        decimal.whole = trimRight(decimal.whole);
    }
    if (!exponent.empty() && !isDigit(exponent.front())) {
        decimal.exponentNegative = exponent.front() == '-';
        exponent.remove_prefix(1);
    }
    decimal.exponent = trimLeft(exponent);
    return decimal;
}

/// Exponents of more digits than this do not fit 64 bits beside any place of the decimal point.
constexpr std::size_t kShortExponent = 17;

std::optional<qint64> shortExponent(const Decimal& decimal) {
    if (decimal.exponent.size() > kShortExponent)
        return std::nullopt;
    qint64 value = 0;
    std::from_chars(decimal.exponent.data(), decimal.exponent.data() + decimal.exponent.size(),
                    value);
    return decimal.point + (decimal.exponentNegative ? -value : value);
}

/// The sum of an exponent and the place of the point, where the exponent is so long that it alone
/// decides the sign.
std::string longExponent(const Decimal& decimal) {
    std::string digits(decimal.exponent);
    qint64 carry = decimal.exponentNegative ? -decimal.point : decimal.point;
    for (std::size_t i = digits.size(); i-- > 0 && carry != 0;) {
        const qint64 sum = digits[i] - '0' + carry;
        const qint64 rest = ((sum % 10) + 10) % 10;
        digits[i] = static_cast<char>('0' + rest);
        carry = (sum - rest) / 10;
    }
    std::string sum;
    if (decimal.exponentNegative)
        sum += '-';
    if (carry > 0)
        sum += std::to_string(carry) + digits;
    else
        sum += trimLeft(digits);
    return sum;
}

std::strong_ordering compareExponents(const Decimal& left, const Decimal& right) {
    const auto leftShort = shortExponent(left);
    const auto rightShort = shortExponent(right);
    if (leftShort && rightShort)
        return *leftShort <=> *rightShort;
    const auto inWords = [](const Decimal& decimal, const std::optional<qint64>& sum) {
        return sum ? std::to_string(*sum) : longExponent(decimal);
    };
    const std::string leftWords = inWords(left, leftShort);
    const std::string rightWords = inWords(right, rightShort);
    const bool isNegative = leftWords.starts_with('-');
    if (isNegative != rightWords.starts_with('-'))
        return isNegative ? std::strong_ordering::less : std::strong_ordering::greater;
    const auto order = std::pair(leftWords.size(), std::string_view(leftWords)) <=>
                       std::pair(rightWords.size(), std::string_view(rightWords));
    return isNegative ? 0 <=> order : order;
}

/// Of digits that start at the same place.
std::strong_ordering compareDigits(const Decimal& left, const Decimal& right) {
    const std::size_t common = std::min(left.digits(), right.digits());
    for (std::size_t i = 0; i < common; ++i)
        if (left.digit(i) != right.digit(i))
            return left.digit(i) <=> right.digit(i);
    return left.digits() <=> right.digits();
}

std::size_t digitsFrom(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && isDigit(text[end]))
        ++end;
    return end - at;
}

} // namespace

bool isNumber(std::string_view text) noexcept {
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const std::size_t whole = digitsFrom(text, at);
    if (whole == 0 || (whole > 1 && text[at] == '0'))
        return false;
    at += whole;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = digitsFrom(text, at + 1);
        if (fraction == 0)
            return false;
        at += 1 + fraction;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        const std::size_t exponent = digitsFrom(text, at);
        if (exponent == 0)
            return false;
        at += exponent;
    }
    return at == text.size();
}

bool sameNumber(std::string_view left, std::string_view right) {
    if (left == right)
        return true;
    const Decimal a = takeApart(left);
    const Decimal b = takeApart(right);
    if (a.isZero() || b.isZero())
        return a.isZero() && b.isZero();
    if (a.negative != b.negative || a.digits() != b.digits())
        return false;
    for (std::size_t i = 0; i < a.digits(); ++i)
        if (a.digit(i) != b.digit(i))
            return false;
    return compareExponents(a, b) == std::strong_ordering::equal;
}

std::strong_ordering compareNumbers(std::string_view left, std::string_view right) {
    const Decimal a = takeApart(left);
    const Decimal b = takeApart(right);
    const auto sign = [](const Decimal& decimal) {
        return decimal.isZero() ? 0 : decimal.negative ? -1 : 1;
    };
    if (sign(a) != sign(b) || sign(a) == 0)
        return sign(a) <=> sign(b);
    auto order = compareExponents(a, b);
    if (order == std::strong_ordering::equal)
        order = compareDigits(a, b);
    return a.negative ? 0 <=> order : order;
}

std::optional<qint64> integerOf(std::string_view number) noexcept {
    qint64 value = 0;
    const char* end = number.data() + number.size();
    const auto plain = std::from_chars(number.data(), end, value);
    if (plain.ec == std::errc() && plain.ptr == end)
        return value;
    const Decimal decimal = takeApart(number);
    if (decimal.isZero())
        return 0;
    const auto exponent = shortExponent(decimal);
    constexpr qint64 kMostDigits = std::numeric_limits<qint64>::digits10 + 1;
    if (!exponent || *exponent > kMostDigits || *exponent < static_cast<qint64>(decimal.digits()))
        return std::nullopt;
    char text[kMostDigits + 1];
    std::size_t length = 0;
    if (decimal.negative)
        text[length++] = '-';
    for (qint64 i = 0; i < *exponent; ++i) {
        const auto at = static_cast<std::size_t>(i);
        text[length++] = at < decimal.digits() ? decimal.digit(at) : '0';
    }
    const auto rounded = std::from_chars(text, text + length, value);
    return rounded.ec == std::errc() ? std::optional(value) : std::nullopt;
}

double doubleOf(std::string_view number) noexcept {
    double value = 0;
    const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
    if (read.ec != std::errc::result_out_of_range)
        return value;
    const Decimal decimal = takeApart(number);
    const auto exponent = shortExponent(decimal);
    const bool tiny = exponent ? *exponent < 0 : decimal.exponentNegative;
    const double magnitude =
        tiny || decimal.isZero() ? 0.0 : std::numeric_limits<double>::infinity();
    return decimal.negative ? -magnitude : magnitude;
}

} // namespace rewindow::json
