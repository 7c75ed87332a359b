// The log that is measured on, made once and kept beside the built tests.
#pragma once

#include "model/domain/order/demo_history.h"
#include "store/store.h"
#include "support/test_support.h"

#include <QDir>
#include <QFile>
#include <QLockFile>

namespace rewindow::bench {

inline bool isNightly() {
    return qEnvironmentVariableIntValue("REWINDOW_NIGHTLY") == 1;
}

inline qint64 demoLogEvents() {
    return isNightly() ? 10'000'000 : 1'000'000;
}

/// A demo's events without its views, checkpointed and closed. It is shared: to be opened for
/// reading. The first call on a machine takes minutes for ten million.
inline Result<StoreUrl> demoLog(qint64 events = demoLogEvents()) {
    const QDir folder(test::builtTestFile(QStringLiteral("data")));
    folder.mkpath(QStringLiteral("."));
    const QString path = folder.filePath(QStringLiteral("demo-%1.db").arg(events));
    QLockFile lock(path + QStringLiteral(".lock"));
    lock.setStaleLockTime(0);
    lock.lock();
    if (QFile::exists(path))
        return StoreUrl::sqliteFile(path);
    const QString partial = path + QStringLiteral(".part");
    for (const char* ending : {"", "-wal", "-shm"})
        QFile::remove(partial + QLatin1String(ending));
    {
        auto store = Store::create(StoreUrl::sqliteFile(partial), QStringLiteral("order"),
                                   demoStoreId(events, kDemoSeed));
        if (!store)
            return std::unexpected(store.error());
        const CancelToken isWritten;
        const auto written = writeDemo(
            **store, events, kDemoSeed,
            [&](qint64 done, qint64) {
                if (done == events)
                    isWritten.cancel();
            },
            isWritten);
        if (!written && written.error().kind != Error::Kind::Cancelled)
            return std::unexpected(written.error());
        if (const auto done = (*store)->checkpoint(); !done)
            return std::unexpected(done.error());
    }
    if (!QFile::rename(partial, path))
        return fail(Error::Kind::Storage, path + QStringLiteral(" cannot be named"));
    return StoreUrl::sqliteFile(path);
}

} // namespace rewindow::bench
