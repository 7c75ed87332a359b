// What a log looks like as a whole: its types, streams, payloads and their schemas.
#pragma once

#include "base/ordinals.h"
#include "base/timestamp.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace rewindow {

/// What a value of a payload is; a number written without fraction and exponent is an integer.
enum class ValueKind : unsigned char { String, Integer, Number, Boolean, Null, Object, Array };
inline constexpr std::size_t kValueKinds = 7;
QString valueKindName(ValueKind kind); ///< "string"

struct EventPlace {
    GlobalPosition position; ///< 0 where the store has none
    Timestamp at;
    bool operator==(const EventPlace&) const = default;
};

struct SizeBucket {
    qint64 from = 0; ///< bytes, inclusive
    qint64 to = 0;   ///< bytes, inclusive
    qint64 count = 0;
    GlobalPosition example; ///< of the last event among them
};

/// Sizes of payloads in bytes. Median and p95 are within a sixteenth of the true ones.
struct SizeStatistics {
    qint64 count = 0;
    qint64 total = 0;
    qint64 least = 0;
    qint64 median = 0;
    qint64 p95 = 0;
    qint64 most = 0;
    GlobalPosition mostAt;
    std::vector<SizeBucket> buckets; ///< powers of two or parts of them, without a gap
};

struct KindStatistics {
    ValueKind kind = ValueKind::Null;
    qint64 events = 0;
    GlobalPosition first;
    GlobalPosition last;
};

/// How a path came to be other than it was.
struct SchemaDrift {
    enum class What : unsigned char {
        Appeared,     ///< at `position`, after events without it
        Vanished,     ///< last seen at `position`
        KindChanged,  ///< from `before` to `kind`, at `position`
        KindAppeared, ///< is sometimes `kind` too, since `position`
        KindVanished  ///< was last `kind` at `position`
    };
    What what = What::Appeared;
    ValueKind before = ValueKind::Null;
    ValueKind kind = ValueKind::Null;
    GlobalPosition position;
    bool operator==(const SchemaDrift&) const = default;
};

/// One place in the payloads of a type: `data.items[*].sku`.
struct SchemaPath {
    QString name;                      ///< its last step: a key, "[*]", or "data"
    QString path;                      ///< as a filter writes it
    int parent = -1;                   ///< index in the schema; parents come before their children
    qint64 events = 0;                 ///< that have it
    qint64 parentEvents = 0;           ///< that have the value it lies in
    std::vector<KindStatistics> kinds; ///< most frequent first
    QStringList examples;              ///< short, as JSON
    GlobalPosition first;
    GlobalPosition last;
    std::vector<SchemaDrift> drift;
    qint64 keysLeftOut = 0; ///< members that were not looked at: too many keys, or too deep

    bool isOptional() const { return events < parentEvents; }
};

struct TypeStatistics {
    QString type;
    qint64 events = 0;
    EventPlace first;
    EventPlace last;
    SizeStatistics payload;
    std::vector<quint32> overTime; ///< as long as LogTimes::starts
    qint64 notJson = 0;            ///< payloads that are not JSON
    GlobalPosition firstNotJson;
    std::vector<SchemaPath> schema; ///< a tree, the root first; empty when no payload is JSON
};

/// The stretches of time that events over time are counted in.
struct LogTimes {
    qint64 width = 0; ///< of each, in microseconds
    std::vector<Timestamp> starts;
    std::vector<GlobalPosition> firsts; ///< of the first event in each; 0 where there is none
};

struct StreamStatistics {
    QString stream;
    qint64 events = 0;
    qint64 bytes = 0; ///< of its payloads
    EventPlace first;
    EventPlace last;
    qint64 pause = 0; ///< longest time between two of its events, in microseconds
    GlobalPosition pauseEnd;

    qint64 age() const { return last.at.microseconds() - first.at.microseconds(); }
    bool operator==(const StreamStatistics&) const = default;
};

/// Streams that are alike in length or in age.
struct StreamBucket {
    qint64 from = 0; ///< inclusive: events, or microseconds
    qint64 to = 0;   ///< inclusive
    qint64 count = 0;
    QStringList examples; ///< the first few
};

struct Finding {
    enum class Kind : unsigned char { Changed, Vanished, Appeared, Payload, Stream, Limit };
    Kind kind = Kind::Limit;
    QString sentence;
    QString type; ///< what it is about; each may be empty
    QString path; ///< with `type`
    QString stream;
    GlobalPosition position; ///< where to look; 0: nowhere
};

/// An immutable value, handed from the thread that reads to the one that shows.
struct Statistics {
    bool isPartial = false; ///< the log was not read to its end (yet)
    bool hasPositions = true;
    qint64 events = 0;
    qint64 bytes = 0;
    EventPlace first;
    EventPlace last;
    GlobalPosition reached;
    LogTimes times;
    SizeStatistics payload;
    std::vector<TypeStatistics> types; ///< most frequent first
    qint64 otherTypes = 0;             ///< events of types beyond those that are told apart

    qint64 streams = 0;
    qint64 eventsOfOtherStreams = 0;      ///< of streams beyond those that are told apart
    std::vector<StreamStatistics> ranked; ///< the leaders of each ranking
    std::vector<StreamBucket> lengths;
    std::vector<StreamBucket> ages;
    StreamStatistics median; ///< of each number on its own, without names and places

    std::vector<Finding> findings; ///< the weightiest first
};

} // namespace rewindow
