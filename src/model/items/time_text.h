// Times for people: in UTC, or as the clocks here show them.
#pragma once

#include "base/timestamp.h"

#include <QObject>
#include <QString>

namespace rewindow {

/// The choice of zone, one for the whole process; UTC at first. For the UI thread.
class TimeZoneChoice : public QObject {
    Q_OBJECT

  public:
    enum class Zone { Utc, Local };

    static TimeZoneChoice& instance();
    Zone zone() const { return m_zone; }
    /// Emits changed() where it is another one.
    void choose(Zone zone);
    /// "UTC", or the local zone's name: "Europe/Berlin".
    QString zoneName() const;

  signals:
    void changed();

  private:
    TimeZoneChoice() = default;
    Zone m_zone = Zone::Utc;
};

enum class TimeDigits { Day, Minute, Second, Millisecond, Microsecond };

/// "2026-11-23 14:02:34.128" in the chosen zone. Year first in every locale: it sorts, and it is
/// how filters write a time.
QString timeText(Timestamp time, TimeDigits digits);
/// As exact as the begin of a stretch of `microseconds` needs it: the day where it begins one.
QString timeText(Timestamp time, qint64 microseconds);
/// "14:02:34".
QString clockText(Timestamp time);
/// All of it, with the weekday in the locale's words and how far it is from UTC:
/// "Mon 2026-11-23 15:02:34.128000 UTC+01:00".
QString wholeTimeText(Timestamp time);
/// A column's name with the zone after it: "recorded at (UTC)", "recorded at (local)".
QString withZone(const QString& name);
/// A sentence for such a column's tooltip: which zone that is.
QString zoneSentence();

} // namespace rewindow
