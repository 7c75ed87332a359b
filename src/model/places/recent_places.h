// Where a person was, the latest first, from one start to the next.
#pragma once

#include "model/moment/moment.h"
#include "store/kept_places.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <vector>

namespace rewindow {

class Session;

/// Remembers the places a session's moment stays at for a while. Lives on the UI thread, works on
/// the session's reading lane; where nothing can be kept it remembers until it is gone.
class RecentPlaces : public QObject {
    Q_OBJECT

  public:
    static constexpr std::chrono::milliseconds kDwell{1000};

    /// Where the moment stays for `dwell` has been visited. The session outlives it.
    explicit RecentPlaces(Session& session, std::chrono::milliseconds dwell = kDwell,
                          QObject* parent = nullptr);

    /// Reads what is kept; once.
    void load();
    /// From now on remembers where the session goes, and where it is.
    void record();
    /// Remembers this one at once.
    void visit(const Moment& moment);

    /// The latest first, each with the place it was left at.
    const std::vector<Moment>& moments() const { return m_moments; }

  signals:
    void changed();

  private:
    void takeMoment();

    Session& m_session;
    QTimer m_dwell;
    bool m_isLoaded = false;
    std::vector<Moment> m_moments;
};

} // namespace rewindow
