// rewindow export STORE [STREAM]: all events to standard output, as JSON Lines or CSV.
#include "cli/command.h"
#include "cli/edge_teller.h"
#include "cli/opened_store.h"
#include "model/export/event_lines.h"

#include <CLI/CLI.hpp>

namespace rewindow::cli {

namespace {

class ExportCommand : public Subcommand {
  public:
    const char* name() const override { return "export"; }
    const char* summary() const override { return "All events to standard output"; }
    const char* example() const override {
        return "rewindow export shop.db --format jsonl > shop.jsonl";
    }
    void declare(CLI::App& app) override {
        app.add_option("store", m_store, "A file or URL")->required();
        app.add_option("stream", m_stream, "Only this stream's");
        app.add_option("--format", m_format,
                       "jsonl, which `rewindow import` takes back, or csv, for spreadsheets: there "
                       "a text that looks like a formula gets an apostrophe in front")
            ->check(CLI::IsMember({"jsonl", "csv"}))
            ->capture_default_str();
    }

    Result<ExitCode> run(Surroundings& surroundings) override {
        const auto store = openStore(m_store, Store::Access::Read);
        if (!store)
            return std::unexpected(store.error());
        EventQuery query;
        if (!m_stream.empty()) {
            const auto stream = existingStream(**store, m_stream);
            if (!stream)
                return std::unexpected(stream.error());
            query.stream = stream->stream;
        }
        const bool csv = m_format == "csv";
        Output& output = surroundings.output;
        if (csv)
            output.write(kEventCsvHeader);
        const auto read = (*store)->reader().forEach(
            query,
            [&](RecordedEvent&& event) {
                if (csv)
                    appendEventCsvRow(output.buffer(), event);
                else
                    appendEventLine(output.buffer(), event);
                output.written();
                return !output.isClosed();
            },
            surroundings.cancel);
        if (!read)
            return std::unexpected(read.error());
        if (!query.stream)
            EdgeTeller::tellEnd((*store)->reader());
        return Done;
    }

  private:
    std::string m_store;
    std::string m_stream;
    std::string m_format = "jsonl";
};

} // namespace

std::unique_ptr<Subcommand> makeExportCommand() {
    return std::make_unique<ExportCommand>();
}

} // namespace rewindow::cli
