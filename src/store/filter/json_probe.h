// Values at a path of a JSON text, found without making a tree of it.
#pragma once

#include "base/json.h"
#include "store/filter/byte_search.h"
#include "store/filter/filter_path.h"

#include <string>
#include <string_view>
#include <vector>

namespace rewindow {

/// A value as it stands in a JSON text.
class RawJson {
  public:
    /// The text may go on after the value.
    explicit RawJson(std::string_view startingHere) : m_text(startingHere) {}

    Json::Kind kind() const;
    bool isTrue() const { return m_text.starts_with('t'); }
    std::string_view number() const;
    /// A string's content; `buffer` holds it where escapes have to be read.
    std::string_view string(std::string& buffer) const;
    /// The value as it stands there, quotes and all.
    std::string_view text() const;

  private:
    std::string_view m_text;
};

/// Finds what Json::parse() would find, of a repeated key the last. What it says of a text that is
/// no JSON means nothing, but costs no more than of one that is.
class JsonProbe {
  public:
    explicit JsonProbe(const FilterPath& path);

    /// Whether `fits(RawJson)` says so of one of the values there.
    template <class Fits>
    bool any(std::string_view text, const Fits& fits) const {
        return anyFrom(0, text, fits);
    }

    /// Whether there may be a value; false is certain. Much quicker than looking for it.
    bool mayFindIn(std::string_view text) const;

  private:
    template <class Fits>
    bool anyFrom(std::size_t step, std::string_view value, const Fits& fits) const;
    static std::string_view memberOf(std::string_view object, std::string_view name);
    static std::string_view elementsOf(std::string_view array);
    /// Goes from one element to the next; empty where there is none.
    static std::string_view afterElement(std::string_view element);

    std::vector<FilterPath::Step> m_steps;
    ExactSearch m_longestName;
};

template <class Fits>
bool JsonProbe::anyFrom(std::size_t step, std::string_view value, const Fits& fits) const {
    for (; step < m_steps.size(); ++step) {
        if (const auto* name = std::get_if<std::string>(&m_steps[step])) {
            value = memberOf(value, *name);
        } else if (const auto* index = std::get_if<std::size_t>(&m_steps[step])) {
            value = elementsOf(value);
            for (std::size_t i = 0; i < *index && !value.empty(); ++i)
                value = afterElement(value);
        } else {
            for (value = elementsOf(value); !value.empty(); value = afterElement(value))
                if (anyFrom(step + 1, value, fits))
                    return true;
            return false;
        }
        if (value.empty())
            return false;
    }
    return fits(RawJson(value));
}

} // namespace rewindow
