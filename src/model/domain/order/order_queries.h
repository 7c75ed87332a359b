// The query side: questions about orders, answered from the view table alone.
#pragma once

#include "base/error.h"
#include "model/domain/order/money.h"
#include "store/view_tables.h"

#include <QString>

#include <optional>
#include <vector>

namespace rewindow {

/// What a reader wants to know of an order.
struct OrderView {
    QString id;
    QString status; ///< "created", "placed", "paid", …
    MinorUnits total = 0;
    QString userName; ///< empty: the order's user was never registered
    bool operator==(const OrderView&) const = default;
};

/// Reads `order_views` and nothing else: no event is read, no state replayed. That is what makes
/// reading fast, and what makes an answer as old as the view is.
class OrderQueryHandler {
  public:
    explicit OrderQueryHandler(ViewTables& tables) : m_tables(tables) {}

    /// The order, live or as of a position; nothing where there is none. Fails with NotFound where
    /// the view was never made.
    Result<std::optional<OrderView>> getOrder(const QString& orderId,
                                              std::optional<GlobalPosition> at = std::nullopt);
    /// The orders of a user, ordered by id.
    Result<std::vector<OrderView>> ordersOf(const QString& userId,
                                            std::optional<GlobalPosition> at = std::nullopt);

  private:
    Result<std::vector<OrderView>> orders(const RowQuery& query);

    ViewTables& m_tables;
};

} // namespace rewindow
