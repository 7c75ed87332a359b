// What went wrong, where, and the way out: the one failure type that crosses layers.
#pragma once

#include <QString>

#include <expected>
#include <utility>

namespace rewindow {

/// A failure as its reader needs it. Each text is a full clause without a closing period.
struct Error {
    /// Decides what a caller may do about it; the command line derives its exit code from it.
    enum class Kind {
        Usage,       ///< the request itself is wrong: unknown name, missing or mistyped value
        NotFound,    ///< the named stream, event, view, file … does not exist
        ReadOnly,    ///< a write to a store that must not be written
        BadInput,    ///< the content handed in is not what it should be: a bad line, not JSON
        Storage,     ///< the store or the disk failed, or is not a store at all
        NoStore,     ///< a database, but with no event store in it that is known
        Unreachable, ///< there is no server at the address, or its connection is gone
        Password,    ///< the server asks for a password, or refuses the one it was given
        Cancelled,   ///< the user gave up waiting
    };

    Kind kind = Kind::Storage;
    QString what;   ///< what happened, naming the thing: "orders.db is a PNG picture, not a store"
    QString where;  ///< the place, when `what` does not name it: "line 17", "/items/0/quantity"
    QString wayOut; ///< what to do now: "open a SQLite file, or a .jsonl export"

    /// One sentence, or two: "where: what. Way out."
    QString sentence() const;

    bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

/// `return fail(Error::Kind::Usage, "…", "…");` for any Result.
inline std::unexpected<Error> fail(Error::Kind kind, QString what, QString wayOut = {},
                                   QString where = {}) {
    return std::unexpected(Error{kind, std::move(what), std::move(where), std::move(wayOut)});
}

} // namespace rewindow
