// What a cell or a bar stands for, and what can be done with it.
#pragma once

#include "base/ordinals.h"

#include <QModelIndex>
#include <QObject>
#include <QString>

class QMenu;
class QWidget;

namespace rewindow {

class Session;

struct StatisticsPlace {
    QString words;           ///< of a filter that finds its events; may be empty
    GlobalPosition position; ///< where to look; 0: nowhere
    bool isThere = false;    ///< the position is the point of it: looking goes there
    QString text;            ///< to be copied
};

/// Of an index of one of the models of statistics; see statistics_roles.h.
StatisticsPlace placeOf(const QModelIndex& index);

/// Takes a session to places.
class StatisticsGuide : public QObject {
    Q_OBJECT

  public:
    StatisticsGuide(Session& session, QObject* parent) : QObject(parent), m_session(session) {}

    void filterFor(const StatisticsPlace& place);
    void filterOut(const StatisticsPlace& place);
    void showInLog(GlobalPosition position);
    /// The aggregate of the event at that position, right after it.
    void openAggregate(GlobalPosition position);
    /// Deletes itself when closed; nullptr where there is nothing to do.
    QMenu* menu(const StatisticsPlace& place, QWidget* parent);

  private:
    Session& m_session;
};

} // namespace rewindow
