// The filter tabs of a store, from one start to the next.
#pragma once

#include "model/filter/filter_tab_list.h"
#include "model/store_lane.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace rewindow {

/// Lives on the UI thread; keeps in the store's workspace by way of a lane, soon after each change,
/// so that also a window that is killed finds them again.
class KeptFilterTabs : public QObject {
    Q_OBJECT

  public:
    static constexpr std::chrono::milliseconds kPause{200}; ///< between a change and its writing

    /// The lane outlives it.
    explicit KeptFilterTabs(StoreLane& lane, QObject* parent = nullptr);
    /// Keeps what is not kept yet.
    ~KeptFilterTabs() override;

    /// Hands what is kept, if anything, to `done`, or failed() says why not.
    void load(std::function<void(const FilterTabList&)> done);
    void keep(const FilterTabList& list);

  signals:
    void failed(const rewindow::Error& error);

  private:
    void write();

    StoreLane& m_lane;
    QString m_text; ///< to be kept
    QString m_kept; ///< as it was written last
    QTimer m_pause;
};

} // namespace rewindow
