// Appending to a store of our own schema in MariaDB.
#pragma once

#include "store/event_writer.h"

#include <memory>

namespace rewindow {

class MariaConnection;

/// `connection` must outlive it. One writer of a store appends at a time, so that positions have no
/// holes; readers are never held up.
std::unique_ptr<EventWriter> makeMariaEventWriter(MariaConnection& connection);

} // namespace rewindow
