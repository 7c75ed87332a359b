// Filters as conditions of SQL, as far as the database answers exactly as a FilterMatcher would.
#pragma once

#include "store/filter/filter_expression.h"
#include "store/filter/filter_plan.h"
#include "store/filter/time_span.h"
#include "store/profile.h"
#include "store/sql/bound_sql.h"
#include "store/sql/sql_dialect.h"

#include <QStringList>

#include <array>
#include <memory>
#include <optional>

namespace rewindow {

/// Every value is bound; of a filter nothing but the shape of its tree becomes text. What lies in
/// payloads, what a foreign schema encodes in its own way, and what a pattern of SQL sees otherwise
/// is left.
class FilterSql {
  public:
    FilterSql(const Profile& profile, const QString& streamExpression,
              std::shared_ptr<const SqlDialect> dialect);

    struct Translation {
        QStringList terms; ///< which all hold
        BoundSql::Values values;
        FilterExpression rest;    ///< what is left to be asked of each event
        bool isOneStream = false; ///< found by its name through the index over stream and version
        bool isDriven = false;    ///< one condition chooses an index
        std::optional<TimeSpan> times; ///< all that is wanted was recorded then; of our own schema
        FilterPlan plan;
    };
    /// `mayDrive`: whether a condition may choose the index that the log is read by. One does at
    /// most, the one that promises the fewest events; the order of such an index is that of
    /// positions, while any other would have all that matches sorted for one page.
    Translation translate(const FilterExpression& filter, bool mayDrive) const;
    /// Whether the table's key is the position.
    bool isKeyedByPosition() const { return !column(FilterField::Position).indexed.isEmpty(); }

  private:
    struct Column {
        QString compared; ///< never NULL and compared as bytes or numbers; empty: not in SQL
        QString indexed;  ///< the bare column where it compares the same, for an index to find
    };
    struct Condition;

    Column& column(FilterField field) { return m_columns[static_cast<std::size_t>(field)]; }
    const Column& column(FilterField field) const {
        return m_columns[static_cast<std::size_t>(field)];
    }
    void addText(FilterField field, const Profile::Column& column);
    std::optional<Condition> condition(const FilterExpression& expression) const;
    std::optional<Condition> joined(const FilterExpression& expression) const;
    std::optional<Condition> comparison(const FilterExpression& expression) const;
    std::optional<Condition> category(const QString& name, bool isWanted) const;
    /// How many events a condition promises to find through an index, as a rank; nothing: it
    /// cannot drive.
    std::optional<int> drivingRank(const FilterExpression& expression) const;

    static constexpr std::size_t kFields = static_cast<std::size_t>(FilterField::Meta) + 1;
    std::array<Column, kFields> m_columns;
    std::shared_ptr<const SqlDialect> m_dialect;
    QString m_table;
    QString m_streamName; ///< of stores whose category is told by the stream's name; else empty
    QString m_typeSeparator;
    qint64 m_versionOffset = 0; ///< what a raw version is more than ours
    bool m_isOwn = false;
};

} // namespace rewindow
