// The order domain: where users, products and orders become one system.
#include "model/domain/order/order_domain.h"

#include "model/domain/order/customer_spend.h"
#include "model/domain/order/order.h"
#include "model/domain/order/order_views.h"
#include "model/domain/order/product.h"
#include "model/domain/order/product_sales.h"
#include "model/domain/order/user.h"

namespace rewindow {

using namespace Qt::StringLiterals;

namespace {

/// The typed state; the one before any event for `{}` and for null (no such stream).
template <class State>
Result<State> typedState(const Json& state) {
    if (state.size() == 0)
        return State();
    return fromJson<State>(state);
}

template <class State, class Event>
Result<Json> evolveAs(Json state, const RecordedEvent& recorded) {
    const Result<Event> event = knownEvent<Event>(recorded);
    if (!event)
        return std::unexpected(event.error());
    Result<State> before = typedState<State>(state);
    if (!before)
        return std::unexpected(misplaced(recorded, before.error()));
    const Result<State> after = evolve(std::move(*before), *event);
    if (!after)
        return std::unexpected(misplaced(recorded, after.error()));
    return toJson(*after, std::move(state));
}

template <class Event>
Decision stored(const Handled<Event>& handled) {
    if (const auto* rejection = std::get_if<Rejection>(&handled))
        return *rejection;
    std::vector<DecidedEvent> events;
    for (const Event& event : std::get<std::vector<Event>>(handled))
        events.push_back(storedEvent(event));
    return events;
}

/// Reads the state and the command, and lets `handle` decide; nothing when the command is not one
/// of TypedCommand.
template <class State, class TypedCommand, class Handle>
std::optional<Decision> decideAs(const Json& state, const Command& command, const Handle& handle) {
    const Result<std::optional<TypedCommand>> typed = typedCommand<TypedCommand>(command);
    if (!typed)
        return Rejection{u"%1 cannot be understood: %2."_s.arg(command.name, typed.error().what)};
    if (!*typed)
        return std::nullopt;
    const Result<State> before = typedState<State>(state);
    if (!before)
        return Rejection{u"The state cannot be understood: %1."_s.arg(before.error().what)};
    return stored(handle(*before, **typed));
}

/// The stream the command names in `field`; empty where it has no such field.
QString referredStream(const Command& command, const char* field, QLatin1String prefix) {
    const Json id = command.data[field];
    return id.kind() == Json::Kind::String ? prefix + id.toQString() : QString();
}

QString userStream(const Command& command) {
    return referredStream(command, "userId", "user-"_L1);
}

QString productStream(const Command& command) {
    return referredStream(command, "productId", "product-"_L1);
}

template <class State>
State lookedUp(const DecideContext& context, const QString& stream) {
    const auto found = context.lookups.find(stream);
    if (found == context.lookups.end())
        return State();
    return typedState<State>(found->second).value_or(State());
}

} // namespace

OrderDomain::OrderDomain() {
    for (auto specs : {userCommandSpecs(), productCommandSpecs(), orderCommandSpecs()})
        m_commands.insert(m_commands.end(), specs.begin(), specs.end());
}

QString OrderDomain::name() const {
    return u"order"_s;
}

Json OrderDomain::initialState(const QString&) const {
    return Json::object();
}

Result<Json> OrderDomain::evolve(Json state, const RecordedEvent& event) const {
    const std::string_view type = streamType(event.stream());
    if (type == "user")
        return evolveAs<User, UserEvent>(std::move(state), event);
    if (type == "product")
        return evolveAs<Product, ProductEvent>(std::move(state), event);
    return evolveAs<Order, OrderEvent>(std::move(state), event);
}

std::span<const CommandSpec> OrderDomain::commands() const {
    return m_commands;
}

QStringList OrderDomain::lookups(const Json&, const Command& command) const {
    if (command.name == QLatin1String(CreateOrderCommand::kName))
        return {userStream(command), productStream(command)};
    if (command.name == QLatin1String(AddItemCommand::kName))
        return {productStream(command)};
    return {};
}

Decision OrderDomain::decide(const Json& state, const Command& command,
                             const DecideContext& context) const {
    if (auto decision = decideAs<User, UserCommand>(
            state, command, [](const User& user, const UserCommand& typed) {
                return UserCommandHandler::handle(user, typed);
            }))
        return *decision;
    if (auto decision = decideAs<Product, ProductCommand>(
            state, command, [](const Product& product, const ProductCommand& typed) {
                return ProductCommandHandler::handle(product, typed);
            }))
        return *decision;
    if (auto decision = decideAs<Order, OrderCommand>(
            state, command, [&](const Order& order, const OrderCommand& typed) {
                const OrderCommandHandler handler(
                    {context.now, lookedUp<User>(context, userStream(command)),
                     lookedUp<Product>(context, productStream(command))});
                return handler.handle(order, typed);
            }))
        return *decision;
    return Rejection{u"The order domain knows no command %1."_s.arg(command.name)};
}

std::vector<std::shared_ptr<const Projection>> OrderDomain::projections() const {
    return {std::make_shared<OrderViews>(), std::make_shared<ProductSales>(),
            std::make_shared<CustomerSpend>()};
}

} // namespace rewindow
