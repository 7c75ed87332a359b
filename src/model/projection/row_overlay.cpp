// The rows a projection sees inside a view transaction, with what it wrote gathered up.
#include "model/projection/row_overlay.h"

namespace rewindow {

namespace {

/// Beyond this many rows the cache starts anew: memory stays bounded in a long rebuild.
constexpr qsizetype kMostCached = 50'000;

} // namespace

RowOverlay::RowOverlay(ViewTransaction& transaction, ViewSchema schema,
                       std::vector<ViewSchema> companions)
    : m_transaction(transaction)
    , m_schema(std::move(schema)) {
    for (ViewSchema& companion : companions) {
        const QString table = companion.name;
        m_companions.try_emplace(table, transaction, std::move(companion));
    }
}

ViewRows& RowOverlay::companion(const QString& table) {
    if (const auto found = m_companions.find(table); found != m_companions.end())
        return found->second;
    if (!m_failure)
        m_failure = Error{Error::Kind::Usage,
                          QStringLiteral("view %1 has no companion %2").arg(m_schema.name, table),
                          {},
                          {}};
    return m_companions.try_emplace(table, m_transaction, ViewSchema{table, {}, m_schema.name})
        .first->second;
}

const std::optional<Error>& RowOverlay::failure() const {
    for (const auto& [table, companion] : m_companions)
        if (companion.failure())
            return companion.failure();
    return m_failure;
}

std::vector<ViewRow> RowOverlay::read(const RowQuery& query) {
    auto rows = m_transaction.rows(m_schema.name, query);
    if (rows)
        return std::move(*rows);
    if (!m_failure)
        m_failure = rows.error();
    return {};
}

std::optional<ViewRow> RowOverlay::row(const QString& id) {
    const auto cached = m_cached.constFind(id);
    if (cached != m_cached.constEnd())
        return *cached;
    RowQuery query;
    query.id = id;
    std::vector<ViewRow> found = read(query);
    std::optional<ViewRow> row;
    if (!found.empty())
        row = std::move(found.front());
    remember(id, row);
    return row;
}

RowOverlay::Lookup& RowOverlay::lookupBy(int column) {
    if (const auto found = m_lookups.find(column); found != m_lookups.end())
        return found->second;
    Lookup lookup{RowIndex(static_cast<std::size_t>(column))};
    for (const std::optional<ViewRow>& row : std::as_const(m_cached))
        if (row)
            lookup.cached.insert(*row);
    return m_lookups.emplace(column, std::move(lookup)).first->second;
}

void RowOverlay::remember(const QString& id, std::optional<ViewRow> row) {
    std::optional<ViewRow>& cached = m_cached[id];
    for (auto& [column, lookup] : m_lookups) {
        if (cached)
            lookup.cached.remove(*cached);
        if (row)
            lookup.cached.insert(*row);
    }
    cached = std::move(row);
}

std::vector<ViewRow> RowOverlay::rowsWhere(const QString& column, const ViewValue& value) {
    const int number = m_schema.columnNamed(column);
    RowQuery query;
    query.where = std::pair(column, value);
    if (number < 0)
        return read(query);
    Lookup& lookup = lookupBy(number);
    if (!lookup.known.contains(value)) {
        for (ViewRow& row : read(query))
            if (const QString id = row.id(); !m_cached.contains(id))
                remember(id, std::move(row));
        if (m_failure)
            return {};
        lookup.known.insert(value);
    }
    std::vector<ViewRow> rows;
    for (const QString& id : lookup.cached.idsWith(value))
        rows.push_back(*m_cached[id]);
    return rows;
}

void RowOverlay::change(const QString& id, std::optional<ViewRow> after) {
    std::optional<ViewRow> before = row(id);
    if (before == after)
        return;
    m_undo.emplace_back(id, std::move(before));
    m_changes.push_back({id, m_position, after});
    remember(id, std::move(after));
}

void RowOverlay::put(ViewRow row) {
    const QString id = row.id();
    change(id, std::move(row));
}

void RowOverlay::remove(const QString& id) {
    change(id, std::nullopt);
}

void RowOverlay::beginEvent(GlobalPosition position) {
    m_position = position;
    m_undo.clear();
    m_changesBefore = m_changes.size();
    for (auto& [table, companion] : m_companions)
        companion.beginEvent(position);
}

void RowOverlay::takeBackEvent() {
    for (; !m_undo.empty(); m_undo.pop_back())
        remember(m_undo.back().first, std::move(m_undo.back().second));
    m_changes.erase(m_changes.begin() + static_cast<std::ptrdiff_t>(m_changesBefore),
                    m_changes.end());
    for (auto& [table, companion] : m_companions)
        companion.takeBackEvent();
}

Result<void> RowOverlay::flush() {
    m_undo.clear();
    m_changesBefore = 0;
    for (auto& [table, companion] : m_companions)
        if (const auto flushed = companion.flush(); !flushed)
            return flushed;
    if (m_changes.empty())
        return {};
    auto applied = m_transaction.apply(m_schema.name, m_changes);
    m_changes.clear();
    if (m_cached.size() > kMostCached) {
        m_cached.clear();
        m_lookups.clear();
    }
    return applied;
}

} // namespace rewindow
