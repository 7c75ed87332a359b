// Trying whether a store can be opened at an address, before it is.
#include "model/session/server_look.h"

#include "base/post_to.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThread>

namespace rewindow {

namespace {

Result<StoreAtAddress> lookAt(const StoreUrl& url) {
    const auto store = Store::open(url, Store::Access::Read);
    if (!store)
        return std::unexpected(store.error());
    const auto summary = (*store)->reader().summary();
    if (!summary)
        return std::unexpected(summary.error());
    return StoreAtAddress{(*store)->info(), summary->events};
}

} // namespace

ServerLook::ServerLook(QObject* parent) : QObject(parent) {}

void ServerLook::forget() {
    ++m_latest;
}

void ServerLook::look(const StoreUrl& url) {
    const quint64 asked = ++m_latest;
    // It ends by itself, as its connection's timeout says; nobody waits for it.
    auto* thread = QThread::create([url, asked, asker = QPointer<ServerLook>(this)] {
        auto answer = std::make_shared<Result<StoreAtAddress>>(lookAt(url));
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
