// One text in the workspace.
#include "model/filter/kept_filter_tabs.h"

#include "store/workspace.h"

#include <optional>

namespace rewindow {

namespace {
const QString kKey = QStringLiteral("log.tabs");
}

KeptFilterTabs::KeptFilterTabs(StoreLane& lane, QObject* parent) : QObject(parent), m_lane(lane) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &KeptFilterTabs::write);
}

KeptFilterTabs::~KeptFilterTabs() {
    write();
}

void KeptFilterTabs::load(std::function<void(const FilterTabList&)> done) {
    using Kept = std::optional<QString>;
    m_lane.run<Kept>(
        this,
        [](Store& store, const CancelToken&) -> Result<Kept> {
            const Result<Workspace*> workspace = store.workspace();
            if (!workspace)
                return std::unexpected(workspace.error());
            return (*workspace)->remembered(kKey);
        },
        [this, done = std::move(done)](const Result<Kept>& kept) {
            if (!kept)
                return emit failed(kept.error());
            if (!*kept)
                return;
            if (const auto list = FilterTabList::fromText(**kept))
                done(*list);
            else
                emit failed(list.error());
        });
}

void KeptFilterTabs::keep(const FilterTabList& list) {
    m_text = list.toText();
    m_pause.start();
}

void KeptFilterTabs::write() {
    if (m_text.isEmpty() || m_text == m_kept)
        return;
    m_kept = m_text;
    m_lane.run<void>(
        this,
        [text = m_text](Store& store, const CancelToken&) -> Result<void> {
            const Result<Workspace*> workspace = store.workspace();
            if (!workspace)
                return std::unexpected(workspace.error());
            return (*workspace)->remember(kKey, text);
        },
        [this](const Result<void>& kept) {
            if (!kept)
                emit failed(kept.error());
        },
        StoreLane::AtEnd::StillRun);
}

} // namespace rewindow
