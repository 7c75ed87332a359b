// An open store with its domain and the moment that is looked at: what a window shows.
#pragma once

#include "base/error.h"
#include "model/command/command_bus.h"
#include "model/domain/domain.h"
#include "model/moment/moment.h"
#include "model/moment/moment_history.h"
#include "model/projection/audit.h"
#include "model/store_lane.h"
#include "store/store.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace rewindow {

struct StoreStanding;

/// A view of the domain as it stands now.
struct ViewState {
    ViewSchema schema;
    ViewStatus status;
    qint64 lag = 0;                          ///< positions of the log after the checkpoint
    std::optional<QString> rowAggregateType; ///< see Projection::rowAggregateType()
};

/// Lives on the UI thread; all work happens on its lanes, answers arrive as signals or callbacks on
/// the UI thread. Follows the store: appends by anyone (this window, another process) show up
/// within a quarter of a second as headChanged().
class Session : public QObject {
    Q_OBJECT

  public:
    /// Opens the store on a lane; `done` gets the session, ready, or why not, unless `guard` is
    /// gone. `domain` empty: the one the store names, else the one chosen for it last, else merge.
    /// Views that can be written are caught up afterwards, unless they are paused.
    static void open(const StoreUrl& url, const QString& domain, QObject* guard,
                     std::function<void(Result<std::unique_ptr<Session>>)> done);
    ~Session() override;

    const StoreInfo& info() const;
    const std::shared_ptr<const Domain>& domain() const;
    const LogSummary& summary() const; ///< as last seen
    GlobalPosition head() const { return summary().head; }
    /// Whether the server cannot be reached: what is known stays as it was, what is asked for
    /// waits, and both are gone on with when it can.
    bool isStale() const;
    /// How the log ends where positions are committed in any order, as last seen.
    const LogEdge& edge() const;
    /// What lies beyond the gap that the log ends before, oldest first; of very much, the
    /// beginning. It has no place in the log yet: no version, view or count knows of it.
    const std::vector<RecordedEvent>& provisional() const;
    /// The position the playhead stands at: the head when live.
    GlobalPosition playhead() const;

    const Moment& moment() const;
    /// Goes to a moment of this store and remembers it for Back; emits momentChanged() once.
    void go(Moment moment);
    /// As go(), in place of the present moment: Back does not return to that one.
    void amend(Moment moment);
    void setPlayhead(std::optional<GlobalPosition> playhead); ///< nothing: live
    /// Looks at `stream`, and at version `version` of it where that is given (0: before its first
    /// event); where it is not, the playhead stays. A version is looked up first: the moment
    /// changes a little later, or failed() says that there is no such version.
    void selectStream(const QString& stream, std::optional<StreamVersion> version = std::nullopt);
    void setPage(Page page);
    void setPointer(const QString& pointer);
    void setRow(const QString& view, const QString& row, const QString& column = {});
    void back();
    void forward();
    bool canGoBack() const;
    bool canGoForward() const;

    /// Interactive reading: pages, states, rows. Jobs here should be short.
    StoreLane& reading();
    /// Slow reading: counts, samples, stream lists, replays.
    StoreLane& background();
    /// Nothing is read, sent or folded into views at this instant.
    bool isQuiet() const;

    /// Sends on the writing lane; when accepted emits headChanged() and viewsChanged(), and at the
    /// end commandFinished(), before `done`.
    void send(const CommandRequest& request, QObject* guard,
              std::function<void(Result<CommandOutcome>)> done);

    const std::vector<ViewState>& views() const;
    /// These work on the writing lane, and emit viewsChanged() at the end, or failed().
    void step(const QString& view);
    void setPaused(const QString& view, bool paused);
    void catchUp(const QString& view);
    void rebuild(const QString& view);
    void audit(const QString& view, QObject* guard,
               std::function<void(Result<std::vector<Drift>>)> done);
    /// Stops what rebuild(), catchUp() or audit() is doing; an audit is done with Cancelled.
    void cancelProjectionWork();

  signals:
    void momentChanged(const rewindow::Moment& now, const rewindow::Moment& before);
    /// Events were added, or counted anew: see summary().
    void headChanged(rewindow::GlobalPosition head);
    void viewsChanged();
    /// When it becomes stale, failed() has said why.
    void staleChanged(bool isStale);
    /// Of edge() or provisional().
    void edgeChanged();
    /// Events have come where the log had gone past a gap: what was read or counted before lacks
    /// them. failed() says so too.
    void cameLate(const std::vector<rewindow::RecordedEvent>& events);
    void commandFinished(const rewindow::CommandRequest& request,
                         const rewindow::Result<rewindow::CommandOutcome>& outcome);
    /// Of catchUp(), rebuild() and audit(); reached == total when over, or given up.
    void projectionProgress(const QString& view, qint64 reached, qint64 total);
    void failed(const rewindow::Error& error);

  private:
    struct Private;
    class Opening;
    explicit Session(std::unique_ptr<Private>);
    void visit(Moment moment);
    void show(Moment moment);
    void tidyUp();
    void take(const StoreStanding& standing);
    void takeLate(const std::vector<RecordedEvent>& events);
    void install(GlobalPosition head, const std::vector<ViewState>& views);
    void lose(const Error& error);
    void recount();
    std::unique_ptr<Private> d;
};

} // namespace rewindow
