// What a process takes in memory that no file backs.
#pragma once

#include <QFile>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <memory>

namespace rewindow::bench {

/// Of this process, in MiB; -1 where it cannot be read.
inline double anonymousMemory() {
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("RssAnon:"))
            return line.mid(8).trimmed().split(' ').first().toDouble() / 1024;
    return -1;
}

/// Looks at the memory every few milliseconds, from a thread of its own.
class MemoryWatch {
  public:
    MemoryWatch()
        : m_thread(QThread::create([this] {
            while (!m_isOver) {
                m_most = std::max(m_most.load(), anonymousMemory());
                QThread::msleep(5);
            }
        })) {
        m_thread->start();
    }
    Q_DISABLE_COPY_MOVE(MemoryWatch)
    ~MemoryWatch() {
        m_isOver = true;
        m_thread->wait();
    }
    /// The most since the last call.
    double most() { return std::max(m_most.exchange(0), anonymousMemory()); }

  private:
    std::atomic<bool> m_isOver = false;
    std::atomic<double> m_most = 0;
    std::unique_ptr<QThread> m_thread;
};

} // namespace rewindow::bench
