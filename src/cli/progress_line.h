// One line on a terminal's standard error that says how far long work is.
#pragma once

#include <QElapsedTimer>
#include <QString>

namespace rewindow::cli {

/// Silent where standard error is no terminal, and during the first half second. Wiped when it is
/// destroyed.
class ProgressLine {
  public:
    explicit ProgressLine(QString doing);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void update(qint64 done, qint64 total = 0); ///< total 0: not known

  private:
    QString m_doing;
    QElapsedTimer m_clock;
    qint64 m_nextAt = 500; ///< milliseconds
    bool m_terminal = false;
    bool m_shown = false;
};

} // namespace rewindow::cli
