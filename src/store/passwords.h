// Passwords that a person or a keyring gave, while the program runs.
#pragma once

#include <QString>

namespace rewindow {

class StoreUrl;

/// In memory alone: no setting, link, title, message or child process has them. They are kept by
/// account, so that one answer is good for every database of that server. Any thread may ask.
namespace passwords {

void keep(const StoreUrl& url, const QString& password);
/// A wrong one is not tried again.
void forget(const StoreUrl& url);
/// The one that stands in the address, else the one that is kept; empty: neither.
QString of(const StoreUrl& url);

} // namespace passwords

/// Takes passwords out of the command line, in the memory that other users of the machine may read,
/// and keeps them. To be called first of all. What is no address of a server stays as it is.
void takePasswordsFrom(int argc, char** argv);

/// The text of an address for a message: what may be a password in it is left out.
QString withoutPassword(const QString& address);

} // namespace rewindow
