// Waiting for a MariaDB server, but not for ever.
#pragma once

#include <QtGlobal>

#include <functional>

struct st_mysql;

namespace rewindow {

/// Drives a call of libmariadb that does not block, to its end. `wanted` is what it waits for, as
/// it answered when it was begun, and `goOn` takes what came and answers the same; 0: it is done.
/// `look` is called now and then. A server that does not answer for so long is cut off, with which
/// the call fails.
void waitFor(st_mysql* handle, int wanted, qint64 patienceMs, const std::function<int(int)>& goOn,
             const std::function<void()>& look);

} // namespace rewindow
