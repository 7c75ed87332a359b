// The parts of an event in memory.
#include "store/filter/filter_subject.h"

namespace rewindow {

std::string_view EventSubject::text(FilterField field) const {
    switch (field) {
    case FilterField::Type:
        return m_event.type();
    case FilterField::Stream:
        return m_event.stream();
    case FilterField::Category:
        return streamType(m_event.stream());
    case FilterField::Id:
        return m_event.id();
    case FilterField::Correlation:
        return m_event.correlationId();
    case FilterField::Causation:
        return m_event.causationId();
    case FilterField::Data:
        return m_event.data();
    case FilterField::Meta:
        return m_event.metadata();
    default:
        return {};
    }
}

qint64 EventSubject::number(FilterField field) const {
    switch (field) {
    case FilterField::Position:
        return m_event.position().value();
    case FilterField::Version:
        return m_event.version().value();
    default:
        return m_event.recordedAt().microseconds();
    }
}

} // namespace rewindow
