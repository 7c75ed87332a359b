// How a foreign schema maps onto ours: a declarative JSON resource, without SQL.
#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace rewindow {

/// Read from `resources/profiles/*.json`, and from the user's own folder of profiles.
/// `docs/profiles.md` describes every key.
class Profile {
  public:
    enum class Encoding {
        Text,
        Json,      ///< JSON as text or in the database's own JSON type
        JsonBytes, ///< bytes that hold JSON
        EpochMicroseconds,
        EpochMilliseconds,
        EpochSeconds,
        IsoTime, ///< RFC 3339 / ISO 8601 text, UTC where it names no zone
    };
    struct Column {
        QString name; ///< empty: the schema has none
        Encoding encoding = Encoding::Text;
        bool isPresent() const { return !name.isEmpty(); }
    };
    struct Condition {
        QString column;
        QString equals; ///< bound as text
    };

    /// Fails with BadInput; `where` is "FILE: /json/pointer", `what` says what was expected there.
    static Result<Profile> parse(const QByteArray& json, const QString& file);
    /// All that are built in, then those of the user's folder (`REWINDOW_DATA_HOME`/profiles); a
    /// broken one of the user's is left out and reported in `problems`.
    static std::vector<Profile> all(std::vector<Error>* problems = nullptr);
    /// Where a user's own profiles lie; it may not exist yet.
    static QString userFolder();

    QString name;          ///< "emmett-sqlite"
    QString title;         ///< "Emmett on SQLite"
    QStringList databases; ///< "sqlite", "postgresql", "mariadb"
    bool writable = false; ///< true of our own schema alone

    /// The schema is recognised by tables that have these columns.
    struct TableShape {
        QString table;
        std::vector<QString> columns;
    };
    std::vector<TableShape> recognisedBy;

    QString table;
    /// Position and version are whole numbers; their encoding is not looked at. Where there is no
    /// stream, it is aggregate type, separator and aggregate id.
    Column position, stream, aggregateType, aggregateId, version, id, type, data, metadata;
    Column correlationId, causationId, recordedAt;
    /// Where the type is no column of its own: the names it stands under inside the data.
    QStringList typePath;
    qint64 versionCountsFrom = 1;
    QString typeSeparator = QStringLiteral("-"); ///< in a stream's name; empty: it names no type
    std::vector<Condition> conditions;
    /// JSON pointers into metadata, where there is no column.
    QString correlationPointer, causationPointer;
};

} // namespace rewindow
