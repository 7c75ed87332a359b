// A line edit that parses what it holds.
#include "ui/log/filter_line.h"

#include "ui/shell/icons.h"
#include "ui/shell/theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QStyle>
#include <QTextCharFormat>
#include <QTimer>

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
    connect(this, &QLineEdit::textEdited, m_pause, QOverload<>::of(&QTimer::start));
    connect(this, &QLineEdit::returnPressed, this, &FilterLine::take);
}

void FilterLine::showFilter(const QString& text) {
    if (m_pause->isActive() || text == m_filter.toString())
        return;
    setText(text);
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

void FilterLine::take() {
    m_pause->stop();
    const auto read = EventFilter::read(text());
    setProperty("trouble", !read.has_value());
    style()->unpolish(this);
    style()->polish(this);
    if (read)
        underline(0, 0);
    else
        underline(read.error().start, read.error().length);
    emit mistaken(read ? QString() : read.error().error(text()).sentence());
    if (read && *read != m_filter) {
        m_filter = *read;
        emit filterChanged(m_filter);
    }
}

/// A line edit has no text formats of its own, but shows those of an input method.
void FilterLine::underline(qsizetype start, qsizetype length) {
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
    QCoreApplication::sendEvent(this, &event);
}

} // namespace rewindow
