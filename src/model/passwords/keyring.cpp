// One job of the keychain library a question, with an end to waiting for it.
#include "model/passwords/keyring.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPointer>
#include <QTimer>

#include <qt6keychain/keychain.h>

namespace rewindow {

namespace {

/// Long enough for a person to unlock it.
constexpr int kPatienceMs = 60'000;

class Words {
    Q_DECLARE_TR_FUNCTIONS(Keyring)
};

QString service() {
    return QStringLiteral("org.rewindow.Rewindow");
}

/// Without one the library might start a bus of its own.
bool hasSessionBus() {
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") ||
           QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

Error unusable(const QString& why) {
    return {Error::Kind::Storage, Words::tr("The keyring cannot be used: %1").arg(why), {}, {}};
}

Error failureOf(const QKeychain::Job& job) {
    switch (job.error()) {
    case QKeychain::NoBackendAvailable:
        return unusable(Words::tr("none runs in this session"));
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return unusable(Words::tr("it was not unlocked"));
    default:
        return unusable(job.errorString().simplified());
    }
}

/// Starts the job, and calls `done` with it when it has ended, or with nothing when it does not.
template <class KeychainJob>
void start(KeychainJob* job, const StoreUrl& url, QObject* guard,
           std::function<void(Result<KeychainJob*>)> done) {
    // It deletes itself when it has ended: what the library has begun must not lose it before.
    job->setKey(url.account());
    job->setInsecureFallback(false); // no file of settings is a keyring
    if (!hasSessionBus()) {
        delete job;
        QTimer::singleShot(0, guard, [done = std::move(done)] {
            done(std::unexpected(unusable(Words::tr("none runs in this session"))));
        });
        return;
    }
    auto isAnswered = std::make_shared<bool>(false);
    QObject::connect(job, &QKeychain::Job::finished, guard,
                     [done, job, isAnswered](QKeychain::Job*) {
                         if (!std::exchange(*isAnswered, true))
                             done(job);
                     });
    QTimer::singleShot(kPatienceMs, guard, [done, isAnswered] {
        if (!std::exchange(*isAnswered, true))
            done(std::unexpected(unusable(Words::tr("it does not answer"))));
    });
    job->start();
}

} // namespace

void keyring::find(const StoreUrl& url, QObject* guard,
                   std::function<void(Result<std::optional<QString>>)> done) {
    using Job = QKeychain::ReadPasswordJob;
    start<Job>(new Job(service()), url, guard, [done = std::move(done)](const Result<Job*>& job) {
        if (!job)
            return done(std::unexpected(job.error()));
        if ((*job)->error() == QKeychain::EntryNotFound)
            return done(std::nullopt);
        if ((*job)->error() != QKeychain::NoError)
            return done(std::unexpected(failureOf(**job)));
        done((*job)->textData());
    });
}

void keyring::keep(const StoreUrl& url, const QString& password, QObject* guard,
                   std::function<void(Result<void>)> done) {
    using Job = QKeychain::WritePasswordJob;
    auto* job = new Job(service());
    job->setTextData(password);
    start<Job>(job, url, guard, [done = std::move(done)](const Result<Job*>& written) {
        if (!written)
            return done(std::unexpected(written.error()));
        if ((*written)->error() != QKeychain::NoError)
            return done(std::unexpected(failureOf(**written)));
        done({});
    });
}

void keyring::forget(const StoreUrl& url, QObject* guard, std::function<void(Result<void>)> done) {
    using Job = QKeychain::DeletePasswordJob;
    start<Job>(new Job(service()), url, guard,
               [done = std::move(done)](const Result<Job*>& deleted) {
                   if (!deleted)
                       return done(std::unexpected(deleted.error()));
                   if ((*deleted)->error() != QKeychain::NoError &&
                       (*deleted)->error() != QKeychain::EntryNotFound)
                       return done(std::unexpected(failureOf(**deleted)));
                   done({});
               });
}

} // namespace rewindow
