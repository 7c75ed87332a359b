// rewindow project STORE: catches the views up, or rebuilds them.
#include "cli/command.h"
#include "cli/opened_store.h"
#include "cli/progress_line.h"
#include "cli/table.h"
#include "model/projection/projection_runner.h"

#include <CLI/CLI.hpp>

namespace rewindow::cli {

namespace {

class ProjectCommand : public Subcommand {
  public:
    const char* name() const override { return "project"; }
    const char* summary() const override { return "Catches the views up, or rebuilds them"; }
    const char* example() const override {
        return "rewindow project shop.db --rebuild --view order_views";
    }
    void declare(CLI::App& app) override {
        app.add_option("store", m_store, "A file or URL")->required();
        app.add_flag("--rebuild", m_rebuild, "Fold all events afresh");
        app.add_option("--view", m_view, "Only this view; a paused one too");
        app.add_option("--domain", m_domain, "Instead of the store's own");
        app.add_flag("--json", m_json, "JSON Lines");
    }

    Result<ExitCode> run(Surroundings& surroundings) override {
        auto opened = openWithDomain(m_store, m_domain, Store::Access::ReadWrite);
        if (!opened)
            return std::unexpected(opened.error());
        const auto projections = wantedProjections(*opened->domain);
        if (!projections)
            return std::unexpected(projections.error());
        if (const StoreInfo& info = opened->store->info(); info.ownSchema && info.readOnly)
            return fail(Error::Kind::ReadOnly, info.readOnlyReason);

        ProjectionRunner runner(*opened->store, opened->domain->projections());
        if (auto made = runner.ensureTables(); !made && !m_rebuild)
            return std::unexpected(made.error());
        for (const auto& projection : *projections)
            if (const auto done = work(runner, projection->schema().name, surroundings.cancel);
                !done)
                return std::unexpected(done.error());
        return report(surroundings.output, runner, *projections);
    }

  private:
    using Projections = ProjectionRunner::Projections;

    Result<Projections> wantedProjections(const Domain& domain) const {
        Projections all = domain.projections();
        if (all.empty())
            return fail(Error::Kind::Usage,
                        QStringLiteral("the %1 domain has no projections").arg(domain.name()),
                        QStringLiteral("name another with --domain"));
        if (m_view.empty())
            return all;
        QStringList known;
        for (const auto& projection : all) {
            const QString& name = projection->schema().name;
            if (name == QString::fromStdString(m_view))
                return Projections{projection};
            known << name;
        }
        return fail(Error::Kind::NotFound,
                    QStringLiteral("the %1 domain has no view \"%2\"")
                        .arg(domain.name(), QString::fromStdString(m_view)),
                    QStringLiteral("it has %1").arg(known.join(QStringLiteral(", "))));
    }

    Result<void> work(ProjectionRunner& runner, const QString& view, const CancelToken& cancel) {
        ProgressLine progress(view);
        const auto show = [&](GlobalPosition reached, GlobalPosition head) {
            progress.update(reached.value(), head.value());
        };
        if (m_rebuild)
            return runner.rebuild(view, show, cancel);
        if (m_view.empty() && isPaused(runner, view))
            return {};
        return runner.catchUp(view, show, cancel);
    }

    static bool isPaused(const ProjectionRunner& runner, const QString& view) {
        const auto tables = runner.tables();
        if (!tables)
            return false;
        const auto status = wantedViews(**tables, view.toStdString());
        return status && !status->empty() && status->front().paused;
    }

    Result<ExitCode> report(Output& output, const ProjectionRunner& runner,
                            const Projections& projections) const {
        const auto tables = runner.tables();
        if (!tables)
            return std::unexpected(tables.error());
        std::unique_ptr<Table> table;
        if (!m_json)
            table = std::make_unique<Table>(
                output, std::vector<Table::Column>{{"view"},
                                                   {"checkpoint", Table::Align::Right},
                                                   {"rows", Table::Align::Right},
                                                   {""}});
        for (const auto& projection : projections) {
            const auto views = wantedViews(**tables, projection->schema().name.toStdString());
            if (!views)
                return std::unexpected(views.error());
            const ViewStatus& view = views->front();
            if (table)
                table->row({view.name.toStdString(), std::to_string(view.checkpoint.value()),
                            std::to_string(view.rows), view.paused ? "paused" : ""});
            else
                output.json(Json::object({{"view", view.name},
                                          {"checkpoint", view.checkpoint.value()},
                                          {"rows", view.rows}}));
        }
        return Done;
    }

    std::string m_store;
    std::string m_view;
    std::string m_domain;
    bool m_rebuild = false;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Subcommand> makeProjectCommand() {
    return std::make_unique<ProjectCommand>();
}

} // namespace rewindow::cli
