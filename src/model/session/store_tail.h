// Noticing what anyone appends to a store.
#pragma once

#include "model/session/session.h"

#include <QTimer>

namespace rewindow {

/// How a store stands: the end of its log, and its views.
struct StoreStanding {
    qint64 dataVersion = 0;
    GlobalPosition head;
    std::vector<ViewState> views;
};

Result<StoreStanding> readStanding(Store& store, const Domain& domain);

/// Asks a lane every 60 ms whether the database has changed, which costs microseconds, and only
/// then how it stands. Nothing is asked while an answer is due. An error is reported once, not at
/// every question.
class StoreTail : public QObject {
    Q_OBJECT

  public:
    StoreTail(StoreLane& lane, std::shared_ptr<const Domain> domain, qint64 dataVersion);

    /// Asks at once, and for the standing whether the database has changed or not.
    void refresh();

  signals:
    void changed(const rewindow::StoreStanding& standing);
    void failed(const rewindow::Error& error);

  private:
    void ask();

    StoreLane& m_lane;
    std::shared_ptr<const Domain> m_domain;
    qint64 m_dataVersion;
    bool m_isAsking = false;
    bool m_isForced = false;
    std::optional<Error> m_lastError;
    QTimer m_timer;
};

} // namespace rewindow
