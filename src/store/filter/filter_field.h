// What of an event a filter can ask about.
#pragma once

#include <QString>
#include <QStringView>

#include <optional>
#include <span>

namespace rewindow {

enum class FilterField : unsigned char {
    Type,
    Stream,
    Category, ///< the type of the aggregate, as the stream's name tells it
    Id,
    Correlation,
    Causation,
    Position,
    Version,
    Time, ///< written `at`, `after` or `before`
    Data,
    Meta,
};

/// What the values of a field are, which decides what it can be compared to.
enum class FilterFieldKind : unsigned char {
    Text,   ///< one text, empty where the event has none
    Number, ///< a whole number from 0
    Time,
    Json, ///< needs a path
};

FilterFieldKind kindOf(FilterField field);

/// A name a filter may use, for completion and for sentences.
struct FilterFieldName {
    QStringView name;
    FilterField field;
    QStringView example; ///< "type:Order*"
    QStringView meaning; ///< "the type of the event"
};

/// All of them, in the order they are best offered.
std::span<const FilterFieldName> filterFieldNames();
std::optional<FilterField> filterFieldNamed(QStringView name);
/// The name of a field; of Time, "at".
QString nameOf(FilterField field);

} // namespace rewindow
