// A sentence, a bar, a button.
#include "ui/statistics/reading_strip.h"

#include "ui/shell/elided_label.h"
#include "ui/shell/icons.h"
#include "ui/shell/number_text.h"
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
} // namespace

ReadingStrip::ReadingStrip(LogStatistics& log, QWidget* parent)
    : QWidget(parent)
    , m_log(log)
    , m_text(new ElidedLabel({}, this))
    , m_progress(new QProgressBar(this))
    , m_button(new QPushButton(this))
    , m_patience(new QTimer(this)) {
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(Theme::instance().scaled(220));
    m_progress->setAccessibleName(tr("How much of the log has been counted"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 4, 6, 4);
    row->setSpacing(10);
    row->addWidget(m_text, 1);
    row->addWidget(m_progress);
    row->addWidget(m_button);
    m_patience->setSingleShot(true);
    m_patience->setInterval(kPatienceMs);
    connect(m_patience, &QTimer::timeout, this, [this] { setVisible(true); });
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_log.state() == LogStatistics::State::Reading)
            m_log.cancel();
        else
            m_log.start();
    });
    connect(&log, &LogStatistics::stateChanged, this, &ReadingStrip::take);
    connect(&log, &LogStatistics::progress, this, &ReadingStrip::showProgress);
    hide();
    take();
}

void ReadingStrip::take() {
    const LogStatistics::State state = m_log.state();
    const bool isReading = state == LogStatistics::State::Reading;
    m_progress->setVisible(isReading);
    m_button->setIcon(icon(isReading ? QStringLiteral("cancel") : QStringLiteral("refresh")));
    m_button->setText(isReading                                  ? tr("Cancel")
                      : state == LogStatistics::State::Cancelled ? tr("Count on")
                                                                 : tr("Try again"));
    m_button->setAccessibleName(m_button->text());
    switch (state) {
    case LogStatistics::State::Reading:
        m_progress->setRange(0, 0);
        m_text->setText(tr("Counting the log…"));
        if (!isVisible())
            m_patience->start();
        return;
    case LogStatistics::State::Cancelled:
        m_text->setText(m_log.statistics()
                            ? tr("Counting was cancelled: what is shown is of a part of the log.")
                            : tr("Counting was cancelled before there was anything to show."));
        break;
    case LogStatistics::State::Failed:
        m_text->setText(
            onOneLine(tr("The log could not be counted: %1").arg(m_log.error()->sentence())));
        break;
    case LogStatistics::State::Idle:
    case LogStatistics::State::Ready:
        m_patience->stop();
        hide();
        return;
    }
    m_patience->stop();
    show();
}

void ReadingStrip::showProgress() {
    const qint64 total = m_log.total();
    if (m_log.state() != LogStatistics::State::Reading || total <= 0)
        return;
    m_progress->setRange(0, kSteps);
    m_progress->setValue(static_cast<int>(static_cast<double>(m_log.reached()) * kSteps /
                                          static_cast<double>(total)));
    m_text->setText(tr("Counting the log: %1 of %2 events. What is shown is partial.")
                        .arg(numberText(m_log.reached()), numberText(total)));
}

void ReadingStrip::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isTrouble = m_log.state() == LogStatistics::State::Failed;
    painter.setPen(theme.color(isTrouble ? Theme::Role::Trouble : Theme::Role::Border));
    painter.setBrush(theme.color(Theme::Role::Panel));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
}

} // namespace rewindow
