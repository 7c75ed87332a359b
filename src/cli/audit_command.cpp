// rewindow audit STORE: holds the views against a fresh fold.
#include "cli/command.h"
#include "cli/opened_store.h"
#include "cli/table.h"
#include "model/export/store_tables.h"
#include "model/projection/audit.h"

#include <CLI/CLI.hpp>

namespace rewindow::cli {

namespace {

class AuditCommand : public Subcommand {
  public:
    const char* name() const override { return "audit"; }
    const char* summary() const override { return "Holds the views against a fresh fold"; }
    const char* example() const override { return "rewindow audit shop.db"; }
    void declare(CLI::App& app) override {
        app.add_option("store", m_store, "A file or URL")->required();
        app.add_option("--view", m_view, "Only this view");
        app.add_option("--domain", m_domain, "Instead of the store's own");
        app.add_flag("--json", m_json, "JSON Lines");
    }

    Result<ExitCode> run(Surroundings& surroundings) override {
        auto opened = openWithDomain(m_store, m_domain, Store::Access::Read);
        if (!opened)
            return std::unexpected(opened.error());
        const auto tables = viewTables(*opened->store);
        if (!tables)
            return std::unexpected(tables.error());
        const auto views = wantedViews(**tables, m_view);
        if (!views)
            return std::unexpected(views.error());
        std::vector<Drift> drifts;
        qint64 held = 0;
        for (const auto& projection : opened->domain->projections()) {
            for (const ViewStatus& view : *views) {
                if (view.name != projection->schema().name)
                    continue;
                auto found =
                    rewindow::audit(*opened->store, **tables, *projection, surroundings.cancel);
                if (!found)
                    return std::unexpected(found.error());
                drifts.insert(drifts.end(), std::make_move_iterator(found->begin()),
                              std::make_move_iterator(found->end()));
                ++held;
            }
        }
        if (held == 0)
            return fail(Error::Kind::Usage,
                        QStringLiteral("the %1 domain projects none of this store's views")
                            .arg(opened->domain->name()),
                        QStringLiteral("make them with `rewindow project`, or name another domain "
                                       "with --domain"));
        report(surroundings.output, drifts);
        return drifts.empty() ? Done : AnswerIsNo;
    }

  private:
    void report(Output& output, const std::vector<Drift>& drifts) const {
        if (m_json) {
            for (const Drift& drift : drifts)
                output.json(Json::object({{"view", drift.view},
                                          {"id", drift.id},
                                          {"column", drift.column},
                                          {"expected", json(drift.expected)},
                                          {"actual", json(drift.actual)},
                                          {"position", drift.position.value()}}));
            return;
        }
        if (drifts.empty())
            return;
        Table table(output, {{"view"},
                             {"id"},
                             {"column"},
                             {"expected"},
                             {"actual"},
                             {"position", Table::Align::Right}});
        const auto shown = [](const std::optional<ViewValue>& value) {
            return value ? toDisplay(*value).toStdString() : std::string("-");
        };
        for (const Drift& drift : drifts)
            table.row({drift.view.toStdString(), drift.id.toStdString(), drift.column.toStdString(),
                       shown(drift.expected), shown(drift.actual),
                       std::to_string(drift.position.value())});
    }

    static Json json(const std::optional<ViewValue>& value) {
        return value ? toJson(*value) : Json();
    }

    std::string m_store;
    std::string m_view;
    std::string m_domain;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Subcommand> makeAuditCommand() {
    return std::make_unique<AuditCommand>();
}

} // namespace rewindow::cli
