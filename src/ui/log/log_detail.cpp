// Reading the event on the quick lane, its causes on the slow one.
#include "ui/log/log_detail.h"

#include "model/items/causation.h"
#include "model/session/session.h"
#include "ui/log/causation_panel.h"
#include "ui/log/event_panel.h"

namespace rewindow {

namespace {
constexpr int kHandle = 6;
constexpr int kEventStretch = 3;
constexpr int kCausationStretch = 2;
} // namespace

LogDetail::LogDetail(Session& session, QWidget* parent)
    : QSplitter(Qt::Vertical, parent)
    , m_session(session)
    , m_event(new EventPanel(session.background(), this))
    , m_causation(new CausationPanel(this)) {
    setAccessibleName(tr("Event and its causes"));
    setChildrenCollapsible(false);
    setHandleWidth(kHandle);
    addWidget(m_event);
    addWidget(m_causation);
    connect(m_event, &EventPanel::causeWanted, this, &LogDetail::showCause);
    setStretchFactor(0, kEventStretch);
    setStretchFactor(1, kCausationStretch);
}

void LogDetail::show(std::optional<GlobalPosition> position) {
    m_reading.cancel();
    m_readingCausation.cancel();
    if (!position) {
        m_event->presentNothing(tr("No event is chosen."));
        m_causation->presentNothing(
            tr("The events that belong to the chosen one stand here, each under its cause."));
        return;
    }
    m_reading = m_session.reading().run<EventDetail>(
        this,
        [position = *position](Store& store, const CancelToken&) {
            return readEventDetail(store, position);
        },
        [this](Result<EventDetail> detail) {
            if (!detail) {
                m_event->presentNothing(detail.error().sentence());
                m_causation->presentNothing({});
                return;
            }
            m_event->present(*detail);
            showCausation(detail->event);
        });
}

void LogDetail::showCause() {
    const auto& detail = m_event->detail();
    if (!detail)
        return;
    using Found = std::optional<RecordedEvent>;
    m_session.reading().run<Found>(
        this,
        [event = detail->event](Store& store, const CancelToken& cancel) {
            return readCause(store, event, cancel);
        },
        [this](const Result<Found>& cause) {
            if (cause && *cause)
                emit eventWanted((*cause)->position());
            else
                emit m_session.failed(
                    cause ? Error{.kind = Error::Kind::NotFound,
                                  .what = tr("The event that caused this one is not in this store"),
                                  .where = {},
                                  .wayOut = {}}
                          : cause.error());
        });
}

/// On the slow lane: a foreign store may have no index by correlation.
void LogDetail::showCausation(const RecordedEvent& event) {
    if (event.correlationId().empty() && event.causationId().empty() && !event.cause()) {
        m_causation->presentNothing(tr("This event names neither a correlation nor a cause."));
        return;
    }
    m_readingCausation = m_session.background().run<Causation>(
        this,
        [event](Store& store, const CancelToken& cancel) {
            return readCausation(store, event, cancel);
        },
        [this, position = event.position()](const Result<Causation>& causation) {
            if (causation)
                m_causation->present(*causation, position);
            else
                m_causation->presentNothing(causation.error().sentence());
        });
}

} // namespace rewindow
