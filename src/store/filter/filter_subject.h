// An event as a filter sees it.
#pragma once

#include "store/filter/filter_field.h"
#include "store/recorded_event.h"

#include <string_view>

namespace rewindow {

/// Each part is asked for when it is needed and not before. Views stay valid until the next event.
class FilterSubject {
  public:
    virtual ~FilterSubject() = default;
    /// Of a field of text, the payload or the metadata; empty where the event has none.
    virtual std::string_view text(FilterField field) const = 0;
    /// Of a field of numbers; of the time, microseconds.
    virtual qint64 number(FilterField field) const = 0;
};

/// An event in memory. Its category is what stands before the first `-` of its stream's name.
class EventSubject final : public FilterSubject {
  public:
    explicit EventSubject(const RecordedEvent& event) : m_event(event) {}
    std::string_view text(FilterField field) const override;
    qint64 number(FilterField field) const override;

  private:
    const RecordedEvent& m_event;
};

} // namespace rewindow
