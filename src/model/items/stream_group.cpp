#include "model/items/stream_group.h"

#include <algorithm>

namespace rewindow {

bool isStreamBefore(const QString& left, const QString& right) {
    return left.toUtf8() < right.toUtf8();
}

std::size_t StreamGroup::placeOf(const QString& stream) const {
    const auto place = std::lower_bound(streams.begin(), streams.end(), stream,
                                        [](const StreamSummary& at, const QString& name) {
                                            return isStreamBefore(at.stream, name);
                                        });
    return static_cast<std::size_t>(place - streams.begin());
}

std::optional<std::size_t> StreamGroup::rowOf(const QString& stream) const {
    const std::size_t place = placeOf(stream);
    if (place < streams.size() && streams[place].stream == stream)
        return place;
    return std::nullopt;
}

void StreamGroup::leaveOutKnown(std::vector<StreamSummary>& next) const {
    if (!streams.empty())
        std::erase_if(next, [&](const StreamSummary& stream) {
            return !isStreamBefore(streams.back().stream, stream.stream);
        });
}

} // namespace rewindow
