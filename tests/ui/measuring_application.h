// An application that knows how long each event kept its thread busy.
#pragma once

#include <QApplication>

#include <ctime>

namespace rewindow::test {

inline double threadCpuMs() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Remembers the longest event, those sent while handling another counted as part of that.
class MeasuringApplication : public QApplication {
  public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override {
        if (m_depth > 0)
            return QApplication::notify(receiver, event);
        ++m_depth;
        const QString what = QStringLiteral("event %1 to %2 %3")
                                 .arg(event->type())
                                 .arg(QString::fromLatin1(receiver->metaObject()->className()),
                                      receiver->objectName());
        const double before = threadCpuMs();
        const bool handled = QApplication::notify(receiver, event);
        const double took = threadCpuMs() - before;
        --m_depth;
        ++m_events;
        if (took > m_longest) {
            m_longest = took;
            m_what = what;
        }
        return handled;
    }

    void start() {
        m_longest = 0;
        m_events = 0;
        m_what.clear();
    }
    double longest() const { return m_longest; }
    int events() const { return m_events; }
    const QString& what() const { return m_what; }

    static MeasuringApplication& instance() { return *static_cast<MeasuringApplication*>(qApp); }

  private:
    int m_depth = 0;
    int m_events = 0;
    double m_longest = 0;
    QString m_what;
};

} // namespace rewindow::test
