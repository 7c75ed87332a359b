// Folding events into what each product sold.
#include "model/domain/order/product_sales.h"

#include "model/domain/order/product.h"
#include "model/domain/order/view_cells.h"

namespace rewindow {

using namespace Qt::StringLiterals;

namespace {

enum Column : std::size_t { Id, Name, Price, UnitsSold, Revenue, Status };

ViewSchema viewSchema() {
    using Type = ViewColumn::Type;
    using Meaning = ViewColumn::Meaning;
    return {u"product_sales"_s,
            {{u"id"_s},
             {u"name"_s},
             {.name = u"price"_s, .type = Type::Integer, .meaning = Meaning::Money},
             {u"units_sold"_s, Type::Integer},
             {.name = u"revenue"_s, .type = Type::Integer, .meaning = Meaning::Money},
             {u"status"_s}}};
}

/// The product's row, or one for a product nobody added.
ViewRow rowOf(const QString& productId, ViewRows& rows) {
    return rows.row(productId).value_or(
        ViewRow{{productId, {}, {}, qint64(0), qint64(0), u"unknown"_s}});
}

void applyTo(ViewRow& row, const ProductAddedEvent& event) {
    row.values[Name] = event.name;
    row.values[Price] = event.price;
    row.values[Status] = u"available"_s;
}

void applyTo(ViewRow& row, const PriceChangedEvent& event) {
    row.values[Price] = event.price;
}

void applyTo(ViewRow& row, const ProductDiscontinuedEvent&) {
    row.values[Status] = u"discontinued"_s;
}

/// Counts a line in (`sign` 1) or out again (-1); false where the sum cannot be reckoned.
bool count(ViewRow& row, const OrderItem& line, int sign) {
    const std::optional<MinorUnits> amount = timesQuantity(line.unitPrice, line.quantity);
    const std::optional<qint64> units = plus(integerAt(row, UnitsSold), sign * line.quantity);
    const std::optional<MinorUnits> revenue =
        amount ? plus(integerAt(row, Revenue), sign * *amount) : std::nullopt;
    if (!units || !revenue)
        return false;
    row.values[UnitsSold] = *units;
    row.values[Revenue] = *revenue;
    return true;
}

} // namespace

ProductSales::ProductSales() : m_schema(viewSchema()), m_lines(m_schema.name) {}

std::vector<ViewSchema> ProductSales::companions() const {
    return {m_lines.schema()};
}

std::optional<QString> ProductSales::rowAggregateType() const {
    return u"product"_s;
}

Result<void> ProductSales::apply(const RecordedEvent& event, ViewRows& rows) const {
    const std::string_view type = streamType(event.stream());
    if (type == "product")
        return applyProduct(event, rows);
    if (type == "order")
        return applyOrder(event, rows);
    return {};
}

Result<void> ProductSales::applyProduct(const RecordedEvent& event, ViewRows& rows) const {
    const Result<std::optional<ProductEvent>> happened = typedEvent<ProductEvent>(event);
    if (!happened)
        return std::unexpected(happened.error());
    if (!*happened)
        return {};
    ViewRow row = rowOf(toQString(streamId(event.stream())), rows);
    std::visit([&row](const auto& which) { applyTo(row, which); }, **happened);
    rows.put(std::move(row));
    return {};
}

Result<void> ProductSales::applyOrder(const RecordedEvent& event, ViewRows& rows) const {
    const Result<std::optional<OrderEvent>> happened = typedEvent<OrderEvent>(event);
    if (!happened)
        return std::unexpected(happened.error());
    if (!*happened)
        return {};
    const QString orderId = toQString(streamId(event.stream()));
    const Result<OrderLines::Change> change = m_lines.apply(orderId, **happened, rows);
    if (!change)
        return std::unexpected(misplaced(event, change.error()));
    const bool paid = std::holds_alternative<OrderPaidEvent>(**happened);
    const bool refunded = std::holds_alternative<OrderRefundedEvent>(**happened);
    if (!paid && !refunded)
        return {};
    for (const OrderItem& line : m_lines.of(orderId, rows)) {
        ViewRow row = rowOf(line.productId, rows);
        if (!count(row, line, paid ? 1 : -1))
            return std::unexpected(misplaced(
                event, Error{Error::Kind::BadInput,
                             u"the revenue of product %1 cannot be reckoned"_s.arg(line.productId),
                             {},
                             {}}));
        rows.put(std::move(row));
    }
    return {};
}

} // namespace rewindow
