// The line in which the log is filtered: `type:Order* stream:order-7f*`.
#pragma once

#include "store/event_filter.h"

#include <QLineEdit>

#include <optional>

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
    /// Shows a text whatever is there, even while it is being typed.
    void present(const QString& text);
    /// Takes what was typed at once.
    void settle();
    /// As if a person had typed it.
    void edit(const QString& text, int cursor);
    /// What is wrong with the text, as far as it was said.
    const std::optional<FilterMistake>& mistake() const { return m_mistake; }

  signals:
    void filterChanged(const rewindow::EventFilter& filter);
    void mistaken(const QString& sentence); ///< empty: nothing is wrong (any more)

  protected:
    void keyPressEvent(QKeyEvent* event) override; ///< Escape shows all
    void inputMethodEvent(QInputMethodEvent* event) override;

  private:
    void take();
    void followTyping();
    void showMistake(std::optional<FilterMistake> mistake);
    void underlineMistake();
    void underline(qsizetype start, qsizetype length);

    QTimer* m_pause = nullptr;
    EventFilter m_filter;
    std::optional<FilterMistake> m_mistake;
    bool m_isComposing = false; ///< an input method has text that is not there yet
};

} // namespace rewindow
