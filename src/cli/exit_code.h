// What a subcommand's exit code means.
#pragma once

#include "base/error.h"

namespace rewindow::cli {

enum ExitCode {
    Done = 0,
    AnswerIsNo = 1, ///< rejected, conflict, drift found, no such row
    WrongUse = 2,   ///< the request is wrong: names, values, a write to a read-only store
    StoreFailed = 3,
    Interrupted = 130, ///< what a shell reports for SIGINT
};

inline ExitCode exitCodeFor(const Error& error) {
    switch (error.kind) {
    case Error::Kind::Storage:
    case Error::Kind::NoStore:
    case Error::Kind::Unreachable:
    case Error::Kind::Password:
        return StoreFailed;
    case Error::Kind::Cancelled:
        return Interrupted;
    case Error::Kind::Usage:
    case Error::Kind::NotFound:
    case Error::Kind::ReadOnly:
    case Error::Kind::BadInput:
        break;
    }
    return WrongUse;
}

} // namespace rewindow::cli
