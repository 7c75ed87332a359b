// Who counts what, where: lanes for the work, answers kept between.
#include "model/overview/log_overview.h"

#include "base/post_to.h"
#include "model/overview/kept_answers.h"
#include "model/store_lane.h"
#include "store/sidecar/sidecar_index.h"
#include "store/sidecar/sidecar_selection.h"

#include <QPointer>

namespace rewindow {

struct LogOverview::Private {
    explicit Private(const StoreUrl& itsUrl) : url(itsUrl) {}

    StoreLane& lane(std::unique_ptr<StoreLane>& which) const {
        if (!which)
            which = std::make_unique<StoreLane>(url, Store::Access::Read);
        return *which;
    }

    /// Answers from what is kept, or counts on from it.
    template <class Answer, class Request>
    void answer(KeptAnswers<Answer>& kept, LogOverview* self, const Request& request,
                QObject* guard, std::function<void(Result<Answer>)> done) {
        kept.overtake(guard);
        const std::shared_ptr<Answer> known = kept.find(request);
        const bool isAll = isComplete;
        if (known && known->isOf(view)) {
            const CancelToken cancel;
            kept.ask(guard, cancel);
            postTo(self, [known, isAll, cancel, alive = QPointer<QObject>(guard), done] {
                if (!alive || cancel.isCancelled())
                    return;
                Answer answer = *known;
                answer.setComplete(isAll);
                done(std::move(answer));
            });
            return;
        }
        kept.ask(guard, lane(counting).template run<Answer>(
                            guard,
                            [now = view, request,
                             known](Store&, const CancelToken& cancel) -> Result<Answer> {
                                if (!now.isWhole())
                                    return std::unexpected(cutOff());
                                return Answer::of(now, request, known.get(), cancel);
                            },
                            // With the lanes go their answers: what is kept is still there.
                            [&kept, self, isAll, done = std::move(done)](Result<Answer> answer) {
                                if (answer) {
                                    answer->setComplete(isAll);
                                    kept.keep(std::make_shared<Answer>(*answer));
                                } else {
                                    self->mend(answer.error());
                                }
                                done(std::move(answer));
                            }));
    }

    /// Reads events on the lane for that, telling now and then how far it is.
    template <class Answer, class Counter, class Request>
    void read(
        KeptAnswers<Counter>& kept, LogOverview* self, const Request& request, QObject* guard,
        std::function<Result<Answer>(Counter&, EventReader&, const SidecarView&,
                                     const std::function<void(const Answer&)>&, const CancelToken&)>
            count,
        std::function<void(const Answer&)> soFar, std::function<void(Result<Answer>)> done) {
        kept.overtake(guard);
        std::shared_ptr<Counter> counter = kept.find(request);
        if (!counter)
            counter = std::make_shared<Counter>(request);
        kept.keep(counter);
        const QPointer<QObject> alive(guard);
        kept.ask(guard,
                 lane(reading).template run<Answer>(
                     guard,
                     [self, counter, now = view, alive, soFar = std::move(soFar),
                      count = std::move(count)](Store& store,
                                                const CancelToken& cancel) -> Result<Answer> {
                         if (!now.isWhole())
                             return std::unexpected(cutOff());
                         const auto tell = [&](const Answer& answer) {
                             postTo(self, [alive, cancel, soFar, answer] {
                                 if (alive && !cancel.isCancelled() && soFar)
                                     soFar(answer);
                             });
                         };
                         return count(*counter, store.reader(), now, tell, cancel);
                     },
                     [self, isAll = isComplete, done = std::move(done)](Result<Answer> answer) {
                         if (answer)
                             answer->isComplete = isAll;
                         else
                             self->mend(answer.error());
                         done(std::move(answer));
                     }));
    }

    const StoreUrl url;
    SidecarView view;
    qint64 reached = 0;
    qint64 total = 0;
    bool isWanted = false;
    bool isBuilding = false;
    bool isComplete = false;
    bool isAskedAgain = false; ///< while it was building
    CancelToken extending;
    KeptAnswers<Histogram> histograms;
    KeptAnswers<Facets> facets;
    KeptAnswers<ValueCounter> values;
    KeptAnswers<FilteredCounter> filtered;
    NewestQuestions matches;

    /// Of the building lane's thread, as value counters are of the reading lane's; made and used
    /// there, and gone after the lanes.
    std::shared_ptr<std::unique_ptr<SidecarIndex>> index =
        std::make_shared<std::unique_ptr<SidecarIndex>>();
    std::unique_ptr<StoreLane> building;
    std::unique_ptr<StoreLane> counting;
    std::unique_ptr<StoreLane> reading;
};

LogOverview::LogOverview(const StoreUrl& url, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(url)) {}

LogOverview::~LogOverview() = default;

void LogOverview::build() {
    d->isWanted = true;
    extend();
}

void LogOverview::follow() {
    if (d->isWanted)
        extend();
}

void LogOverview::stop() {
    d->extending.cancel();
    d->isWanted = false;
    d->isBuilding = false;
    d->isAskedAgain = false;
}

bool LogOverview::isBuilding() const {
    return d->isBuilding;
}

bool LogOverview::isComplete() const {
    return d->isComplete;
}

qint64 LogOverview::reached() const {
    return d->reached;
}

qint64 LogOverview::total() const {
    return d->total;
}

const SidecarView& LogOverview::view() const {
    return d->view;
}

/// An index that cannot be read any more is built anew before the next event is appended.
void LogOverview::mend(const Error& error) {
    if (error.kind == Error::Kind::Storage && !d->view.isWhole())
        follow();
}

void LogOverview::extend() {
    if (d->isBuilding) {
        d->isAskedAgain = true;
        return;
    }
    d->isBuilding = true;
    d->isAskedAgain = false;
    d->extending = d->lane(d->building)
                       .run<void>(
                           this,
                           [this, index = d->index](Store& store, const CancelToken& cancel) {
                               if (!*index)
                                   *index = std::make_unique<SidecarIndex>(store.info());
                               const auto tell = [this, cancel](const SidecarView& view,
                                                                qint64 reached, qint64 total) {
                                   postTo(this, [this, cancel, view, reached, total] {
                                       if (!cancel.isCancelled())
                                           install(view, reached, total);
                                   });
                               };
                               return (*index)->extend(store.reader(), tell, cancel);
                           },
                           [this](const Result<void>& extended) { settle(extended); });
}

void LogOverview::install(const SidecarView& view, qint64 reached, qint64 total) {
    const bool isOther = view.lineage() != d->view.lineage() || view.rows() != d->view.rows();
    d->view = view;
    d->reached = reached;
    d->total = total;
    d->isComplete = d->isComplete && reached >= total;
    const QPointer<LogOverview> self(this);
    emit progress(reached, total);
    if (self && isOther)
        emit grown();
}

void LogOverview::settle(const Result<void>& extended) {
    d->isBuilding = false;
    if (!extended) {
        emit failed(extended.error());
        return;
    }
    const bool wasComplete = std::exchange(d->isComplete, true);
    if (d->isAskedAgain)
        extend();
    if (!wasComplete)
        emit completed();
}

void LogOverview::histogram(const HistogramRequest& request, QObject* guard,
                            std::function<void(Result<Histogram>)> done) {
    d->answer(d->histograms, this, request, guard, std::move(done));
}

void LogOverview::facets(const FacetsRequest& request, QObject* guard,
                         std::function<void(Result<Facets>)> done) {
    d->answer(d->facets, this, request, guard, std::move(done));
}

void LogOverview::matchedRows(const OverviewSelection& selection, QObject* guard,
                              std::function<void(Result<MatchedRows>)> done) {
    d->matches.overtake(guard);
    d->matches.ask(guard,
                   d->lane(d->counting)
                       .run<MatchedRows>(
                           guard,
                           [view = d->view,
                            selection](Store&, const CancelToken& cancel) -> Result<MatchedRows> {
                               if (!view.isWhole())
                                   return std::unexpected(cutOff());
                               return MatchedRows::of(view, resolved(selection, view), cancel);
                           },
                           [this, done = std::move(done)](Result<MatchedRows> matched) {
                               if (!matched)
                                   mend(matched.error());
                               done(std::move(matched));
                           }));
}

void LogOverview::values(const ValueFacetRequest& request, QObject* guard,
                         std::function<void(const ValueFacet&)> soFar,
                         std::function<void(Result<ValueFacet>)> done) {
    d->read<ValueFacet, ValueCounter>(
        d->values, this, request, guard,
        [](ValueCounter& counter, EventReader& reader, const SidecarView& view, const auto& tell,
           const CancelToken& cancel) { return counter.count(reader, view, tell, cancel); },
        std::move(soFar), std::move(done));
}

void LogOverview::filtered(const FilteredCountsRequest& request, const TimeGrid& grid,
                           QObject* guard, std::function<void(const FilteredCounts&)> soFar,
                           std::function<void(Result<FilteredCounts>)> done) {
    d->read<FilteredCounts, FilteredCounter>(
        d->filtered, this, request, guard,
        [grid](FilteredCounter& counter, EventReader& reader, const SidecarView& view,
               const auto& tell, const CancelToken& cancel) {
            return counter.count(reader, view, grid, tell, cancel);
        },
        std::move(soFar), std::move(done));
}

void LogOverview::withdraw(QObject* guard) {
    d->histograms.overtake(guard);
    d->facets.overtake(guard);
    d->matches.overtake(guard);
    d->values.overtake(guard);
    d->filtered.overtake(guard);
}

} // namespace rewindow
