// rewindow init URL: a new, empty store with our own schema.
#include "cli/command.h"
#include "cli/password_prompt.h"
#include "model/domain/domain.h"
#include "store/store.h"

#include <CLI/CLI.hpp>

namespace rewindow::cli {

namespace {

class InitCommand : public Subcommand {
  public:
    const char* name() const override { return "init"; }
    const char* summary() const override { return "Makes a new, empty store"; }
    const char* example() const override {
        return "rewindow init postgresql://ann@db.example.org/shop --domain order";
    }
    void declare(CLI::App& app) override {
        app.add_option("url", m_url,
                       "A file to make, or a PostgreSQL or MariaDB database without such tables")
            ->required();
        app.add_option("--domain", m_domain, "What its events mean: order, or merge");
        app.add_flag("--json", m_json, "One JSON object");
    }

    Result<ExitCode> run(Surroundings& surroundings) override {
        const auto url = StoreUrl::parse(QString::fromStdString(m_url));
        if (!url)
            return std::unexpected(url.error());
        const QString domain = QString::fromStdString(m_domain);
        if (!domain.isEmpty())
            if (const auto known = domainNamed(domain); !known)
                return std::unexpected(known.error());
        const auto store =
            withPassword<std::unique_ptr<Store>>(*url, [&] { return Store::create(*url, domain); });
        if (!store)
            return std::unexpected(store.error());
        if (m_json)
            surroundings.output.json(Json::object({{"store", url->toString()},
                                                   {"profile", (*store)->info().profile},
                                                   {"database", (*store)->info().database},
                                                   {"domain", domain}}));
        else
            surroundings.output.line(
                QStringLiteral("%1 is ready. Look at it with: rewindow %1").arg(url->toString()));
        return Done;
    }

  private:
    std::string m_url;
    std::string m_domain;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Subcommand> makeInitCommand() {
    return std::make_unique<InitCommand>();
}

} // namespace rewindow::cli
