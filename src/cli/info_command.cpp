// rewindow info STORE: what a store is and how far its views are.
#include "cli/command.h"
#include "cli/opened_store.h"
#include "cli/table.h"

#include <CLI/CLI.hpp>

namespace rewindow::cli {

namespace {

class InfoCommand : public Subcommand {
  public:
    const char* name() const override { return "info"; }
    const char* summary() const override { return "What a store is, and how far its views are"; }
    const char* example() const override { return "rewindow info shop.db --json"; }
    void declare(CLI::App& app) override {
        app.add_option("store", m_store, "A file or URL")->required();
        app.add_flag("--json", m_json, "One JSON object");
    }

    Result<ExitCode> run(Surroundings& surroundings) override {
        const auto store = openStore(m_store, Store::Access::Read);
        if (!store)
            return std::unexpected(store.error());
        const auto summary = (*store)->reader().summary(surroundings.cancel);
        if (!summary)
            return std::unexpected(summary.error());
        const auto tables = viewTables(**store);
        if (!tables)
            return std::unexpected(tables.error());
        const auto views = (*tables)->status();
        if (!views)
            return std::unexpected(views.error());
        if (m_json)
            printJson(surroundings.output, (*store)->info(), *summary, *views);
        else
            printPlain(surroundings.output, (*store)->info(), *summary, *views);
        return Done;
    }

  private:
    static void printJson(Output& output, const StoreInfo& info, const LogSummary& summary,
                          const std::vector<ViewStatus>& views) {
        std::vector<Json> list;
        for (const ViewStatus& view : views)
            list.push_back(Json::object({{"name", view.name},
                                         {"checkpoint", view.checkpoint.value()},
                                         {"lag", lagBehind(summary, view.checkpoint)},
                                         {"rows", view.rows}}));
        output.json(Json::object({{"store", info.url.toString()},
                                  {"profile", info.profile},
                                  {"database", info.database},
                                  {"readOnly", info.readOnly},
                                  {"events", summary.events},
                                  {"streams", summary.streams},
                                  {"head", summary.head.value()},
                                  {"views", Json::array(std::move(list))}}));
    }

    static void printPlain(Output& output, const StoreInfo& info, const LogSummary& summary,
                           const std::vector<ViewStatus>& views) {
        const auto fact = [&output](const char* what, const QString& value) {
            output.line(QStringLiteral("%1  %2")
                            .arg(QLatin1String(what), -9)
                            .arg(QString::fromStdString(harmless(value))));
        };
        fact("store", info.url.toString());
        fact("profile", info.profile);
        fact("database", info.database);
        fact("writable",
             info.readOnly ? QStringLiteral("no: ") + info.readOnlyReason : QStringLiteral("yes"));
        fact("events", QString::number(summary.events));
        fact("streams", QString::number(summary.streams));
        fact("head", QString::number(summary.head.value()));
        if (views.empty())
            return;
        output.line(std::string_view());
        Table table(output, {{"view"},
                             {"checkpoint", Table::Align::Right},
                             {"lag", Table::Align::Right},
                             {"rows", Table::Align::Right},
                             {""}});
        for (const ViewStatus& view : views)
            table.row({view.name.toStdString(), std::to_string(view.checkpoint.value()),
                       std::to_string(lagBehind(summary, view.checkpoint)),
                       std::to_string(view.rows), view.paused ? "paused" : ""});
    }

    std::string m_store;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Subcommand> makeInfoCommand() {
    return std::make_unique<InfoCommand>();
}

} // namespace rewindow::cli
