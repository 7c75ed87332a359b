// Tests of columns, of free text, and their combinations.
#include "store/filter/filter_matcher.h"

#include "base/json.h"
#include "base/json_number.h"
#include "store/filter/byte_search.h"
#include "store/filter/filter_test.h"

#include <algorithm>
#include <vector>

namespace rewindow {

namespace {

using Test = FilterMatcher::Test;
using TestPointer = std::unique_ptr<const Test>;

enum Cost { Column, SearchedText, Document };

class ColumnTest : public Test {
  public:
    int cost() const override { return Column; }
    bool looksInto(FilterField) const override { return false; }
};

class TextTest final : public ColumnTest {
  public:
    TextTest(FilterField field, FilterOperator comparison, const QString& text)
        : m_field(field)
        , m_comparison(comparison)
        , m_text(text.toStdString()) {}
    bool holds(FilterAttempt& attempt) const override {
        const std::string_view text = attempt.event().text(m_field);
        if (!isOrdering(m_comparison))
            return text == m_text;
        return isWanted(m_comparison, text <=> std::string_view(m_text));
    }

  private:
    const FilterField m_field;
    const FilterOperator m_comparison;
    const std::string m_text;
};

class PatternTest final : public ColumnTest {
  public:
    PatternTest(FilterField field, const FilterPattern& pattern)
        : m_field(field)
        , m_pattern(pattern) {}
    bool holds(FilterAttempt& attempt) const override {
        return m_pattern.fits(attempt.event().text(m_field));
    }

  private:
    const FilterField m_field;
    const BytePattern m_pattern;
};

class NumberTest final : public ColumnTest {
  public:
    NumberTest(FilterField field, FilterOperator comparison, qint64 number)
        : m_field(field)
        , m_comparison(comparison)
        , m_number(number) {}
    bool holds(FilterAttempt& attempt) const override {
        return isWanted(m_comparison, attempt.event().number(m_field) <=> m_number);
    }

  private:
    const FilterField m_field;
    const FilterOperator m_comparison;
    const qint64 m_number;
};

class TimeTest final : public ColumnTest {
  public:
    TimeTest(FilterOperator comparison, FilterTime time)
        : m_comparison(comparison)
        , m_time(std::move(time)) {}
    bool holds(FilterAttempt& attempt) const override {
        return isWanted(m_comparison,
                        compareTimes(attempt.event().number(FilterField::Time), m_time));
    }

  private:
    const FilterOperator m_comparison;
    const FilterTime m_time;
};

/// That a text is there at all.
class PresentTest final : public ColumnTest {
  public:
    explicit PresentTest(FilterField field) : m_field(field) {}
    bool holds(FilterAttempt& attempt) const override {
        return !attempt.event().text(m_field).empty();
    }

  private:
    const FilterField m_field;
};

class SearchTest final : public Test {
  public:
    explicit SearchTest(const QString& text) : m_search(text.toStdString()) {}
    bool holds(FilterAttempt& attempt) const override {
        return std::ranges::any_of(kSearched, [&](FilterField field) {
            return m_search.isIn(attempt.event().text(field));
        });
    }
    int cost() const override { return SearchedText; }
    bool looksInto(FilterField) const override { return false; }

  private:
    static constexpr std::array kSearched{FilterField::Type, FilterField::Stream, FilterField::Data,
                                          FilterField::Meta};
    const CaselessSearch m_search;
};

class NotTest final : public Test {
  public:
    explicit NotTest(TestPointer part) : m_part(std::move(part)) {}
    bool holds(FilterAttempt& attempt) const override { return !m_part->holds(attempt); }
    int cost() const override { return m_part->cost(); }
    bool looksInto(FilterField document) const override { return m_part->looksInto(document); }

  private:
    const TestPointer m_part;
};

/// All or any of its parts, the quick ones first.
class JoinedTest final : public Test {
  public:
    JoinedTest(std::vector<TestPointer> parts, bool wantsAll)
        : m_parts(std::move(parts))
        , m_wantsAll(wantsAll) {
        std::ranges::stable_sort(m_parts, {}, [](const TestPointer& part) { return part->cost(); });
    }
    bool holds(FilterAttempt& attempt) const override {
        for (const TestPointer& part : m_parts)
            if (part->holds(attempt) != m_wantsAll)
                return !m_wantsAll;
        return m_wantsAll;
    }
    int cost() const override { return m_parts.empty() ? 0 : m_parts.back()->cost(); }
    bool looksInto(FilterField document) const override {
        return std::ranges::any_of(
            m_parts, [document](const TestPointer& part) { return part->looksInto(document); });
    }

  private:
    std::vector<TestPointer> m_parts;
    const bool m_wantsAll;
};

TestPointer makeComparison(const FilterExpression& expression) {
    const FilterField field = expression.place().field;
    const FilterOperator comparison = expression.comparison();
    if (kindOf(field) == FilterFieldKind::Json)
        return makeJsonTest(expression);
    if (const auto* pattern = std::get_if<FilterPattern>(&expression.value()))
        return std::make_unique<PatternTest>(field, *pattern);
    if (const auto* time = std::get_if<FilterTime>(&expression.value()))
        return std::make_unique<TimeTest>(comparison, *time);
    if (const auto* number = std::get_if<FilterNumber>(&expression.value()))
        return std::make_unique<NumberTest>(
            field, comparison, json::integerOf(number->text.toStdString()).value_or(0));
    return std::make_unique<TextTest>(field, comparison, textOf(expression.value()));
}

} // namespace

std::unique_ptr<const Test> makeTest(const FilterExpression& expression) {
    using Kind = FilterExpression::Kind;
    switch (expression.kind()) {
    case Kind::All:
    case Kind::Any: {
        std::vector<TestPointer> parts;
        for (const FilterExpression& part : expression.parts())
            parts.push_back(makeTest(part));
        return std::make_unique<JoinedTest>(std::move(parts), expression.kind() == Kind::All);
    }
    case Kind::Not:
        return std::make_unique<NotTest>(makeTest(expression.parts().front()));
    case Kind::Comparison: {
        TestPointer test = makeComparison(expression);
        if (expression.comparison() == FilterOperator::NotEqual)
            return std::make_unique<NotTest>(std::move(test));
        return test;
    }
    case Kind::Presence:
        if (!expression.place().path.isEmpty())
            return makeJsonTest(expression);
        return std::make_unique<PresentTest>(expression.place().field);
    case Kind::Search:
        return std::make_unique<SearchTest>(expression.text());
    }
    Q_UNREACHABLE();
}

bool FilterAttempt::mayProbe(FilterField document, std::string_view text) {
    if (m_isAbsent)
        return false;
    if (!m_checksFirst) {
        m_hasProbed = true;
        m_probed = text;
        return true;
    }
    Validity& known = document == FilterField::Data ? m_data : m_meta;
    if (known == Validity::Unknown)
        known = isJson(text) ? Validity::Json : Validity::NoJson;
    return known == Validity::Json;
}

bool FilterAttempt::isJsonProbed() const {
    return isJson(m_probed);
}

FilterMatcher::FilterMatcher(const FilterExpression& expression)
    : m_test(makeTest(expression))
    , m_looksIntoBoth(m_test->looksInto(FilterField::Data) &&
                      m_test->looksInto(FilterField::Meta)) {}

FilterMatcher::~FilterMatcher() = default;
FilterMatcher::FilterMatcher(FilterMatcher&&) noexcept = default;
FilterMatcher& FilterMatcher::operator=(FilterMatcher&&) noexcept = default;

bool FilterMatcher::matches(const FilterSubject& event) const {
    FilterAttempt attempt(event, m_looksIntoBoth);
    const bool found = m_test->holds(attempt);
    if (!attempt.hasProbed())
        return found;
    // What a text that is no JSON was taken to hold does not count. Whether it is JSON is costly to
    // say, and matters only where without it the answer would be another one.
    attempt.takeForAbsent();
    const bool foundWithout = m_test->holds(attempt);
    return found == foundWithout || attempt.isJsonProbed() ? found : foundWithout;
}

} // namespace rewindow
