// rewindow demo FILE: a store with a believable history of a small shop.
#include "cli/command.h"
#include "cli/new_store.h"
#include "cli/progress_line.h"
#include "model/domain/order/demo_history.h"

#include <CLI/CLI.hpp>

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
        auto store = NewStore::create(*url, QStringLiteral("order"), demoStoreId(m_events, m_seed));
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
