// Subcommands run in the terminal, with no display; all else opens a window.
#include "cli/cli.h"
#include "store/passwords.h"
#include "ui/shell/application.h"

#include <QCoreApplication>

int main(int argc, char** argv) {
    rewindow::takePasswordsFrom(argc, argv); // others may be reading
    QCoreApplication::setApplicationVersion(QStringLiteral(REWINDOW_VERSION));
    return rewindow::isCliInvocation(argc, argv) ? rewindow::runCli(argc, argv)
                                                 : rewindow::runWindow(argc, argv);
}
