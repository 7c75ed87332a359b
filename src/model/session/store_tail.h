// Noticing what anyone appends to a store.
#pragma once

#include "model/session/session.h"

#include <QTimer>

namespace rewindow {

/// What there is of a log besides what lies before its head.
struct LogEnd {
    LogEdge edge;
    std::vector<RecordedEvent> provisional; ///< beyond edge.open, oldest first
    bool isSame(const LogEnd& other) const;
};

/// How a store stands: the end of its log, and its views.
struct StoreStanding {
    qint64 dataVersion = 0;
    GlobalPosition head;
    std::vector<ViewState> views;
    LogEnd end;
    std::vector<RecordedEvent> late; ///< see EventReader::late()
};

Result<StoreStanding> readStanding(Store& store, const Domain& domain);

/// Asks a lane every 60 ms, or when it is woken, whether the database has changed, which costs
/// microseconds, and only then how it stands. Nothing is asked while an answer is due. An error is
/// reported once, not at every question.
class StoreTail : public QObject {
    Q_OBJECT

  public:
    StoreTail(StoreLane& lane, std::shared_ptr<const Domain> domain, qint64 dataVersion);

    /// Has a lane wait for what the server tells, and asks when it does. The lane outlives this.
    void wakeBy(StoreLane& lane);
    /// Asks at once, and for the standing whether the database has changed or not.
    void refresh();

  signals:
    void changed(const rewindow::StoreStanding& standing);
    /// See Session; after changed().
    void cameLate(const std::vector<rewindow::RecordedEvent>& events);
    void failed(const rewindow::Error& error);

  private:
    void ask();

    StoreLane& m_lane;
    std::shared_ptr<const Domain> m_domain;
    qint64 m_dataVersion;
    bool m_isAsking = false;
    bool m_isForced = false;
    std::optional<Error> m_lastError;
    /// Late events that were told to the lane once and have not been answered with yet, as when the
    /// standing could not be read after them. Touched on the lane alone.
    std::shared_ptr<std::vector<RecordedEvent>> m_unsaid =
        std::make_shared<std::vector<RecordedEvent>>();
    QTimer m_timer;
    QTimer m_woken; ///< runs from when it was told until it asks
};

} // namespace rewindow
