// What the log's table shows of one event, made of it where it is read.
#pragma once

#include "base/json.h"
#include "store/event_filter.h"
#include "store/recorded_event.h"

#include <QString>

#include <memory>
#include <vector>

namespace rewindow {

/// A value of a payload in a column of its own.
struct LogField {
    QString shown; ///< its beginning; empty where there is none
    Json value;    ///< to filter by; of one that is short and no container
    bool isThere = false;
    bool isOne = false; ///< a single value, and `value` is all of it
};

struct LogRow {
    GlobalPosition position;
    StreamVersion version;
    Timestamp recordedAt;
    QString type;
    QString stream;
    QString data; ///< its beginning
    QString correlation;
    QString causation;
    QString id;
    std::vector<LogField> fields; ///< one for each that was asked for
    int rule = -1;                ///< the first filter that finds the event
};

/// Makes rows; looks into a payload only where fields are asked for or a filter does. Belongs to
/// one thread.
class LogRowMaker {
  public:
    LogRowMaker(const std::vector<FilterPlace>& fields, const std::vector<EventFilter>& rules);
    ~LogRowMaker();

    LogRow row(const RecordedEvent& event) const;

  private:
    struct Private;
    std::unique_ptr<const Private> d;
};

} // namespace rewindow
