// Opening what STORE, STREAM, VIEW and --domain name.
#pragma once

#include "base/error.h"
#include "model/domain/domain.h"
#include "model/timeline/timeline.h"
#include "store/store.h"

#include <memory>
#include <string>

namespace rewindow::cli {

/// A store with the domain it is looked at through.
struct OpenedStore {
    std::unique_ptr<Store> store;
    std::shared_ptr<const Domain> domain;
};

Result<std::unique_ptr<Store>> openStore(const std::string& url, Store::Access access);
/// `domain` empty: the one the store names, else the one chosen for it last, else merge.
Result<OpenedStore> openWithDomain(const std::string& url, const std::string& domain,
                                   Store::Access access);

/// Fails with NotFound, naming streams of similar name.
Result<StreamSummary> existingStream(Store& store, const std::string& stream);

/// The stream's timeline. Fails with NotFound like existingStream().
Result<Timeline> timelineOf(OpenedStore& opened, const std::string& stream,
                            const CancelToken& cancel);
/// `version` where the timeline has it, and evolving got that far. Fails with Usage naming both
/// ends, or with what evolving failed with.
Result<StreamVersion> reachableVersion(const Timeline& timeline, qint64 version);

/// The views whose tables exist, or the one named. Fails with NotFound, naming those there are.
Result<std::vector<ViewStatus>> wantedViews(ViewTables& tables, const std::string& view);

/// The tables of the store's views: its own, or its workspace's.
Result<ViewTables*> viewTables(Store& store);

/// Events of the log after `checkpoint`.
qint64 lagBehind(const LogSummary& summary, GlobalPosition checkpoint);

} // namespace rewindow::cli
