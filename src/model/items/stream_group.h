// The streams of one type, as far as they have been read.
#pragma once

#include "base/cancel_token.h"
#include "store/event_reader.h"

#include <QString>

#include <cstddef>
#include <optional>
#include <vector>

namespace rewindow {

/// The order of names that stores page by: that of their UTF-8.
bool isStreamBefore(const QString& left, const QString& right);

/// Or all streams that are shown, where they have no types.
struct StreamGroup {
    QString type;
    int row = 0;
    qint64 count = 0;                   ///< streams of the type in the store; filtered: those found
    std::vector<StreamSummary> streams; ///< in order of their names
    QString reached;                    ///< the last name read
    bool complete = false;
    bool reading = false;
    CancelToken page; ///< of the page being read

    std::size_t placeOf(const QString& stream) const; ///< where it is, or would be
    std::optional<std::size_t> rowOf(const QString& stream) const;
    /// Takes out of a page what lies up to the last stream that is here.
    void leaveOutKnown(std::vector<StreamSummary>& next) const;
};

} // namespace rewindow
