// rewindow diff STORE STREAM V W: what changed between two versions, as RFC 6902.
#include "cli/command.h"
#include "cli/opened_store.h"
#include "cli/table.h"

#include <CLI/CLI.hpp>

namespace rewindow::cli {

namespace {

class DiffCommand : public Subcommand {
  public:
    const char* name() const override { return "diff"; }
    const char* summary() const override { return "What changed between two versions (RFC 6902)"; }
    const char* example() const override { return "rewindow diff shop.db order-7f3a9c12 2 5"; }
    void declare(CLI::App& app) override {
        app.add_option("store", m_store, "A file or URL")->required();
        app.add_option("stream", m_stream, "As `rewindow streams` shows it")->required();
        app.add_option("from", m_from, "A version; 0 is before any event")->required();
        app.add_option("to", m_to, "Another version")->required();
        app.add_option("--domain", m_domain, "order or merge, instead of the store's own");
        app.add_flag("--json", m_json, "One JSON array");
    }

    Result<ExitCode> run(Surroundings& surroundings) override {
        auto opened = openWithDomain(m_store, m_domain, Store::Access::Read);
        if (!opened)
            return std::unexpected(opened.error());
        auto timeline = timelineOf(*opened, m_stream, surroundings.cancel);
        if (!timeline)
            return std::unexpected(timeline.error());
        const auto from = reachableVersion(*timeline, m_from);
        if (!from)
            return std::unexpected(from.error());
        const auto to = reachableVersion(*timeline, m_to);
        if (!to)
            return std::unexpected(to.error());
        const auto changes = timeline->changes(*from, *to);
        if (!changes)
            return std::unexpected(changes.error());
        if (m_json) {
            surroundings.output.json(rewindow::toJson(*changes));
            return Done;
        }
        Table table(surroundings.output, {{"op"}, {"path"}, {"value"}});
        for (const JsonPatchOperation& change : *changes) {
            const Json operation = change.toJson();
            const Json* value = operation.find("value");
            table.row({std::string(operation["op"].text()), change.path.toString(),
                       value ? value->dump() : std::string()});
        }
        return Done;
    }

  private:
    std::string m_store;
    std::string m_stream;
    std::string m_domain;
    qint64 m_from = 0;
    qint64 m_to = 0;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Subcommand> makeDiffCommand() {
    return std::make_unique<DiffCommand>();
}

} // namespace rewindow::cli
