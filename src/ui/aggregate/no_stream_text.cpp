// What panels say while no stream is looked at.
#include "ui/aggregate/no_stream_text.h"

#include "model/session/session.h"

#include <QCoreApplication>

namespace rewindow {

QString noStreamText(const Session& session) {
    return session.head() == GlobalPosition(0)
               ? QCoreApplication::translate("noStreamText", "This store has no events yet")
               : QCoreApplication::translate("noStreamText", "Choose a stream at the left");
}

} // namespace rewindow
