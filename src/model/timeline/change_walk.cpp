// Which places of a state changed from one version to the next.

#include "model/timeline/change_walk.h"

#include "base/json_pointer.h"
#include "base/json_walk.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <ranges>
#include <vector>

namespace rewindow {

namespace {

/// Steps over the members that two containers share page by page. Where nothing is shared, asking
/// at each member would cost more than it saves.
class SharedRuns {
  public:
    SharedRuns(const Json& before, const Json& after) : m_before(before), m_after(after) {}

    /// How many to step over at `index`; indexes are asked for in ascending order.
    std::size_t at(std::size_t index) {
        if (index < m_nextLook || index >= std::min(m_before.size(), m_after.size()))
            return 0;
        const std::size_t run = sharedRun(m_before, index, m_after, index);
        m_nextLook = index + (run > 0 ? run : kStride);
        return run;
    }

  private:
    static constexpr std::size_t kStride = 16;
    const Json& m_before;
    const Json& m_after;
    std::size_t m_nextLook = 0;
};

bool haveSameMembers(const Json& before, const Json& after) {
    if (before.size() != after.size())
        return false;
    if (before.kind() == Json::Kind::Array)
        return true;
    SharedRuns shared(before, after);
    for (std::size_t i = 0; i < before.size();) {
        if (const std::size_t run = shared.at(i)) {
            i += run;
            continue;
        }
        const std::string_view key = before.keyAt(i);
        if (after.keyAt(i) != key && !after.find(key))
            return false;
        ++i;
    }
    return true;
}

class Walk {
  public:
    explicit Walk(const ChangeVisitor& visit) : m_visit(visit) {}

    qint64 looked() const { return m_looked; }

    void compare(const Place& place, const Json* before, const Json* after) {
        if (m_stopped || (before && after && before->isSharedWith(*after)))
            return;
        ++m_looked;
        if (before && after && before->kind() == after->kind()) {
            switch (before->kind()) {
            case Json::Kind::Object:
                compareObjects(place, *before, *after);
                return;
            case Json::Kind::Array:
                compareArrays(place, *before, *after);
                return;
            default:
                if (!(*before == *after))
                    report(place, before, after);
                return;
            }
        }
        report(place, before, after);
        compareUnlike(place, before, after);
    }

  private:
    void report(const Place& place, const Json* before, const Json* after) {
        if (!m_stopped)
            m_stopped = !m_visit(place, before, after);
    }

    void compareObjects(const Place& place, const Json& before, const Json& after) {
        bool reported = before.size() != after.size();
        if (reported)
            report(place, &before, &after);
        std::size_t found = 0;
        SharedRuns shared(before, after);
        for (std::size_t i = 0; i < before.size() && !m_stopped; ++i) {
            ++m_looked;
            if (const std::size_t run = shared.at(i)) {
                found += run;
                i += run - 1;
                continue;
            }
            const std::string_view key = before.keyAt(i);
            const Json& was = before.at(i);
            const bool inPlace = i < after.size() && after.keyAt(i) == key;
            const Json* now = inPlace ? &after.at(i) : after.find(key);
            if (now) {
                ++found;
                if (was.isSharedWith(*now))
                    continue;
            } else if (!reported) {
                report(place, &before, &after);
                reported = true;
            }
            compare({.parent = &place, .key = key}, &was, now);
        }
        if (found == after.size())
            return;
        SharedRuns sharedAgain(before, after);
        for (std::size_t i = 0; i < after.size() && !m_stopped; ++i) {
            ++m_looked;
            if (const std::size_t run = sharedAgain.at(i)) {
                i += run - 1;
                continue;
            }
            const std::string_view key = after.keyAt(i);
            const bool inPlace = i < before.size() && before.keyAt(i) == key;
            if (!inPlace && !before.find(key))
                compare({.parent = &place, .key = key}, nullptr, &after.at(i));
        }
    }

    void compareArrays(const Place& place, const Json& before, const Json& after) {
        if (before.size() != after.size())
            report(place, &before, &after);
        const std::size_t longer = std::max(before.size(), after.size());
        SharedRuns shared(before, after);
        for (std::size_t i = 0; i < longer && !m_stopped; ++i) {
            ++m_looked;
            if (const std::size_t run = shared.at(i)) {
                i += run - 1;
                continue;
            }
            const Json* was = i < before.size() ? &before.at(i) : nullptr;
            const Json* now = i < after.size() ? &after.at(i) : nullptr;
            if (!was || !now || !was->isSharedWith(*now))
                compare({.parent = &place, .index = i}, was, now);
        }
    }

    /// One of them may be missing or a scalar, or one is an object and the other an array: members
    /// then meet by what a pointer calls them.
    void compareUnlike(const Place& place, const Json* before, const Json* after) {
        forEachMember(place, before, [&](const Place& member, const Json& was) {
            compare(member, &was, valueBelow(after, member));
        });
        forEachMember(place, after, [&](const Place& member, const Json& now) {
            if (!valueBelow(before, member))
                compare(member, nullptr, &now);
        });
    }

    template <class Visit>
    void forEachMember(const Place& place, const Json* container, const Visit& visit) {
        if (!container || !container->isContainer())
            return;
        const bool isObject = container->kind() == Json::Kind::Object;
        for (std::size_t i = 0; i < container->size() && !m_stopped; ++i) {
            ++m_looked;
            Place member{.parent = &place};
            if (isObject)
                member.key = container->keyAt(i);
            else
                member.index = i;
            visit(member, container->at(i));
        }
    }

    const ChangeVisitor& m_visit;
    qint64 m_looked = 0;
    bool m_stopped = false;
};

} // namespace

std::optional<std::size_t> indexOfToken(std::string_view token) {
    std::size_t index = 0;
    const char* const end = token.data() + token.size();
    const auto [stopped, error] = std::from_chars(token.data(), end, index);
    const bool canonical = token.size() == 1 || (!token.empty() && token.front() != '0');
    if (error != std::errc() || stopped != end || !canonical)
        return std::nullopt;
    return index;
}

std::string Place::pointer() const {
    std::vector<const Place*> steps;
    for (const Place* step = this; step->parent; step = step->parent)
        steps.push_back(step);
    std::string text;
    for (const Place* step : steps | std::views::reverse) {
        text += '/';
        text += step->isIndex() ? std::to_string(step->index) : escapedPointerToken(step->key);
    }
    return text;
}

const Json* valueBelow(const Json* container, const Place& step) {
    if (!container)
        return nullptr;
    if (container->kind() == Json::Kind::Object)
        return step.isIndex() ? container->find(std::to_string(step.index))
                              : container->find(step.key);
    if (container->kind() != Json::Kind::Array)
        return nullptr;
    const std::optional<std::size_t> index =
        step.isIndex() ? std::optional(step.index) : indexOfToken(step.key);
    return index && *index < container->size() ? &container->at(*index) : nullptr;
}

bool isUnchangedPlace(const Json* before, const Json* after) {
    if (!before || !after)
        return before == after;
    if (before->isSharedWith(*after))
        return true;
    if (before->kind() != after->kind())
        return false;
    return before->isContainer() ? haveSameMembers(*before, *after) : *before == *after;
}

qint64 walkChanges(const Json& before, const Json& after, const ChangeVisitor& visit) {
    Walk walk(visit);
    walk.compare(Place{}, &before, &after);
    return walk.looked();
}

} // namespace rewindow
