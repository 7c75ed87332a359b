// The frame: painted border and square, a header laid out, a body.
#include "ui/shell/panel.h"

#include "ui/shell/elided_label.h"
#include "ui/shell/pill.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/yielding_button.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace rewindow {

namespace {
constexpr int kSquare = 8;
constexpr int kSquareLeft = 10;
constexpr int kRadius = 5;
constexpr int kHeaderHeight = 32;
} // namespace

/// Its note goes before anything is cut: how narrow it can be does not depend on whether the note
/// is there now.
class Panel::Head : public QWidget {
  public:
    using QWidget::QWidget;
    void setNote(const QWidget* note) { m_note = note; }

    QSize minimumSizeHint() const override {
        QSize least = QWidget::minimumSizeHint();
        if (!m_note->isHidden())
            least.rwidth() -= m_note->minimumSizeHint().width() + layout()->spacing();
        return least;
    }

  private:
    const QWidget* m_note = nullptr;
};

Panel::Panel(Theme::Role role, const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_role(role)
    , m_head(new Head(this))
    , m_title(new ElidedLabel({}, m_head))
    , m_subject(new ElidedLabel({}, m_head))
    , m_badge(new Pill(m_head))
    , m_note(new QLabel(m_head)) {
    m_head->setNote(m_note);
    m_note->setTextFormat(Qt::PlainText);
    m_subject->hide();
    m_badge->hide();
    m_note->hide();

    m_header = new QHBoxLayout(m_head);
    const int beforeTitle = kSquareLeft + kSquare + 9;
    const bool isMirrored = isRightToLeft();
    m_header->setContentsMargins(isMirrored ? 8 : beforeTitle, 0, isMirrored ? beforeTitle : 8, 0);
    m_header->setSpacing(7);
    m_header->addWidget(m_title);
    m_header->addWidget(m_subject);
    m_header->addWidget(m_badge);
    m_header->addStretch(1);
    m_header->addWidget(m_note);

    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(1, 1, 1, kRadius - 1); // the body stays clear of the round corners
    m_layout->setSpacing(1);
    m_layout->addWidget(m_head);

    setTitle(title);
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, &Panel::takeTheme);
}

void Panel::takeTheme() {
    const Theme& theme = Theme::instance();
    QFont bold = theme.textFont();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_subject->setFont(theme.monospaceFont());
    m_note->setFont(theme.smallFont());
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, theme.color(Theme::Role::DimText));
    m_note->setPalette(dim);
    m_head->setFixedHeight(theme.scaled(kHeaderHeight));
    update();
}

void Panel::setTitle(const QString& title) {
    m_title->setText(onOneLine(title));
    setAccessibleName(title);
    fitNote();
}

void Panel::setSubject(const QString& subject) {
    m_subject->setText(onOneLine(subject));
    m_subject->setVisible(!subject.isEmpty());
    fitNote();
}

void Panel::setBadge(const QString& badge, Theme::Role role) {
    m_badge->setText(onOneLine(badge));
    m_badge->setRole(role);
    m_badge->setVisible(!badge.isEmpty());
    m_badge->updateGeometry();
    fitNote();
}

void Panel::setNote(const QString& note) {
    m_note->setText(onOneLine(note));
    fitNote();
}

void Panel::fitNote() {
    const bool hasNote = !m_note->text().isEmpty();
    m_note->setVisible(hasNote);
    const auto isTooWide = [this] { return m_header->sizeHint().width() > width() - 2; };
    for (YieldingButton* button : m_yielding)
        button->setWords(true);
    const bool isCrowded = hasNote && isTooWide();
    if (isCrowded)
        m_note->hide();
    if (!m_yielding.isEmpty() && isTooWide()) {
        for (YieldingButton* button : m_yielding)
            button->setWords(false);
    }
    m_head->setToolTip(isCrowded ? rewindow::toolTip(m_note->text()) : QString());
}

void Panel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitNote();
}

void Panel::setSquare(const QColor& color) {
    m_square = color;
    update();
}

void Panel::addHeaderAction(QAction* action) {
    auto* button = new QToolButton(m_head);
    button->setDefaultAction(action);
    button->setToolButtonStyle(action->icon().isNull() ? Qt::ToolButtonTextOnly
                                                       : Qt::ToolButtonIconOnly);
    button->setIconSize({16, 16});
    button->setFont(Theme::instance().smallFont());
    button->setAccessibleName(action->text());
    connect(action, &QAction::changed, button,
            [button, action] { button->setAccessibleName(action->text()); });
    addHeaderWidget(button);
}

void Panel::addHeaderWidget(QWidget* widget) {
    m_header->addWidget(widget, 0, Qt::AlignVCenter);
    if (auto* button = qobject_cast<YieldingButton*>(widget))
        m_yielding.append(button);
    fitNote();
}

void Panel::setBody(QWidget* body) {
    m_layout->addWidget(body, 1);
}

void Panel::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.color(Theme::Role::Border));
    painter.setBrush(theme.color(Theme::Role::Panel));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    const int line = m_head->geometry().bottom() + 1;
    painter.fillRect(1, line, width() - 2, 1, theme.color(Theme::Role::Border));
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_square.isValid() ? m_square : theme.color(m_role));
    const int top = m_head->y() + (m_head->height() - kSquare) / 2;
    const QRect square(kSquareLeft, top, kSquare, kSquare);
    painter.drawRoundedRect(QStyle::visualRect(layoutDirection(), rect(), square), 1.5, 1.5);
}

} // namespace rewindow
