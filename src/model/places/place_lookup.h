// Finding places in a store by what was typed: by key where there is one.
#pragma once

#include "base/cancel_token.h"
#include "model/places/place.h"
#include "model/session/session.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace rewindow {

/// What is looked for, with all a lane has to know of the session.
struct PlaceQuestion {
    QString text; ///< trimmed, not empty
    Moment from;  ///< places are gone to from here
    GlobalPosition head;
    QStringList streamTypes; ///< a stream may be named without its type
    std::vector<ViewState> views;
};

/// "1234", "#1234", "1,234": a position of the log, if it lies within it.
std::optional<GlobalPosition> positionIn(const QString& text, GlobalPosition head);
Place placeOfPosition(GlobalPosition position, const Moment& from);
Place placeOfType(const QString& type, const Moment& from);

/// The event of that id or position, the stream of that name and those it begins, rows of views
/// likewise: a bounded number of look-ups by key, milliseconds whatever the size of the log. What
/// one of them fails with is what this fails with.
Result<std::vector<Place>> lookUpPlaces(Store& store, const PlaceQuestion& question,
                                        const CancelToken& cancel);

/// Streams that have the text anywhere in their names, the first few in the order of names. Looks
/// at all names where there are none: to be run where it can take its time.
Result<std::vector<Place>> findStreams(Store& store, const PlaceQuestion& question,
                                       const CancelToken& cancel);

/// The types of the log's last events: by key, at once.
Result<QStringList> latestTypes(Store& store, GlobalPosition head, const CancelToken& cancel);

} // namespace rewindow
