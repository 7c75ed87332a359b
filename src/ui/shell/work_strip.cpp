// A row of three in a box with round corners.
#include "ui/shell/work_strip.h"

#include "ui/shell/elided_label.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

namespace rewindow {

namespace {
constexpr int kPatienceMs = 400;
constexpr int kSteps = 1000;
constexpr int kProgressWidth = 220;
} // namespace

WorkStrip::WorkStrip(const QString& progressName, QWidget* parent)
    : QWidget(parent)
    , m_text(new ElidedLabel({}, this))
    , m_progress(new QProgressBar(this))
    , m_button(new QPushButton(this))
    , m_patience(new QTimer(this)) {
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(progressName);
    setButton(tr("Close"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 4, 6, 4);
    row->setSpacing(10);
    row->addWidget(m_text, 1);
    row->addWidget(m_progress);
    row->addWidget(m_button);
    m_patience->setSingleShot(true);
    m_patience->setInterval(kPatienceMs);
    connect(m_patience, &QTimer::timeout, this, &QWidget::show);
    connect(m_button, &QPushButton::clicked, this, &WorkStrip::pressed);
    const auto takeTheme = [this] {
        m_progress->setFixedWidth(Theme::instance().scaled(kProgressWidth));
    };
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, takeTheme);
    hide();
}

void WorkStrip::setText(const QString& text) {
    m_text->setText(onOneLine(text));
    setAccessibleName(text);
}

void WorkStrip::setButton(const QString& text) {
    m_button->setText(text);
    m_button->setAccessibleName(text);
}

void WorkStrip::setTrouble(bool trouble) {
    m_trouble = trouble;
    update();
}

void WorkStrip::setProgress(qint64 reached, qint64 total) {
    m_progress->setRange(0, total > 0 ? kSteps : 0);
    if (total > 0)
        m_progress->setValue(
            static_cast<int>(static_cast<double>(reached) * kSteps / static_cast<double>(total)));
}

void WorkStrip::setProgressShown(bool shown) {
    m_progress->setVisible(shown);
}

void WorkStrip::showSoon() {
    if (!isVisible() && !m_patience->isActive())
        m_patience->start();
}

void WorkStrip::showNow() {
    m_patience->stop();
    show();
}

void WorkStrip::hideNow() {
    m_patience->stop();
    hide();
}

void WorkStrip::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.color(m_trouble ? Theme::Role::Trouble : Theme::Role::Border));
    painter.setBrush(theme.color(Theme::Role::Panel));
    painter.drawRoundedRect(QRectF(contentsRect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
}

} // namespace rewindow
