#include "model/items/state_changes.h"

#include "base/json_pointer.h"

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kDeepest = 200; ///< deeper places are reported as part of this one
constexpr std::size_t kComparedPerPlace = 100;

class Comparison {
  public:
    explicit Comparison(std::size_t limit) : m_limit(limit), m_budget(limit * kComparedPerPlace) {}

    void compare(const std::string& pointer, const Json& before, const Json& now, int depth) {
        if (before.isSharedWith(now) || isFull())
            return;
        const bool descend =
            before.isContainer() && before.kind() == now.kind() && depth < kDeepest;
        if (!descend) {
            if (depth == kDeepest || !(before == now))
                add(pointer, &before, &now);
        } else if (now.kind() == Json::Kind::Object) {
            compareMembers(pointer, before, now, depth);
        } else {
            compareElements(pointer, before, now, depth);
        }
    }

    ChangedPlaces take() { return std::move(m_changes); }

  private:
    void compareMembers(const std::string& pointer, const Json& before, const Json& now,
                        int depth) {
        for (std::size_t i = 0; i < now.size() && !isFull(); ++i) {
            const std::string place = pointer + '/' + escapedPointerToken(now.keyAt(i));
            if (const Json* old = before.find(now.keyAt(i)))
                compare(place, *old, now.at(i), depth + 1);
            else
                add(place, nullptr, &now.at(i));
        }
        for (std::size_t i = 0; i < before.size() && !isFull(); ++i)
            if (!now.find(before.keyAt(i)))
                add(pointer + '/' + escapedPointerToken(before.keyAt(i)), &before.at(i), nullptr);
    }

    void compareElements(const std::string& pointer, const Json& before, const Json& now,
                         int depth) {
        const std::size_t both = std::min(before.size(), now.size());
        for (std::size_t i = 0; i < std::max(before.size(), now.size()) && !isFull(); ++i) {
            const std::string place = pointer + '/' + std::to_string(i);
            if (i < both)
                compare(place, before.at(i), now.at(i), depth + 1);
            else if (i < now.size())
                add(place, nullptr, &now.at(i));
            else
                add(place, &before.at(i), nullptr);
        }
    }

    void add(const std::string& pointer, const Json* before, const Json* now) {
        m_changes.places.push_back({pointer, before, now});
    }

    bool isFull() {
        if (m_budget > 0 && m_changes.places.size() < m_limit) {
            --m_budget;
            return false;
        }
        m_changes.complete = false;
        return true;
    }

    std::size_t m_limit;
    std::size_t m_budget;
    ChangedPlaces m_changes;
};

} // namespace

ChangedPlaces changedPlaces(const Json& before, const Json& now, std::size_t limit) {
    Comparison comparison(limit);
    comparison.compare({}, before, now, 0);
    return comparison.take();
}

} // namespace rewindow
