// The place in a store where a window is to open, as the command line or a link names it.
#pragma once

#include "base/error.h"
#include "base/ordinals.h"
#include "model/moment/moment.h"

#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace rewindow {

class Session;

/// What is absent stays as it is.
struct Landing {
    std::optional<QString> stream;
    std::optional<StreamVersion> version; ///< of `stream`; else `at`
    std::optional<GlobalPosition> at;
    std::optional<QString> pointer;
    std::optional<QString> view;
    std::optional<QString> row;
    std::optional<QString> column;
    std::optional<QString> filter;
    std::optional<GlobalPosition> event;
    std::optional<GlobalPosition> top;
    std::optional<QString> type;
    std::optional<Comparison> comparison;
    std::optional<Page> page;

    static Landing of(const Moment& moment);
    bool operator==(const Landing&) const = default;
};

/// Goes there in one step. Fails with NotFound for a stream, view or event that is not there and
/// with Usage for a version or position beyond the last; then the session stays where it was.
void land(Session& session, const Landing& landing, QObject* guard,
          std::function<void(Result<void>)> done);

} // namespace rewindow
