// Counting how many ways there are to spread events so unevenly.
#include "model/statistics/schema_drift.h"

#include <algorithm>

namespace rewindow {

namespace {

constexpr double kChance = 1e-4;

bool appearedLate(const Presence& part, quint32 all) {
    return isNoChance(part.events, part.firstOrdinal - 1, all);
}
bool vanishedEarly(const Presence& part, quint32 all) {
    return isNoChance(part.events, all - part.lastOrdinal, all);
}

} // namespace

/// The share of the ways to choose `seen` of `all` that leave out those `missing`.
bool isNoChance(quint32 seen, quint32 missing, quint32 all) {
    if (missing == 0 || seen == 0)
        return false;
    const quint32 fewer = std::min(seen, missing);
    const quint32 more = std::max(seen, missing);
    double share = 1;
    for (quint32 i = 0; i < fewer; ++i) {
        share *= 1.0 - static_cast<double>(more) / static_cast<double>(all - i);
        if (share < kChance)
            return true;
    }
    return false;
}

std::vector<SchemaDrift> driftOf(const Presence& value, quint32 parentEvents,
                                 std::span<const KindPresence> kinds) {
    using What = SchemaDrift::What;
    std::vector<SchemaDrift> drift;
    if (appearedLate(value, parentEvents))
        drift.push_back({.what = What::Appeared, .position = value.first});
    if (vanishedEarly(value, parentEvents))
        drift.push_back({.what = What::Vanished, .position = value.last});

    std::vector<KindPresence> inOrder(kinds.begin(), kinds.end());
    std::ranges::stable_sort(inOrder, {},
                             [](const KindPresence& kind) { return kind.presence.firstOrdinal; });
    std::vector<ValueKind> replaced;
    for (std::size_t i = 1; i < inOrder.size(); ++i) {
        const KindPresence& kind = inOrder[i];
        if (!appearedLate(kind.presence, value.events))
            continue;
        // The kind that stood there until then, if any gave way.
        const KindPresence* before = nullptr;
        for (std::size_t j = 0; j < i; ++j)
            if (inOrder[j].presence.lastOrdinal < kind.presence.firstOrdinal &&
                vanishedEarly(inOrder[j].presence, value.events) &&
                (!before || inOrder[j].presence.lastOrdinal > before->presence.lastOrdinal))
                before = &inOrder[j];
        if (before)
            replaced.push_back(before->kind);
        drift.push_back({.what = before ? What::KindChanged : What::KindAppeared,
                         .before = before ? before->kind : ValueKind::Null,
                         .kind = kind.kind,
                         .position = kind.presence.first});
    }
    for (const KindPresence& kind : inOrder)
        if (std::ranges::find(replaced, kind.kind) == replaced.end() &&
            vanishedEarly(kind.presence, value.events))
            drift.push_back(
                {.what = What::KindVanished, .kind = kind.kind, .position = kind.presence.last});
    return drift;
}

} // namespace rewindow
