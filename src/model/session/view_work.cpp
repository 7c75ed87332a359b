// Work on a session's views: stepping, pausing, catching up, rebuilding, auditing.

#include "model/session/view_work.h"

#include "base/post_to.h"

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kReportMs = 50;

std::shared_ptr<const Projection> projectionOf(const ProjectionRunner& runner,
                                               const QString& view) {
    const auto found = std::ranges::find_if(runner.projections(), [&](const auto& projection) {
        return projection->schema().name == view;
    });
    return found == runner.projections().end() ? nullptr : *found;
}

Result<std::vector<Drift>> auditView(Store& store, const Domain& domain, const QString& view,
                                     const CancelToken& cancel) {
    const ProjectionRunner runner(store, domain.projections());
    const std::shared_ptr<const Projection> projection = projectionOf(runner, view);
    if (!projection)
        return fail(
            Error::Kind::NotFound,
            QStringLiteral("the domain \"%1\" has no view \"%2\"").arg(domain.name(), view));
    const Result<ViewTables*> tables = runner.tables();
    if (!tables)
        return std::unexpected(tables.error());
    return rewindow::audit(store, **tables, *projection, cancel);
}

} // namespace

ViewWork::ViewWork(std::shared_ptr<const Domain> domain, Lane writing, Lane background)
    : m_domain(std::move(domain))
    , m_writing(std::move(writing))
    , m_background(std::move(background)) {}

void ViewWork::step(const QString& view) {
    run(view, Length::Short,
        [view](ProjectionRunner& runner, const auto&, const auto&) -> Result<void> {
            if (const Result<bool> stepped = runner.step(view); !stepped)
                return std::unexpected(stepped.error());
            return {};
        });
}

void ViewWork::setPaused(const QString& view, bool paused) {
    run(view, Length::Short, [view, paused](ProjectionRunner& runner, const auto&, const auto&) {
        return runner.setPaused(view, paused);
    });
}

void ViewWork::catchUp(const QString& view) {
    run(view, Length::Long,
        [view](ProjectionRunner& runner, const auto& progress, const auto& cancel) {
            return runner.catchUp(view, progress, cancel);
        });
}

void ViewWork::catchUpAll() {
    run({}, Length::Long, [](ProjectionRunner& runner, const auto& progress, const auto& cancel) {
        return runner.catchUp(progress, cancel);
    });
}

void ViewWork::rebuild(const QString& view) {
    run(view, Length::Long,
        [view](ProjectionRunner& runner, const auto& progress, const auto& cancel) {
            return runner.rebuild(view, progress, cancel);
        });
}

void ViewWork::audit(const QString& view, QObject* guard,
                     std::function<void(Result<std::vector<Drift>>)> done) {
    const int number = ++m_lastNumber;
    QPointer<QObject> alive(guard);
    const auto tell = [alive, done = std::move(done)](Result<std::vector<Drift>> drifts) {
        if (alive)
            done(std::move(drifts));
    };
    using Drifts = std::vector<Drift>;
    CancelToken cancel = m_background().run<Drifts>(
        this,
        [domain = m_domain, view](Store& store, const CancelToken& stop) {
            return auditView(store, *domain, view, stop);
        },
        [this, number, view, tell](Result<Drifts> drifts) {
            end(number);
            emit progress(view, 1, 1);
            tell(std::move(drifts));
        });
    m_running.push_back({.number = number, .view = view, .cancel = cancel, .givenUp = [tell] {
                             tell(fail(Error::Kind::Cancelled, tr("the audit was cancelled")));
                         }});
    emit progress(view, 0, 1);
}

void ViewWork::run(const QString& view, Length length, Job job) {
    const int number = ++m_lastNumber;
    const bool isLong = length == Length::Long;
    CancelToken cancel = m_writing().run<void>(
        this,
        [this, view, isLong, domain = m_domain,
         job = std::move(job)](Store& store, const CancelToken& stop) -> Result<void> {
            ProjectionRunner runner(store, domain->projections());
            if (const Result<void> ensured = runner.ensureTables(); !ensured)
                return ensured;
            const Result<void> worked = job(runner, reporter(view), stop);
            return worked && isLong ? store.checkpoint() : worked;
        },
        [this, number, view, isLong](Result<void> worked) {
            end(number);
            if (isLong)
                emit progress(view, 1, 1);
            if (!worked)
                emit failed(worked.error());
            emit changed();
        });
    if (isLong)
        m_running.push_back({.number = number, .view = view, .cancel = cancel, .givenUp = {}});
}

ProjectionRunner::Progress ViewWork::reporter(const QString& view) {
    auto sinceLast = std::make_shared<QElapsedTimer>();
    sinceLast->start();
    return [this, view, sinceLast](GlobalPosition reached, GlobalPosition head) {
        if (sinceLast->elapsed() < kReportMs || reached == head)
            return;
        sinceLast->restart();
        postTo(this,
               [this, view, reached, head] { emit progress(view, reached.value(), head.value()); });
    };
}

void ViewWork::end(int number) {
    m_running.remove_if([number](const Running& running) { return running.number == number; });
}

void ViewWork::cancel() {
    const std::list<Running> stopped = std::exchange(m_running, {});
    if (stopped.empty())
        return;
    for (const Running& running : stopped)
        running.cancel.cancel();
    for (const Running& running : stopped) {
        emit progress(running.view, 1, 1);
        if (running.givenUp)
            running.givenUp();
    }
    // Batches that were done stay: how the views stand is known once the job has ended.
    m_writing().run<void>(
        this, [](Store&, const CancelToken&) { return Result<void>(); },
        [this](Result<void>) { emit changed(); });
}

} // namespace rewindow
