// The store is written under another name and gets its own when it is whole.
#include "ui/shell/demo_job.h"

#include "base/post_to.h"
#include "model/domain/order/demo_history.h"
#include "store/data_home.h"
#include "store/store.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QThread>

namespace rewindow {

namespace {

/// A store's file and those that lie beside it while, and after, it is written to.
constexpr const char* kSuffixes[] = {"-wal", "-shm", "-checkpoint", ""};

void removeStore(const QString& path) {
    for (const char* suffix : kSuffixes)
        QFile::remove(path + QLatin1String(suffix));
}

/// The file itself comes last: with it the store is there.
bool renameStore(const QString& from, const QString& to) {
    for (const char* suffix : kSuffixes) {
        const QString file = from + QLatin1String(suffix);
        if (QFile::exists(file) && !QFile::rename(file, to + QLatin1String(suffix)))
            return false;
    }
    return true;
}

Result<void> writeStore(const QString& path, const std::function<void(qint64, qint64)>& progress,
                        const CancelToken& cancel) {
    auto store = Store::create(StoreUrl::sqliteFile(path), QStringLiteral("order"),
                               demoStoreId(kDemoEvents, kDemoSeed));
    if (!store)
        return std::unexpected(store.error());
    if (auto written = writeDemo(**store, kDemoEvents, kDemoSeed, progress, cancel); !written)
        return std::unexpected(written.error());
    return (*store)->checkpoint();
}

Result<void> makeDemo(const QString& path, const std::function<void(qint64, qint64)>& progress,
                      const CancelToken& cancel) {
    if (!QDir().mkpath(QFileInfo(path).path()))
        return fail(Error::Kind::Storage,
                    QCoreApplication::translate("DemoJob", "The folder %1 cannot be made")
                        .arg(QFileInfo(path).path()),
                    QCoreApplication::translate("DemoJob", "make it, or set REWINDOW_DATA_HOME to "
                                                           "a folder that can be written"));
    const QString partial = path + QStringLiteral(".part");
    removeStore(partial);
    auto written = writeStore(partial, progress, cancel);
    if (written && !renameStore(partial, path))
        written = fail(Error::Kind::Storage,
                       QCoreApplication::translate("DemoJob", "%1 cannot be written").arg(path));
    if (!written)
        removeStore(partial);
    return written;
}

} // namespace

DemoJob::DemoJob(const QString& path, QObject* parent) : QObject(parent) {
    m_thread.reset(QThread::create([this, path, cancel = m_cancel] {
        const auto result = makeDemo(
            path, [this](qint64 reached, qint64 total) { emit progress(reached, total); }, cancel);
        postTo(this, [this, result] { emit finished(result); });
    }));
    m_thread->start();
}

DemoJob::~DemoJob() {
    m_cancel.cancel();
    m_thread->wait();
}

QString DemoJob::usualPath() {
    return QDir(dataHome()).filePath(QStringLiteral("demo.db"));
}

} // namespace rewindow
