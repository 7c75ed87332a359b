// Where this user's own files lie: workspaces, profiles.
#include "store/data_home.h"

#include <QStandardPaths>

namespace rewindow {

QString dataHome() {
    const QString chosen = qEnvironmentVariable("REWINDOW_DATA_HOME");
    if (!chosen.isEmpty())
        return chosen;
    // Not AppDataLocation: that follows the application's name, which tests and helpers lack.
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/rewindow");
}

} // namespace rewindow
