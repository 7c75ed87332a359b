// Where this user's own files lie: workspaces, profiles.
#pragma once

#include <QString>

namespace rewindow {

/// The folder `REWINDOW_DATA_HOME` names if set, else `rewindow` in the user's data folder; it may
/// not exist yet.
QString dataHome();

} // namespace rewindow
