// Handing a row's values to a matcher, inside of SQLite.
#include "store/sqlite/filter_function.h"

#include "store/filter/filter_matcher.h"
#include "store/recorded_event.h"

#include <sqlite3.h>

#include <array>
#include <bitset>

namespace rewindow {

namespace {

/// A field and its column in our own schema, in the order of the arguments.
struct Argument {
    FilterField field;
    QLatin1String column;
};
constexpr std::array kArguments{
    Argument{FilterField::Type, QLatin1String("event_type")},
    Argument{FilterField::Stream, QLatin1String("stream")},
    Argument{FilterField::Id, QLatin1String("event_id")},
    Argument{FilterField::Correlation, QLatin1String("correlation_id")},
    Argument{FilterField::Causation, QLatin1String("causation_id")},
    Argument{FilterField::Position, QLatin1String("position")},
    Argument{FilterField::Version, QLatin1String("version")},
    Argument{FilterField::Time, QLatin1String("recorded_at")},
    Argument{FilterField::Data, QLatin1String("data")},
    Argument{FilterField::Meta, QLatin1String("metadata")},
};

constexpr std::size_t indexOf(FilterField field) {
    std::size_t index = 0;
    while (kArguments[index].field != field)
        ++index;
    return index;
}

using Wanted = std::bitset<kArguments.size()>;

void addWanted(const FilterExpression& expression, Wanted& wanted) {
    using Kind = FilterExpression::Kind;
    for (const FilterExpression& part : expression.parts())
        addWanted(part, wanted);
    if (expression.kind() == Kind::Search) {
        for (const FilterField field :
             {FilterField::Type, FilterField::Stream, FilterField::Data, FilterField::Meta})
            wanted.set(indexOf(field));
    } else if (expression.kind() == Kind::Comparison || expression.kind() == Kind::Presence) {
        const FilterField field = expression.place().field;
        wanted.set(indexOf(field == FilterField::Category ? FilterField::Stream : field));
    }
}

class ArgumentSubject final : public FilterSubject {
  public:
    explicit ArgumentSubject(sqlite3_value** arguments) : m_arguments(arguments) {}

    std::string_view text(FilterField field) const override {
        if (field == FilterField::Category)
            return streamType(text(FilterField::Stream));
        sqlite3_value* value = m_arguments[indexOf(field)];
        const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
        if (bytes == nullptr)
            return {};
        return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
    }
    qint64 number(FilterField field) const override {
        return sqlite3_value_int64(m_arguments[indexOf(field)]);
    }

  private:
    sqlite3_value** m_arguments;
};

void fits(sqlite3_context* context, int, sqlite3_value** arguments) {
    const auto* matcher = static_cast<const FilterMatcher*>(
        sqlite3_value_pointer(arguments[0], kFilterMatcherPointer));
    sqlite3_result_int(context,
                       matcher && matcher->matches(ArgumentSubject(arguments + 1)) ? 1 : 0);
}

} // namespace

void registerFilterFunction(sqlite3* handle) {
    sqlite3_create_function_v2(handle, "rewindow_fits", static_cast<int>(kArguments.size()) + 1,
                               SQLITE_UTF8 | SQLITE_DIRECTONLY, nullptr, &fits, nullptr, nullptr,
                               nullptr);
}

QString filterFunctionCall(const FilterExpression& expression) {
    Wanted wanted;
    addWanted(expression, wanted);
    QString call = QStringLiteral("rewindow_fits(?");
    for (std::size_t i = 0; i < kArguments.size(); ++i)
        call += wanted.test(i) ? QStringLiteral(",\"%1\"").arg(kArguments[i].column)
                               : QStringLiteral(",NULL");
    return call + u')';
}

} // namespace rewindow
