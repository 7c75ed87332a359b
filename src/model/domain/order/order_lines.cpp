// Keeping the lines of orders beside a view.
#include "model/domain/order/order_lines.h"

#include "model/domain/order/view_cells.h"

namespace rewindow {

using namespace Qt::StringLiterals;

namespace {

enum Column : std::size_t { Id, OrderId, ProductId, Quantity, UnitPrice };

OrderItem itemOf(const ViewRow& row) {
    return {textAt(row, ProductId), integerAt(row, Quantity), integerAt(row, UnitPrice)};
}

/// The lines of one order, as events of it find and leave them.
class LinesOfOrder {
  public:
    LinesOfOrder(const QString& orderId, ViewRows& lines) : m_orderId(orderId), m_lines(lines) {}

    Result<OrderLines::Change> after(const OrderCreatedEvent& event) {
        return put({event.productId, event.quantity, event.unitPrice});
    }
    Result<OrderLines::Change> after(const ItemAddedEvent& event) {
        return put({event.productId, event.quantity, event.unitPrice});
    }
    Result<OrderLines::Change> after(const QuantityChangedEvent& event) {
        const std::optional<ViewRow> row = m_lines.row(idOf(event.productId));
        if (!row)
            return OrderLines::Change();
        return put({event.productId, event.quantity, integerAt(*row, UnitPrice)});
    }
    Result<OrderLines::Change> after(const ItemRemovedEvent& event) {
        const QString id = idOf(event.productId);
        const std::optional<ViewRow> row = m_lines.row(id);
        if (!row)
            return OrderLines::Change();
        m_lines.remove(id);
        return OrderLines::Change{-1, -amountOf(itemOf(*row)).value_or(0)};
    }
    template <class Other>
    Result<OrderLines::Change> after(const Other&) {
        return OrderLines::Change();
    }

  private:
    QString idOf(const QString& productId) const { return m_orderId + u'/' + productId; }

    static std::optional<MinorUnits> amountOf(const OrderItem& item) {
        return timesQuantity(item.unitPrice, item.quantity);
    }

    Result<OrderLines::Change> put(const OrderItem& item) {
        const QString id = idOf(item.productId);
        const std::optional<MinorUnits> amount = amountOf(item);
        if (!amount)
            return fail(Error::Kind::BadInput,
                        u"product %1 in order %2 costs more than can be reckoned"_s.arg(
                            item.productId, m_orderId));
        const std::optional<ViewRow> row = m_lines.row(id);
        const MinorUnits before = row ? amountOf(itemOf(*row)).value_or(0) : 0;
        m_lines.put(ViewRow{{id, m_orderId, item.productId, item.quantity, item.unitPrice}});
        return OrderLines::Change{row ? 0 : 1, *amount - before};
    }

    const QString& m_orderId;
    ViewRows& m_lines;
};

} // namespace

OrderLines::OrderLines(const QString& view)
    : m_schema{view + u"_lines"_s,
               {{u"id"_s},
                {.name = u"order_id"_s, .indexed = true},
                {u"product_id"_s},
                {u"quantity"_s, ViewColumn::Type::Integer},
                {.name = u"unit_price"_s,
                 .type = ViewColumn::Type::Integer,
                 .meaning = ViewColumn::Meaning::Money}},
               view} {}

Result<OrderLines::Change> OrderLines::apply(const QString& orderId, const OrderEvent& event,
                                             ViewRows& rows) const {
    LinesOfOrder lines(orderId, rows.companion(m_schema.name));
    return std::visit([&lines](const auto& happened) { return lines.after(happened); }, event);
}

std::vector<OrderItem> OrderLines::of(const QString& orderId, ViewRows& rows) const {
    std::vector<OrderItem> items;
    for (const ViewRow& row : rows.companion(m_schema.name).rowsWhere(u"order_id"_s, orderId))
        items.push_back(itemOf(row));
    return items;
}

} // namespace rewindow
