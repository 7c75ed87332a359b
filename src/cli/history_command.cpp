// rewindow history STORE STREAM [POINTER]: every event that set a value, oldest first.
#include "cli/command.h"
#include "cli/opened_store.h"
#include "cli/table.h"

#include <CLI/CLI.hpp>

namespace rewindow::cli {

namespace {

class HistoryCommand : public Subcommand {
  public:
    const char* name() const override { return "history"; }
    const char* summary() const override { return "Which events set a value, oldest first"; }
    const char* example() const override {
        return "rewindow history shop.db order-7f3a9c12 /status";
    }
    void declare(CLI::App& app) override {
        app.add_option("store", m_store, "A file or URL")->required();
        app.add_option("stream", m_stream, "As `rewindow streams` shows it")->required();
        app.add_option("pointer", m_pointer, "A JSON pointer such as /items/0; every leaf without");
        app.add_option("--domain", m_domain, "order or merge, instead of the store's own");
        app.add_flag("--json", m_json, "JSON Lines");
    }

    Result<ExitCode> run(Surroundings& surroundings) override {
        auto opened = openWithDomain(m_store, m_domain, Store::Access::Read);
        if (!opened)
            return std::unexpected(opened.error());
        auto timeline = timelineOf(*opened, m_stream, surroundings.cancel);
        if (!timeline)
            return std::unexpected(timeline.error());
        const auto changes = wanted(*timeline, surroundings.cancel);
        if (!changes)
            return std::unexpected(changes.error());
        if (m_pointer && changes->empty())
            return fail(Error::Kind::NotFound,
                        QStringLiteral("the state of %1 never had anything at \"%2\"")
                            .arg(timeline->stream(), QString::fromStdString(*m_pointer)),
                        QStringLiteral("`rewindow history` without a pointer lists every place"));
        if (m_json)
            printJson(surroundings.output, *changes);
        else
            printPlain(surroundings.output, *changes);
        if (const auto& failure = timeline->failure())
            remark(failure->error.sentence());
        return Done;
    }

  private:
    Result<std::vector<ValueChange>> wanted(Timeline& timeline, const CancelToken& cancel) const {
        if (!m_pointer)
            return timeline.history(cancel);
        const auto pointer = JsonPointer::parse(*m_pointer);
        if (!pointer)
            return std::unexpected(pointer.error());
        return timeline.history(*pointer, cancel);
    }

    static void printJson(Output& output, const std::vector<ValueChange>& changes) {
        for (const ValueChange& change : changes)
            output.json(Json::object({{"pointer", std::string_view(change.pointer)},
                                      {"version", change.setBy.version.value()},
                                      {"type", change.setBy.type},
                                      {"position", change.setBy.position.value()},
                                      {"value", change.value.value_or(Json())},
                                      {"previous", change.previous.value_or(Json())}}));
    }

    static void printPlain(Output& output, const std::vector<ValueChange>& changes) {
        Table table(output, {{"v", Table::Align::Right},
                             {"position", Table::Align::Right},
                             {"type"},
                             {"pointer"},
                             {"previous"},
                             {"value"}});
        const auto shown = [](const std::optional<Json>& value) {
            return value ? value->dump() : std::string("-");
        };
        for (const ValueChange& change : changes)
            table.row({std::to_string(change.setBy.version.value()),
                       std::to_string(change.setBy.position.value()),
                       change.setBy.type.toStdString(), change.pointer, shown(change.previous),
                       shown(change.value)});
    }

    std::string m_store;
    std::string m_stream;
    std::optional<std::string> m_pointer;
    std::string m_domain;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Subcommand> makeHistoryCommand() {
    return std::make_unique<HistoryCommand>();
}

} // namespace rewindow::cli
