// What appending means, whatever the database.
#include "store/sql/appending_writer.h"

#include <QScopeGuard>

#include <algorithm>
#include <vector>

namespace rewindow {

namespace {

/// Streams whose last version an import remembers; beyond that it looks them up again.
constexpr qsizetype kRememberedStreams = 200'000;

std::string_view view(const QByteArray& bytes) {
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// The event as it will be read.
RecordedEvent recordedAs(const QString& stream, StreamVersion version, GlobalPosition position,
                         const NewEvent& event) {
    const QByteArray texts[] = {stream.toUtf8(),
                                event.id.toUtf8(),
                                event.type.toUtf8(),
                                event.data,
                                event.metadata,
                                event.correlationId.toUtf8(),
                                event.causationId.toUtf8()};
    RecordedEvent::Texts views;
    std::ranges::transform(texts, views.begin(), view);
    return RecordedEvent(position, version, event.recordedAt, views);
}

} // namespace

Result<AppendOutcome> AppendingWriter::whenCommitFailed(const Error& error, const QString&,
                                                        std::span<const NewEvent>) {
    return std::unexpected(error);
}

Result<std::optional<AppendOutcome>>
AppendingWriter::presentOutcome(const QString& stream, std::span<const NewEvent> events) {
    std::optional<Present> last;
    const NewEvent* firstPresent = nullptr;
    std::size_t found = 0;
    for (const NewEvent& event : events) {
        const auto there = present(stream, event);
        if (!there)
            return std::unexpected(there.error());
        if (!*there)
            continue;
        if (!(*there)->sameBody)
            return IdConflict{event.id};
        ++found;
        last = *there;
        if (!firstPresent)
            firstPresent = &event;
    }
    if (found == 0)
        return std::optional<AppendOutcome>();
    // Some, but not all: this is not the append that was made before.
    if (found < events.size())
        return IdConflict{firstPresent->id};
    return Appended{last->version, last->position, true};
}

/// `event` was refused for its id. Where others of the append were inserted before it, they were
/// not there, so that this is not the same append sent again.
Result<AppendOutcome> AppendingWriter::idThere(const QString& stream,
                                               std::span<const NewEvent> events,
                                               const NewEvent& event) {
    if (&event != &events.front())
        return IdConflict{event.id};
    auto known = presentOutcome(stream, events);
    if (!known)
        return std::unexpected(known.error());
    return *known ? std::move(**known) : AppendOutcome(IdConflict{event.id});
}

Result<AppendOutcome> AppendingWriter::append(const QString& stream, ExpectedVersion expected,
                                              std::span<const NewEvent> events,
                                              const WithAppend& along) {
    if (events.empty() || stream.isEmpty())
        return fail(Error::Kind::Usage,
                    QStringLiteral("an append needs a stream's name and at least one event"));
    for (const NewEvent& event : events)
        if (event.id.isEmpty() || event.type.isEmpty())
            return fail(
                Error::Kind::Usage,
                QStringLiteral("every event appended to %1 needs an id and a type").arg(stream));
    auto transaction = begin();
    if (!transaction)
        return std::unexpected(transaction.error());

    // An append sent again must answer as before, though its version has passed; an id that is
    // there is found by the insertion, too.
    const auto actual = versionOf(stream);
    if (!actual)
        return std::unexpected(actual.error());
    if (expected.version() && *expected.version() != *actual) {
        auto known = presentOutcome(stream, events);
        if (!known)
            return std::unexpected(known.error());
        return *known ? std::move(**known)
                      : AppendOutcome(VersionConflict{*expected.version(), *actual});
    }

    const auto head = lastPosition();
    if (!head)
        return std::unexpected(head.error());
    Appended appended{*actual, *head, false};
    std::vector<RecordedEvent> recorded;
    for (const NewEvent& event : events) {
        appended.version = appended.version.next();
        appended.position = appended.position.next();
        const auto inserted = insert(stream, appended.version, appended.position, event);
        if (!inserted)
            return std::unexpected(inserted.error());
        if (!*inserted)
            return idThere(stream, events, event);
        if (along)
            recorded.push_back(recordedAs(stream, appended.version, appended.position, event));
    }
    if (along)
        along(recorded);
    if (const auto committed = (*transaction)->commit(); !committed) {
        transaction->reset();
        return whenCommitFailed(committed.error(), stream, events);
    }
    return appended;
}

Result<AppendingWriter::Import> AppendingWriter::importOne(ImportedEvent& imported,
                                                           GlobalPosition position) {
    const auto bad = [&](const QString& what, const QString& wayOut = {}) {
        return fail(Error::Kind::BadInput, what, wayOut, imported.where);
    };
    if (imported.stream.isEmpty() || imported.event.type.isEmpty())
        return bad(QStringLiteral("the event has no stream or no type"));
    auto remembered = m_importedVersions.find(imported.stream);
    if (remembered == m_importedVersions.end()) {
        const auto there = versionOf(imported.stream);
        if (!there)
            return std::unexpected(there.error());
        if (m_importedVersions.size() >= kRememberedStreams)
            m_importedVersions.clear();
        remembered = m_importedVersions.insert(imported.stream, *there);
    }
    const StreamVersion next = remembered->next();
    const StreamVersion version = imported.version.value_or(next);
    if (version > next || version < StreamVersion(1))
        return bad(QStringLiteral("version %1 of stream %2 cannot follow version %3")
                       .arg(version.value())
                       .arg(imported.stream)
                       .arg(remembered->value()),
                   QStringLiteral("the versions of a stream must count up from 1 without a gap"));
    if (imported.event.id.isEmpty())
        imported.event.id =
            derivedEventId(imported.stream, version, imported.event.type, imported.event.data);

    if (version == next) {
        const auto inserted = insert(imported.stream, version, position, imported.event);
        if (!inserted && inserted.error().kind == Error::Kind::BadInput)
            return bad(inserted.error().what, inserted.error().wayOut);
        if (!inserted)
            return std::unexpected(inserted.error());
        if (*inserted) {
            *remembered = version;
            return Import::Appended;
        }
    }
    const auto there = present(imported.stream, imported.event);
    if (!there)
        return std::unexpected(there.error());
    if (!*there)
        return bad(QStringLiteral("version %1 of stream %2 is there already, with another event")
                       .arg(version.value())
                       .arg(imported.stream),
                   QStringLiteral("import into an empty store, or correct the version"));
    if (!(*there)->sameBody || (imported.version && (*there)->version != version))
        return bad(QStringLiteral("an event with the id %1 is there already, and it is another one")
                       .arg(imported.event.id),
                   QStringLiteral("give this event an id of its own"));
    return Import::Present;
}

Result<Imported> AppendingWriter::importAll(const ImportSource& source, const CancelToken& cancel) {
    if (const auto begun = importBegins(); !begun)
        return std::unexpected(begun.error());
    const auto cleanUp = qScopeGuard([&] {
        m_importedVersions = {};
        importEnds();
    });
    auto transaction = begin();
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto head = lastPosition();
    if (!head)
        return std::unexpected(head.error());
    Imported imported;
    GlobalPosition position = head->next();
    for (;;) {
        if (cancel.isCancelled())
            return fail(Error::Kind::Cancelled,
                        QStringLiteral("the import was cancelled; nothing was imported"));
        auto event = source();
        if (!event)
            return std::unexpected(event.error());
        if (!*event)
            break;
        const auto done = importOne(**event, position);
        if (!done)
            return std::unexpected(done.error());
        if (*done == Import::Present) {
            ++imported.present;
            continue;
        }
        ++imported.events;
        position = position.next();
    }
    if (imported.events > 0)
        if (const auto committed = (*transaction)->commit(); !committed)
            return std::unexpected(committed.error());
    return imported;
}

} // namespace rewindow
