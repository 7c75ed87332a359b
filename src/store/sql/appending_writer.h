// What appending means, whatever the database: versions, ids, positions, and imports.
#pragma once

#include "store/event_writer.h"

#include <QHash>

#include <memory>

namespace rewindow {

/// The rules of EventWriter, over what one database does for them.
class AppendingWriter : public EventWriter {
  public:
    Result<AppendOutcome> append(const QString& stream, ExpectedVersion expected,
                                 std::span<const NewEvent> events, const WithAppend& along) final;
    Result<Imported> importAll(const ImportSource& source, const CancelToken& cancel) final;

  protected:
    /// Takes back what was written in it when it is destroyed uncommitted.
    class Transaction {
      public:
        virtual ~Transaction() = default;
        virtual Result<void> commit() = 0;
    };
    /// An event that has the id of one about to be appended.
    struct Present {
        GlobalPosition position;
        StreamVersion version;
        bool sameBody = false;
    };

    /// Begins a transaction in which no other writer appends.
    virtual Result<std::unique_ptr<Transaction>> begin() = 0;
    virtual Result<GlobalPosition> lastPosition() = 0;
    virtual Result<StreamVersion> versionOf(const QString& stream) = 0;
    virtual Result<std::optional<Present>> present(const QString& stream,
                                                   const NewEvent& event) = 0;
    /// False: an event with that id is there, and nothing was inserted.
    virtual Result<bool> insert(const QString& stream, StreamVersion version,
                                GlobalPosition position, const NewEvent& event) = 0;
    /// The transaction of an append failed to commit. What to answer instead of `error`, where it
    /// may have been committed all the same; only where none of it is on disk may `error` be told.
    virtual Result<AppendOutcome> whenCommitFailed(const Error& error, const QString& stream,
                                                   std::span<const NewEvent> events);
    /// Around an import: what makes many events quick.
    virtual Result<void> importBegins() { return {}; }
    virtual void importEnds() {}

    /// Of all events or of none: nothing where none is there, the outcome to answer otherwise.
    Result<std::optional<AppendOutcome>> presentOutcome(const QString& stream,
                                                        std::span<const NewEvent> events);

  private:
    enum class Import { Appended, Present };
    Result<AppendOutcome> idThere(const QString& stream, std::span<const NewEvent> events,
                                  const NewEvent& event);
    Result<Import> importOne(ImportedEvent& imported, GlobalPosition position);

    QHash<QString, StreamVersion> m_importedVersions;
};

} // namespace rewindow
