// A place in a payload or in metadata, or several: `.items[*].sku`.
#pragma once

#include "base/json.h"
#include "base/json_pointer.h"

#include <QString>

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace rewindow {

/// Steps from the whole value inwards.
class FilterPath {
  public:
    struct Every { ///< each element of an array
        bool operator==(const Every&) const = default;
    };
    /// A member by its name, an element by its index from 0, or every element.
    using Step = std::variant<std::string, std::size_t, Every>;

    FilterPath() = default;
    explicit FilterPath(std::vector<Step> steps) : m_steps(std::move(steps)) {}
    /// The path of the value at `pointer` in `root`: a token of an array is an index.
    static FilterPath of(const JsonPointer& pointer, const Json& root);

    const std::vector<Step>& steps() const { return m_steps; }
    bool isEmpty() const { return m_steps.empty(); }
    QString toString() const; ///< ".items[*].\"unit price\""

    bool operator==(const FilterPath&) const = default;

  private:
    std::vector<Step> m_steps;
};

} // namespace rewindow
