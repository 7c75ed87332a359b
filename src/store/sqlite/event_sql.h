// The statements that read events, composed from a profile.
#pragma once

#include "store/event_reader.h"
#include "store/profile.h"
#include "store/sqlite/sqlite_statement.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace rewindow {

/// A statement's text and the values of its parameters in order. Texts of equal shape are equal,
/// so that prepared statements can be kept by them.
struct BoundSql {
    QString text;
    std::vector<std::variant<qint64, QString, std::string>> values;

    void bindTo(SqliteStatement& statement) const;
};

/// Identifiers are quoted, values bound; nothing of a query or a store becomes part of a text.
class EventSql {
  public:
    /// The columns of a statement that yields events, in this order; NULL where a profile has none.
    enum Column {
        Position,
        Version,
        RecordedAt,
        Stream,
        Id,
        Type,
        Data,
        Metadata,
        Correlation,
        Causation
    };

    /// Of a statement that yields headers: up to Stream as above, then these.
    enum HeaderColumn { HeaderType = Stream + 1, HeaderCategory };

    explicit EventSql(const Profile& profile);

    BoundSql events(const EventQuery& query) const;
    BoundSql headers(GlobalPosition after) const;
    BoundSql eventAt(GlobalPosition position) const;
    BoundSql eventById(const QString& id) const;

    BoundSql firstPosition() const;                      ///< one number, or no row
    BoundSql headPosition() const;                       ///< one number, or no row
    BoundSql positions(const EventFilter& filter) const; ///< ascending
    BoundSql countRows(const EventFilter& filter) const; ///< one number
    BoundSql eventTypes() const;                         ///< type, count
    /// Name, count, raw last version, and aggregate type and id (NULL where no column tells).
    BoundSql streams(const StreamQuery& query) const;
    BoundSql stream(const QString& name) const; ///< as one row of streams(), or none
    /// The name that follows `after` in byte order, or no row; nothing: the first one.
    BoundSql nextStream(const std::optional<std::string>& after) const;
    BoundSql streamsByType() const; ///< aggregate type, count; needs a column that tells the type
    /// Raw version and position of the stream's last event at or before a version.
    BoundSql lastUpTo(const QString& stream, StreamVersion version) const;

    qint64 rawVersion(StreamVersion version) const;
    StreamVersion version(qint64 raw) const;

  private:
    struct Where;
    Where everything() const;
    void addFilter(Where& where, const EventFilter& filter) const;
    QString selectStreams() const;

    Profile m_profile;
    QString m_table;
    QString m_position; ///< empty where there is none
    QString m_stream;
    QString m_version;
    QString m_type;
    QString m_selectEvents; ///< up to and with the table's name
};

/// `name` as an identifier of SQL, whatever it holds.
QString quotedIdentifier(const QString& name);

} // namespace rewindow
