// The command line: the same jobs as the window, from a terminal.
#pragma once

namespace rewindow {

/// Whether these arguments ask for the terminal: a subcommand, `--help` or `--version`. Anything
/// else opens a window.
bool isCliInvocation(int argc, char** argv);

/// Runs one subcommand to its end. 0: done; 1: the answer is no; 2: wrong use; 3: the store failed;
/// 130: interrupted. Needs no display and no event loop.
int runCli(int argc, char** argv);

} // namespace rewindow
