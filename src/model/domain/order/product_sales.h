// The view of products: what each sold, and brought in.
#pragma once

#include "model/domain/order/order_lines.h"
#include "model/projection/projection.h"

namespace rewindow {

/// `product_sales(id, name, price, units_sold, revenue, status)`: units and revenue count from when
/// an order is paid until it is refunded. An order's lines wait in a companion table until then.
class ProductSales final : public Projection {
  public:
    ProductSales();

    const ViewSchema& schema() const override { return m_schema; }
    std::vector<ViewSchema> companions() const override;
    std::optional<QString> rowAggregateType() const override;
    Result<void> apply(const RecordedEvent& event, ViewRows& rows) const override;

  private:
    Result<void> applyProduct(const RecordedEvent& event, ViewRows& rows) const;
    Result<void> applyOrder(const RecordedEvent& event, ViewRows& rows) const;

    ViewSchema m_schema;
    OrderLines m_lines;
};

} // namespace rewindow
