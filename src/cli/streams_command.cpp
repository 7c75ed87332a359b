// rewindow streams STORE: the streams of a store, by name.
#include "cli/command.h"
#include "cli/opened_store.h"
#include "cli/table.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace rewindow::cli {

namespace {

constexpr qint64 kPage = 10'000;

class StreamsCommand : public Subcommand {
  public:
    const char* name() const override { return "streams"; }
    const char* summary() const override { return "The streams of a store, by name"; }
    const char* example() const override {
        return "rewindow streams shop.db --type order --limit 5";
    }
    void declare(CLI::App& app) override {
        app.add_option("store", m_store, "A file or URL")->required();
        app.add_option("--type", m_type, "Only those of this aggregate type");
        app.add_option("--limit", m_limit, "At most so many")->check(CLI::NonNegativeNumber);
        app.add_flag("--json", m_json, "JSON Lines");
    }

    Result<ExitCode> run(Surroundings& surroundings) override {
        const auto store = openStore(m_store, Store::Access::Read);
        if (!store)
            return std::unexpected(store.error());
        std::unique_ptr<Table> table;
        if (!m_json)
            table = std::make_unique<Table>(
                surroundings.output, std::vector<Table::Column>{{"stream"},
                                                                {"type"},
                                                                {"events", Table::Align::Right},
                                                                {"version", Table::Align::Right}});
        StreamQuery query;
        if (!m_type.empty())
            query.type = QString::fromStdString(m_type);
        qint64 left = m_limit.value_or(-1);
        while (left != 0 && !surroundings.output.isClosed()) {
            query.limit = left < 0 ? kPage : std::min(left, kPage);
            const auto page = (*store)->reader().streams(query, surroundings.cancel);
            if (!page)
                return std::unexpected(page.error());
            for (const StreamSummary& stream : *page)
                print(surroundings.output, table.get(), stream);
            if (static_cast<qint64>(page->size()) < query.limit)
                break;
            query.after = page->back().stream;
            if (left > 0)
                left -= static_cast<qint64>(page->size());
        }
        return Done;
    }

  private:
    static void print(Output& output, Table* table, const StreamSummary& stream) {
        if (table)
            table->row({stream.stream.toStdString(), stream.type.toStdString(),
                        std::to_string(stream.events), std::to_string(stream.version.value())});
        else
            output.json(Json::object({{"stream", stream.stream},
                                      {"type", stream.type},
                                      {"id", stream.id},
                                      {"events", stream.events},
                                      {"version", stream.version.value()}}));
    }

    std::string m_store;
    std::string m_type;
    std::optional<qint64> m_limit;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Subcommand> makeStreamsCommand() {
    return std::make_unique<StreamsCommand>();
}

} // namespace rewindow::cli
