// Appending to a store of our own schema in PostgreSQL.
#pragma once

#include "store/event_writer.h"

#include <memory>

namespace rewindow {

class PgConnection;

/// `connection` must outlive it. One writer of a store appends at a time, so that positions have no
/// holes; readers are never held up.
std::unique_ptr<EventWriter> makePgEventWriter(PgConnection& connection, const QString& schema);

} // namespace rewindow
