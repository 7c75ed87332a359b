#include "cli/progress_line.h"

#include "cli/output.h"

#include <cstdio>
#include <unistd.h>

namespace rewindow::cli {

namespace {
constexpr qint64 kBetweenUpdates = 100;
}

ProgressLine::ProgressLine(QString doing)
    : m_doing(std::move(doing))
    , m_terminal(isatty(STDERR_FILENO)) {
    m_clock.start();
}

ProgressLine::~ProgressLine() {
    if (m_shown)
        std::fputs("\r\x1b[K", stderr);
}

void ProgressLine::update(qint64 done, qint64 total) {
    if (!m_terminal || m_clock.elapsed() < m_nextAt)
        return;
    m_nextAt = m_clock.elapsed() + kBetweenUpdates;
    m_shown = true;
    const QString of =
        total > 0 ? QStringLiteral(" of %1 (%2 %)").arg(total).arg(done * 100 / total) : QString();
    const std::string line = harmless(QStringLiteral("%1: %2%3").arg(m_doing).arg(done).arg(of));
    std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
    std::fflush(stderr);
}

} // namespace rewindow::cli
