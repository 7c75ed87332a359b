// Over the log: the line in which it is filtered, how many events that leaves, what is wrong with
// it.
#pragma once

#include "store/event_filter.h"

#include <QWidget>

class QLabel;

namespace rewindow {

class FilterLine;
class Pill;

class FilterBar : public QWidget {
    Q_OBJECT

  public:
    explicit FilterBar(QWidget* parent = nullptr);

    const EventFilter& filter() const;
    FilterLine* line() const { return m_line; }
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

    FilterLine* m_line = nullptr;
    Pill* m_count = nullptr;
    QLabel* m_mistake = nullptr;
};

} // namespace rewindow
