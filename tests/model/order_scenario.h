// Given these events, when this command, then these events or this rejection.
#pragma once

#include "model/command/command_bus.h"
#include "model/domain/order/order_domain.h"
#include "support/test_support.h"

#include <map>
#include <string>
#include <vector>

namespace rewindow::test {

inline RecordedEvent recordedEvent(const std::string& stream, const std::string& type,
                                   const std::string& data, qint64 version, qint64 position = 1,
                                   Timestamp at = Timestamp(1'795'000'000'000'000)) {
    RecordedEvent::Texts texts;
    texts[static_cast<std::size_t>(RecordedEvent::Text::Stream)] = stream;
    texts[static_cast<std::size_t>(RecordedEvent::Text::Id)] = "e";
    texts[static_cast<std::size_t>(RecordedEvent::Text::Type)] = type;
    texts[static_cast<std::size_t>(RecordedEvent::Text::Data)] = data;
    return {GlobalPosition(position), StreamVersion(version), at, texts};
}

/// A log in memory, and the order domain deciding on it.
class OrderScenario {
  public:
    OrderScenario& given(const std::string& stream, const std::string& type,
                         const std::string& data = "{}") {
        auto& events = m_streams[stream];
        events.push_back(
            recordedEvent(stream, type, data, qint64(events.size()) + 1, ++m_position));
        m_log.push_back(events.back());
        return *this;
    }

    /// "ItemAdded{…}" a line an event, "nothing", or "rejected: …", or "failed: …". What is
    /// accepted is appended to the log.
    QString when(const std::string& name, const std::string& data) {
        const QString command = QString::fromStdString(name);
        const CommandSpec* spec = m_domain.commandNamed(command);
        if (!spec)
            return QStringLiteral("failed: no such command");
        const auto checked = checkedCommandData(*spec, *Json::parse(data));
        if (!checked)
            return QStringLiteral("failed: ") + checked.error().sentence();
        const Command sent{command, *checked};
        const std::string stream = (spec->aggregateType + u'-').toStdString() +
                                   std::string(sent.data[spec->idField.toStdString()].text());
        const Json before = state(stream);
        DecideContext context{m_now, {}};
        for (const QString& other : m_domain.lookups(before, sent))
            context.lookups[other] =
                m_streams.contains(other.toStdString()) ? state(other.toStdString()) : Json();
        const Decision decision = m_domain.decide(before, sent, context);
        if (const auto* rejection = std::get_if<Rejection>(&decision))
            return QStringLiteral("rejected: ") + rejection->reason;
        QStringList lines;
        for (const DecidedEvent& event : std::get<std::vector<DecidedEvent>>(decision)) {
            given(stream, event.type.toStdString(), event.data.dump());
            lines.append(event.type + QString::fromStdString(event.data.dump()));
        }
        return lines.isEmpty() ? QStringLiteral("nothing") : lines.join(u'\n');
    }

    /// The stream's state; a failure to evolve as a JSON text.
    Json state(const std::string& stream) const {
        Json state = m_domain.initialState(QString::fromStdString(stream));
        const auto events = m_streams.find(stream);
        if (events == m_streams.end())
            return state;
        for (const RecordedEvent& event : events->second) {
            Result<Json> next = m_domain.evolve(std::move(state), event);
            if (!next)
                return Json(next.error().sentence());
            state = std::move(*next);
        }
        return state;
    }

    const std::vector<RecordedEvent>& stream(const std::string& name) { return m_streams[name]; }
    const std::vector<RecordedEvent>& log() const { return m_log; }
    const OrderDomain& domain() const { return m_domain; }
    void setNow(Timestamp now) { m_now = now; }

  private:
    OrderDomain m_domain;
    std::map<std::string, std::vector<RecordedEvent>> m_streams;
    std::vector<RecordedEvent> m_log;
    qint64 m_position = 0;
    Timestamp m_now{1'795'000'000'000'000};
};

/// A user, two products, and no order yet.
inline OrderScenario shop() {
    OrderScenario shop;
    shop.given("user-u1", "UserRegistered", R"({"userId":"u1","name":"Ada Lovelace"})")
        .given("user-u2", "UserRegistered", R"({"userId":"u2","name":"王芳"})")
        .given("product-p1", "ProductAdded", R"({"productId":"p1","name":"Mug","price":1250})")
        .given("product-p2", "ProductAdded", R"({"productId":"p2","name":"Tray","price":3000})")
        .given("product-p9", "ProductAdded", R"({"productId":"p9","name":"Jug","price":100})")
        .given("product-p9", "ProductDiscontinued");
    return shop;
}

/// The shop with order o1 of two mugs, brought to `status`; "cancelled after payment" too.
inline OrderScenario shopWithOrder(const std::string& status) {
    OrderScenario scenario = shop();
    scenario.given("order-o1", "OrderCreated",
                   R"({"orderId":"o1","userId":"u1","productId":"p1","quantity":2,)"
                   R"("unitPrice":1250,"createdAt":"2026-11-18T10:26:40.000000Z"})");
    const auto then = [&](const char* type, const char* data = "{}") {
        scenario.given("order-o1", type, data);
    };
    if (status == "created")
        return scenario;
    if (status == "cancelled") {
        then("OrderCancelled", R"({"reason":"too late"})");
        return scenario;
    }
    then("OrderPlaced");
    if (status == "placed")
        return scenario;
    then("OrderPaid", R"({"amount":2500,"method":"card"})");
    if (status == "cancelled after payment")
        then("OrderCancelled");
    if (status == "paid" || status == "cancelled after payment")
        return scenario;
    then("OrderShipped", R"({"carrier":"DHL","trackingCode":"JD1"})");
    if (status == "shipped")
        return scenario;
    then("OrderDelivered");
    if (status == "refunded")
        then("OrderRefunded", R"({"amount":2500})");
    return scenario;
}

} // namespace rewindow::test
