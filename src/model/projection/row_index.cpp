// Which rows hold a value in one column.
#include "model/projection/row_index.h"

#include <algorithm>

namespace rewindow {

namespace {

/// Numbers that order UTF-16 units as the characters they are part of: the halves of those beyond
/// U+FFFF come last.
char16_t rank(QChar unit) {
    const char16_t code = unit.unicode();
    if (code < 0xD800)
        return code;
    return static_cast<char16_t>(code < 0xE000 ? code + 0x2000 : code - 0x800);
}

} // namespace

bool IdOrder::operator()(const QString& left, const QString& right) const {
    return std::ranges::lexicographical_compare(left, right, {}, rank, rank);
}

void RowIndex::insert(const ViewRow& row) {
    m_ids[row.values[m_column]].insert(row.id());
}

void RowIndex::remove(const ViewRow& row) {
    const auto found = m_ids.find(row.values[m_column]);
    if (found == m_ids.end())
        return;
    found->second.erase(row.id());
    if (found->second.empty())
        m_ids.erase(found);
}

const RowIndex::Ids& RowIndex::idsWith(const ViewValue& value) const {
    static const Ids kNone;
    const auto found = m_ids.find(value);
    return found == m_ids.end() ? kNone : found->second;
}

} // namespace rewindow
