// Which rows hold a value in one column.
#pragma once

#include "store/view_tables.h"

#include <QString>

#include <cstddef>
#include <map>
#include <set>

namespace rewindow {

/// Orders ids by their bytes in UTF-8, as a database does; not by their UTF-16 units.
struct IdOrder {
    bool operator()(const QString& left, const QString& right) const;
};

class RowIndex {
  public:
    using Ids = std::set<QString, IdOrder>;

    explicit RowIndex(std::size_t column) : m_column(column) {}

    void insert(const ViewRow& row);
    void remove(const ViewRow& row);
    const Ids& idsWith(const ViewValue& value) const;

  private:
    std::size_t m_column;
    std::map<ViewValue, Ids> m_ids;
};

} // namespace rewindow
