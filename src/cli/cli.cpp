#include "cli/cli.h"

#include "base/deep_stack.h"
#include "cli/command.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QThread>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <future>
#include <memory>
#include <string>

namespace rewindow {

namespace cli {

std::vector<std::unique_ptr<Subcommand>> allSubcommands() {
    std::vector<std::unique_ptr<Subcommand>> all;
    all.push_back(makeDemoCommand());
    all.push_back(makeInitCommand());
    all.push_back(makeInfoCommand());
    all.push_back(makeStreamsCommand());
    all.push_back(makeEventsCommand());
    all.push_back(makeReplayCommand());
    all.push_back(makeDiffCommand());
    all.push_back(makeHistoryCommand());
    all.push_back(makeSendCommand());
    all.push_back(makeProjectCommand());
    all.push_back(makeQueryCommand());
    all.push_back(makeAuditCommand());
    all.push_back(makeImportCommand());
    all.push_back(makeExportCommand());
    return all;
}

namespace {

CancelToken* interruptible = nullptr;

} // namespace

CancelToken interruption() {
    return interruptible ? *interruptible : CancelToken();
}

namespace {

// Setting a lock-free flag is all that a signal handler may do.
void interrupt(int) {
    if (interruptible)
        interruptible->cancel();
}

void cancelOnSignals(CancelToken& token) {
    interruptible = &token;
    struct sigaction action {};
    action.sa_handler = interrupt;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    // A closed pipe is met where it is written to.
    std::signal(SIGPIPE, SIG_IGN);
}

/// On a thread with stack enough for whatever a store holds.
Result<ExitCode> runDeep(Subcommand& subcommand, Surroundings& surroundings) {
    std::packaged_task<Result<ExitCode>()> task([&] { return subcommand.run(surroundings); });
    std::future<Result<ExitCode>> outcome = task.get_future();
    const std::unique_ptr<QThread> thread(QThread::create([&task] { task(); }));
    thread->setStackSize(kDeepStackBytes);
    thread->start();
    thread->wait();
    return outcome.get();
}

} // namespace
} // namespace cli

bool isCliInvocation(int argc, char** argv) {
    if (argc < 2)
        return false;
    const std::string_view first = argv[1];
    if (first == "--help" || first == "-h" || first == "--version")
        return true;
    const auto all = cli::allSubcommands();
    return std::any_of(all.begin(), all.end(),
                       [&](const auto& subcommand) { return first == subcommand->name(); });
}

int runCli(int argc, char** argv) {
    using namespace cli;
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("rewindow"));

    CLI::App app("Rewindow: a window onto an event log, one that rewinds.\n"
                 "Without a subcommand it opens the window: rewindow [STORE] [--stream S] "
                 "[--version N | --at POSITION] [--pointer P] [--view V] [--row ID "
                 "[--column C]] [--filter F] [--event POSITION] [--type T] "
                 "[--compare STREAM@N --with STREAM@N] [--page log|aggregate|statistics] "
                 "[--domain D] [--image FILE.png [--size WxH] "
                 "[--theme dark|light]]",
                 "rewindow");
    app.set_version_flag("--version", std::string("rewindow ") + REWINDOW_VERSION);
    app.require_subcommand(1);
    const auto all = allSubcommands();
    Subcommand* chosen = nullptr;
    for (const auto& subcommand : all) {
        CLI::App* declared = app.add_subcommand(subcommand->name(), subcommand->summary());
        declared->footer(std::string("Example:\n  ") + subcommand->example());
        subcommand->declare(*declared);
        declared->callback([&chosen, raw = subcommand.get()] { chosen = raw; });
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? Done : WrongUse;
    }

    CancelToken cancel;
    cancelOnSignals(cancel);
    Output output;
    Surroundings surroundings{output, cancel};
    const Result<ExitCode> outcome = runDeep(*chosen, surroundings);
    output.flush();
    interruptible = nullptr;
    if (outcome)
        return *outcome;
    // A signal may also surface as a read that fails half way: what the user did is the reason.
    const Error error =
        cancel.isCancelled() ? Error{Error::Kind::Cancelled, {}, {}, {}} : outcome.error();
    complain(error);
    return exitCodeFor(error);
}

} // namespace rewindow
