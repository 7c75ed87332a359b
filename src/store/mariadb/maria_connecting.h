// Reaching a MariaDB server.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "store/store_url.h"

#include <memory>

struct st_mysql;

namespace rewindow {

struct MariaFinish {
    void operator()(st_mysql* handle) const;
};
using MariaHandle = std::unique_ptr<st_mysql, MariaFinish>;

/// A connection to one of the address's hosts. Fails as MariaConnection::open() does.
Result<MariaHandle> connectToMaria(const StoreUrl& url, const ServerAddress::Host& host,
                                   const CancelToken& cancel);

} // namespace rewindow
