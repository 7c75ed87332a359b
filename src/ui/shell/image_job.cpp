// Looks again and again; there is no one signal for "all of it is there".
#include "ui/shell/image_job.h"

#include "ui/shell/main_window.h"

#include <QDir>
#include <QPixmap>
#include <QSaveFile>
#include <QTimer>

namespace rewindow {

namespace {
constexpr int kLookEveryMs = 40;
constexpr int kQuietLooks = 6;
} // namespace

ImageJob::ImageJob(MainWindow& window, const QString& path, int timeoutMs, Done done)
    : QObject(&window)
    , m_window(window)
    , m_path(path)
    , m_done(std::move(done))
    , m_timer(new QTimer(this))
    , m_looksLeft(timeoutMs / kLookEveryMs) {
    connect(m_timer, &QTimer::timeout, this, &ImageJob::look);
    m_timer->start(kLookEveryMs);
}

void ImageJob::look() {
    m_quiet = m_window.isQuiet() ? m_quiet + 1 : 0;
    if (m_quiet < kQuietLooks && --m_looksLeft > 0)
        return;
    m_timer->stop();
    if (m_quiet < kQuietLooks)
        m_done(fail(Error::Kind::Storage,
                    tr("The window did not come to rest in time, so %1 was not drawn").arg(m_path),
                    tr("try a smaller stream, or wait until the store is no longer written to")));
    else
        m_done(draw());
}

Result<void> ImageJob::draw() const {
    QSaveFile file(m_path);
    const bool written =
        file.open(QIODevice::WriteOnly) && m_window.picture().save(&file, "PNG") && file.commit();
    if (written)
        return {};
    return fail(
        Error::Kind::Storage,
        tr("%1 cannot be written: %2").arg(QDir::toNativeSeparators(m_path), file.errorString()),
        tr("name a file in a folder that can be written to"));
}

} // namespace rewindow
