// Counting the values events have at one place.
#pragma once

#include "base/json_pointer.h"
#include "model/overview/facets.h"
#include "model/overview/value_facet.h"
#include "store/recorded_event.h"

#include <string>
#include <unordered_map>

namespace rewindow {

/// Counts up to so many values apart, and the rest together.
class ValueTally {
  public:
    explicit ValueTally(std::size_t most) : m_most(most) {}

    void add(std::string value, qint64 count = 1);
    Facet facet(std::size_t most) const; ///< the `most` most frequent

  private:
    std::size_t m_most = 0;
    std::unordered_map<std::string, qint64> m_counts;
    qint64 m_untold = 0;
};

/// Looks for one value in an event; a value is told as ValueFacet says.
class ValueFinder {
  public:
    ValueFinder(ValueFacetRequest::Source source, JsonPointer pointer)
        : m_source(source)
        , m_pointer(std::move(pointer)) {}

    std::optional<std::string> operator()(const RecordedEvent& event) const;

  private:
    bool mayHold(std::string_view text) const;

    ValueFacetRequest::Source m_source;
    JsonPointer m_pointer;
};

} // namespace rewindow
