// The order aggregate: what it can be told, what can happen to it, what it is.
#pragma once

#include "model/domain/order/messages.h"
#include "model/domain/order/money.h"
#include "model/domain/order/product.h"
#include "model/domain/order/user.h"

#include <QString>

#include <optional>
#include <span>
#include <tuple>
#include <variant>
#include <vector>

namespace rewindow {

// Commands: what an order can be told.

struct CreateOrderCommand {
    static constexpr const char* kName = "CreateOrder";
    QString orderId;
    QString userId;
    QString productId;
    qint64 quantity = 0;
    static constexpr auto fields() {
        return std::tuple(field("orderId", &CreateOrderCommand::orderId),
                          field("userId", &CreateOrderCommand::userId),
                          field("productId", &CreateOrderCommand::productId),
                          field("quantity", &CreateOrderCommand::quantity));
    }
};

struct AddItemCommand {
    static constexpr const char* kName = "AddItem";
    QString orderId;
    QString productId;
    qint64 quantity = 0;
    static constexpr auto fields() {
        return std::tuple(field("orderId", &AddItemCommand::orderId),
                          field("productId", &AddItemCommand::productId),
                          field("quantity", &AddItemCommand::quantity));
    }
};

struct RemoveItemCommand {
    static constexpr const char* kName = "RemoveItem";
    QString orderId;
    QString productId;
    static constexpr auto fields() {
        return std::tuple(field("orderId", &RemoveItemCommand::orderId),
                          field("productId", &RemoveItemCommand::productId));
    }
};

struct ChangeQuantityCommand {
    static constexpr const char* kName = "ChangeQuantity";
    QString orderId;
    QString productId;
    qint64 quantity = 0;
    static constexpr auto fields() {
        return std::tuple(field("orderId", &ChangeQuantityCommand::orderId),
                          field("productId", &ChangeQuantityCommand::productId),
                          field("quantity", &ChangeQuantityCommand::quantity));
    }
};

struct PlaceOrderCommand {
    static constexpr const char* kName = "PlaceOrder";
    QString orderId;
    static constexpr auto fields() {
        return std::tuple(field("orderId", &PlaceOrderCommand::orderId));
    }
};

struct PayOrderCommand {
    static constexpr const char* kName = "PayOrder";
    QString orderId;
    MinorUnits amount = 0;
    std::optional<QString> method; ///< "card" where it is not said
    static constexpr auto fields() {
        return std::tuple(field("orderId", &PayOrderCommand::orderId),
                          field("amount", &PayOrderCommand::amount),
                          field("method", &PayOrderCommand::method));
    }
};

struct ShipOrderCommand {
    static constexpr const char* kName = "ShipOrder";
    QString orderId;
    std::optional<QString> carrier;
    std::optional<QString> trackingCode;
    static constexpr auto fields() {
        return std::tuple(field("orderId", &ShipOrderCommand::orderId),
                          field("carrier", &ShipOrderCommand::carrier),
                          field("trackingCode", &ShipOrderCommand::trackingCode));
    }
};

struct DeliverOrderCommand {
    static constexpr const char* kName = "DeliverOrder";
    QString orderId;
    static constexpr auto fields() {
        return std::tuple(field("orderId", &DeliverOrderCommand::orderId));
    }
};

struct CancelOrderCommand {
    static constexpr const char* kName = "CancelOrder";
    QString orderId;
    std::optional<QString> reason;
    static constexpr auto fields() {
        return std::tuple(field("orderId", &CancelOrderCommand::orderId),
                          field("reason", &CancelOrderCommand::reason));
    }
};

struct RefundOrderCommand {
    static constexpr const char* kName = "RefundOrder";
    QString orderId;
    std::optional<QString> reason;
    static constexpr auto fields() {
        return std::tuple(field("orderId", &RefundOrderCommand::orderId),
                          field("reason", &RefundOrderCommand::reason));
    }
};

using OrderCommand =
    std::variant<CreateOrderCommand, AddItemCommand, RemoveItemCommand, ChangeQuantityCommand,
                 PlaceOrderCommand, PayOrderCommand, ShipOrderCommand, DeliverOrderCommand,
                 CancelOrderCommand, RefundOrderCommand>;

// Events: what happened to an order. Names and keys are the storage format: never rename them.

struct OrderCreatedEvent {
    static constexpr const char* kName = "OrderCreated";
    QString orderId;
    QString userId;
    QString productId;
    qint64 quantity = 0;
    MinorUnits unitPrice = 0;
    Timestamp createdAt;
    static constexpr auto fields() {
        return std::tuple(field("orderId", &OrderCreatedEvent::orderId),
                          field("userId", &OrderCreatedEvent::userId),
                          field("productId", &OrderCreatedEvent::productId),
                          field("quantity", &OrderCreatedEvent::quantity, 1),
                          field("unitPrice", &OrderCreatedEvent::unitPrice, 0),
                          field("createdAt", &OrderCreatedEvent::createdAt));
    }
};

struct ItemAddedEvent {
    static constexpr const char* kName = "ItemAdded";
    QString productId;
    qint64 quantity = 0;
    MinorUnits unitPrice = 0;
    static constexpr auto fields() {
        return std::tuple(field("productId", &ItemAddedEvent::productId),
                          field("quantity", &ItemAddedEvent::quantity, 1),
                          field("unitPrice", &ItemAddedEvent::unitPrice, 0));
    }
};

struct ItemRemovedEvent {
    static constexpr const char* kName = "ItemRemoved";
    QString productId;
    static constexpr auto fields() {
        return std::tuple(field("productId", &ItemRemovedEvent::productId));
    }
};

struct QuantityChangedEvent {
    static constexpr const char* kName = "QuantityChanged";
    QString productId;
    qint64 quantity = 0;
    static constexpr auto fields() {
        return std::tuple(field("productId", &QuantityChangedEvent::productId),
                          field("quantity", &QuantityChangedEvent::quantity, 1));
    }
};

struct OrderPlacedEvent {
    static constexpr const char* kName = "OrderPlaced";
    static constexpr auto fields() { return std::tuple(); }
};

struct OrderPaidEvent {
    static constexpr const char* kName = "OrderPaid";
    MinorUnits amount = 0;
    QString method;
    static constexpr auto fields() {
        return std::tuple(field("amount", &OrderPaidEvent::amount, 0),
                          field("method", &OrderPaidEvent::method));
    }
};

struct OrderShippedEvent {
    static constexpr const char* kName = "OrderShipped";
    std::optional<QString> carrier;
    std::optional<QString> trackingCode;
    static constexpr auto fields() {
        return std::tuple(field("carrier", &OrderShippedEvent::carrier),
                          field("trackingCode", &OrderShippedEvent::trackingCode));
    }
};

struct OrderDeliveredEvent {
    static constexpr const char* kName = "OrderDelivered";
    static constexpr auto fields() { return std::tuple(); }
};

struct OrderCancelledEvent {
    static constexpr const char* kName = "OrderCancelled";
    std::optional<QString> reason;
    static constexpr auto fields() {
        return std::tuple(field("reason", &OrderCancelledEvent::reason));
    }
};

struct OrderRefundedEvent {
    static constexpr const char* kName = "OrderRefunded";
    MinorUnits amount = 0;
    std::optional<QString> reason;
    static constexpr auto fields() {
        return std::tuple(field("amount", &OrderRefundedEvent::amount, 0),
                          field("reason", &OrderRefundedEvent::reason));
    }
};

using OrderEvent =
    std::variant<OrderCreatedEvent, ItemAddedEvent, ItemRemovedEvent, QuantityChangedEvent,
                 OrderPlacedEvent, OrderPaidEvent, OrderShippedEvent, OrderDeliveredEvent,
                 OrderCancelledEvent, OrderRefundedEvent>;
using OrderEvents = std::vector<OrderEvent>;

// State: what the events made of an order.

/// In the order an order goes through them; it may leave the path by being cancelled or refunded.
enum class OrderStatus { Created, Placed, Paid, Shipped, Delivered, Cancelled, Refunded };
QString statusText(OrderStatus status); ///< "created": what a state and a view show
std::optional<OrderStatus> statusNamed(const QString& text);

/// One line of an order; a product is in it once.
struct OrderItem {
    QString productId;
    qint64 quantity = 0;
    MinorUnits unitPrice = 0; ///< as it was when the line was added
    static constexpr auto fields() {
        return std::tuple(field("productId", &OrderItem::productId),
                          field("quantity", &OrderItem::quantity),
                          field("unitPrice", &OrderItem::unitPrice));
    }
};

template <>
struct JsonValue<OrderStatus> {
    static constexpr const char* wanted = "the status of an order";
    static Json write(OrderStatus status) { return Json(statusText(status)); }
    static std::optional<OrderStatus> read(const Json& json) {
        return statusNamed(json.toQString());
    }
};

struct Order {
    QString id; ///< empty: no such order
    OrderStatus status = OrderStatus::Created;
    QString userId;
    std::vector<OrderItem> items;
    MinorUnits total = 0;    ///< of the items
    MinorUnits paid = 0;     ///< what the customer paid
    MinorUnits refunded = 0; ///< of it, what was given back
    Timestamp createdAt;
    std::optional<QString> paymentMethod;
    std::optional<QString> carrier;
    std::optional<QString> trackingCode;
    std::optional<QString> cancelReason;

    bool exists() const { return !id.isEmpty(); }
    const OrderItem* item(const QString& productId) const; ///< nullptr: not in the order
    static constexpr auto fields() {
        return std::tuple(
            field("id", &Order::id), field("status", &Order::status),
            field("userId", &Order::userId), field("items", &Order::items),
            field("total", &Order::total), field("paid", &Order::paid),
            field("refunded", &Order::refunded), field("createdAt", &Order::createdAt),
            field("paymentMethod", &Order::paymentMethod), field("carrier", &Order::carrier),
            field("trackingCode", &Order::trackingCode),
            field("cancelReason", &Order::cancelReason));
    }
};

/// The order after one more event. Fails with BadInput where there is nothing it can apply to.
Result<Order> evolve(Order order, const OrderEvent& event);

/// The order after all of its events, oldest first; one that does not exist after none. Fails with
/// BadInput, naming the version of an event that cannot be understood.
Result<Order> replayOrder(std::span<const RecordedEvent> events);

/// All that deciding may know besides the order and the command.
struct OrderContext {
    Timestamp now;
    User user;       ///< the one the command names, if there is one
    Product product; ///< the one the command names, if there is one
};

/// Decides what a command comes to, given the order as it is.
class OrderCommandHandler {
  public:
    using Decision = Handled<OrderEvent>;

    explicit OrderCommandHandler(OrderContext context) : m_context(std::move(context)) {}

    Decision handle(const Order& order, const CreateOrderCommand& command) const;
    Decision handle(const Order& order, const AddItemCommand& command) const;
    Decision handle(const Order& order, const RemoveItemCommand& command) const;
    Decision handle(const Order& order, const ChangeQuantityCommand& command) const;
    Decision handle(const Order& order, const PlaceOrderCommand& command) const;
    Decision handle(const Order& order, const PayOrderCommand& command) const;
    Decision handle(const Order& order, const ShipOrderCommand& command) const;
    Decision handle(const Order& order, const DeliverOrderCommand& command) const;
    Decision handle(const Order& order, const CancelOrderCommand& command) const;
    Decision handle(const Order& order, const RefundOrderCommand& command) const;
    /// Whichever command it is.
    Decision handle(const Order& order, const OrderCommand& command) const;

  private:
    OrderContext m_context;
};

/// The ways an order can be paid.
QStringList paymentMethods();

/// What forms and the command line need to know of the commands.
std::vector<CommandSpec> orderCommandSpecs();

} // namespace rewindow
