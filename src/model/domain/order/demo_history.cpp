// Filling a store with the demo, and folding its views.
#include "model/domain/order/demo_history.h"

#include "model/domain/order/demo_shop.h"
#include "model/domain/order/order_domain.h"
#include "model/projection/projection_runner.h"
#include "store/store.h"

namespace rewindow {
namespace {

constexpr qint64 kReportEvery = 1000;

} // namespace

QString demoStoreId(qint64 events, quint64 seed) {
    return DemoRandom(seed ^ (static_cast<quint64>(events) << 32)).uuid();
}

Result<void> writeDemo(Store& store, qint64 events, quint64 seed,
                       const std::function<void(qint64 done, qint64 total)>& progress,
                       const CancelToken& cancel) {
    if (events < 1)
        return fail(Error::Kind::Usage,
                    QStringLiteral("a demo of %1 events cannot be made").arg(events),
                    QStringLiteral("Ask for at least 1"));
    const Result<EventWriter*> writer = store.writer();
    if (!writer)
        return std::unexpected(writer.error());

    const auto report = [&progress, events](qint64 done) {
        if (progress)
            progress(done, 2 * events);
    };
    DemoShop shop(events, seed);
    qint64 written = 0;
    const Result<Imported> imported = (*writer)->importAll(
        [&]() -> Result<std::optional<ImportedEvent>> {
            if (written == events)
                return std::optional<ImportedEvent>();
            if (written++ % kReportEvery == 0)
                report(written);
            return shop.next();
        },
        cancel);
    if (!imported)
        return std::unexpected(imported.error());
    report(events);

    ProjectionRunner runner(store, OrderDomain().projections());
    if (const Result<void> made = runner.ensureTables(); !made)
        return made;
    const Result<void> folded = runner.catchUp(
        [&](GlobalPosition reached, GlobalPosition) { report(events + reached.value()); }, cancel);
    if (!folded)
        return folded;
    if (cancel.isCancelled())
        return fail(Error::Kind::Cancelled, QStringLiteral("the views were not folded to the end"));
    report(2 * events);
    return store.checkpoint();
}

} // namespace rewindow
