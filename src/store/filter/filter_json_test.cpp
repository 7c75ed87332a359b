// Of FilterMatcher: tests of the values in payload and metadata.
#include "base/json_number.h"
#include "store/filter/byte_search.h"
#include "store/filter/filter_test.h"
#include "store/filter/json_probe.h"

#include <charconv>

namespace rewindow {

namespace {

/// The time a text stands for: RFC 3339 or a date.
std::optional<qint64> timeIn(std::string_view text) {
    constexpr std::size_t kDateLength = 10;
    if (text.size() < kDateLength || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const auto time = text.size() == kDateLength ? Timestamp::parse(std::string(text) + "T00:00:00")
                                                 : Timestamp::parse(text);
    return time ? std::optional(time->microseconds()) : std::nullopt;
}

/// What values are compared to.
class Wanted {
  public:
    virtual ~Wanted() = default;
    virtual bool accepts(const RawJson& value, std::string& buffer) const = 0;
    /// A text that must stand in a document without escapes; empty: none.
    virtual std::string needle() const { return {}; }
};

class AnyValue final : public Wanted {
  public:
    bool accepts(const RawJson&, std::string&) const override { return true; }
};

class WantedText final : public Wanted {
  public:
    WantedText(FilterOperator comparison, const QString& text)
        : m_comparison(comparison)
        , m_text(text.toStdString()) {}
    bool accepts(const RawJson& value, std::string& buffer) const override {
        return value.kind() == Json::Kind::String &&
               isWanted(m_comparison, value.string(buffer) <=> std::string_view(m_text));
    }
    std::string needle() const override {
        return isOrdering(m_comparison) ? std::string() : m_text;
    }

  private:
    const FilterOperator m_comparison;
    const std::string m_text;
};

class WantedPattern final : public Wanted {
  public:
    explicit WantedPattern(const FilterPattern& pattern) : m_pattern(pattern) {}
    bool accepts(const RawJson& value, std::string& buffer) const override {
        return value.kind() == Json::Kind::String && m_pattern.fits(value.string(buffer));
    }
    std::string needle() const override { return m_pattern.longestPiece(); }

  private:
    const BytePattern m_pattern;
};

/// Numbers, times, booleans and null; with `:`, a text that reads the same is as good.
class WantedTyped : public Wanted {
  public:
    WantedTyped(FilterOperator comparison, const FilterValue& value)
        : m_comparison(comparison)
        , m_text(textOf(value).toStdString()) {}
    bool accepts(const RawJson& value, std::string& buffer) const final {
        return isOfType(value, buffer) ||
               (m_comparison == FilterOperator::Match && value.kind() == Json::Kind::String &&
                value.string(buffer) == m_text);
    }

  protected:
    virtual bool isOfType(const RawJson& value, std::string& buffer) const = 0;

    const FilterOperator m_comparison;
    const std::string m_text;
};

class WantedNumber final : public WantedTyped {
  public:
    WantedNumber(FilterOperator comparison, const FilterNumber& number)
        : WantedTyped(comparison, number)
        , m_integer(integerIn(m_text)) {}

  protected:
    bool isOfType(const RawJson& value, std::string&) const override {
        if (value.kind() != Json::Kind::Number)
            return false;
        const std::string_view number = value.number();
        if (m_integer)
            if (const auto integer = integerIn(number))
                return isWanted(m_comparison, *integer <=> *m_integer);
        return isWanted(m_comparison, json::compareNumbers(number, m_text));
    }

  private:
    static std::optional<qint64> integerIn(std::string_view text) {
        qint64 integer = 0;
        const char* begin = text.data();
        const char* end = begin + text.size();
        const auto read = std::from_chars(begin, end, integer);
        return read.ec == std::errc() && read.ptr == end ? std::optional(integer) : std::nullopt;
    }

    const std::optional<qint64> m_integer;
};

class WantedTime final : public WantedTyped {
  public:
    WantedTime(FilterOperator comparison, const FilterTime& time)
        : WantedTyped(comparison, time)
        , m_time(time) {}

  protected:
    bool isOfType(const RawJson& value, std::string& buffer) const override {
        if (value.kind() != Json::Kind::String)
            return false;
        const auto microseconds = timeIn(value.string(buffer));
        return microseconds && isWanted(m_comparison, compareTimes(*microseconds, m_time));
    }

  private:
    const FilterTime m_time;
};

class WantedWord final : public WantedTyped {
  public:
    WantedWord(FilterOperator comparison, const FilterValue& value)
        : WantedTyped(comparison, value)
        , m_isNull(std::holds_alternative<FilterNull>(value))
        , m_isTrue(!m_isNull && std::get<bool>(value)) {}

  protected:
    bool isOfType(const RawJson& value, std::string&) const override {
        if (m_isNull)
            return value.kind() == Json::Kind::Null;
        return value.kind() == Json::Kind::Bool && value.isTrue() == m_isTrue;
    }

  private:
    const bool m_isNull;
    const bool m_isTrue;
};

std::unique_ptr<const Wanted> wantedBy(const FilterExpression& expression) {
    if (expression.kind() == FilterExpression::Kind::Presence)
        return std::make_unique<AnyValue>();
    const FilterOperator comparison = expression.comparison();
    const FilterValue& value = expression.value();
    if (const auto* pattern = std::get_if<FilterPattern>(&value))
        return std::make_unique<WantedPattern>(*pattern);
    if (const auto* number = std::get_if<FilterNumber>(&value))
        return std::make_unique<WantedNumber>(comparison, *number);
    if (const auto* time = std::get_if<FilterTime>(&value))
        return std::make_unique<WantedTime>(comparison, *time);
    if (const auto* text = std::get_if<QString>(&value))
        return std::make_unique<WantedText>(comparison, *text);
    return std::make_unique<WantedWord>(comparison, value);
}

class JsonTest final : public FilterMatcher::Test {
  public:
    explicit JsonTest(const FilterExpression& expression)
        : m_document(expression.place().field)
        , m_probe(expression.place().path)
        , m_wanted(wantedBy(expression))
        , m_needle(m_wanted->needle()) {}

    bool holds(FilterAttempt& attempt) const override {
        const std::string_view text = attempt.event().text(m_document);
        if (!mayHoldIn(text) || !attempt.mayProbe(m_document, text))
            return false;
        std::string buffer;
        return m_probe.any(text,
                           [&](const RawJson& value) { return m_wanted->accepts(value, buffer); });
    }
    int cost() const override { return 2; }
    bool looksInto(FilterField document) const override { return document == m_document; }

  private:
    bool mayHoldIn(std::string_view text) const {
        if (!m_needle.isIn(text) && !hasEscapes(text))
            return false;
        return m_probe.mayFindIn(text);
    }

    const FilterField m_document;
    const JsonProbe m_probe;
    const std::unique_ptr<const Wanted> m_wanted;
    const ExactSearch m_needle;
};

} // namespace

std::unique_ptr<const FilterMatcher::Test> makeJsonTest(const FilterExpression& expression) {
    return std::make_unique<JsonTest>(expression);
}

} // namespace rewindow
