// The line in which the log is filtered: `type:Order* stream:order-7f*`.
#pragma once

#include "store/event_filter.h"

#include <QLineEdit>

class QTimer;

namespace rewindow {

/// Takes what is typed after a moment, or at Enter. A mistake is underlined where it is, and what
/// was filtered before stays.
class FilterLine : public QLineEdit {
    Q_OBJECT

  public:
    explicit FilterLine(QWidget* parent = nullptr);

    const EventFilter& filter() const { return m_filter; }
    /// Shows a text from elsewhere; says nothing when it is what is there.
    void showFilter(const QString& text);

  signals:
    void filterChanged(const rewindow::EventFilter& filter);
    void mistaken(const QString& sentence); ///< empty: nothing is wrong (any more)

  protected:
    void keyPressEvent(QKeyEvent* event) override; ///< Escape shows all

  private:
    void take();
    void underline(qsizetype start, qsizetype length);

    QTimer* m_pause = nullptr;
    EventFilter m_filter;
};

} // namespace rewindow
