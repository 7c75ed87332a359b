// The first events that a filter finds, told while the rest of the log is still being looked at.
#pragma once

#include "model/items/log_row.h"
#include "model/store_lane.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace rewindow {

/// Where hits are rare the search takes as long as the log is, so that it has a lane of its own:
/// neither pages nor counts wait for it.
class FirstHits : public QObject {
    Q_OBJECT

  public:
    explicit FirstHits(const StoreUrl& url, QObject* parent = nullptr);
    ~FirstHits() override;

    struct Wanted {
        EventFilter filter;
        GlobalPosition upTo; ///< inclusive
        bool newestFirst = true;
        qint64 most = 0;
        std::vector<FilterPlace> fields; ///< of the rows, as the next
        std::vector<EventFilter> rules;
    };
    /// Ends any earlier search. `found` gets the first hit at once and then the next ones, in their
    /// order, a few times a second, until there are `most`; then `done` is called.
    void search(const Wanted& wanted, std::function<void(std::vector<LogRow>)> found,
                std::function<void(Result<void>)> done);
    /// What was found does not arrive any more.
    void cancel();

  private:
    const StoreUrl m_url;
    CancelToken m_search;
    // Last, so that it goes first: a job hands what it finds to this object.
    std::unique_ptr<StoreLane> m_lane; ///< made when first needed
};

} // namespace rewindow
