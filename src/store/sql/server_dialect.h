// What database servers write alike in the statements that read events.
#pragma once

#include "store/sql/sql_dialect.h"

namespace rewindow {

class ServerDialect : public SqlDialect {
  public:
    QString pattern(const FilterPattern& pattern) const final;
    std::optional<QString> fits(const FilterExpression&) const final { return std::nullopt; }

  protected:
    /// In one of what a number of this encoding counts.
    static qint64 microsecondsIn(Profile::Encoding encoding);
};

} // namespace rewindow
