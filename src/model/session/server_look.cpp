// Trying whether a store can be opened at an address, before it is.
#include "model/session/server_look.h"

#include "base/post_to.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThread>

namespace rewindow {

namespace {

Result<StoreAtAddress> lookAt(const StoreUrl& url, const CancelToken& cancel) {
    const auto store = Store::open(url, Store::Access::Read, cancel);
    if (!store)
        return std::unexpected(store.error());
    const auto summary = (*store)->reader().summary(cancel);
    if (!summary)
        return std::unexpected(summary.error());
    return StoreAtAddress{(*store)->info(), summary->events};
}

} // namespace

ServerLook::ServerLook(QObject* parent) : QObject(parent) {}

ServerLook::~ServerLook() {
    m_cancel.cancel();
}

void ServerLook::forget() {
    m_cancel.cancel();
    ++m_latest;
}

void ServerLook::look(const StoreUrl& url) {
    begin([url](const CancelToken& cancel) { return lookAt(url, cancel); });
}

void ServerLook::make(const StoreUrl& url, const QString& domain) {
    begin([url, domain](const CancelToken& cancel) -> Result<StoreAtAddress> {
        if (const auto made = Store::create(url, domain); !made)
            return std::unexpected(made.error());
        return lookAt(url, cancel);
    });
}

void ServerLook::begin(const Looking& looking) {
    forget();
    const quint64 asked = m_latest;
    m_cancel = {};
    // It ends by itself, soon after it is told to; nobody waits for it.
    auto* thread =
        QThread::create([looking, asked, cancel = m_cancel, asker = QPointer<ServerLook>(this)] {
            auto answer = std::make_shared<Result<StoreAtAddress>>(looking(cancel));
            postTo(QCoreApplication::instance(), [asked, asker, answer] {
                if (!asker || asker->m_latest != asked)
                    return;
                if (*answer)
                    emit asker->found(**answer);
                else
                    emit asker->failed(answer->error());
            });
        });
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
}

} // namespace rewindow
