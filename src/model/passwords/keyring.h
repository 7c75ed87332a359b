// Passwords of servers in the desktop's keyring.
#pragma once

#include "base/error.h"
#include "store/store_url.h"

#include <QObject>

#include <functional>
#include <optional>

namespace rewindow {

/// The keyring is asked, never waited for: it may want to be unlocked first, by a person. `done` is
/// called by the event loop, once, while `guard` lives. Every failure says in a sentence that there
/// is no keyring, or why it does not answer; nobody depends on one.
namespace keyring {

/// The password of the account that the address is of; nothing where the keyring has none.
void find(const StoreUrl& url, QObject* guard,
          std::function<void(Result<std::optional<QString>>)> done);
void keep(const StoreUrl& url, const QString& password, QObject* guard,
          std::function<void(Result<void>)> done);
void forget(const StoreUrl& url, QObject* guard, std::function<void(Result<void>)> done);

} // namespace keyring

} // namespace rewindow
