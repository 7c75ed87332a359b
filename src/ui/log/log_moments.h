// The Log page's part in the session's moment.
#pragma once

#include "model/moment/moment.h"

#include <QModelIndex>
#include <QObject>
#include <QTimer>

namespace rewindow {

class LogModel;
class LogNavigation;
class LogTable;
class Session;

/// Brings the table to the moment's event, tells the moment which event is current, and makes the
/// moments of links and jumps.
class LogMoments : public QObject {
    Q_OBJECT

  public:
    /// All of them outlive it.
    LogMoments(Session& session, LogModel& model, LogTable& table, LogNavigation& navigation,
               QObject* parent = nullptr);

    /// The session has gone from one moment to another.
    void follow(const Moment& now, const Moment& before);
    void lookAt(const Moment& moment);
    void tellSoon(); ///< which event is current, once the table has come to it
    Moment momentOf(GlobalPosition event) const;
    /// That moment, with the event at the top of the table.
    Moment placed(Moment moment) const;
    void goTo(GlobalPosition position);
    void openAggregate(const QModelIndex& index);
    void openAggregateAt(const QString& stream, GlobalPosition position);

  private:
    void tellEvent();

    Session& m_session;
    LogModel& m_model;
    LogTable& m_table;
    LogNavigation& m_navigation;
    QTimer m_telling;
};

} // namespace rewindow
