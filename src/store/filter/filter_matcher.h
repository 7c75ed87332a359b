// Answering a filter for one event after another.
#pragma once

#include "store/filter/filter_expression.h"
#include "store/filter/filter_subject.h"

#include <memory>

namespace rewindow {

/// A filter made ready. Payloads are looked into only where their bytes do not already rule a hit
/// out, and checked for being JSON only where that decides. Belongs to one thread.
class FilterMatcher {
  public:
    explicit FilterMatcher(const FilterExpression& expression);
    ~FilterMatcher();
    FilterMatcher(FilterMatcher&&) noexcept;
    FilterMatcher& operator=(FilterMatcher&&) noexcept;

    /// A payload or metadata that is no JSON has no values in it.
    bool matches(const FilterSubject& event) const;

    class Test; ///< one node of the tree

  private:
    std::unique_ptr<const Test> m_test;
    bool m_looksIntoBoth = false; ///< payload and metadata
};

} // namespace rewindow
