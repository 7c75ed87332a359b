// Two states side by side, their places aligned.
#pragma once

#include "base/cancel_token.h"
#include "base/json.h"
#include "base/json_pointer.h"
#include "base/ordinals.h"
#include "model/domain/domain.h"
#include "model/moment/compared_side.h"

#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rewindow {

class EventReader;

enum class Difference {
    Same,
    Added,   ///< at the right only
    Removed, ///< at the left only
    Changed, ///< of a container: something in it differs
};

/// A place in either state, or in both.
struct ComparedPlace {
    std::string key; ///< of the object's member, or the element's index
    std::optional<Json> left;
    std::optional<Json> right;
    Difference difference = Difference::Same;
    bool isDifference = false;      ///< one that is counted: what lies in it is part of it
    std::size_t parent = 0;         ///< of StateComparison::places
    std::vector<std::size_t> parts; ///< the left one's members first, elements by their index
};

struct StateComparison {
    std::vector<ComparedPlace> places; ///< each before its parts; the first is the whole state
    bool isComplete = true;            ///< false: too large to be shown whole; all is compared
    int added = 0;
    int removed = 0;
    int changed = 0;

    JsonPointer pointer(std::size_t place) const;
    bool isSame() const { return added == 0 && removed == 0 && changed == 0; }
};

/// A whole state that is no object and no array counts as one without places. After `limit` places
/// containers are compared without showing their parts.
StateComparison compareStates(const Json& left, const Json& right, std::size_t limit = 20'000);

struct ComparedState {
    QString stream;
    StreamVersion version;
    StreamVersion last;
    Json state;
};

struct ComparedStates {
    ComparedState left;
    ComparedState right;
    StateComparison comparison;
};

/// Replays both, one stream only once. A version beyond the last is the last. Fails with NotFound
/// for a stream without events, with Cancelled, and with what the reader fails with.
Result<ComparedStates> compareStreams(EventReader& reader,
                                      const std::shared_ptr<const Domain>& domain,
                                      const ComparedSide& left, const ComparedSide& right,
                                      const CancelToken& cancel = {});

} // namespace rewindow
