// A session while its store is being opened.

#include "model/session/session_opening.h"

#include "model/domain/domain_choice.h"
#include "model/projection/projection_runner.h"
#include "model/session/view_states.h"
#include "store/workspace.h"

namespace rewindow {

namespace {

/// A log whose head is below this is counted before its session is shown: that takes no time.
constexpr GlobalPosition kCountedAtOnce(1'000'000);

/// What there is to know of a store when it is opened.
struct FirstLook {
    StoreInfo info;
    std::shared_ptr<const Domain> domain;
    LogSummary summary;
    bool isCounted = false;
    StoreStanding standing;
};

Result<void> remember(Store& store, const QString& domain) {
    const Result<Workspace*> workspace = store.workspace();
    if (!workspace)
        return std::unexpected(workspace.error());
    const Result<std::optional<QString>> known = (*workspace)->remembered(kRememberedDomain);
    if (!known)
        return std::unexpected(known.error());
    return *known == domain ? Result<void>() : (*workspace)->remember(kRememberedDomain, domain);
}

Result<FirstLook> lookAt(Store& store, const QString& askedDomain, const CancelToken& cancel) {
    Result<std::shared_ptr<const Domain>> domain = chooseDomain(store, askedDomain);
    if (!domain)
        return std::unexpected(domain.error());
    // What cannot be remembered is asked for again: no reason not to open the store.
    if (!askedDomain.isEmpty() && askedDomain != store.info().domain)
        static_cast<void>(remember(store, askedDomain));
    Result<StoreStanding> standing = readStanding(store, **domain);
    if (!standing)
        return std::unexpected(standing.error());

    FirstLook look{.info = store.info(),
                   .domain = std::move(*domain),
                   .summary = {},
                   .standing = std::move(*standing)};
    look.summary.head = look.standing.head;
    if (look.standing.head <= kCountedAtOnce) {
        const Result<LogSummary> summary = store.reader().summary(cancel);
        if (!summary)
            return std::unexpected(summary.error());
        look.summary = *summary;
        look.isCounted = true;
    }
    return look;
}

/// How the store stands for writing, its views' tables made.
struct WritingLook {
    StoreInfo info;
    std::vector<ViewState> views;
};

Result<WritingLook> prepareViews(Store& store, const Domain& domain) {
    WritingLook look{.info = store.info(), .views = {}};
    if (look.info.ownSchema && look.info.readOnly)
        return look;
    if (const auto ensured = ProjectionRunner(store, domain.projections()).ensureTables(); !ensured)
        return std::unexpected(ensured.error());
    const Result<StoreStanding> standing = readStanding(store, domain);
    if (!standing)
        return std::unexpected(standing.error());
    look.views = standing->views;
    return look;
}

} // namespace

Session::Opening::Opening(const StoreUrl& url, const QString& domain, QObject* guard, Done done)
    : QObject(guard)
    , m_domain(domain)
    , m_done(std::move(done))
    , m_parts(std::make_unique<Private>()) {
    m_parts->url = url;
    m_parts->reading = std::make_unique<StoreLane>(url, Store::Access::Read);
    m_parts->background = std::make_unique<StoreLane>(url, Store::Access::Read);
    look();
}

void Session::Opening::look() {
    m_parts->reading->run<FirstLook>(
        this,
        [domain = m_domain](Store& store, const CancelToken& cancel) {
            return lookAt(store, domain, cancel);
        },
        [this](Result<FirstLook> look) {
            if (!look)
                return finish(std::unexpected(look.error()));
            m_parts->info = look->info;
            m_parts->domain = look->domain;
            m_parts->summary = look->summary;
            m_parts->isCounted = look->isCounted;
            m_parts->dataVersion = look->standing.dataVersion;
            m_parts->views = std::move(look->standing.views);
            m_parts->end = std::move(look->standing.end);
            prepareWriting();
        });
}

/// A store of our own schema tells only on a connection that may write whether it can be written.
/// Any other has something to write only if there are views, which its workspace then keeps.
void Session::Opening::prepareWriting() {
    if (!m_parts->info.ownSchema && m_parts->domain->projections().empty())
        return finish(std::unique_ptr<Session>(new Session(std::move(m_parts))));
    m_parts->writingLane().run<WritingLook>(
        this,
        [domain = m_parts->domain](Store& store, const CancelToken&) {
            return prepareViews(store, *domain);
        },
        [this](Result<WritingLook> look) {
            if (look) {
                m_parts->info = look->info;
                if (!look->views.empty())
                    m_parts->views = std::move(look->views);
            } else {
                m_parts->info.readOnly = true;
                m_parts->info.readOnlyReason = look.error().sentence();
            }
            finish(std::unique_ptr<Session>(new Session(std::move(m_parts))));
        });
}

void Session::Opening::finish(Result<std::unique_ptr<Session>> session) {
    deleteLater();
    m_done(std::move(session));
}

void Session::open(const StoreUrl& url, const QString& domain, QObject* guard,
                   std::function<void(Result<std::unique_ptr<Session>>)> done) {
    new Opening(url, domain, guard, std::move(done));
}

} // namespace rewindow
