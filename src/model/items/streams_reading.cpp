#include "model/items/streams_reading.h"

#include <algorithm>

namespace rewindow {

namespace {
constexpr qint64 kEvents = 20'000;
constexpr qsizetype kStreams = 500;
} // namespace

Result<StreamsOverview> readStreamsOverview(Store& store, const CancelToken& cancel) {
    StreamsOverview overview;
    auto head = store.reader().head();
    if (!head)
        return std::unexpected(head.error());
    overview.head = *head;
    auto types = store.reader().streamTypes(cancel);
    if (!types)
        return std::unexpected(types.error());
    overview.types = std::move(*types);
    std::sort(overview.types.begin(), overview.types.end(),
              [](const TypeCount& left, const TypeCount& right) {
                  return left.type.toUtf8() < right.type.toUtf8();
              });
    return overview;
}

Result<StreamsNews> readStreamsNews(Store& store, GlobalPosition after, const CancelToken& cancel) {
    StreamsNews news;
    news.head = after;
    news.tooMuch = !store.info().hasPositions;
    if (news.tooMuch)
        return news;
    EventQuery query;
    query.after = after;
    query.limit = kEvents;
    QSet<QString> touched;
    qint64 events = 0;
    const auto note = [&](RecordedEvent&& event) {
        const QString stream = toQString(event.stream());
        touched.insert(stream);
        if (event.version() == StreamVersion(1))
            news.born.insert(stream);
        news.head = event.position();
        ++events;
        return touched.size() <= kStreams;
    };
    if (auto read = store.reader().forEach(query, note, cancel); !read)
        return std::unexpected(read.error());
    news.tooMuch = events == kEvents || touched.size() > kStreams;
    if (news.tooMuch)
        return news;
    for (const QString& stream : touched) {
        auto summary = store.reader().stream(stream);
        if (!summary)
            return std::unexpected(summary.error());
        if (*summary)
            news.streams.push_back(std::move(**summary));
    }
    return news;
}

} // namespace rewindow
