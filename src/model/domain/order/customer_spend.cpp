// Folding events into what each customer spent.
#include "model/domain/order/customer_spend.h"

#include "model/domain/order/order.h"
#include "model/domain/order/user.h"
#include "model/domain/order/view_cells.h"

namespace rewindow {

using namespace Qt::StringLiterals;

namespace {

enum Column : std::size_t { Id, UserName, Orders, Spent, Refunded, LastOrderAt };
enum OrderColumn : std::size_t { OrderKey, UserId };

ViewSchema viewSchema() {
    using Type = ViewColumn::Type;
    using Meaning = ViewColumn::Meaning;
    return {u"customer_spend"_s,
            {{u"id"_s},
             {u"user_name"_s},
             {u"orders"_s, Type::Integer},
             {.name = u"spent"_s, .type = Type::Integer, .meaning = Meaning::Money},
             {.name = u"refunded"_s, .type = Type::Integer, .meaning = Meaning::Money},
             {.name = u"last_order_at"_s, .type = Type::Integer, .meaning = Meaning::Time}}};
}

/// The user's row, or one for a user nobody registered.
ViewRow rowOf(const QString& userId, ViewRows& rows) {
    return rows.row(userId).value_or(ViewRow{{userId, {}, qint64(0), qint64(0), qint64(0), {}}});
}

/// Adds to a cell of money; false where the sum cannot be reckoned.
bool add(ViewRow& row, Column column, MinorUnits amount) {
    const std::optional<MinorUnits> sum = plus(integerAt(row, column), amount);
    if (sum)
        row.values[column] = *sum;
    return sum.has_value();
}

} // namespace

CustomerSpend::CustomerSpend()
    : m_schema(viewSchema())
    , m_orders{m_schema.name + u"_orders"_s, {{u"id"_s}, {u"user_id"_s}}, m_schema.name} {}

std::vector<ViewSchema> CustomerSpend::companions() const {
    return {m_orders};
}

std::optional<QString> CustomerSpend::rowAggregateType() const {
    return u"user"_s;
}

Result<void> CustomerSpend::apply(const RecordedEvent& event, ViewRows& rows) const {
    const std::string_view type = streamType(event.stream());
    if (type == "user")
        return applyUser(event, rows);
    if (type == "order")
        return applyOrder(event, rows);
    return {};
}

Result<void> CustomerSpend::applyUser(const RecordedEvent& event, ViewRows& rows) const {
    const Result<std::optional<UserEvent>> happened = typedEvent<UserEvent>(event);
    if (!happened)
        return std::unexpected(happened.error());
    if (!*happened)
        return {};
    ViewRow row = rowOf(toQString(streamId(event.stream())), rows);
    row.values[UserName] = std::visit([](const auto& which) { return which.name; }, **happened);
    rows.put(std::move(row));
    return {};
}

Result<void> CustomerSpend::applyOrder(const RecordedEvent& event, ViewRows& rows) const {
    const Result<std::optional<OrderEvent>> happened = typedEvent<OrderEvent>(event);
    if (!happened)
        return std::unexpected(happened.error());
    if (!*happened)
        return {};
    const QString orderId = toQString(streamId(event.stream()));
    ViewRows& owners = rows.companion(m_orders.name);
    if (const auto* created = std::get_if<OrderCreatedEvent>(&**happened)) {
        owners.put(ViewRow{{orderId, created->userId}});
        ViewRow row = rowOf(created->userId, rows);
        row.values[Orders] = integerAt(row, Orders) + 1;
        row.values[LastOrderAt] = created->createdAt.microseconds();
        rows.put(std::move(row));
        return {};
    }
    const auto* paid = std::get_if<OrderPaidEvent>(&**happened);
    const auto* refunded = std::get_if<OrderRefundedEvent>(&**happened);
    if (!paid && !refunded)
        return {};
    const std::optional<ViewRow> owner = owners.row(orderId);
    if (!owner)
        return {};
    ViewRow row = rowOf(textAt(*owner, UserId), rows);
    const bool reckoned =
        paid ? add(row, Spent, paid->amount)
             : add(row, Spent, -refunded->amount) && add(row, Refunded, refunded->amount);
    if (!reckoned)
        return std::unexpected(misplaced(
            event,
            Error{Error::Kind::BadInput, u"what the user spent cannot be reckoned"_s, {}, {}}));
    rows.put(std::move(row));
    return {};
}

} // namespace rewindow
