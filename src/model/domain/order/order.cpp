// How an order evolves, and what it accepts.
#include "model/domain/order/order.h"

#include "model/domain/order/command_fields.h"

#include <algorithm>
#include <array>

namespace rewindow {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kStatusTexts = {"created",   "placed",    "paid",    "shipped",
                                     "delivered", "cancelled", "refunded"};

std::unexpected<Error> contradiction(const QString& what) {
    return fail(Error::Kind::BadInput, what);
}

auto findItem(auto& items, const QString& productId) {
    return std::ranges::find(items, productId, &OrderItem::productId);
}

std::optional<MinorUnits> totalOf(std::span<const OrderItem> items) {
    std::optional<MinorUnits> total = 0;
    for (const OrderItem& item : items) {
        const std::optional<MinorUnits> price = timesQuantity(item.unitPrice, item.quantity);
        total = price ? plus(*total, *price) : std::nullopt;
        if (!total)
            break;
    }
    return total;
}

Result<Order> withTotal(Order order) {
    const std::optional<MinorUnits> total = totalOf(order.items);
    if (!total)
        return contradiction(
            u"the items of order %1 cost more than can be reckoned"_s.arg(order.id));
    order.total = *total;
    return order;
}

// Evolving, one event each.

Result<Order> after(Order, const OrderCreatedEvent& event) {
    Order order;
    order.id = event.orderId;
    order.userId = event.userId;
    order.createdAt = event.createdAt;
    order.items = {OrderItem{event.productId, event.quantity, event.unitPrice}};
    return withTotal(std::move(order));
}

Result<Order> after(Order order, const ItemAddedEvent& event) {
    if (order.item(event.productId))
        return contradiction(u"product %1 is added to an order it is in"_s.arg(event.productId));
    order.items.push_back(OrderItem{event.productId, event.quantity, event.unitPrice});
    return withTotal(std::move(order));
}

Result<Order> after(Order order, const ItemRemovedEvent& event) {
    const auto item = findItem(order.items, event.productId);
    if (item == order.items.end())
        return contradiction(
            u"product %1 is removed from an order it is not in"_s.arg(event.productId));
    order.items.erase(item);
    return withTotal(std::move(order));
}

Result<Order> after(Order order, const QuantityChangedEvent& event) {
    const auto item = findItem(order.items, event.productId);
    if (item == order.items.end())
        return contradiction(
            u"the quantity of product %1 changes in an order it is not in"_s.arg(event.productId));
    item->quantity = event.quantity;
    return withTotal(std::move(order));
}

Result<Order> after(Order order, const OrderPlacedEvent&) {
    order.status = OrderStatus::Placed;
    return order;
}

Result<Order> after(Order order, const OrderPaidEvent& event) {
    order.status = OrderStatus::Paid;
    order.paid = event.amount;
    order.paymentMethod = event.method;
    return order;
}

Result<Order> after(Order order, const OrderShippedEvent& event) {
    order.status = OrderStatus::Shipped;
    order.carrier = event.carrier;
    order.trackingCode = event.trackingCode;
    return order;
}

Result<Order> after(Order order, const OrderDeliveredEvent&) {
    order.status = OrderStatus::Delivered;
    return order;
}

Result<Order> after(Order order, const OrderCancelledEvent& event) {
    order.status = OrderStatus::Cancelled;
    order.cancelReason = event.reason;
    return order;
}

Result<Order> after(Order order, const OrderRefundedEvent& event) {
    if (event.amount > order.paid)
        return contradiction(u"more is refunded than was paid"_s);
    order.refunded = event.amount;
    order.status = OrderStatus::Refunded;
    return order;
}

// Saying no.

Rejection noSuchOrder(const QString& id) {
    return Rejection{u"There is no order %1."_s.arg(id)};
}

Rejection tooDear(const Order& order) {
    return Rejection{u"Order %1 would cost more than can be reckoned."_s.arg(order.id)};
}

Rejection tooFew(const QString& productId) {
    return Rejection{u"The quantity of product %1 must be at least 1."_s.arg(productId)};
}

/// Why an order that must be `needed` before it can become `wanted` cannot become it.
Rejection cannotBecome(const Order& order, OrderStatus needed, OrderStatus wanted) {
    const QString is = statusText(order.status);
    if (order.status == wanted)
        return Rejection{u"Order %1 is %2 already."_s.arg(order.id, is)};
    if (order.status < needed)
        return Rejection{u"Order %1 is not %2, so it cannot be %3."_s.arg(
            order.id, statusText(needed), statusText(wanted))};
    return Rejection{
        u"Order %1 is %2, so it cannot be %3."_s.arg(order.id, is, statusText(wanted))};
}

/// Why the items of this order cannot be changed, if they cannot.
std::optional<Rejection> itemsAreFixed(const Order& order, const QString& orderId) {
    if (!order.exists())
        return noSuchOrder(orderId);
    if (order.status != OrderStatus::Created)
        return Rejection{u"Order %1 is %2, so its items cannot change."_s.arg(
            order.id, statusText(order.status))};
    return std::nullopt;
}

/// Why this product cannot be ordered, if it cannot.
std::optional<Rejection> cannotBeOrdered(const Product& product, const QString& productId) {
    if (!product.exists())
        return Rejection{u"There is no product %1."_s.arg(productId)};
    if (product.discontinued)
        return Rejection{u"Product %1 (%2) is discontinued, so it cannot be ordered."_s.arg(
            product.id, product.name)};
    return std::nullopt;
}

std::optional<Rejection> notInOrder(const Order& order, const QString& productId) {
    if (order.item(productId))
        return std::nullopt;
    return Rejection{u"Product %1 is not in order %2."_s.arg(productId, order.id)};
}

/// Whether the order's total can still be reckoned with `item` in it, in place of what was there.
bool canBeReckoned(const Order& order, const OrderItem& item) {
    std::vector<OrderItem> items = order.items;
    std::erase_if(items,
                  [&item](const OrderItem& other) { return other.productId == item.productId; });
    items.push_back(item);
    return totalOf(items).has_value();
}

} // namespace

QString statusText(OrderStatus status) {
    return QString::fromLatin1(kStatusTexts.at(static_cast<std::size_t>(status)));
}

std::optional<OrderStatus> statusNamed(const QString& text) {
    const auto found = std::ranges::find_if(
        kStatusTexts, [&text](const char* known) { return text == QLatin1String(known); });
    if (found == kStatusTexts.end())
        return std::nullopt;
    return static_cast<OrderStatus>(found - kStatusTexts.begin());
}

const OrderItem* Order::item(const QString& productId) const {
    const auto found = findItem(items, productId);
    return found == items.end() ? nullptr : &*found;
}

Result<Order> evolve(Order order, const OrderEvent& event) {
    const bool creates = std::holds_alternative<OrderCreatedEvent>(event);
    if (creates && order.exists())
        return contradiction(u"order %1 is created twice"_s.arg(order.id));
    if (!creates && !order.exists())
        return contradiction(u"it happened to an order that was never created"_s);
    return std::visit([&order](const auto& happened) { return after(std::move(order), happened); },
                      event);
}

Result<Order> replayOrder(std::span<const RecordedEvent> events) {
    Order order;
    for (const RecordedEvent& recorded : events) {
        const Result<OrderEvent> event = knownEvent<OrderEvent>(recorded);
        if (!event)
            return std::unexpected(event.error());
        Result<Order> next = evolve(std::move(order), *event);
        if (!next)
            return std::unexpected(misplaced(recorded, next.error()));
        order = std::move(*next);
    }
    return order;
}

OrderCommandHandler::Decision OrderCommandHandler::handle(const Order& order,
                                                          const CreateOrderCommand& command) const {
    if (order.exists())
        return Rejection{u"Order %1 is there already."_s.arg(order.id)};
    if (!m_context.user.exists())
        return Rejection{u"There is no user %1."_s.arg(command.userId)};
    if (const auto no = cannotBeOrdered(m_context.product, command.productId))
        return *no;
    if (command.quantity < 1)
        return tooFew(command.productId);
    const MinorUnits unitPrice = m_context.product.price;
    if (!timesQuantity(unitPrice, command.quantity))
        return Rejection{u"Order %1 would cost more than can be reckoned."_s.arg(command.orderId)};
    return OrderEvents{OrderCreatedEvent{command.orderId, command.userId, command.productId,
                                         command.quantity, unitPrice, m_context.now}};
}

OrderCommandHandler::Decision OrderCommandHandler::handle(const Order& order,
                                                          const AddItemCommand& command) const {
    if (const auto no = itemsAreFixed(order, command.orderId))
        return *no;
    if (const auto no = cannotBeOrdered(m_context.product, command.productId))
        return *no;
    if (order.item(command.productId))
        return Rejection{u"Product %1 is in order %2 already; change its quantity instead."_s.arg(
            command.productId, order.id)};
    if (command.quantity < 1)
        return tooFew(command.productId);
    const OrderItem item{command.productId, command.quantity, m_context.product.price};
    if (!canBeReckoned(order, item))
        return tooDear(order);
    return OrderEvents{ItemAddedEvent{item.productId, item.quantity, item.unitPrice}};
}

OrderCommandHandler::Decision OrderCommandHandler::handle(const Order& order,
                                                          const RemoveItemCommand& command) const {
    if (const auto no = itemsAreFixed(order, command.orderId))
        return *no;
    if (const auto no = notInOrder(order, command.productId))
        return *no;
    return OrderEvents{ItemRemovedEvent{command.productId}};
}

OrderCommandHandler::Decision
OrderCommandHandler::handle(const Order& order, const ChangeQuantityCommand& command) const {
    if (const auto no = itemsAreFixed(order, command.orderId))
        return *no;
    if (const auto no = notInOrder(order, command.productId))
        return *no;
    if (command.quantity < 1)
        return tooFew(command.productId);
    OrderItem item = *order.item(command.productId);
    if (item.quantity == command.quantity)
        return OrderEvents();
    item.quantity = command.quantity;
    if (!canBeReckoned(order, item))
        return tooDear(order);
    return OrderEvents{QuantityChangedEvent{command.productId, command.quantity}};
}

OrderCommandHandler::Decision OrderCommandHandler::handle(const Order& order,
                                                          const PlaceOrderCommand& command) const {
    if (!order.exists())
        return noSuchOrder(command.orderId);
    if (order.status != OrderStatus::Created)
        return cannotBecome(order, OrderStatus::Created, OrderStatus::Placed);
    if (order.items.empty())
        return Rejection{u"Order %1 is empty, so it cannot be placed."_s.arg(order.id)};
    return OrderEvents{OrderPlacedEvent{}};
}

OrderCommandHandler::Decision OrderCommandHandler::handle(const Order& order,
                                                          const PayOrderCommand& command) const {
    if (!order.exists())
        return noSuchOrder(command.orderId);
    if (order.status != OrderStatus::Placed)
        return cannotBecome(order, OrderStatus::Placed, OrderStatus::Paid);
    if (command.amount != order.total)
        return Rejection{u"Order %1 costs %2, so it cannot be paid with %3."_s.arg(
            order.id, moneyText(order.total), moneyText(command.amount))};
    const QString method = command.method.value_or(paymentMethods().constFirst());
    if (!paymentMethods().contains(method))
        return Rejection{u"Order %1 cannot be paid by \"%2\"; it can by %3."_s.arg(
            order.id, method, paymentMethods().join(u", "_s))};
    return OrderEvents{OrderPaidEvent{command.amount, method}};
}

OrderCommandHandler::Decision OrderCommandHandler::handle(const Order& order,
                                                          const ShipOrderCommand& command) const {
    if (!order.exists())
        return noSuchOrder(command.orderId);
    if (order.status != OrderStatus::Paid)
        return cannotBecome(order, OrderStatus::Paid, OrderStatus::Shipped);
    return OrderEvents{OrderShippedEvent{command.carrier, command.trackingCode}};
}

OrderCommandHandler::Decision
OrderCommandHandler::handle(const Order& order, const DeliverOrderCommand& command) const {
    if (!order.exists())
        return noSuchOrder(command.orderId);
    if (order.status != OrderStatus::Shipped)
        return cannotBecome(order, OrderStatus::Shipped, OrderStatus::Delivered);
    return OrderEvents{OrderDeliveredEvent{}};
}

OrderCommandHandler::Decision OrderCommandHandler::handle(const Order& order,
                                                          const CancelOrderCommand& command) const {
    if (!order.exists())
        return noSuchOrder(command.orderId);
    if (order.status >= OrderStatus::Shipped)
        return cannotBecome(order, OrderStatus::Created, OrderStatus::Cancelled);
    return OrderEvents{OrderCancelledEvent{command.reason}};
}

OrderCommandHandler::Decision OrderCommandHandler::handle(const Order& order,
                                                          const RefundOrderCommand& command) const {
    if (!order.exists())
        return noSuchOrder(command.orderId);
    if (order.status < OrderStatus::Paid || order.status == OrderStatus::Refunded)
        return cannotBecome(order, OrderStatus::Paid, OrderStatus::Refunded);
    if (order.status == OrderStatus::Shipped)
        return Rejection{
            u"Order %1 is on its way, so it cannot be refunded before it is delivered."_s.arg(
                order.id)};
    if (order.paid == 0)
        return Rejection{
            u"Order %1 was cancelled unpaid, so there is nothing to refund."_s.arg(order.id)};
    return OrderEvents{OrderRefundedEvent{order.paid, command.reason}};
}

OrderCommandHandler::Decision OrderCommandHandler::handle(const Order& order,
                                                          const OrderCommand& command) const {
    return std::visit([&](const auto& which) { return handle(order, which); }, command);
}

} // namespace rewindow
