// Names to numbers.
#include "model/overview/overview_selection.h"

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

} // namespace

SidecarSelection resolved(const OverviewSelection& selection, const SidecarView& view) {
    SidecarSelection numbers;
    numbers.from = selection.from;
    numbers.until = selection.until;
    if (selection.types)
        numbers.types = named(view, NameKind::Type, *selection.types);
    if (selection.streams)
        numbers.streams = named(view, NameKind::Stream, *selection.streams);
    if (selection.categories) {
        NameSet streams = streamsOf(view, named(view, NameKind::Category, *selection.categories));
        if (numbers.streams)
            streams.intersect(*numbers.streams);
        numbers.streams = std::move(streams);
    }
    return numbers;
}

} // namespace rewindow
