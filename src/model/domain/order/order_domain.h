// The reference system: users, products and orders, in native C++.
//
// Read it in this order: user.h (the smallest aggregate), product.h, order.h, each followed by its
// .cpp; then order_views.cpp, product_sales.cpp and customer_spend.cpp (how events become views),
// order_queries.h (how views are asked), and last order_domain.cpp, which joins them.
#pragma once

#include "model/domain/domain.h"

namespace rewindow {

/// Streams `user-…`, `product-…` and `order-…`. States are objects with the fields of User, Product
/// and Order; the state before any event is `{}`. An event of an unknown type is an error, never
/// skipped: a state that lacks an event is wrong without looking wrong.
class OrderDomain final : public Domain {
  public:
    OrderDomain();

    QString name() const override;
    Json initialState(const QString& stream) const override;
    Result<Json> evolve(Json state, const RecordedEvent& event) const override;
    std::span<const CommandSpec> commands() const override;
    QStringList lookups(const Json& state, const Command& command) const override;
    Decision decide(const Json& state, const Command& command,
                    const DecideContext& context) const override;
    std::vector<std::shared_ptr<const Projection>> projections() const override;

  private:
    std::vector<CommandSpec> m_commands;
};

} // namespace rewindow
