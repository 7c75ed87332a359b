// Over the log: the line in which it is filtered, how many events that leaves, what is wrong with
// it.
#pragma once

#include "store/event_filter.h"

#include <QPointer>
#include <QWidget>

class QLabel;

namespace rewindow {

class FilterCompleter;
class FilterKnowledge;
class FilterLine;
class LogOverview;
class Pill;
class Session;

class FilterBar : public QWidget {
    Q_OBJECT

  public:
    /// Both must outlive it.
    FilterBar(Session& session, LogOverview& overview, QWidget* parent = nullptr);
    ~FilterBar() override;

    const EventFilter& filter() const;
    FilterLine* line() const { return m_line; }
    FilterCompleter* completer() const;
    FilterKnowledge* knowledge() const { return m_knowledge; }
    /// Nothing is being looked up at this instant.
    bool isQuiet() const;
    /// Shows a filter from elsewhere.
    void showFilter(const EventFilter& filter);
    void showText(const QString& text);
    /// Takes in a condition, or what is not wanted.
    void narrowTo(const FilterExpression& wanted);
    void leaveOut(const FilterExpression& unwanted);
    /// How many events there are: "7 of 10 events".
    void setCount(const QString& count);
    /// Into the line, to write a filter.
    void startTyping();

  signals:
    void filterChanged(const rewindow::EventFilter& filter);

  private:
    void takeTheme();

    FilterKnowledge* m_knowledge = nullptr;
    FilterLine* m_line = nullptr;
    QPointer<FilterCompleter> m_completer; ///< of the window
    Pill* m_count = nullptr;
    QLabel* m_mistake = nullptr;
};

} // namespace rewindow
