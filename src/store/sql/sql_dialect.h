// What databases write differently in the statements that read events.
#pragma once

#include "store/filter/filter_expression.h"
#include "store/profile.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace rewindow {

/// The words of one database. Texts that are handed in are expressions of SQL, quoted already; none
/// of a store or a filter ever is one.
class SqlDialect {
  public:
    virtual ~SqlDialect() = default;

    /// How a column compares, as the catalogue tells.
    struct ColumnFacts {
        bool isText = false;   ///< keeps texts as texts and finds equal ones byte by byte
        bool isNumber = false; ///< a whole number that is never NULL, and a key of its table
    };
    virtual ColumnFacts facts(const QString& table, const QString& column) const = 0;

    /// The table, as a statement names it.
    virtual QString table(const QString& name) const = 0;
    /// A column as the text it is read as.
    virtual QString text(const QString& table, const QString& column) const = 0;
    /// The text that stands under `names`, one within the other, in a column that holds a JSON
    /// object; NULL where there is none. A name has letters, digits and _ only.
    virtual QString inJson(const QString& table, const QString& column,
                           const QStringList& names) const = 0;
    /// What is in a quoted column as a text, and as a whole number.
    virtual QString asText(const QString& name) const {
        return QStringLiteral("CAST(%1 AS TEXT)").arg(name);
    }
    virtual QString asNumber(const QString& name) const {
        return QStringLiteral("CAST(%1 AS BIGINT)").arg(name);
    }
    /// Whether `column = text`, which an index finds, is true of all rows whose text() is that, if
    /// of some others too.
    virtual bool isNarrowedBy(const QString& table, const QString& column) const {
        return facts(table, column).isText;
    }
    /// A column that tells a time, as what timeEncoding() says.
    virtual QString time(const QString& table, const Profile::Column& column) const = 0;
    virtual Profile::Encoding timeEncoding(const QString& table,
                                           const Profile::Column& column) const = 0;
    /// A text that is ordered and compared byte by byte.
    virtual QString byBytes(const QString& text) const = 0;
    /// Where the one parameter first stands in a text, counted from 1; 0 where it does not.
    virtual QString placeIn(const QString& text) const {
        return QStringLiteral("instr(%1,?)").arg(text);
    }
    /// Whether a text holds that of the one parameter, A to Z being as good as a to z.
    virtual QString holds(const QString& text) const = 0;
    /// Whether a text fits the pattern() of the one parameter.
    virtual QString fitsPattern(const QString& text) const = 0;
    virtual QString pattern(const FilterPattern& pattern) const = 0;
    /// A call that asks a row of our own schema of a FilterMatcher, the one parameter; nothing
    /// where the database cannot call us.
    virtual std::optional<QString> fits(const FilterExpression& expression) const = 0;
};

} // namespace rewindow
