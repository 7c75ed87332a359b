// Reading in pages or streaming, a row at a time.
#include "model/export/store_tables.h"

#include "model/export/event_lines.h"
#include "store/store.h"

namespace rewindow {

namespace {

constexpr qint64 kPage = 2'000;

Result<void> writeEvents(Store& store, const EventQuery& query, TableOutput& out) {
    if (!query.stream && query.filter.isEmpty() && !query.upTo && query.limit < 0) {
        if (const auto summary = store.reader().summary(out.cancel()))
            out.expect(summary->events);
    }
    const bool isCsv = out.format() == TableFormat::Csv;
    if (isCsv)
        out.buffer() += kEventCsvHeader;
    return store.reader().forEach(
        query,
        [&](RecordedEvent&& event) {
            if (isCsv)
                appendEventCsvRow(out.buffer(), event);
            else
                appendEventLine(out.buffer(), event);
            return out.rowDone();
        },
        out.cancel());
}

Result<void> writeStreams(Store& store, StreamQuery query, TableOutput& out) {
    out.setColumns({"stream", "type", "id", "events", "version"});
    query.limit = kPage;
    for (;;) {
        const auto page = store.reader().streams(query, out.cancel());
        if (!page)
            return std::unexpected(page.error());
        for (const StreamSummary& stream : *page)
            if (!out.row(
                    {stream.stream, stream.type, stream.id, stream.events, stream.version.value()}))
                return {};
        if (static_cast<qint64>(page->size()) < kPage)
            return {};
        query.after = page->back().stream;
    }
}

Result<void> writeView(Store& store, const ViewSchema& view, std::optional<GlobalPosition> at,
                       TableOutput& out) {
    std::vector<std::string> columns;
    columns.reserve(view.columns.size());
    for (const ViewColumn& column : view.columns)
        columns.push_back(column.name.toStdString());
    out.setColumns(std::move(columns));
    if (const auto rows = store.views().rowCount(view.name, at))
        out.expect(*rows);
    RowQuery query{.id = {}, .where = {}, .after = {}, .limit = kPage, .at = at};
    for (;;) {
        const auto page = store.views().rows(view.name, query);
        if (!page)
            return std::unexpected(page.error());
        for (const ViewRow& row : *page) {
            std::vector<Json> cells;
            cells.reserve(row.values.size());
            for (const ViewValue& value : row.values)
                cells.push_back(toJson(value));
            if (!out.row(cells))
                return {};
        }
        if (static_cast<qint64>(page->size()) < kPage)
            return {};
        query.after = page->back().id();
    }
}

/// A source whose rows `write` reads from the store.
template <class Write>
TableSource sourceOf(const StoreUrl& url, const QString& name, const Write& write) {
    return {.name = name, .write = [url, write](TableOutput& out) -> Result<void> {
                const auto store = Store::open(url, Store::Access::Read);
                if (!store)
                    return std::unexpected(store.error());
                return write(**store, out);
            }};
}

} // namespace

Json toJson(const ViewValue& value) {
    if (const auto* number = std::get_if<qint64>(&value))
        return *number;
    if (const auto* text = std::get_if<QString>(&value))
        return *text;
    return {};
}

TableSource eventsTable(const StoreUrl& store, const EventQuery& query, const QString& name) {
    return sourceOf(store, name, [query](Store& opened, TableOutput& out) {
        return writeEvents(opened, query, out);
    });
}

TableSource streamsTable(const StoreUrl& store, const StreamQuery& query, const QString& name) {
    return sourceOf(store, name, [query](Store& opened, TableOutput& out) {
        return writeStreams(opened, query, out);
    });
}

TableSource viewTable(const StoreUrl& store, const ViewSchema& view,
                      std::optional<GlobalPosition> at) {
    return sourceOf(store, view.name, [view, at](Store& opened, TableOutput& out) {
        return writeView(opened, view, at, out);
    });
}

} // namespace rewindow
