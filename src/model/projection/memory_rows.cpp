// A view's rows in memory, with who set each cell.
#include "model/projection/memory_rows.h"

namespace rewindow {

MemoryRows::MemoryRows(ViewSchema schema, std::vector<ViewSchema> companions)
    : m_schema(std::move(schema)) {
    for (ViewSchema& companion : companions) {
        const QString table = companion.name;
        m_companions.try_emplace(table, std::move(companion));
    }
}

ViewRows& MemoryRows::companion(const QString& table) {
    return m_companions.try_emplace(table, ViewSchema{table, {}, m_schema.name}).first->second;
}

std::optional<ViewRow> MemoryRows::row(const QString& id) {
    const auto found = m_rows.find(id);
    return found == m_rows.end() ? std::nullopt : std::optional(found->second);
}

std::vector<ViewRow> MemoryRows::rowsWhere(const QString& column, const ViewValue& value) {
    const int number = m_schema.columnNamed(column);
    if (number < 0)
        return {};
    auto index = m_indexes.find(number);
    if (index == m_indexes.end()) {
        index = m_indexes.emplace(number, RowIndex(static_cast<std::size_t>(number))).first;
        for (const auto& [id, row] : m_rows)
            index->second.insert(row);
    }
    std::vector<ViewRow> rows;
    for (const QString& id : index->second.idsWith(value))
        rows.push_back(m_rows.at(id));
    return rows;
}

void MemoryRows::put(ViewRow row) {
    const QString id = row.id();
    const auto before = m_rows.find(id);
    for (std::size_t i = 0; i < row.values.size(); ++i)
        if (before == m_rows.end() || before->second.values[i] != row.values[i])
            m_setBy[{id, static_cast<int>(i)}] = m_position;
    for (auto& [column, index] : m_indexes) {
        if (before != m_rows.end())
            index.remove(before->second);
        index.insert(row);
    }
    m_rows.insert_or_assign(id, std::move(row));
}

void MemoryRows::remove(const QString& id) {
    const auto before = m_rows.find(id);
    if (before == m_rows.end())
        return;
    for (auto& [column, index] : m_indexes)
        index.remove(before->second);
    for (std::size_t i = 0; i < m_schema.columns.size(); ++i)
        m_setBy[{id, static_cast<int>(i)}] = m_position;
    m_rows.erase(before);
}

} // namespace rewindow
