// What forms and the command line need to know of the order aggregate's commands.
#include "model/domain/order/command_fields.h"
#include "model/domain/order/order.h"

namespace rewindow {

QStringList paymentMethods() {
    return {QStringLiteral("card"), QStringLiteral("transfer"), QStringLiteral("wallet")};
}

std::vector<CommandSpec> orderCommandSpecs() {
    const CommandField order = referenceField("orderId", "Order", "order");
    const CommandField user = referenceField("userId", "User", "user");
    const CommandField product = referenceField("productId", "Product", "product");
    const CommandField quantity = integerField("quantity", "Quantity", 1);
    const CommandField reason = optional(textField("reason", "Reason"));
    const auto spec = [](const char* name, Creates creates,
                         std::initializer_list<CommandField> fields, const char* help) {
        return commandSpec(name, "order", "orderId", creates, fields, help);
    };
    return {
        spec(CreateOrderCommand::kName, Creates::Yes, {optional(order), user, product, quantity},
             "Starts an order of a user with its first item, at the product's price of now."),
        spec(AddItemCommand::kName, Creates::No, {order, product, quantity},
             "Adds another product, at its price of now, while the order is not placed."),
        spec(RemoveItemCommand::kName, Creates::No, {order, product},
             "Takes a product out again, while the order is not placed."),
        spec(ChangeQuantityCommand::kName, Creates::No, {order, product, quantity},
             "Wants more or fewer of a product, while the order is not placed."),
        spec(PlaceOrderCommand::kName, Creates::No, {order},
             "Makes the order binding: its items can change no more."),
        spec(PayOrderCommand::kName, Creates::No,
             {order,
              moneyField("amount", "Amount", 1, "Exactly the order's total, in minor units."),
              optional(choiceField("method", "Method", paymentMethods()))},
             "Pays a placed order."),
        spec(ShipOrderCommand::kName, Creates::No,
             {order, optional(textField("carrier", "Carrier")),
              optional(textField("trackingCode", "Tracking code"))},
             "Hands a paid order to a carrier."),
        spec(DeliverOrderCommand::kName, Creates::No, {order}, "Notes that the order arrived."),
        spec(CancelOrderCommand::kName, Creates::No, {order, reason},
             "Calls the order off, before it is shipped. What was paid needs a refund."),
        spec(RefundOrderCommand::kName, Creates::No, {order, reason},
             "Gives back all that was paid, once the order is delivered, or was never shipped."),
    };
}

} // namespace rewindow
