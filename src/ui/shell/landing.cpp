// Looked up on the reading lane, then gone to at once.
#include "ui/shell/landing.h"

#include "model/session/session.h"

#include <QCoreApplication>

#include <algorithm>

namespace rewindow {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(Landing)
};

/// The position of a stream's version; of version 0 the one before its first event.
Result<GlobalPosition> positionOf(EventReader& reader, const QString& stream,
                                  StreamVersion version) {
    EventQuery query;
    query.stream = stream;
    query.fromVersion = std::max(version, StreamVersion(1));
    query.limit = 1;
    auto events = reader.read(query);
    if (!events)
        return std::unexpected(events.error());
    if (events->empty())
        return fail(Error::Kind::NotFound,
                    Words::tr("stream “%1” has no version %2").arg(stream).arg(version.value()));
    const GlobalPosition position = events->front().position();
    return version.value() == 0 ? position.previous() : position;
}

/// Checks what only the store can tell; the playhead asked for, if any.
Result<std::optional<GlobalPosition>> lookUp(EventReader& reader, const Landing& landing) {
    using Playhead = std::optional<GlobalPosition>;
    if (landing.at) {
        auto head = reader.head();
        if (!head)
            return std::unexpected(head.error());
        if (*landing.at > *head)
            return fail(Error::Kind::Usage,
                        Words::tr("There is no position %1: the log ends at %2")
                            .arg(landing.at->value())
                            .arg(head->value()),
                        Words::tr("ask for a position from 0 to %1").arg(head->value()));
    }
    if (!landing.stream || landing.stream->isEmpty())
        return Playhead(landing.at);
    auto stream = reader.stream(*landing.stream);
    if (!stream)
        return std::unexpected(stream.error());
    if (!*stream)
        return fail(Error::Kind::NotFound,
                    Words::tr("There is no stream “%1” in this store").arg(*landing.stream),
                    Words::tr("“rewindow streams” lists those there are"));
    if (!landing.version)
        return Playhead(landing.at);
    const StreamVersion last = (*stream)->version;
    if (*landing.version > last)
        return fail(Error::Kind::Usage,
                    Words::tr("Stream “%1” has no version %2: its last is %3")
                        .arg(*landing.stream)
                        .arg(landing.version->value())
                        .arg(last.value()),
                    Words::tr("ask for a version from 0 to %1").arg(last.value()));
    auto position = positionOf(reader, *landing.stream, *landing.version);
    if (!position)
        return std::unexpected(position.error());
    return Playhead(*position);
}

Result<void> checkView(const Session& session, const Landing& landing) {
    if (!landing.view || landing.view->isEmpty())
        return {};
    QStringList names;
    for (const ViewState& view : session.views()) {
        if (view.schema.name == *landing.view)
            return {};
        names.append(view.schema.name);
    }
    return fail(Error::Kind::NotFound, Words::tr("There is no view “%1”").arg(*landing.view),
                names.isEmpty()
                    ? Words::tr("this store's domain has no views")
                    : Words::tr("the views are %1").arg(names.join(QStringLiteral(", "))));
}

} // namespace

Landing Landing::of(const Moment& moment) {
    const auto given = [](const QString& word) {
        return word.isEmpty() ? std::nullopt : std::optional(word);
    };
    Landing landing;
    landing.stream = given(moment.stream);
    landing.at = moment.playhead;
    landing.pointer = given(moment.pointer);
    landing.view = given(moment.view);
    landing.row = given(moment.row);
    landing.filter = given(moment.filter);
    landing.page = moment.page;
    return landing;
}

void land(Session& session, const Landing& landing, QObject* guard,
          std::function<void(Result<void>)> done) {
    if (landing == Landing{}) {
        done({});
        return;
    }
    if (auto known = checkView(session, landing); !known) {
        done(std::unexpected(known.error()));
        return;
    }
    using Playhead = std::optional<GlobalPosition>;
    session.reading().run<Playhead>(
        guard,
        [landing](Store& store, const CancelToken&) { return lookUp(store.reader(), landing); },
        [&session, landing, done](Result<Playhead> playhead) {
            if (!playhead) {
                done(std::unexpected(playhead.error()));
                return;
            }
            Moment moment = session.moment();
            moment.stream = landing.stream.value_or(moment.stream);
            if (*playhead)
                moment.playhead = *playhead;
            moment.pointer = landing.pointer.value_or(moment.pointer);
            moment.view = landing.view.value_or(moment.view);
            moment.row = landing.row.value_or(moment.row);
            moment.filter = landing.filter.value_or(moment.filter);
            moment.page = landing.page.value_or(moment.page);
            session.go(moment);
            done({});
        });
}

} // namespace rewindow
