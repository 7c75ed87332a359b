// The names of the fields.
#include "store/filter/filter_field.h"

#include <algorithm>
#include <array>

namespace rewindow {

namespace {

using Field = FilterField;

constexpr std::array kNames{
    FilterFieldName{u"type", Field::Type, u"type:Order*", u"the event's type"},
    FilterFieldName{u"stream", Field::Stream, u"stream:order-7f3a*", u"the stream's name"},
    FilterFieldName{u"category", Field::Category, u"category:order", u"the aggregate's type"},
    FilterFieldName{u"data", Field::Data, u"data.quantity>2", u"a value of the payload"},
    FilterFieldName{u"meta", Field::Meta, u"meta.user:ada", u"a value of the metadata"},
    FilterFieldName{u"after", Field::Time, u"after:2026-11-01", u"recorded at or after"},
    FilterFieldName{u"before", Field::Time, u"before:yesterday", u"recorded before"},
    FilterFieldName{u"at", Field::Time, u"at:2026-11-24", u"recorded on that day"},
    FilterFieldName{u"version", Field::Version, u"version>5", u"the version of the stream"},
    FilterFieldName{u"position", Field::Position, u"position<=1000", u"the place in the log"},
    FilterFieldName{u"id", Field::Id, u"id:0193b2c4*", u"the event's id"},
    FilterFieldName{u"correlation", Field::Correlation, u"correlation:0193b2c4*",
                    u"the correlation id"},
    FilterFieldName{u"causation", Field::Causation, u"causation:0193b2c4*", u"the causation id"},
};

} // namespace

FilterFieldKind kindOf(FilterField field) {
    switch (field) {
    case Field::Position:
    case Field::Version:
        return FilterFieldKind::Number;
    case Field::Time:
        return FilterFieldKind::Time;
    case Field::Data:
    case Field::Meta:
        return FilterFieldKind::Json;
    default:
        return FilterFieldKind::Text;
    }
}

std::span<const FilterFieldName> filterFieldNames() {
    return kNames;
}

std::optional<FilterField> filterFieldNamed(QStringView name) {
    const auto known = std::ranges::find(kNames, name, &FilterFieldName::name);
    return known == kNames.end() ? std::nullopt : std::optional(known->field);
}

QString nameOf(FilterField field) {
    if (field == Field::Time)
        return QStringLiteral("at");
    return std::ranges::find(kNames, field, &FilterFieldName::field)->name.toString();
}

} // namespace rewindow
