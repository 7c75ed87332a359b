// Random JSON values, the same for the same seed.
#pragma once

#include "base/json.h"

#include <random>
#include <string>
#include <vector>

namespace rewindow::test {

class RandomJson {
  public:
    /// Other implementations hold numbers as doubles, and refuse what is beyond them.
    enum class Numbers { Any, ThatDoublesHold };

    explicit RandomJson(unsigned seed, Numbers numbers = Numbers::Any)
        : m_random(seed)
        , m_numbers(numbers) {}

    int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(m_random); }

    /// From a small set, so that two values have keys in common.
    std::string key() {
        static const std::vector<std::string> keys = {"a",   "b",   "c",    "id", "name", "",
                                                      "a/b", "m~n", "ключ", "0",  "items"};
        return keys[static_cast<std::size_t>(below(static_cast<int>(keys.size())))];
    }

    Json number() {
        switch (below(m_numbers == Numbers::Any ? 6 : 3)) {
        case 0:
            return Json(below(3));
        case 1:
            return Json::number(std::to_string(below(1000)) + ".50");
        case 2:
            return Json::number("-0");
        case 3:
            return Json::number("1e" + std::to_string(below(400)));
        case 4:
            return Json::number(std::string(static_cast<std::size_t>(1 + below(300)), '7'));
        default:
            return Json(qint64(m_random()) << below(31));
        }
    }

    Json string() {
        static const std::vector<std::string> strings = {
            "",     "x",  "quote \" and \\", std::string("zero\0inside", 11), "tab\tand\nline",
            "שלום", "💶 €"};
        return Json(strings[static_cast<std::size_t>(below(static_cast<int>(strings.size())))]);
    }

    /// Containers nest at most `depth` levels.
    Json value(int depth) {
        switch (below(depth > 0 ? 8 : 5)) {
        case 0:
            return Json();
        case 1:
            return Json(below(2) == 0);
        case 2:
        case 3:
            return number();
        case 4:
            return string();
        case 5: {
            std::vector<Json> elements;
            for (int i = below(5); i > 0; --i)
                elements.push_back(value(depth - 1));
            return Json::array(std::move(elements));
        }
        default:
            return object(depth);
        }
    }

    Json object(int depth) {
        Json object = Json::object();
        for (int i = below(6); i > 0; --i)
            object = std::move(object).with(key(), value(depth - 1));
        return object;
    }

    /// `value` with a few things changed somewhere in it.
    Json altered(const Json& value, int depth) {
        if (below(5) == 0 || !value.isContainer())
            return this->value(depth);
        Json changed = value;
        for (int i = below(3); i >= 0; --i)
            changed = value.kind() == Json::Kind::Object ? alteredObject(std::move(changed), depth)
                                                         : alteredArray(std::move(changed), depth);
        return changed;
    }

  private:
    Json alteredObject(Json object, int depth) {
        const std::string where = key();
        const Json* there = object.find(where);
        if (there && below(3) == 0)
            return std::move(object).without(where);
        const Json changed = there ? altered(*there, depth - 1) : value(depth - 1);
        return std::move(object).with(where, changed);
    }

    Json alteredArray(Json array, int depth) {
        const auto size = static_cast<int>(array.size());
        const auto at = static_cast<std::size_t>(below(size + 1));
        if (size == 0 || below(3) == 0)
            return array.withInserted(at, value(depth - 1));
        const std::size_t element = at % array.size();
        if (below(2) == 0)
            return array.withoutElement(element);
        return array.withElement(element, altered(array.at(element), depth - 1));
    }

    std::mt19937 m_random;
    Numbers m_numbers;
};

} // namespace rewindow::test
