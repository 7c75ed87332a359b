// A moment in time: microseconds since 1970-01-01T00:00:00Z.
#pragma once

#include "base/error.h"

#include <QString>

#include <compare>
#include <string>
#include <string_view>

namespace rewindow {

/// UTC, in whole microseconds; leap seconds are not counted.
class Timestamp {
  public:
    constexpr Timestamp() = default;
    constexpr explicit Timestamp(qint64 microseconds) : m_microseconds(microseconds) {}

    static Timestamp now();

    /// RFC 3339 or ISO 8601 with `T` or a blank between date and time, any number of fraction
    /// digits (cut to six), and `Z`, an offset, or nothing for UTC. Fails with BadInput.
    static Result<Timestamp> parse(std::string_view text);

    constexpr qint64 microseconds() const { return m_microseconds; }

    /// "2026-11-23T14:02:34.128000Z": RFC 3339, UTC, always six digits.
    QString toString() const;
    void appendTo(std::string& out) const; ///< the same text at the end of `out`

    constexpr auto operator<=>(const Timestamp&) const = default;

  private:
    qint64 m_microseconds = 0;
};

} // namespace rewindow
