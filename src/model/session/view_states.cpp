// Reading how a store's views stand.

#include "model/session/view_states.h"

#include "model/projection/projection_runner.h"

#include <algorithm>

namespace rewindow {

Result<std::vector<ViewState>> readViewStates(Store& store, const Domain& domain,
                                              GlobalPosition head) {
    ProjectionRunner runner(store, domain.projections());
    if (runner.projections().empty())
        return std::vector<ViewState>();
    const Result<ViewTables*> tables = runner.tables();
    if (!tables)
        return std::unexpected(tables.error());
    const Result<std::vector<ViewStatus>> all = (*tables)->status();
    if (!all)
        return std::unexpected(all.error());

    std::vector<ViewState> views;
    for (const auto& projection : runner.projections()) {
        ViewState view{.schema = projection->schema(),
                       .status = {.name = projection->schema().name, .checkpoint = {}},
                       .lag = 0,
                       .rowAggregateType = projection->rowAggregateType()};
        const auto status = std::ranges::find(*all, view.schema.name, &ViewStatus::name);
        if (status != all->end())
            view.status = *status;
        view.lag = std::max<qint64>(0, head.value() - view.status.checkpoint.value());
        views.push_back(std::move(view));
    }
    return views;
}

bool areSame(const std::vector<ViewState>& left, const std::vector<ViewState>& right) {
    return std::ranges::equal(left, right, [](const ViewState& a, const ViewState& b) {
        return a.status.name == b.status.name && a.status.checkpoint == b.status.checkpoint &&
               a.status.paused == b.status.paused && a.status.rows == b.status.rows &&
               a.lag == b.lag;
    });
}

} // namespace rewindow
