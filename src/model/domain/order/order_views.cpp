// Folding events into a row an order.
#include "model/domain/order/order_views.h"

#include "model/domain/order/user.h"
#include "model/domain/order/view_cells.h"

namespace rewindow {

using namespace Qt::StringLiterals;

namespace {

enum Column : std::size_t {
    Id,
    Status,
    Total,
    UserName,
    UserId,
    Items,
    Version,
    CreatedAt,
    UpdatedAt
};
enum UserColumn : std::size_t { UserKey, Name };

ViewSchema viewSchema() {
    using Type = ViewColumn::Type;
    using Meaning = ViewColumn::Meaning;
    return {u"order_views"_s,
            {{u"id"_s},
             {u"status"_s},
             {.name = u"total"_s, .type = Type::Integer, .meaning = Meaning::Money},
             {u"user_name"_s},
             {.name = u"user_id"_s, .indexed = true},
             {u"items"_s, Type::Integer},
             {u"version"_s, Type::Integer},
             {.name = u"created_at"_s, .type = Type::Integer, .meaning = Meaning::Time},
             {.name = u"updated_at"_s, .type = Type::Integer, .meaning = Meaning::Time}}};
}

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};

/// The status an order has after an event; nothing where the event leaves it.
std::optional<OrderStatus> statusAfter(const OrderEvent& event) {
    using Status = std::optional<OrderStatus>;
    return std::visit(
        Overloaded{[](const OrderCreatedEvent&) -> Status { return OrderStatus::Created; },
                   [](const OrderPlacedEvent&) -> Status { return OrderStatus::Placed; },
                   [](const OrderPaidEvent&) -> Status { return OrderStatus::Paid; },
                   [](const OrderShippedEvent&) -> Status { return OrderStatus::Shipped; },
                   [](const OrderDeliveredEvent&) -> Status { return OrderStatus::Delivered; },
                   [](const OrderCancelledEvent&) -> Status { return OrderStatus::Cancelled; },
                   [](const OrderRefundedEvent&) -> Status { return OrderStatus::Refunded; },
                   [](const auto&) -> Status { return std::nullopt; }},
        event);
}

} // namespace

OrderViews::OrderViews()
    : m_schema(viewSchema())
    , m_users{m_schema.name + u"_users"_s, {{u"id"_s}, {u"name"_s}}, m_schema.name}
    , m_lines(m_schema.name) {}

std::vector<ViewSchema> OrderViews::companions() const {
    return {m_users, m_lines.schema()};
}

std::optional<QString> OrderViews::rowAggregateType() const {
    return u"order"_s;
}

Result<void> OrderViews::apply(const RecordedEvent& event, ViewRows& rows) const {
    const std::string_view type = streamType(event.stream());
    if (type == "user")
        return applyUser(event, rows);
    if (type == "order")
        return applyOrder(event, rows);
    return {};
}

Result<void> OrderViews::applyUser(const RecordedEvent& event, ViewRows& rows) const {
    const Result<std::optional<UserEvent>> happened = typedEvent<UserEvent>(event);
    if (!happened)
        return std::unexpected(happened.error());
    if (!*happened)
        return {};
    const QString userId = toQString(streamId(event.stream()));
    const QString name = std::visit([](const auto& which) { return which.name; }, **happened);
    rows.companion(m_users.name).put(ViewRow{{userId, name}});
    for (ViewRow row : rows.rowsWhere(u"user_id"_s, userId)) {
        row.values[UserName] = name;
        rows.put(std::move(row));
    }
    return {};
}

Result<void> OrderViews::applyOrder(const RecordedEvent& event, ViewRows& rows) const {
    const Result<std::optional<OrderEvent>> happened = typedEvent<OrderEvent>(event);
    if (!happened)
        return std::unexpected(happened.error());
    if (!*happened)
        return {};
    const QString orderId = toQString(streamId(event.stream()));
    std::optional<ViewRow> row = rows.row(orderId);
    if (const auto* created = std::get_if<OrderCreatedEvent>(&**happened)) {
        const std::optional<ViewRow> user = rows.companion(m_users.name).row(created->userId);
        row = ViewRow{{orderId,
                       {},
                       qint64(0),
                       user ? user->values[Name] : ViewValue(),
                       created->userId,
                       qint64(0),
                       {},
                       created->createdAt.microseconds(),
                       {}}};
    }
    if (!row)
        return {};
    const Result<OrderLines::Change> change = m_lines.apply(orderId, **happened, rows);
    if (!change)
        return std::unexpected(misplaced(event, change.error()));
    const std::optional<MinorUnits> total = plus(integerAt(*row, Total), change->amount);
    if (!total)
        return std::unexpected(misplaced(
            event, Error{Error::Kind::BadInput, u"the total cannot be reckoned"_s, {}, {}}));
    row->values[Total] = *total;
    row->values[Items] = integerAt(*row, Items) + change->lines;
    if (const std::optional<OrderStatus> status = statusAfter(**happened))
        row->values[Status] = statusText(*status);
    row->values[Version] = event.version().value();
    row->values[UpdatedAt] = event.recordedAt().microseconds();
    rows.put(std::move(*row));
    return {};
}

} // namespace rewindow
