// The view of orders: a row an order, with its user's name beside it.
#pragma once

#include "model/domain/order/order_lines.h"
#include "model/projection/projection.h"

namespace rewindow {

/// `order_views(id, status, total, user_name, user_id, items, version, created_at, updated_at)`.
/// The name is copied from another stream so that a reader needs one row; the price is that a
/// rename changes many rows. Names of users without orders wait in a companion table.
class OrderViews final : public Projection {
  public:
    OrderViews();

    const ViewSchema& schema() const override { return m_schema; }
    std::vector<ViewSchema> companions() const override;
    std::optional<QString> rowAggregateType() const override;
    Result<void> apply(const RecordedEvent& event, ViewRows& rows) const override;

  private:
    Result<void> applyUser(const RecordedEvent& event, ViewRows& rows) const;
    Result<void> applyOrder(const RecordedEvent& event, ViewRows& rows) const;

    ViewSchema m_schema;
    ViewSchema m_users;
    OrderLines m_lines;
};

} // namespace rewindow
