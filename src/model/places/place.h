// Where one can go, as a list offers it.
#pragma once

#include "model/moment/moment.h"
#include "model/places/fuzzy_match.h"

#include <QString>

#include <vector>

namespace rewindow {

enum class PlaceKind {
    Link,
    Position,
    Event,
    Stream,
    ViewRow,
    Recent,
    Bookmark,
    SavedFilter,
    EventType,
    Command
};

/// A candidate: a value. Its texts come from the store as they are, and are plain text.
struct Place {
    PlaceKind kind = PlaceKind::Stream;
    QString title;
    QString detail;
    std::vector<TextSpan> matched; ///< what of the title was asked for
    Moment moment;                 ///< to go to
    QString command;               ///< to present there; of PlaceKind::Command alone

    int tier = 0;  ///< lower ones come first
    int score = 0; ///< within a tier; higher ones come first

    /// The same for one and the same place of one search.
    QString identity() const;
};

/// What a person would call that moment: a stream, "Log: type:OrderPaid", "#1,234".
QString titleOf(const Moment& moment);
/// When it is, and what else there is to it; may be empty.
QString detailOf(const Moment& moment);
/// Moments that are one place to a person have the same: whatever version of one stream. Empty for
/// those that are nowhere in particular.
QString placeKeyOf(const Moment& moment);

/// Adds places to those there are, in place of those of the same identity, and orders all of them;
/// of recent places that are found otherwise too the recent ones stay. The best `limit` stay.
void addPlaces(std::vector<Place>& places, std::vector<Place> more, std::size_t limit);

} // namespace rewindow
