// What changed in a timeline, when, and by which event.

#include "base/json_pointer.h"
#include "model/timeline/change_walk.h"
#include "model/timeline/timeline_private.h"
#include "model/timeline/wanted_places.h"

#include <algorithm>

namespace rewindow {

namespace {

bool isLeaf(const Json* value) {
    return value && (!value->isContainer() || value->size() == 0);
}

/// A leaf that comes, goes or changes. Of a container that is filled its new leaves tell.
bool isLeafChange(const Json* was, const Json* now) {
    const bool isFilled = was && now && was->isContainer() && was->kind() == now->kind();
    return isLeaf(now) || (isLeaf(was) && !isFilled);
}

std::optional<Json> copied(const Json* value) {
    return value ? std::optional(*value) : std::nullopt;
}

bool areEqual(const std::optional<Json>& known, const Json* value) {
    if (!known || !value)
        return !known && !value;
    return known->isSharedWith(*value) || *known == *value;
}

} // namespace

Result<std::vector<std::optional<ChangeIndex::Change>>>
Timeline::Private::lastChanges(const std::vector<JsonPointer>& pointers, StreamVersion version,
                               const CancelToken& cancel) {
    const StreamVersion indexed = index->upTo();
    WantedPlaces wanted(pointers);
    for (StreamVersion end = version; end > indexed && !wanted.areAllFound();) {
        const Checkpoints::Checkpoint start = checkpoints.before(end.previous());
        Json before = start.state;
        const Result<Json> folded = refold(start.state, start.version, end, cancel,
                                           [&](const RecordedEvent& event, const Json& after) {
                                               if (event.version() > indexed)
                                                   wanted.compare(before, after, event.version());
                                               before = after;
                                           });
        if (!folded)
            return std::unexpected(folded.error());
        wanted.settle();
        end = start.version;
    }
    std::vector<std::optional<ChangeIndex::Change>> changes;
    for (std::size_t i = 0; i < pointers.size(); ++i) {
        changes.push_back(wanted.found(i));
        if (!changes.back())
            changes.back() = index->lastChange(pointers[i].toString(), std::min(version, indexed));
    }
    return changes;
}

Result<std::vector<JsonPatchOperation>> Timeline::changes(StreamVersion from, StreamVersion to) {
    // The later state is folded on from the earlier one, and shares what did not change.
    const auto [first, second] = std::minmax(from, to);
    const Result<Json> earlier = d->state(first);
    if (!earlier)
        return std::unexpected(earlier.error());
    const Result<Json> later = d->state(second);
    if (!later)
        return std::unexpected(later.error());
    return from <= to ? jsonDiff(*earlier, *later) : jsonDiff(*later, *earlier);
}

std::optional<SetBy> Timeline::setBy(std::string_view pointer, StreamVersion version) const {
    const StreamVersion asked = std::min(version, d->lastGood());
    std::optional<ChangeIndex::Change> change;
    if (asked <= d->index->upTo()) {
        change = d->index->lastChange(pointer, asked);
    } else if (const Result<JsonPointer> parsed = JsonPointer::parse(pointer)) {
        if (const auto found = d->lastChanges({*parsed}, asked, {}))
            change = found->front();
    }
    if (!change || !change->present)
        return std::nullopt;
    return d->setByAt(change->version);
}

Result<std::vector<std::optional<SetBy>>> Timeline::setBy(const std::vector<JsonPointer>& pointers,
                                                          StreamVersion version,
                                                          const CancelToken& cancel) const {
    const auto changes = d->lastChanges(pointers, std::min(version, d->lastGood()), cancel);
    if (!changes)
        return std::unexpected(changes.error());
    std::vector<std::optional<SetBy>> setters;
    for (const std::optional<ChangeIndex::Change>& change : *changes) {
        setters.push_back(change && change->present ? std::optional(d->setByAt(change->version))
                                                    : std::nullopt);
    }
    return setters;
}

std::shared_ptr<const ChangeIndex> Timeline::index() const {
    return d->index;
}

Result<std::vector<ValueChange>> Timeline::history(const JsonPointer& pointer,
                                                   const CancelToken& cancel) {
    return history(pointer, StreamVersion(0), lastVersion(), cancel);
}

Result<std::vector<ValueChange>> Timeline::history(const JsonPointer& pointer, StreamVersion after,
                                                   StreamVersion upTo, const CancelToken& cancel) {
    for (const StreamVersion end : {after, upTo}) {
        if (const Result<void> checked = d->checkRange(end); !checked)
            return std::unexpected(checked.error());
    }
    Result<Json> start = d->state(after, cancel);
    if (!start)
        return std::unexpected(start.error());
    std::vector<ValueChange> entries;
    std::optional<Json> known = copied(pointer.in(*start));
    const std::string text = pointer.toString();
    const Result<Json> folded =
        d->refold(std::move(*start), after, std::min(upTo, d->lastGood()), cancel,
                  [&](const RecordedEvent& event, const Json& state) {
                      const Json* const value = pointer.in(state);
                      if (!areEqual(known, value)) {
                          entries.push_back({.pointer = text,
                                             .setBy = d->setByAt(event.version()),
                                             .value = copied(value),
                                             .previous = std::move(known)});
                      }
                      known = copied(value);
                  });
    if (!folded)
        return std::unexpected(folded.error());
    d->cursor = {.version = std::min(upTo, d->lastGood()), .state = *folded};
    return entries;
}

Result<std::vector<ValueChange>> Timeline::history(const CancelToken& cancel) {
    Json before = d->checkpoints.before(StreamVersion(0)).state;
    std::vector<ValueChange> entries;
    const Result<Json> folded = d->refold(
        before, StreamVersion(0), d->lastGood(), cancel,
        [&](const RecordedEvent& event, const Json& after) {
            walkChanges(before, after, [&](const Place& place, const Json* was, const Json* now) {
                if (isLeafChange(was, now)) {
                    entries.push_back({.pointer = place.pointer(),
                                       .setBy = d->setByAt(event.version()),
                                       .value = copied(now),
                                       .previous = copied(was)});
                }
                return true;
            });
            before = after;
        });
    if (!folded)
        return std::unexpected(folded.error());
    return entries;
}

} // namespace rewindow
