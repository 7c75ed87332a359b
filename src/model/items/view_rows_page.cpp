// Up to three look-ups a page: the rows, and as they were with and without one event.
#include "model/items/view_rows_page.h"

#include "model/projection/projection_runner.h"

namespace rewindow {

Result<ViewRowsPage> ViewRowsPage::read(Store& store, const Wanted& wanted) {
    auto tables = ProjectionRunner(store, {}).tables();
    if (!tables)
        return std::unexpected(tables.error());
    const QString& view = wanted.wish.schema.name;
    ViewRowsPage page;
    RowQuery query;
    query.at = wanted.wish.at;
    if (!wanted.seeking.isEmpty()) {
        query.id = wanted.seeking;
        auto sought = (*tables)->rows(view, query);
        if (!sought)
            return std::unexpected(sought.error());
        page.sought = !sought->empty();
        if (!page.sought)
            return page;
        query.id.reset();
    }
    query.after = wanted.after;
    query.limit = wanted.limit;
    const auto readAt = [&](std::optional<GlobalPosition> at, std::vector<ViewRow>& into) {
        query.at = at;
        auto rows = (*tables)->rows(view, query);
        if (!rows)
            return Result<void>(std::unexpected(rows.error()));
        into = std::move(*rows);
        return Result<void>();
    };
    if (auto done = readAt(wanted.wish.at, page.rows); !done)
        return std::unexpected(done.error());
    const GlobalPosition changes = wanted.wish.changesOf;
    if (changes.value() <= 0)
        return page;
    if (wanted.wish.at == changes)
        page.withChange = page.rows;
    else if (auto done = readAt(changes, page.withChange); !done)
        return std::unexpected(done.error());
    if (auto done = readAt(changes.previous(), page.withoutChange); !done)
        return std::unexpected(done.error());
    return page;
}

} // namespace rewindow
