// What panels say while no stream is looked at.
#pragma once

#include <QString>

namespace rewindow {

class Session;

QString noStreamText(const Session& session);

} // namespace rewindow
