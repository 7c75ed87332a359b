// What a filter compares a field to.
#pragma once

#include "base/timestamp.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace rewindow {

/// Text with stars: what stands between them, one more than there are stars.
struct FilterPattern {
    QStringList pieces;
    bool operator==(const FilterPattern&) const = default;
};

/// A number of RFC 8259, exact.
struct FilterNumber {
    QString text;
    bool operator==(const FilterNumber&) const = default;
};

/// A stretch of time as long as what was written is precise: a day, a minute, a second …
struct FilterTime {
    Timestamp from;
    Timestamp to; ///< exclusive
    QString text; ///< as written; of a relative one, what it stood for when it was read
    bool operator==(const FilterTime&) const = default;
};

struct FilterNull {
    bool operator==(const FilterNull&) const = default;
};

using FilterValue =
    std::variant<QString, FilterPattern, FilterNumber, bool, FilterNull, FilterTime>;

/// The microsecond `time`.
FilterTime instant(Timestamp time);
/// `text` as a time of its own: a date, or RFC 3339 to the minute or finer, UTC where it names no
/// zone.
std::optional<FilterTime> absoluteTime(const QString& text);
/// `now`, `today`, `yesterday`, or so long ago: `-90s`, `-5m`, `-2h`, `-3d`, `-1w`. Days are UTC.
std::optional<FilterTime> relativeTime(const QString& text, Timestamp now);

/// A word that is not quoted, as a value of a payload: a number, true, false, null, a time, else
/// text.
FilterValue plainValue(const QString& word);

/// Between quotes or plain, as the text it is when nothing else is meant.
QString textOf(const FilterValue& value);

} // namespace rewindow
