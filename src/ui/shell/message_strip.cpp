// The sentence and a button that takes it away.
#include "ui/shell/message_strip.h"

#include "ui/shell/elided_label.h"
#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

namespace rewindow {

MessageStrip::MessageStrip(QWidget* parent) : QWidget(parent), m_text(new ElidedLabel({}, this)) {
    auto* close = new QToolButton(this);
    close->setIcon(icon(QStringLiteral("close")));
    close->setToolTip(tr("Take this message away"));
    close->setAccessibleName(tr("Take this message away"));
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 4, 8, 4);
    layout->addWidget(m_text, 1);
    layout->addWidget(close);
    hide();
}

void MessageStrip::say(const Error& error) {
    m_text->setText(onOneLine(error.sentence()));
    setAccessibleName(error.sentence());
    show();
}

QString MessageStrip::message() const {
    return isHidden() ? QString() : m_text->text();
}

void MessageStrip::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Theme::Role::Panel));
    painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), {0, 0, 4, height()}),
                     theme.color(Theme::Role::Trouble));
    painter.fillRect(0, height() - 1, width(), 1, theme.color(Theme::Role::Border));
}

} // namespace rewindow
