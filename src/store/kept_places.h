// Places in a store that a person marked, or was at: kept on this machine, beside the store.
#pragma once

#include "base/error.h"
#include "base/timestamp.h"

#include <QString>

#include <vector>

namespace rewindow {

/// A place with a name and a note. What the place is, is told by its link; here it is text.
struct Bookmark {
    qint64 id = 0; ///< 0: not kept yet
    QString name;
    QString note;
    QString link;
    Timestamp madeAt;
    bool operator==(const Bookmark&) const = default;
};

/// A place that was looked at.
struct RecentPlace {
    QString key; ///< places that are one and the same to a person have the same
    QString link;
    bool operator==(const RecentPlace&) const = default;
};

/// Belongs to its Workspace's thread. Several windows and processes may share one; each call is a
/// transaction of its own and fails with Storage when the file does.
class KeptPlaces {
  public:
    static constexpr int kMostRecent = 50;

    virtual ~KeptPlaces() = default;

    /// Those made last first.
    virtual Result<std::vector<Bookmark>> bookmarks() = 0;
    /// Keeps a new one, or writes over that of the same id; one that was removed is there again
    /// under its id. Returns it as it is kept.
    virtual Result<Bookmark> keep(const Bookmark& bookmark) = 0;
    /// One that is not there is none to remove: no failure.
    virtual Result<void> remove(qint64 id) = 0;

    /// The latest first, no more than kMostRecent.
    virtual Result<std::vector<RecentPlace>> recent() = 0;
    /// Puts it first, in the place of any with its key; forgets the oldest beyond kMostRecent.
    virtual Result<void> visit(const RecentPlace& place) = 0;
    virtual Result<void> forgetRecent() = 0;
};

} // namespace rewindow
