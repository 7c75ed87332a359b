// A store of the order domain with a handful of orders, and a session on it, for tests of panels.
#pragma once

#include "model/command/command_bus.h"
#include "model/session/aggregate_replay.h"
#include "model/session/session.h"
#include "store/store.h"
#include "support/test_support.h"

#include <QTemporaryDir>

#include <memory>

namespace rewindow::test {

/// Ada has order-a1 (created, placed, paid: versions 1 to 3) and order-a2 (created), Alan has
/// order-b1 (created, placed). The last event renames Ada to Ada Lovelace.
class SmallShop {
  public:
    static constexpr qint64 kPaid = 7;     ///< position of OrderPaid of order-a1
    static constexpr qint64 kRenamed = 10; ///< the head: UserRenamed of user-ada

    /// Fails the test where the store cannot be made.
    void make() {
        QVERIFY(m_folder.isValid());
        qputenv("REWINDOW_DATA_HOME", m_folder.filePath(QStringLiteral("home")).toUtf8());
        m_url = StoreUrl::sqliteFile(m_folder.filePath(QStringLiteral("shop.db")));
        ASSIGN_RESULT(store, Store::create(m_url, QStringLiteral("order")));
        ASSIGN_RESULT(domain, domainNamed(QStringLiteral("order")));
        CommandBus bus(*store, domain);
        const std::pair<const char*, const char*> commands[] = {
            {"RegisterUser", R"({"userId":"ada","name":"Ada"})"},
            {"RegisterUser", R"({"userId":"alan","name":"Alan"})"},
            {"AddProduct", R"({"productId":"tea","name":"Tea","price":12050})"},
            {"CreateOrder", R"({"orderId":"a1","userId":"ada","productId":"tea","quantity":1})"},
            {"CreateOrder", R"({"orderId":"b1","userId":"alan","productId":"tea","quantity":2})"},
            {"PlaceOrder", R"({"orderId":"a1"})"},
            {"PayOrder", R"({"orderId":"a1","amount":12050,"method":"card"})"},
            {"PlaceOrder", R"({"orderId":"b1"})"},
            {"CreateOrder", R"({"orderId":"a2","userId":"ada","productId":"tea","quantity":3})"},
            {"RenameUser", R"({"userId":"ada","name":"Ada Lovelace"})"},
        };
        for (const auto& [name, data] : commands) {
            CommandRequest request;
            request.command.name = QString::fromLatin1(name);
            ASSIGN_RESULT(json, Json::parse(data));
            request.command.data = json;
            ASSIGN_RESULT(outcome, bus.send(request));
            QVERIFY2(std::holds_alternative<CommandAccepted>(outcome), name);
        }
    }

    const StoreUrl& url() const { return m_url; }
    QTemporaryDir& folder() { return m_folder; }

  private:
    QTemporaryDir m_folder;
    StoreUrl m_url;
};

/// A session on `url`; nullptr, and a failed test, where it does not open.
inline std::unique_ptr<Session> openSession(const StoreUrl& url, const QString& domain = {}) {
    std::unique_ptr<Session> session;
    QString problem;
    QObject guard;
    Session::open(url, domain, &guard, [&](Result<std::unique_ptr<Session>> opened) {
        if (opened)
            session = std::move(*opened);
        else
            problem = opened.error().sentence();
    });
    [[maybe_unused]] const bool answered =
        QTest::qWaitFor([&] { return session || !problem.isEmpty(); }, 20'000);
    if (!session)
        QTest::qFail(qPrintable(problem.isEmpty() ? QStringLiteral("no answer") : problem),
                     __FILE__, __LINE__);
    return session;
}

/// The child with this object name, which must be there.
template <class T>
T* named(QWidget& parent, const char* name) {
    T* child = parent.findChild<T*>(QString::fromLatin1(name));
    if (!child)
        qFatal("no child %s", name);
    return child;
}

} // namespace rewindow::test
