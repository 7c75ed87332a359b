// Holding a view table against a fresh fold.
#include "model/projection/audit.h"

#include "model/projection/folded_events.h"
#include "model/projection/memory_rows.h"
#include "store/store.h"

#include <algorithm>

namespace rewindow {

namespace {

/// How often a view that moves while it is read is read again.
constexpr int kMostReadings = 100;

/// A view's rows with the checkpoint they stand at.
struct LiveRows {
    std::map<QString, ViewRow> rows;
    GlobalPosition checkpoint;
};

Result<GlobalPosition> checkpointOf(ViewTables& tables, const QString& view) {
    const auto statuses = tables.checkpoints();
    if (!statuses)
        return std::unexpected(statuses.error());
    const auto status = std::ranges::find(*statuses, view, &ViewStatus::name);
    if (status == statuses->end())
        return fail(Error::Kind::NotFound, QStringLiteral("view %1 was not made yet").arg(view),
                    QStringLiteral("make it with: rewindow project STORE"));
    return status->checkpoint;
}

Result<LiveRows> readLive(ViewTables& tables, const QString& view) {
    for (int reading = 0; reading < kMostReadings; ++reading) {
        const auto before = checkpointOf(tables, view);
        if (!before)
            return std::unexpected(before.error());
        auto rows = tables.rows(view, {});
        if (!rows)
            return std::unexpected(rows.error());
        const auto after = checkpointOf(tables, view);
        if (!after)
            return std::unexpected(after.error());
        if (*before != *after)
            continue;
        LiveRows live{{}, *after};
        for (ViewRow& row : *rows)
            live.rows.emplace(row.id(), std::move(row));
        return live;
    }
    return fail(Error::Kind::Storage, QStringLiteral("view %1 does not stand still").arg(view),
                QStringLiteral("pause it, then audit it"));
}

class Comparison {
  public:
    Comparison(const ViewSchema& schema, const FreshFold& fresh)
        : m_schema(schema)
        , m_fresh(fresh) {}

    std::vector<Drift> with(const LiveRows& live) {
        for (const auto& [id, row] : m_fresh.rows) {
            const auto actual = live.rows.find(id);
            if (actual == live.rows.end())
                add(id, 0, row.values.front(), std::nullopt);
            else
                compareCells(id, row, actual->second);
        }
        for (const auto& [id, row] : live.rows)
            if (!m_fresh.rows.contains(id))
                add(id, 0, std::nullopt, row.values.front());
        std::ranges::stable_sort(m_drifts, {},
                                 [](const Drift& drift) { return drift.id.toUtf8(); });
        return std::move(m_drifts);
    }

  private:
    void compareCells(const QString& id, const ViewRow& expected, const ViewRow& actual) {
        for (std::size_t i = 0; i < m_schema.columns.size(); ++i) {
            const auto cell = [i](const ViewRow& row) -> ViewValue {
                return i < row.values.size() ? row.values[i] : ViewValue();
            };
            if (cell(expected) != cell(actual))
                add(id, static_cast<int>(i), cell(expected), cell(actual));
        }
    }

    void add(const QString& id, int column, std::optional<ViewValue> expected,
             std::optional<ViewValue> actual) {
        const auto setter = m_fresh.setBy.find({id, column});
        m_drifts.push_back({m_schema.name, id,
                            m_schema.columns[static_cast<std::size_t>(column)].name,
                            std::move(expected), std::move(actual),
                            setter == m_fresh.setBy.end() ? GlobalPosition(0) : setter->second});
    }

    const ViewSchema& m_schema;
    const FreshFold& m_fresh;
    std::vector<Drift> m_drifts;
};

} // namespace

Result<FreshFold> foldAfresh(Store& store, const Projection& projection, GlobalPosition upTo,
                             const CancelToken& cancel) {
    MemoryRows rows(projection.schema(), projection.companions());
    EventQuery query;
    query.upTo = upTo;
    std::optional<Error> failure;
    const auto read = store.reader().forEach(
        query,
        [&](RecordedEvent&& event) {
            rows.beginEvent(event.position());
            foldedEventCount.fetch_add(1, std::memory_order_relaxed);
            if (auto applied = projection.apply(event, rows); !applied) {
                failure = applied.error();
                failure->what = QStringLiteral("view %1 cannot apply event %2: %3")
                                    .arg(projection.schema().name)
                                    .arg(event.position().value())
                                    .arg(failure->what);
            }
            return !failure;
        },
        cancel);
    if (!read)
        return std::unexpected(read.error());
    if (failure)
        return std::unexpected(*failure);
    return FreshFold{std::move(rows.rows()), std::move(rows.setters()), upTo};
}

Result<std::vector<Drift>> audit(Store& store, ViewTables& tables, const Projection& projection,
                                 const CancelToken& cancel) {
    const ViewSchema& schema = projection.schema();
    const auto shape = tables.schema(schema.name);
    if (!shape)
        return std::unexpected(shape.error());
    const auto live = readLive(tables, schema.name);
    if (!live)
        return std::unexpected(live.error());
    const auto fresh = foldAfresh(store, projection, live->checkpoint, cancel);
    if (!fresh)
        return std::unexpected(fresh.error());
    return Comparison(schema, *fresh).with(*live);
}

} // namespace rewindow
