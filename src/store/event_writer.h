// Appending events to a store of our own schema.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "base/ordinals.h"
#include "store/recorded_event.h"

#include <QString>

#include <functional>
#include <optional>
#include <span>
#include <variant>

namespace rewindow {

/// The version a stream must be at for an append to happen; always stated.
class ExpectedVersion {
  public:
    static ExpectedVersion any() { return ExpectedVersion(std::nullopt); }
    static ExpectedVersion exactly(StreamVersion version) { return ExpectedVersion(version); }
    std::optional<StreamVersion> version() const { return m_version; }

  private:
    explicit ExpectedVersion(std::optional<StreamVersion> version) : m_version(version) {}
    std::optional<StreamVersion> m_version;
};

/// The events are in the log, and on disk.
struct Appended {
    StreamVersion version;   ///< of the stream's last appended event
    GlobalPosition position; ///< of that event
    bool wasThere = false;   ///< the same ids with the same bodies were there already
};

/// The stream was at another version than expected; nothing was appended.
struct VersionConflict {
    StreamVersion expected;
    StreamVersion actual;
    bool operator==(const VersionConflict&) const = default;
};

/// An event with that id and another body exists; nothing was appended.
struct IdConflict {
    QString id;
};

using AppendOutcome = std::variant<Appended, VersionConflict, IdConflict>;

/// What is to be on disk together with an append: called inside its transaction, with the events as
/// they will be read. A ViewTransaction that it begins on the same store is part of that
/// transaction; one that it leaves uncommitted takes back what was written through it, never the
/// append.
using WithAppend = std::function<void(std::span<const RecordedEvent> appended)>;

/// One event on its way in from a file. Without id it gets the UUIDv5 of stream, version, type and
/// data; without version the next one.
struct ImportedEvent {
    QString stream;
    std::optional<StreamVersion> version;
    NewEvent event;
    QString where; ///< its place in the source, for errors: "line 17"
};

/// The id of an event that came without one: UUIDv5 of these four in a namespace of our own.
QString derivedEventId(const QString& stream, StreamVersion version, const QString& type,
                       const QByteArray& data);

/// Where imported events come from: the next one, nothing at the end, or an error naming the line.
using ImportSource = std::function<Result<std::optional<ImportedEvent>>()>;

struct Imported {
    qint64 events = 0;  ///< appended now
    qint64 present = 0; ///< with the same id and body as one that was there
};

/// Appends to a store. Belongs to the Store's thread; several processes may append at once.
class EventWriter {
  public:
    virtual ~EventWriter() = default;

    /// Appends all events or none, atomically, without a hole in positions; when it returns
    /// Appended they are on disk. `events` must not be empty. `along` is called unless they were
    /// there already. Fails with Storage.
    virtual Result<AppendOutcome> append(const QString& stream, ExpectedVersion expected,
                                         std::span<const NewEvent> events,
                                         const WithAppend& along = {}) = 0;

    /// Everything the source gives, in one transaction, or nothing at all. An error of the source
    /// ends it. A version or id that clashes fails with BadInput, with the event's `where`.
    /// Cancelling fails with Cancelled.
    virtual Result<Imported> importAll(const ImportSource& source,
                                       const CancelToken& cancel = {}) = 0;
};

} // namespace rewindow
