// Where a terminal gets the password that a server asks for.
#pragma once

#include "base/error.h"
#include "store/store_url.h"

#include <functional>

namespace rewindow::cli {

/// Gets another password for the account and keeps it (passwords::keep()): the first time that of
/// the keyring, if it has one, then what is typed on the terminal. Fails with `refusal`, and what
/// to do, where there is no terminal: nothing is ever taken from a pipe.
Result<void> getPassword(const StoreUrl& url, const Error& refusal, int attempt);
constexpr int kMostPasswords = 4;

/// What `open` returns, which is called again with each password until the server takes it.
template <class T>
Result<T> withPassword(const StoreUrl& url, const std::function<Result<T>()>& open) {
    Result<T> opened = open();
    for (int attempt = 0;
         attempt < kMostPasswords && !opened && opened.error().kind == Error::Kind::Password;
         ++attempt) {
        if (const auto got = getPassword(url, opened.error(), attempt); !got)
            return std::unexpected(got.error());
        opened = open();
    }
    return opened;
}

} // namespace rewindow::cli
