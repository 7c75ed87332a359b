// Answering questions about orders from their view.
#include "model/domain/order/order_queries.h"

#include "model/domain/order/order_views.h"
#include "model/domain/order/view_cells.h"

namespace rewindow {

using namespace Qt::StringLiterals;

namespace {

OrderView orderView(const ViewSchema& schema, const ViewRow& row) {
    const auto column = [&schema](const QString& name) {
        return static_cast<std::size_t>(schema.columnNamed(name));
    };
    return {row.id(), textAt(row, column(u"status"_s)), integerAt(row, column(u"total"_s)),
            textAt(row, column(u"user_name"_s))};
}

} // namespace

Result<std::optional<OrderView>> OrderQueryHandler::getOrder(const QString& orderId,
                                                             std::optional<GlobalPosition> at) {
    RowQuery query;
    query.id = orderId;
    query.at = at;
    const Result<std::vector<OrderView>> found = orders(query);
    if (!found)
        return std::unexpected(found.error());
    return found->empty() ? std::nullopt : std::optional(found->front());
}

Result<std::vector<OrderView>> OrderQueryHandler::ordersOf(const QString& userId,
                                                           std::optional<GlobalPosition> at) {
    RowQuery query;
    query.where = std::pair(u"user_id"_s, ViewValue(userId));
    query.at = at;
    return orders(query);
}

Result<std::vector<OrderView>> OrderQueryHandler::orders(const RowQuery& query) {
    const ViewSchema schema = OrderViews().schema();
    const Result<std::vector<ViewRow>> rows = m_tables.rows(schema.name, query);
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<OrderView> orders;
    for (const ViewRow& row : *rows)
        orders.push_back(orderView(schema, row));
    return orders;
}

} // namespace rewindow
