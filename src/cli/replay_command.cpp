// rewindow replay STORE STREAM: the state of an aggregate at a version.
#include "cli/command.h"
#include "cli/opened_store.h"

#include <CLI/CLI.hpp>

namespace rewindow::cli {

namespace {

class ReplayCommand : public Subcommand {
  public:
    const char* name() const override { return "replay"; }
    const char* summary() const override { return "The state of an aggregate at a version"; }
    const char* example() const override { return "rewindow replay shop.db order-7f3a9c12 --to 3"; }
    void declare(CLI::App& app) override {
        app.add_option("store", m_store, "A file or URL")->required();
        app.add_option("stream", m_stream, "As `rewindow streams` shows it")->required();
        auto* to = app.add_option("--to", m_to, "At this version; 0 is before any event");
        app.add_option("--at", m_at, "At the last version up to this global position")
            ->excludes(to);
        app.add_option("--domain", m_domain, "order or merge, instead of the store's own");
        app.add_flag("--json", m_json, "One JSON object");
    }

    Result<ExitCode> run(Surroundings& surroundings) override {
        auto opened = openWithDomain(m_store, m_domain, Store::Access::Read);
        if (!opened)
            return std::unexpected(opened.error());
        auto timeline = timelineOf(*opened, m_stream, surroundings.cancel);
        if (!timeline)
            return std::unexpected(timeline.error());
        if (m_at && *m_at < 0)
            return fail(Error::Kind::Usage,
                        QStringLiteral("there is no global position %1").arg(*m_at),
                        QStringLiteral("give 0 (before any event) or more"));
        const qint64 wanted = m_at   ? timeline->versionAt(GlobalPosition(*m_at)).value()
                              : m_to ? *m_to
                                     : timeline->lastVersion().value();
        const auto version = reachableVersion(*timeline, wanted);
        if (!version)
            return std::unexpected(version.error());
        const auto state = timeline->state(*version);
        if (!state)
            return std::unexpected(state.error());
        if (m_json)
            surroundings.output.json(Json::object({{"stream", timeline->stream()},
                                                   {"version", version->value()},
                                                   {"state", *state},
                                                   {"domain", opened->domain->name()}}));
        else
            printPlain(surroundings.output, *timeline, *version, *state);
        return Done;
    }

  private:
    static void printPlain(Output& output, const Timeline& timeline, StreamVersion version,
                           const Json& state) {
        const QString merged =
            timeline.domain().merges() ? QStringLiteral(", merged payloads") : QString();
        const QString event = version > StreamVersion(0) ? timeline.event(version).type
                                                         : QStringLiteral("before any event");
        output.line(std::string_view(harmless(QStringLiteral("%1 at version %2 of %3: %4%5")
                                                  .arg(timeline.stream())
                                                  .arg(version.value())
                                                  .arg(timeline.lastVersion().value())
                                                  .arg(event, merged))));
        // The breaks are ours, the content is the store's.
        const std::string pretty = state.dumpPretty();
        for (std::string_view rest = pretty; !rest.empty();) {
            const auto end = std::min(rest.find('\n'), rest.size());
            output.line(std::string_view(harmless(rest.substr(0, end))));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }

    std::string m_store;
    std::string m_stream;
    std::string m_domain;
    std::optional<qint64> m_to;
    std::optional<qint64> m_at;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Subcommand> makeReplayCommand() {
    return std::make_unique<ReplayCommand>();
}

} // namespace rewindow::cli
