// The statistics of a store's log, read in the background.
#pragma once

#include "model/statistics/statistics.h"
#include "store/store_url.h"

#include <QObject>

#include <memory>
#include <optional>

namespace rewindow {

/// Lives on the UI thread; reads on a lane of its own, so that nothing else waits for it. What has
/// been read is kept: new events cost themselves alone, and after cancelling start() goes on. A
/// store without positions, and one that has lost events, is read anew.
class LogStatistics : public QObject {
    Q_OBJECT

  public:
    enum class State {
        Idle, ///< start() was not called yet
        Reading,
        Ready, ///< up to the head that was last told
        Cancelled,
        Failed
    };

    explicit LogStatistics(StoreUrl url, QObject* parent = nullptr);
    ~LogStatistics() override;

    /// Reads on from where it stands, or tries again.
    void start();
    /// Events were added: reads them, unless it was cancelled, failed or never started.
    void extend(GlobalPosition head);
    void cancel();

    State state() const;
    const std::optional<Error>& error() const; ///< why it failed
    /// As far as it has been read; nullptr at first.
    std::shared_ptr<const Statistics> statistics() const;
    qint64 reached() const; ///< events read so far, or positions; see total()
    qint64 total() const;   ///< 0: not known yet

  signals:
    void stateChanged();
    /// More was read: see statistics(); while reading, every half second or less often.
    void changed();
    void progress(qint64 reached, qint64 total);

  private:
    void take(Statistics statistics, bool partial);
    void setState(State state);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace rewindow
