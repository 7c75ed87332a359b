// Playing the demo's shop, one event after another.
#include "model/domain/order/demo_shop.h"

#include "model/domain/order/demo_names.h"

#include <algorithm>
#include <array>

namespace rewindow {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSecond = 1'000'000;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;

/// The first order of every demo, for manuals and first looks.
constexpr quint32 kShowcaseId = 0x7f3a9c12;
constexpr auto kShowcaseName = "Ada Lovelace"_L1;
constexpr auto kShowcaseNewName = "Ada King"_L1;

constexpr std::array kStaff = {"mira", "jonas", "tomasz", "farah"};
constexpr std::array kCarriers = {"DHL", "PostNL", "UPS", "GLS"};
constexpr std::array kDevices = {"web", "web", "web", "app", "app", "phone"};
constexpr std::array kMethods = {"card", "card", "card", "wallet", "wallet", "transfer"};
constexpr std::array kCancelReasons = {"ordered by mistake", "found it cheaper", "takes too long",
                                       "wrong address", "changed my mind"};
constexpr std::array kRefundReasons = {"arrived broken", "not as described", "sent back unopened",
                                       "one cup chipped"};

Timestamp later(Timestamp time, qint64 microseconds) {
    return Timestamp(time.microseconds() + microseconds);
}

/// A permutation of the numbers of 32 bits, so that no id comes twice.
quint32 scrambled(quint32 number) {
    number = (number ^ (number >> 16)) * 0x7feb352dU;
    number = (number ^ (number >> 15)) * 0x846ca68bU;
    return number ^ (number >> 16);
}

QString orderIdOf(quint32 number, quint32 salt) {
    const quint32 id = scrambled(number ^ salt) ^ scrambled(salt) ^ kShowcaseId;
    return u"%1"_s.arg(id, 8, 16, QLatin1Char('0'));
}

QString latin(const char* text) {
    return QString::fromLatin1(text);
}

} // namespace

DemoShop::DemoShop(qint64 events, quint64 seed)
    : m_events(events)
    , m_random(seed)
    , m_now(later(m_calendar.start(), -kHour))
    , m_salt(static_cast<quint32>(m_random.below(qint64(1) << 32))) {
    openDoors();
}

ImportedEvent DemoShop::next() {
    for (;;) {
        if (customerIsDue()) {
            admitCustomer();
            continue;
        }
        const Task task = m_due.top();
        m_due.pop();
        m_now = std::max(task.due, later(m_now, 1));
        if (std::optional<ImportedEvent> event = play(task)) {
            ++m_recorded;
            return std::move(*event);
        }
    }
}

/// The next customer comes when by the calendar as many events are due as there were, counting one
/// for each customer who is inside and has done nothing yet.
bool DemoShop::customerIsDue() const {
    if (m_due.empty())
        return true;
    const qint64 turn = m_recorded + m_waiting + m_lull;
    if (turn >= m_events)
        return m_waiting == 0;
    return m_calendar.at(turn, m_events) < m_due.top().due;
}

void DemoShop::schedule(Timestamp due, Work work, std::size_t index, QString correlationId) {
    m_due.push(
        {later(due, m_random.below(kSecond)), m_tasks++, work, index, std::move(correlationId)});
}

void DemoShop::openDoors() {
    const qint64 products = std::clamp<qint64>(m_events / 80, 3, 300);
    const qint64 each = std::min(40 * kSecond, kHour / products);
    const QString delivery = m_random.uuid();
    for (qint64 i = 0; i < products; ++i)
        schedule(later(m_now, i * each), Work::AddProduct, 0, delivery);
}

void DemoShop::admitCustomer() {
    const qint64 turn = std::min(m_recorded + m_waiting + m_lull, m_events - 1);
    const Timestamp now = std::max(m_calendar.at(turn, m_events), m_now);
    m_lull = m_random.below(4);
    ++m_waiting;
    if (m_users.size() < 3 || m_random.percent(20))
        schedule(now, Work::Register, 0, m_random.uuid());
    else
        beginPurchase(anyUser(), now, m_random.uuid(), {});
    seeToTheShop(now);
}

void DemoShop::seeToTheShop(Timestamp when) {
    const auto nextDay = [&] {
        return DemoCalendar::atWork(later(when, m_random.between(kHour, 40 * kHour)));
    };
    if (m_users.size() > 3 && m_random.percent(4))
        schedule(later(when, m_random.between(kMinute, 9 * kHour)), Work::Rename, anyUser(),
                 m_random.uuid());
    if (m_random.percent(7))
        schedule(nextDay(), Work::ChangePrice, 0, m_random.uuid());
    if (m_random.percent(2)) {
        const QString renewal = m_random.uuid();
        const Timestamp day = nextDay();
        schedule(day, Work::Discontinue, 0, renewal);
        schedule(later(day, 6 * kMinute), Work::AddProduct, 0, renewal);
    }
}

void DemoShop::beginPurchase(std::size_t user, Timestamp when, const QString& correlationId,
                             const QString& causationId) {
    Purchase purchase;
    purchase.user = user;
    purchase.channel = latin(m_random.pick(kDevices));
    purchase.method = latin(m_random.pick(kMethods));
    purchase.correlationId = correlationId;
    purchase.causationId = causationId;
    purchase.steps = m_orders == 0 ? demoShowcasePlan() : demoPlan(purchase.method, m_random);
    purchase.order.id = orderIdOf(m_orders++, m_salt);
    std::size_t index = m_purchases.size();
    if (m_done.empty()) {
        m_purchases.push_back(std::move(purchase));
    } else {
        index = m_done.back();
        m_done.pop_back();
        m_purchases[index] = std::move(purchase);
    }
    scheduleStep(index, when);
}

void DemoShop::scheduleStep(std::size_t index, Timestamp from) {
    const Purchase& purchase = m_purchases[index];
    if (purchase.next == purchase.steps.size()) {
        m_done.push_back(index);
        return;
    }
    const DemoStep& step = purchase.steps[purchase.next];
    Timestamp due = later(from, step.after);
    if (step.hours == DemoStep::Hours::AtWork)
        due = DemoCalendar::atWork(due);
    if (step.hours == DemoStep::Hours::OnTheRoad)
        due = DemoCalendar::onTheRoad(due);
    if (step.atOnce)
        m_due.push({due, m_tasks++, Work::Purchase, index, {}});
    else
        schedule(due, Work::Purchase, index);
}

std::optional<ImportedEvent> DemoShop::play(const Task& task) {
    switch (task.work) {
    case Work::AddProduct:
    case Work::ChangePrice:
    case Work::Discontinue:
        return playProduct(task);
    case Work::Register:
        return playRegister(task);
    case Work::Rename:
        return playRename(task);
    case Work::Purchase:
        return playPurchase(task);
    }
    return std::nullopt;
}

std::optional<ImportedEvent> DemoShop::playProduct(const Task& task) {
    const Occasion occasion{latin(m_random.pick(kStaff)), u"backoffice"_s, task.correlationId, {}};
    if (task.work == Work::AddProduct) {
        const DemoGoods goods = demoGoods(qint64(m_products.size()), m_random);
        m_onSale.push_back(m_products.size());
        auto& product = m_products.emplace_back();
        product.id = u"p%1"_s.arg(m_products.size());
        return record("product", product, AddProductCommand::kName,
                      ProductCommandHandler::handle(
                          product.state, AddProductCommand{product.id, goods.name, goods.price}),
                      occasion);
    }
    if (m_onSale.size() < 3)
        return std::nullopt;
    const std::size_t which = m_random.pick(m_onSale);
    auto& product = m_products[which];
    if (task.work == Work::Discontinue) {
        std::erase(m_onSale, which);
        return record(
            "product", product, DiscontinueProductCommand::kName,
            ProductCommandHandler::handle(product.state, DiscontinueProductCommand{product.id}),
            occasion);
    }
    const MinorUnits price =
        std::max<MinorUnits>(100, product.state.price * m_random.between(88, 115) / 100 / 10 * 10);
    return record(
        "product", product, ChangePriceCommand::kName,
        ProductCommandHandler::handle(product.state, ChangePriceCommand{product.id, price}),
        occasion);
}

std::optional<ImportedEvent> DemoShop::playRegister(const Task& task) {
    --m_waiting;
    const std::size_t index = m_users.size();
    auto& user = m_users.emplace_back();
    user.id = u"u%1"_s.arg(m_users.size());
    DemoPerson person = demoPerson(m_random);
    if (index == 0) {
        person = {kShowcaseName, u"ada@example.org"_s};
        schedule(m_calendar.at(m_events * 6 / 10, m_events), Work::Rename, index, m_random.uuid());
    }
    std::optional<ImportedEvent> event =
        record("user", user, RegisterUserCommand::kName,
               UserCommandHandler::handle(user.state,
                                          RegisterUserCommand{user.id, person.name, person.email}),
               {user.id, latin(m_random.pick(kDevices)), task.correlationId, {}});
    if (event)
        beginPurchase(index, m_now, task.correlationId, event->event.id);
    return event;
}

std::optional<ImportedEvent> DemoShop::playRename(const Task& task) {
    auto& user = m_users[task.index];
    const QString name = user.state.name == kShowcaseName ? kShowcaseNewName
                                                          : demoNewName(user.state.name, m_random);
    return record("user", user, RenameUserCommand::kName,
                  UserCommandHandler::handle(user.state, RenameUserCommand{user.id, name}),
                  {user.id, latin(m_random.pick(kDevices)), task.correlationId, {}});
}

std::optional<ImportedEvent> DemoShop::playPurchase(const Task& task) {
    Purchase& purchase = m_purchases[task.index];
    if (purchase.next == 0 && purchase.causationId.isEmpty())
        --m_waiting;
    const DemoStep step = purchase.steps[purchase.next++];
    std::optional<ImportedEvent> event;
    if (const std::optional<OrderCommand> command = commandFor(step.act, purchase)) {
        OrderContext context{m_now, m_users[purchase.user].state, {}};
        std::visit(
            [&](const auto& which) {
                if constexpr (requires { which.productId; })
                    context.product = productNamed(which.productId);
            },
            *command);
        const char* name = std::visit(
            [](const auto& which) { return std::decay_t<decltype(which)>::kName; }, *command);
        event =
            record("order", purchase.order, name,
                   OrderCommandHandler(std::move(context)).handle(purchase.order.state, *command),
                   occasionOf(step, purchase));
    }
    if (event)
        purchase.causationId = event->event.id;
    scheduleStep(task.index, m_now);
    return event;
}

std::optional<OrderCommand> DemoShop::commandFor(DemoAct act, const Purchase& purchase) {
    const Order& order = purchase.order.state;
    const QString& id = purchase.order.id;
    if (!order.exists() && act != DemoAct::Create)
        return std::nullopt;
    switch (act) {
    case DemoAct::Create:
    case DemoAct::Add: {
        const std::optional<std::size_t> product = productOnSale(order);
        if (!product)
            return std::nullopt;
        const QString& productId = m_products[*product].id;
        const qint64 quantity = m_random.percent(60) ? 1 : m_random.between(2, 4);
        if (act == DemoAct::Add)
            return AddItemCommand{id, productId, quantity};
        return CreateOrderCommand{id, m_users[purchase.user].id, productId, quantity};
    }
    case DemoAct::Remove:
        if (order.items.size() < 2)
            return std::nullopt;
        return RemoveItemCommand{id, m_random.pick(order.items).productId};
    case DemoAct::Change: {
        if (order.items.empty())
            return std::nullopt;
        const OrderItem& item = m_random.pick(order.items);
        return ChangeQuantityCommand{id, item.productId, item.quantity > 3 ? 1 : item.quantity + 1};
    }
    case DemoAct::Place:
        return PlaceOrderCommand{id};
    case DemoAct::Pay:
        return PayOrderCommand{id, order.total, purchase.method};
    case DemoAct::Ship:
        return ShipOrderCommand{id, latin(m_random.pick(kCarriers)),
                                u"JD%1"_s.arg(m_random.between(100'000'000, 999'999'999))};
    case DemoAct::Deliver:
        return DeliverOrderCommand{id};
    case DemoAct::Cancel:
        return CancelOrderCommand{id, order.status == OrderStatus::Created
                                          ? u"never placed"_s
                                          : latin(m_random.pick(kCancelReasons))};
    case DemoAct::Refund:
        return RefundOrderCommand{id, order.status == OrderStatus::Cancelled
                                          ? u"order cancelled"_s
                                          : latin(m_random.pick(kRefundReasons))};
    }
    return std::nullopt;
}

DemoShop::Occasion DemoShop::occasionOf(const DemoStep& step, const Purchase& purchase) const {
    Occasion occasion{m_users[purchase.user].id, purchase.channel, purchase.correlationId,
                      purchase.causationId};
    const auto by = [&occasion](const QString& actor, const QString& channel) {
        occasion.actor = actor;
        occasion.channel = channel;
    };
    if (step.act == DemoAct::Pay && purchase.method == u"transfer"_s)
        by(u"bank-import"_s, u"batch"_s);
    else if (step.act == DemoAct::Ship)
        by(u"packing-2"_s, u"warehouse"_s);
    else if (step.act == DemoAct::Deliver)
        by(purchase.order.state.carrier.value_or(QString()), u"carrier"_s);
    else if (step.act == DemoAct::Cancel && purchase.order.state.status == OrderStatus::Created)
        by(u"clean-up"_s, u"batch"_s);
    else if (step.act == DemoAct::Refund)
        by(latin(kStaff.front()), u"backoffice"_s);
    if (step.atOnce) {
        occasion.channel = purchase.channel == u"app"_s ? u"web"_s : u"app"_s;
        occasion.attempt = 2;
    }
    return occasion;
}

const Product& DemoShop::productNamed(const QString& id) const {
    return m_products[QStringView(id).sliced(1).toULongLong() - 1].state;
}

std::size_t DemoShop::anyUser() {
    return static_cast<std::size_t>(m_random.below(static_cast<qint64>(m_users.size())));
}

std::optional<std::size_t> DemoShop::productOnSale(const Order& notIn) {
    for (int tries = 0; tries < 8 && !m_onSale.empty(); ++tries) {
        const std::size_t index = m_random.pick(m_onSale);
        if (!notIn.item(m_products[index].id))
            return index;
    }
    return std::nullopt;
}

template <class State, class Event>
std::optional<ImportedEvent> DemoShop::record(const char* type, Aggregate<State>& aggregate,
                                              const char* command, const Handled<Event>& handled,
                                              const Occasion& occasion) {
    const auto* events = std::get_if<std::vector<Event>>(&handled);
    if (!events || events->empty())
        return std::nullopt;
    Result<State> evolved = evolve(std::move(aggregate.state), events->front());
    if (!evolved)
        return std::nullopt;
    aggregate.state = std::move(*evolved);
    aggregate.version = aggregate.version.next();
    const DecidedEvent stored = storedEvent(events->front());
    Json metadata = Json::object({{"command", Json(command)},
                                  {"user", Json(occasion.actor)},
                                  {"channel", Json(occasion.channel)}});
    if (occasion.attempt > 1)
        metadata = std::move(metadata).with("attempt", Json(occasion.attempt));
    ImportedEvent imported;
    imported.stream = latin(type) + u'-' + aggregate.id;
    imported.version = aggregate.version;
    imported.event = {m_random.uuid(),
                      stored.type,
                      QByteArray::fromStdString(stored.data.dump()),
                      QByteArray::fromStdString(metadata.dump()),
                      occasion.correlationId,
                      occasion.causationId,
                      m_now};
    return imported;
}

} // namespace rewindow
