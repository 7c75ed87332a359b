// The states of counting in words.
#include "ui/statistics/reading_strip.h"

#include "ui/shell/number_text.h"

namespace rewindow {

ReadingStrip::ReadingStrip(LogStatistics& log, QWidget* parent)
    : WorkStrip(tr("How much of the log has been counted"), parent)
    , m_log(log) {
    connect(this, &WorkStrip::pressed, this, [this] {
        if (m_log.state() == LogStatistics::State::Reading)
            m_log.cancel();
        else
            m_log.start();
    });
    connect(&log, &LogStatistics::stateChanged, this, &ReadingStrip::take);
    connect(&log, &LogStatistics::progress, this, &ReadingStrip::showProgress);
    take();
}

void ReadingStrip::take() {
    const auto state = m_log.state();
    setProgressShown(state == LogStatistics::State::Reading);
    setTrouble(state == LogStatistics::State::Failed);
    switch (state) {
    case LogStatistics::State::Reading:
        setButton(tr("Cancel"));
        setProgress(0, 0);
        setText(tr("Counting the log…"));
        showSoon();
        return;
    case LogStatistics::State::Cancelled:
        setButton(tr("Count on"));
        setText(m_log.statistics()
                    ? tr("Counting was cancelled: what is shown is of a part of the log.")
                    : tr("Counting was cancelled before there was anything to show."));
        break;
    case LogStatistics::State::Failed:
        setButton(tr("Try again"));
        setText(tr("The log could not be counted: %1").arg(m_log.error()->sentence()));
        break;
    case LogStatistics::State::Idle:
    case LogStatistics::State::Ready:
        hideNow();
        return;
    }
    showNow();
}

void ReadingStrip::showProgress() {
    const qint64 total = m_log.total();
    if (m_log.state() != LogStatistics::State::Reading || total <= 0)
        return;
    setProgress(m_log.reached(), total);
    setText(tr("Counting the log: %1 of %2 events. What is shown is partial.")
                .arg(numberText(m_log.reached()), numberText(total)));
}

} // namespace rewindow
