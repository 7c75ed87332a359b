// Telling a store that has no id of its own from others.
#pragma once

#include "base/error.h"

#include <QString>

namespace rewindow {

class EventReader;

/// Made of the profile and the first event; of an empty store, of its address.
Result<QString> storeIdentity(EventReader& reader, const QString& profile, const QString& address);

} // namespace rewindow
