// One subcommand: what it is called, what it takes, what it does.
#pragma once

#include "base/cancel_token.h"
#include "cli/exit_code.h"
#include "cli/output.h"

#include <memory>
#include <vector>

namespace CLI {
class App;
}

namespace rewindow::cli {

/// Where a subcommand runs.
struct Surroundings {
    Output& output;
    CancelToken cancel; ///< set by SIGINT and SIGTERM
};

/// The same, for what is not handed its surroundings.
CancelToken interruption();

class Subcommand {
  public:
    virtual ~Subcommand() = default;
    virtual const char* name() const = 0;
    virtual const char* summary() const = 0;
    /// A line or two for `--help`.
    virtual const char* example() const = 0;
    /// Adds options that write into this object.
    virtual void declare(CLI::App& app) = 0;
    /// An exit code, or what went wrong.
    virtual Result<ExitCode> run(Surroundings& surroundings) = 0;
};

/// All of them, in the order of `--help`.
std::vector<std::unique_ptr<Subcommand>> allSubcommands();

std::unique_ptr<Subcommand> makeDemoCommand();
std::unique_ptr<Subcommand> makeInitCommand();
std::unique_ptr<Subcommand> makeInfoCommand();
std::unique_ptr<Subcommand> makeStreamsCommand();
std::unique_ptr<Subcommand> makeEventsCommand();
std::unique_ptr<Subcommand> makeReplayCommand();
std::unique_ptr<Subcommand> makeDiffCommand();
std::unique_ptr<Subcommand> makeHistoryCommand();
std::unique_ptr<Subcommand> makeSendCommand();
std::unique_ptr<Subcommand> makeProjectCommand();
std::unique_ptr<Subcommand> makeQueryCommand();
std::unique_ptr<Subcommand> makeAuditCommand();
std::unique_ptr<Subcommand> makeImportCommand();
std::unique_ptr<Subcommand> makeExportCommand();

} // namespace rewindow::cli
