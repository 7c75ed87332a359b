// Two states side by side, their places aligned.
#include "model/timeline/state_comparison.h"

#include "model/timeline/timeline.h"

#include <algorithm>
#include <utility>

namespace rewindow {

namespace {

constexpr int kDeepest = 200; ///< levels shown; deeper ones are compared whole

class Comparing {
  public:
    explicit Comparing(std::size_t limit) : m_limit(limit) {}

    StateComparison run(const Json& left, const Json& right) {
        m_result.places.push_back({});
        addParts(0, left.isContainer() ? &left : nullptr, right.isContainer() ? &right : nullptr,
                 0);
        ComparedPlace& whole = m_result.places.front();
        whole.left = left;
        whole.right = right;
        whole.difference = m_result.isSame() ? Difference::Same : Difference::Changed;
        return std::move(m_result);
    }

  private:
    /// Its parts, aligned by key or index; whether any of them differs.
    bool addParts(std::size_t parent, const Json* left, const Json* right, int depth) {
        bool differs = false;
        const auto take = [&](std::string key, const Json* before, const Json* now) {
            differs |= add(std::move(key), before, now, parent, depth) != Difference::Same;
        };
        const bool isArray =
            (left ? left : right) && (left ? left : right)->kind() == Json::Kind::Array;
        const std::size_t leftSize = left ? left->size() : 0;
        const std::size_t rightSize = right ? right->size() : 0;
        if (isArray) {
            for (std::size_t i = 0; i < std::max(leftSize, rightSize); ++i)
                take(std::to_string(i), i < leftSize ? &left->at(i) : nullptr,
                     i < rightSize ? &right->at(i) : nullptr);
            return differs;
        }
        for (std::size_t i = 0; i < leftSize; ++i)
            take(std::string(left->keyAt(i)), &left->at(i),
                 right ? right->find(left->keyAt(i)) : nullptr);
        for (std::size_t i = 0; i < rightSize; ++i)
            if (!left || !left->find(right->keyAt(i)))
                take(std::string(right->keyAt(i)), nullptr, &right->at(i));
        return differs;
    }

    Difference add(std::string key, const Json* left, const Json* right, std::size_t parent,
                   int depth) {
        const std::size_t index = m_result.places.size();
        ComparedPlace place;
        place.key = std::move(key);
        place.parent = parent;
        if (left)
            place.left = *left;
        if (right)
            place.right = *right;
        m_result.places.push_back(std::move(place));
        m_result.places[parent].parts.push_back(index);

        const bool alone = !left || !right;
        const bool containers = alone ? (left ? left : right)->isContainer()
                                      : left->isContainer() && left->kind() == right->kind();
        const bool shown = containers && m_result.places.size() < m_limit && depth + 1 < kDeepest;
        if (containers && !shown && (left ? left : right)->size() > 0)
            m_result.isComplete = false;
        Difference difference = !left ? Difference::Added : Difference::Removed;
        if (!alone && !shown)
            difference = *left == *right ? Difference::Same : Difference::Changed;
        const bool counted = !m_within && (alone || !shown) && difference != Difference::Same;
        if (shown) {
            const bool within = std::exchange(m_within, m_within || alone);
            const bool differs = addParts(index, left, right, depth + 1);
            m_within = within;
            if (!alone)
                difference = differs ? Difference::Changed : Difference::Same;
        }
        m_result.places[index].difference = difference;
        m_result.places[index].isDifference = counted;
        if (counted)
            ++(difference == Difference::Added     ? m_result.added
               : difference == Difference::Removed ? m_result.removed
                                                   : m_result.changed);
        return difference;
    }

    std::size_t m_limit;
    bool m_within = false; ///< what came or went whole
    StateComparison m_result;
};

Result<ComparedState> stateAt(Timeline& timeline, const std::optional<StreamVersion>& version) {
    const StreamVersion last = timeline.lastVersion();
    const StreamVersion wanted = std::min(version.value_or(last), last);
    Result<Json> state = timeline.state(wanted);
    if (!state)
        return std::unexpected(state.error());
    return ComparedState{
        .stream = timeline.stream(), .version = wanted, .last = last, .state = std::move(*state)};
}

} // namespace

JsonPointer StateComparison::pointer(std::size_t place) const {
    std::vector<std::size_t> way;
    for (; place != 0; place = places[place].parent)
        way.push_back(place);
    JsonPointer pointer;
    for (auto step = way.rbegin(); step != way.rend(); ++step)
        pointer = pointer.child(places[*step].key);
    return pointer;
}

StateComparison compareStates(const Json& left, const Json& right, std::size_t limit) {
    return Comparing(limit).run(left, right);
}

Result<ComparedStates> compareStreams(EventReader& reader,
                                      const std::shared_ptr<const Domain>& domain,
                                      const ComparedSide& left, const ComparedSide& right,
                                      const CancelToken& cancel) {
    Result<Timeline> timeline = Timeline::replay(reader, domain, left.stream, {}, cancel);
    if (!timeline)
        return std::unexpected(timeline.error());
    Result<ComparedState> one = stateAt(*timeline, left.version);
    if (!one)
        return std::unexpected(one.error());
    if (right.stream != left.stream) {
        timeline = Timeline::replay(reader, domain, right.stream, {}, cancel);
        if (!timeline)
            return std::unexpected(timeline.error());
    }
    Result<ComparedState> other = stateAt(*timeline, right.version);
    if (!other)
        return std::unexpected(other.error());
    StateComparison comparison = compareStates(one->state, other->state);
    return ComparedStates{std::move(*one), std::move(*other), std::move(comparison)};
}

} // namespace rewindow
