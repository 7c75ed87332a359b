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

Result<StreamSummary> findStream(EventReader& reader, const QString& name) {
    auto stream = reader.stream(name);
    if (!stream)
        return std::unexpected(stream.error());
    if (!*stream)
        return fail(Error::Kind::NotFound,
                    Words::tr("There is no stream “%1” in this store").arg(name),
                    Words::tr("“rewindow streams” lists those there are"));
    return **stream;
}

Result<void> checkPositions(EventReader& reader, const Landing& landing) {
    const GlobalPosition farthest =
        std::max({landing.at.value_or(GlobalPosition()), landing.event.value_or(GlobalPosition()),
                  landing.top.value_or(GlobalPosition())});
    if (farthest == GlobalPosition())
        return {};
    const auto head = reader.head();
    if (!head)
        return std::unexpected(head.error());
    if (farthest <= *head)
        return {};
    return fail(Error::Kind::Usage,
                Words::tr("There is no position %1: the log ends at %2")
                    .arg(farthest.value())
                    .arg(head->value()),
                Words::tr("ask for a position from 0 to %1").arg(head->value()));
}

/// Checks what only the store can tell; the playhead asked for, if any.
Result<std::optional<GlobalPosition>> lookUp(EventReader& reader, const Landing& landing) {
    using Playhead = std::optional<GlobalPosition>;
    if (auto there = checkPositions(reader, landing); !there)
        return std::unexpected(there.error());
    if (landing.comparison) {
        for (const QString& name :
             {landing.comparison->left.stream, landing.comparison->right.stream}) {
            if (auto there = findStream(reader, name); !there)
                return std::unexpected(there.error());
        }
    }
    if (!landing.stream || landing.stream->isEmpty())
        return Playhead(landing.at);
    auto stream = findStream(reader, *landing.stream);
    if (!stream)
        return std::unexpected(stream.error());
    if (!landing.version)
        return Playhead(landing.at);
    const StreamVersion last = stream->version;
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
    landing.column = given(moment.column);
    landing.filter = given(moment.filter);
    landing.event = moment.event;
    landing.top = moment.top;
    landing.type = given(moment.type);
    landing.comparison = moment.comparison;
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
            moment.column = landing.column.value_or(moment.column);
            moment.filter = landing.filter.value_or(moment.filter);
            moment.event = landing.event;
            moment.top = landing.top;
            moment.type = landing.type.value_or(moment.type);
            moment.comparison = landing.comparison;
            moment.page = landing.page.value_or(moment.page);
            session.go(moment);
            done({});
        });
}

} // namespace rewindow
