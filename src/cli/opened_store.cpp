#include "cli/opened_store.h"

#include "cli/command.h"
#include "cli/password_prompt.h"
#include "model/domain/domain_choice.h"
#include "store/workspace.h"

#include <algorithm>

namespace rewindow::cli {

Result<std::unique_ptr<Store>> openStore(const std::string& url, Store::Access access) {
    const auto parsed = StoreUrl::parse(QString::fromStdString(url));
    if (!parsed)
        return std::unexpected(parsed.error());
    return withPassword<std::unique_ptr<Store>>(
        *parsed, [&] { return Store::open(*parsed, access, interruption()); });
}

Result<OpenedStore> openWithDomain(const std::string& url, const std::string& domain,
                                   Store::Access access) {
    auto store = openStore(url, access);
    if (!store)
        return std::unexpected(store.error());
    auto chosen = chooseDomain(**store, QString::fromStdString(domain));
    if (!chosen)
        return std::unexpected(chosen.error());
    return OpenedStore{std::move(*store), std::move(*chosen)};
}

Result<StreamSummary> existingStream(Store& store, const std::string& stream) {
    const QString name = QString::fromStdString(stream);
    auto found = store.reader().stream(name);
    if (!found)
        return std::unexpected(found.error());
    if (*found)
        return std::move(**found);

    // A name typed in part, or without its type, is the likely mistake.
    QStringList similar;
    StreamQuery query;
    query.containing = name;
    query.limit = 3;
    if (const auto streams = store.reader().streams(query))
        for (const StreamSummary& summary : *streams)
            similar << summary.stream;
    return fail(
        Error::Kind::NotFound,
        QStringLiteral("%1 has no stream \"%2\"").arg(store.info().url.displayName(), name),
        similar.isEmpty()
            ? QStringLiteral("`rewindow streams %1` lists them").arg(store.info().url.displayName())
            : QStringLiteral("did you mean %1?").arg(similar.join(QStringLiteral(" or "))));
}

Result<Timeline> timelineOf(OpenedStore& opened, const std::string& stream,
                            const CancelToken& cancel) {
    const auto summary = existingStream(*opened.store, stream);
    if (!summary)
        return std::unexpected(summary.error());
    return Timeline::replay(opened.store->reader(), opened.domain, summary->stream, {}, cancel);
}

Result<StreamVersion> reachableVersion(const Timeline& timeline, qint64 version) {
    if (version < 0 || version > timeline.lastVersion().value())
        return fail(Error::Kind::Usage,
                    QStringLiteral("%1 has no version %2").arg(timeline.stream()).arg(version),
                    QStringLiteral("give one from 0 (before any event) to %1")
                        .arg(timeline.lastVersion().value()));
    const auto& failure = timeline.failure();
    if (failure && version >= failure->version.value()) {
        Error error = failure->error;
        error.wayOut = QStringLiteral("the last good state is version %1: add --to %1")
                           .arg(failure->version.value() - 1);
        return std::unexpected(error);
    }
    return StreamVersion(version);
}

Result<std::vector<ViewStatus>> wantedViews(ViewTables& tables, const std::string& view) {
    auto all = tables.status();
    if (!all || view.empty())
        return all;
    const QString name = QString::fromStdString(view);
    QStringList known;
    for (const ViewStatus& status : *all) {
        if (status.name == name)
            return std::vector{status};
        known << status.name;
    }
    return fail(Error::Kind::NotFound, QStringLiteral("there is no view \"%1\"").arg(name),
                known.isEmpty()
                    ? QStringLiteral("this store has no views yet; `rewindow project` makes those "
                                     "its domain has")
                    : QStringLiteral("there are %1").arg(known.join(QStringLiteral(", "))));
}

Result<ViewTables*> viewTables(Store& store) {
    if (store.info().ownSchema)
        return &store.views();
    const auto workspace = store.workspace();
    if (!workspace)
        return std::unexpected(workspace.error());
    return &(*workspace)->views();
}

qint64 lagBehind(const LogSummary& summary, GlobalPosition checkpoint) {
    return std::max<qint64>(0, summary.head.value() -
                                   std::max(checkpoint.value(), summary.first.value() - 1));
}

} // namespace rewindow::cli
