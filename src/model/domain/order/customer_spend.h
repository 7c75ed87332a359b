// The view of customers: what each ordered, and spent.
#pragma once

#include "model/projection/projection.h"

namespace rewindow {

/// `customer_spend(id, user_name, orders, spent, refunded, last_order_at)`: orders created, what
/// was paid less what was given back, and that by itself. Whose order it is, which only its first
/// event says, is kept in a companion table.
class CustomerSpend final : public Projection {
  public:
    CustomerSpend();

    const ViewSchema& schema() const override { return m_schema; }
    std::vector<ViewSchema> companions() const override;
    std::optional<QString> rowAggregateType() const override;
    Result<void> apply(const RecordedEvent& event, ViewRows& rows) const override;

  private:
    Result<void> applyUser(const RecordedEvent& event, ViewRows& rows) const;
    Result<void> applyOrder(const RecordedEvent& event, ViewRows& rows) const;

    ViewSchema m_schema;
    ViewSchema m_orders;
};

} // namespace rewindow
