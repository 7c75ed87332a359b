// Reaching a PostgreSQL server.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "store/store_url.h"

#include <memory>

struct pg_conn;

namespace rewindow {

struct PgFinish {
    void operator()(pg_conn* connection) const;
};
using PgHandle = std::unique_ptr<pg_conn, PgFinish>;

/// A connection to the first of the address's hosts that will do. Fails with Unreachable; with
/// Password where the server wants one that it was not given; with NotFound where the server has
/// no such database; with Cancelled soon after it is asked to stop.
Result<PgHandle> connectToPg(const StoreUrl& url, const CancelToken& cancel);

} // namespace rewindow
