// A line edit that parses what it holds.
#include "ui/log/filter_line.h"

#include "ui/shell/icons.h"
#include "ui/shell/theme.h"

#include <QAction>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QStyle>
#include <QTextCharFormat>
#include <QTimer>

#include <algorithm>

namespace rewindow {

namespace {
constexpr int kPauseMs = 300;
} // namespace

FilterLine::FilterLine(QWidget* parent) : QLineEdit(parent), m_pause(new QTimer(this)) {
    setPlaceholderText(tr("Filter: type:Order* stream:order-7f* -type:OrderPaid"));
    setAccessibleName(tr("Filter events"));
    setClearButtonEnabled(true);
    addAction(icon(QStringLiteral("filter")), QLineEdit::LeadingPosition);
    m_pause->setSingleShot(true);
    m_pause->setInterval(kPauseMs);
    connect(m_pause, &QTimer::timeout, this, &FilterLine::take);
    connect(this, &QLineEdit::textEdited, this, &FilterLine::followTyping);
    connect(&Theme::instance(), &Theme::changed, this, [this] { showMistake(m_mistake); });
    connect(this, &QLineEdit::returnPressed, this, &FilterLine::take);
}

void FilterLine::showFilter(const QString& text) {
    if (m_pause->isActive() || text == m_filter.toString())
        return;
    setText(text);
    take();
}

void FilterLine::present(const QString& text) {
    setText(text);
    take();
}

void FilterLine::settle() {
    if (m_pause->isActive())
        take();
}

void FilterLine::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Escape || text().isEmpty()) {
        QLineEdit::keyPressEvent(event);
        return;
    }
    clear();
    take();
}

void FilterLine::edit(const QString& text, int cursor) {
    selectAll();
    insert(text); // can be undone, unlike setText()
    setCursorPosition(cursor);
}

/// A mistake that is being corrected moves and goes at once; a new one waits for a pause.
void FilterLine::followTyping() {
    m_pause->start();
    if (!m_mistake)
        return;
    const auto read = EventFilter::read(text());
    showMistake(read ? std::nullopt : std::optional(read.error()));
}

void FilterLine::take() {
    m_pause->stop();
    const auto read = EventFilter::read(text());
    showMistake(read ? std::nullopt : std::optional(read.error()));
    if (read && *read != m_filter) {
        m_filter = *read;
        emit filterChanged(m_filter);
    }
}

void FilterLine::showMistake(std::optional<FilterMistake> mistake) {
    const bool isNew = mistake != m_mistake;
    m_mistake = std::move(mistake);
    if (property("trouble").toBool() != m_mistake.has_value()) {
        setProperty("trouble", m_mistake.has_value());
        style()->unpolish(this);
        style()->polish(this);
    }
    underlineMistake();
    if (isNew)
        emit mistaken(m_mistake ? m_mistake->error(text()).sentence() : QString());
}

void FilterLine::underlineMistake() {
    if (!m_mistake)
        underline(0, 0);
    else if (m_mistake->length > 0)
        underline(m_mistake->start, m_mistake->length);
    else // something is missing: what it should follow
        underline(std::max<qsizetype>(0, m_mistake->start - 1), 1);
}

/// A line edit has no text formats of its own, but shows those of an input method.
void FilterLine::underline(qsizetype start, qsizetype length) {
    if (m_isComposing)
        return;
    QList<QInputMethodEvent::Attribute> attributes;
    if (length > 0) {
        QTextCharFormat wave;
        wave.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        wave.setUnderlineColor(Theme::instance().color(Theme::Role::Trouble));
        wave.setForeground(Theme::instance().color(Theme::Role::Trouble));
        attributes.append({QInputMethodEvent::TextFormat,
                           static_cast<int>(start) - cursorPosition(), static_cast<int>(length),
                           wave});
    }
    QInputMethodEvent event({}, attributes);
    QLineEdit::inputMethodEvent(&event);
}

/// A real input method may take the underline away.
void FilterLine::inputMethodEvent(QInputMethodEvent* event) {
    m_isComposing = !event->preeditString().isEmpty();
    QLineEdit::inputMethodEvent(event);
    if (m_mistake)
        underlineMistake();
}

} // namespace rewindow
