// Names to numbers.
#include "model/overview/overview_selection.h"

#include "store/filter/filter_matcher.h"
#include "store/recorded_event.h"

#include <algorithm>

namespace rewindow {

namespace {

NameSet named(const SidecarView& view, NameKind kind, const QStringList& names) {
    // Bytes that are no UTF-8 are shown as this, and found again by what is shown.
    const bool isExact = std::none_of(names.begin(), names.end(), [](const QString& name) {
        return name.contains(QChar::ReplacementCharacter);
    });
    if (!isExact)
        return namesWhere(view, kind, [&names](std::string_view name) {
            return names.contains(toQString(name));
        });
    NameSet set(view.names(kind));
    for (const QString& name : names)
        if (const auto id = view.find(kind, name.toStdString()))
            set.insert(*id);
    return set;
}

NameSet streamsOf(const SidecarView& view, const NameSet& categories) {
    NameSet streams(view.names(NameKind::Stream));
    for (const SidecarSegment& segment : view.segments())
        for (quint32 i = 0; i < segment.newNames(NameKind::Stream).count; ++i)
            if (categories.contains(segment.newCategories()[i]))
                streams.insert(segment.newNames(NameKind::Stream).first + i);
    return streams;
}

/// A type, or a stream with its category, as a filter sees an event that has no more than this.
class NamedSubject final : public FilterSubject {
  public:
    std::string_view type;
    std::string_view stream;
    std::string_view category;

    std::string_view text(FilterField field) const override {
        switch (field) {
        case FilterField::Type:
            return type;
        case FilterField::Stream:
            return stream;
        case FilterField::Category:
            return category;
        default:
            return {};
        }
    }
    qint64 number(FilterField) const override { return 0; }
};

NameSet typesThat(const SidecarView& view, const std::vector<FilterExpression>& conditions) {
    const FilterMatcher matcher(FilterExpression::all(conditions));
    NamedSubject subject;
    return namesWhere(view, NameKind::Type, [&](std::string_view name) {
        subject.type = name;
        return matcher.matches(subject);
    });
}

NameSet streamsThat(const SidecarView& view, const std::vector<FilterExpression>& conditions) {
    const FilterMatcher matcher(FilterExpression::all(conditions));
    NamedSubject subject;
    NameSet streams(view.names(NameKind::Stream));
    for (const SidecarSegment& segment : view.segments())
        for (quint32 i = 0; i < segment.newNames(NameKind::Stream).count; ++i) {
            subject.stream = segment.newName(NameKind::Stream, i);
            subject.category = view.name(NameKind::Category, segment.newCategories()[i]);
            if (matcher.matches(subject))
                streams.insert(segment.newNames(NameKind::Stream).first + i);
        }
    return streams;
}

void confine(std::optional<NameSet>& set, NameSet to) {
    if (set)
        set->intersect(to);
    else
        set = std::move(to);
}

} // namespace

SidecarSelection resolved(const OverviewSelection& selection, const SidecarView& view) {
    SidecarSelection numbers;
    numbers.from = selection.from;
    numbers.until = selection.until;
    if (selection.types)
        numbers.types = named(view, NameKind::Type, *selection.types);
    if (selection.streams)
        numbers.streams = named(view, NameKind::Stream, *selection.streams);
    if (selection.categories)
        confine(numbers.streams,
                streamsOf(view, named(view, NameKind::Category, *selection.categories)));
    if (!selection.ofTypes.empty())
        confine(numbers.types, typesThat(view, selection.ofTypes));
    if (!selection.ofStreams.empty())
        confine(numbers.streams, streamsThat(view, selection.ofStreams));
    return numbers;
}

} // namespace rewindow
