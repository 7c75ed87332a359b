// The marked events of a log: bookmarks of nothing but an event's place in it.
#pragma once

#include "base/cancel_token.h"
#include "model/items/log_model.h"
#include "model/moment/moment.h"
#include "store/event_filter.h"

#include <QObject>
#include <QSet>

#include <functional>
#include <optional>

namespace rewindow {

class BookmarksModel;
class Session;
struct Bookmark;

/// Shows what the bookmarks say; marking and unmarking make and remove them, so that they stand in
/// one list with the other marked places, and are undone as those are. Lives on the UI thread.
class LogMarks : public QObject {
    Q_OBJECT

  public:
    /// Both outlive it.
    LogMarks(Session& session, BookmarksModel& bookmarks, QObject* parent = nullptr);

    const MarkedEvents& events() const { return m_events; }
    bool isMarked(GlobalPosition position) const { return m_events.contains(position); }
    /// Nothing where none is marked.
    std::optional<GlobalPosition> latest() const { return m_latest; }

    /// Marks the event, or takes the mark off it. `name` is what the list calls it; blank: its
    /// position. While the answer is due nothing more is done to this event.
    void toggle(GlobalPosition position, const QString& name);
    /// Marks the event where it is not.
    void setNote(GlobalPosition position, const QString& name, const QString& note);
    /// The mark that was taken off last, if that is what was removed last from the bookmarks.
    const Bookmark* lastRemoved() const;
    /// Brings it back, with its note.
    void undoRemoval();

    /// Finds the next marked event that `filter` lets through, after `from` or before it, and
    /// begins anew at the other end; nothing where there is none. Latest call wins.
    void find(GlobalPosition from, bool forwards, const EventFilter& filter,
              std::function<void(std::optional<GlobalPosition>)> done);

  signals:
    void changed();
    void removalsChanged(); ///< of lastRemoved()
    void failed(const rewindow::Error& error);

  private:
    Moment momentOf(GlobalPosition position) const;
    std::vector<qint64> bookmarksOf(GlobalPosition position) const;
    void take();

    Session& m_session;
    BookmarksModel& m_bookmarks;
    MarkedEvents m_events;
    std::optional<GlobalPosition> m_latest;
    QSet<qint64> m_due; ///< positions whose answer is due
    CancelToken m_finding;
};

/// The event that a moment marks: one in the log, whatever the filter. Nothing for other moments.
std::optional<GlobalPosition> markedEvent(const Moment& moment);

} // namespace rewindow
