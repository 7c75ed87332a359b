#include "support/test_support.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QProcess>
#include <QStandardPaths>

namespace rewindow::test {

QString rewindowProgram() {
    return QStringLiteral(REWINDOW_BINARY);
}

QString builtTestFile(const QString& name) {
    return QStringLiteral(REWINDOW_TEST_BINARY_DIR "/") + name;
}

QString sharedData(const QString& file) {
    QString folder = qEnvironmentVariable("REWINDOW_SHARED_DATA");
    if (folder.isEmpty())
        folder = QStringLiteral(REWINDOW_SOURCE_DIR "/../shared/data");
    const QFileInfo info(QDir(folder).filePath(file));
    return info.exists() ? info.absoluteFilePath() : QString();
}

QString loanLog() {
    const QString packed = sharedData(QStringLiteral("loan-applications.jsonl.gz"));
    if (packed.isEmpty())
        return {};
    const QString folder = builtTestFile(QStringLiteral("data"));
    QDir().mkpath(folder);
    const QString unpacked = folder + QStringLiteral("/loan-applications.jsonl");
    QLockFile lock(unpacked + QStringLiteral(".lock"));
    lock.lock();
    if (!QFile::exists(unpacked)) {
        const QString partial = unpacked + QStringLiteral(".part");
        QProcess gunzip;
        gunzip.setStandardOutputFile(partial);
        gunzip.start(QStringLiteral("gzip"), {QStringLiteral("-dc"), packed});
        if (!gunzip.waitForFinished(120'000) || gunzip.exitCode() != 0)
            return {};
        QFile::rename(partial, unpacked);
    }
    return unpacked;
}

QString keptDemo(qint64 events) {
    constexpr int patienceMs = 3'600'000;
    const QDir folder(QStringLiteral(REWINDOW_TEST_BINARY_DIR "/data"));
    folder.mkpath(QStringLiteral("."));
    const QString path = folder.filePath(QStringLiteral("demo-with-views-%1.db").arg(events));
    QLockFile lock(path + QStringLiteral(".lock"));
    lock.setStaleLockTime(0);
    lock.lock();
    if (QFile::exists(path))
        return path;
    const QString partial = path + QStringLiteral(".part");
    for (const char* ending : {"", "-wal", "-shm"})
        QFile::remove(partial + QLatin1String(ending));
    const ProgramResult made = runRewindow(
        {QStringLiteral("demo"), partial, QStringLiteral("--events"), QString::number(events)}, {},
        patienceMs);
    if (made.exitCode != 0)
        return {};
    for (const char* beside : {"-wal", "-shm"})
        QFile::rename(partial + QLatin1String(beside), path + QLatin1String(beside));
    return QFile::rename(partial, path) ? path : QString(); // with it the store is there
}

ProgramResult runProgram(const QString& program, const QStringList& arguments,
                         const QByteArray& input, int timeoutMs) {
    QProcess process;
    process.start(program, arguments);
    ProgramResult result;
    if (!process.waitForStarted())
        return result;
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(timeoutMs)) {
        process.kill();
        process.waitForFinished();
        result.err = "did not end in time: " + process.readAllStandardError();
        return result;
    }
    result.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    result.out = process.readAllStandardOutput();
    result.err = process.readAllStandardError();
    return result;
}

ProgramResult runRewindow(const QStringList& arguments, const QByteArray& input, int timeoutMs) {
    return runProgram(rewindowProgram(), arguments, input, timeoutMs);
}

} // namespace rewindow::test
