// Beside the log: one of its events, and what caused it.
#pragma once

#include "base/cancel_token.h"
#include "base/ordinals.h"

#include <QSplitter>

#include <optional>

namespace rewindow {

class CausationPanel;
class EventPanel;
class RecordedEvent;
class Session;

/// The event over its causes. Reads both; an event that another one overtakes is not shown.
class LogDetail : public QSplitter {
    Q_OBJECT

  public:
    explicit LogDetail(Session& session, QWidget* parent = nullptr);

    /// Nothing: no event is looked at.
    void show(std::optional<GlobalPosition> position);
    EventPanel* eventPanel() const { return m_event; }
    CausationPanel* causationPanel() const { return m_causation; }

  signals:
    /// To the event that caused the one shown.
    void eventWanted(rewindow::GlobalPosition position);

  private:
    void showCause();
    void showCausation(const RecordedEvent& event);

    Session& m_session;
    EventPanel* m_event = nullptr;
    CausationPanel* m_causation = nullptr;
    CancelToken m_reading;
    CancelToken m_readingCausation;
};

} // namespace rewindow
