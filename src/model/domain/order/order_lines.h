// The lines of every order, remembered by a projection beside its view.
#pragma once

#include "model/domain/order/order.h"
#include "model/projection/projection.h"

#include <vector>

namespace rewindow {

/// An event names only what it changes, so a projection that reckons with whole orders keeps their
/// lines in a companion table: a row a line.
class OrderLines {
  public:
    /// How an event changed an order's lines: how many there are, and what they cost together.
    struct Change {
        qint64 lines = 0;
        MinorUnits amount = 0;
    };

    /// Of the view named `view`.
    explicit OrderLines(const QString& view);

    const ViewSchema& schema() const { return m_schema; }
    /// Takes in an event of the order. `rows` are those of the view. Fails with BadInput where the
    /// amount cannot be reckoned.
    Result<Change> apply(const QString& orderId, const OrderEvent& event, ViewRows& rows) const;
    /// The order's lines as they are, ordered by product.
    std::vector<OrderItem> of(const QString& orderId, ViewRows& rows) const;

  private:
    ViewSchema m_schema;
};

} // namespace rewindow
