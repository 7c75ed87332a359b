// What a session holds: for the files of this folder alone.
#pragma once

#include "model/session/session.h"
#include "model/session/store_tail.h"
#include "model/session/view_work.h"

#include <QElapsedTimer>
#include <QTimer>

namespace rewindow {

struct Session::Private {
    StoreUrl url;
    StoreInfo info;
    std::shared_ptr<const Domain> domain;
    LogSummary summary;
    bool isCounted = false; ///< the summary's counts are of this head
    qint64 dataVersion = 0; ///< when the session was opened
    std::vector<ViewState> views;
    LogEnd end;

    Moment moment;
    MomentHistory history;
    CancelToken lookup; ///< of the version that selectStream() looks up

    int lostLanes = 0; ///< for which there is no server

    QTimer recountTimer;
    bool isCounting = false;
    QElapsedTimer countingSince;
    bool hasShrunk = false; ///< the last answer put the head before the one known

    /// Of the writing lane's thread: it remembers the states of the aggregates it sends to.
    std::shared_ptr<std::unique_ptr<CommandBus>> bus =
        std::make_shared<std::unique_ptr<CommandBus>>();

    std::unique_ptr<ViewWork> work;
    std::unique_ptr<StoreTail> tail;
    // Last, so that they go first: while a lane runs it may report to what stands above.
    std::unique_ptr<StoreLane> reading;
    std::unique_ptr<StoreLane> background;
    std::unique_ptr<StoreLane> writing; ///< made when first needed
    std::unique_ptr<StoreLane> waking;  ///< where the server tells of appends

    StoreLane& writingLane();
};

} // namespace rewindow
