// rewindow demo FILE: a store with a believable history of a small shop.
#include "cli/command.h"
#include "cli/new_store.h"
#include "cli/opened_store.h"
#include "cli/progress_line.h"
#include "model/domain/order/demo_history.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace rewindow::cli {

namespace {

class DemoCommand : public Subcommand {
  public:
    const char* name() const override { return "demo"; }
    const char* summary() const override { return "Makes a demo store: a small shop's history"; }
    const char* example() const override { return "rewindow demo shop.db --events 5000 --seed 7"; }
    void declare(CLI::App& app) override {
        app.add_option("file", m_file, "The store to make; nothing may be there")->required();
        app.add_option("--events", m_events, "How many events")
            ->check(CLI::Range(qint64(1), qint64(100'000'000)))
            ->capture_default_str();
        app.add_option("--seed", m_seed, "The same seed makes the same store")
            ->capture_default_str();
        app.add_flag("--json", m_json, "One JSON object");
    }

    Result<ExitCode> run(Surroundings& surroundings) override {
        const auto url = StoreUrl::parse(QString::fromStdString(m_file));
        if (!url)
            return std::unexpected(url.error());
        auto store = newStore(*url);
        if (!store)
            return std::unexpected(store.error());
        {
            ProgressLine progress(QStringLiteral("demo"));
            const auto written = writeDemo(
                **store, m_events, m_seed,
                [&](qint64 done, qint64 total) { progress.update(done, total); },
                surroundings.cancel);
            if (!written)
                return std::unexpected(written.error());
        }
        store->keep();
        if (m_json)
            surroundings.output.json(Json::object({{"store", url->toString()},
                                                   {"events", m_events},
                                                   {"seed", QString::number(m_seed)}}));
        else
            surroundings.output.line(
                QStringLiteral("%1 holds %2 events. Look at it with: rewindow %1")
                    .arg(QString::fromStdString(m_file))
                    .arg(m_events));
        return Done;
    }

  private:
    Result<NewStore> newStore(const StoreUrl& url) const {
        auto store = NewStore::create(url, QStringLiteral("order"), demoStoreId(m_events, m_seed));
        if (store || store.error().kind != Error::Kind::Usage || url.isFile())
            return store;
        auto begun = unfinished();
        return begun ? std::move(begun) : std::move(store);
    }

    /// The same demo on a server, where it is not there to its end: a program that was killed takes
    /// nothing away. Fails where there is anything else.
    Result<NewStore> unfinished() const {
        auto store = openStore(m_file, Store::Access::ReadWrite);
        if (!store)
            return std::unexpected(store.error());
        const auto summary = (*store)->reader().summary();
        if (!summary)
            return std::unexpected(summary.error());
        const auto views = (*store)->views().checkpoints();
        if (!views)
            return std::unexpected(views.error());
        const bool isWhole = summary->events >= m_events && !views->empty() &&
                             std::ranges::all_of(*views, [&](const ViewStatus& view) {
                                 return view.checkpoint >= summary->head;
                             });
        if (isWhole || (*store)->info().storeId != demoStoreId(m_events, m_seed))
            return fail(Error::Kind::Usage, QStringLiteral("there is another store"));
        return NewStore::unfinished(std::move(*store));
    }

    std::string m_file;
    qint64 m_events = kDemoEvents;
    quint64 m_seed = kDemoSeed;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Subcommand> makeDemoCommand() {
    return std::make_unique<DemoCommand>();
}

} // namespace rewindow::cli
