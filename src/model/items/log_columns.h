// Which columns the log's table shows, and in which order.
#pragma once

#include "base/error.h"
#include "store/filter/filter_expression.h"

#include <QString>

#include <vector>

namespace rewindow {

/// One column: something every event has, or a value of payload or metadata.
struct LogColumn {
    enum class Kind : unsigned char {
        Position,
        Recorded,
        Type,
        Stream,
        Version,
        Data,  ///< the beginning of the payload
        Since, ///< signed time since the event that is measured from
        Correlation,
        Causation,
        Id,
        Field, ///< one place in payload or metadata
    };

    Kind kind = Kind::Position;
    FilterPlace field = {}; ///< of Kind::Field

    /// "position", "time", …; of a field as a filter names it: `data.items[0].sku`.
    QString word() const;
    /// What word() gave. Fails with Usage, naming the place of what is wrong.
    static Result<LogColumn> fromWord(const QString& word);
    /// One for each kind but Field.
    static std::vector<LogColumn> fixed();

    bool operator==(const LogColumn&) const = default;
};

/// The columns in their order, none of them twice: an immutable value. Never empty.
class LogColumns {
  public:
    static constexpr std::size_t kMost = 64;

    LogColumns() : LogColumns(std::vector<LogColumn>()) {} ///< the usual ones
    /// A column that comes again, and any beyond kMost, is left out; of no columns: the usual ones.
    explicit LogColumns(const std::vector<LogColumn>& columns);

    const std::vector<LogColumn>& list() const { return m_list; }
    bool has(const LogColumn& column) const;
    LogColumns with(const LogColumn& column) const; ///< as the last but the payload's beginning
    LogColumns without(const LogColumn& column) const;
    std::vector<FilterPlace> fields() const; ///< of the columns of Kind::Field, in their order

    /// A JSON array of words; reads back the same.
    QString toText() const;
    /// Fails with BadInput where it is no array of words, or one of them names no column.
    static Result<LogColumns> fromText(const QString& text);

    bool operator==(const LogColumns&) const = default;

  private:
    std::vector<LogColumn> m_list;
};

} // namespace rewindow
