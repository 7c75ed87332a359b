// Which columns and colours the log's tables have, and the actions that choose them.
#pragma once

#include "model/items/log_choices.h"

#include <QObject>

class QAction;
class QWidget;

namespace rewindow {

class FilterExpression;
class LogModel;
class LogTable;
class Session;

/// Of one page; what is chosen is kept with the store and shows in all of its tables.
class LogAppearance : public QObject {
    Q_OBJECT

  public:
    /// The session outlives it. The actions work while the keyboard is in `page`.
    LogAppearance(Session& session, QWidget* page);

    /// From now on this table, too, looks as it was chosen. Both outlive this.
    void dress(LogModel& model, LogTable& table);

    const LogChoices& choices() const { return m_choices; }
    QAction* columnsAction() const { return m_columns; }
    QAction* coloursAction() const { return m_colours; }
    /// A rule for what that finds, before the others, with a look of its own.
    void colourBy(const FilterExpression& condition);
    /// Where it is hidden.
    void showColumn(const LogColumn& column);
    void chooseColumns();
    void chooseColours();

  private:
    QWidget* m_page;
    LogChoices m_choices;
    QAction* m_columns = nullptr;
    QAction* m_colours = nullptr;
};

} // namespace rewindow
