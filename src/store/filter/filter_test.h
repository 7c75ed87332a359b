// Of FilterMatcher: the nodes a filter is made ready as.
#pragma once

#include "store/filter/filter_matcher.h"

#include <memory>

namespace rewindow {

/// What is known of the event at hand.
class FilterAttempt {
  public:
    FilterAttempt(const FilterSubject& event, bool checksFirst)
        : m_event(event)
        , m_checksFirst(checksFirst) {}

    const FilterSubject& event() const { return m_event; }

    /// Whether the values of a document may be looked at. Says so of each that is JSON; and of one
    /// that was not checked, where that is to be done afterwards.
    bool mayProbe(FilterField document, std::string_view text);
    /// After looking at an unchecked document, and before looking at it for good.
    bool hasProbed() const { return m_hasProbed; }
    void takeForAbsent() { m_isAbsent = true; }
    bool isJsonProbed() const;

  private:
    enum class Validity : unsigned char { Unknown, Json, NoJson };

    const FilterSubject& m_event;
    const bool m_checksFirst;
    bool m_isAbsent = false;
    bool m_hasProbed = false;
    std::string_view m_probed;
    Validity m_data = Validity::Unknown;
    Validity m_meta = Validity::Unknown;
};

class FilterMatcher::Test {
  public:
    virtual ~Test() = default;
    virtual bool holds(FilterAttempt& attempt) const = 0;
    /// Roughly how long it takes; what takes less is asked first.
    virtual int cost() const = 0;
    /// Whether it looks into the payload or the metadata.
    virtual bool looksInto(FilterField document) const = 0;
};

std::unique_ptr<const FilterMatcher::Test> makeTest(const FilterExpression& expression);
/// Of a comparison or `has:` of payload or metadata.
std::unique_ptr<const FilterMatcher::Test> makeJsonTest(const FilterExpression& expression);

/// Whether an order is one of those a comparison asks for. NotEqual is made of Equal.
inline bool isWanted(FilterOperator comparison, std::strong_ordering order) {
    switch (comparison) {
    case FilterOperator::Less:
        return order < 0;
    case FilterOperator::LessOrEqual:
        return order <= 0;
    case FilterOperator::Greater:
        return order > 0;
    case FilterOperator::GreaterOrEqual:
        return order >= 0;
    default:
        return order == 0;
    }
}

/// How a point in time compares to a stretch.
inline std::strong_ordering compareTimes(qint64 microseconds, const FilterTime& time) {
    if (microseconds < time.from.microseconds())
        return std::strong_ordering::less;
    return microseconds < time.to.microseconds() ? std::strong_ordering::equal
                                                 : std::strong_ordering::greater;
}

} // namespace rewindow
