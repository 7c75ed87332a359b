// Naming and ordering places.
#include "model/places/place.h"

#include "model/items/shown_locale.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <tuple>

namespace rewindow {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(Place)
};

QString numbered(GlobalPosition position) {
    return u'#' + shownNumber(position.value());
}

QString shownSide(const ComparedSide& side) {
    return side.version ? Words::tr("%1 v%2").arg(side.stream).arg(side.version->value())
                        : side.stream;
}

bool comesBefore(const Place& left, const Place& right) {
    if (left.tier != right.tier)
        return left.tier < right.tier;
    if (left.score != right.score)
        return left.score > right.score;
    return std::tuple(left.kind, left.title.size(), left.title, left.identity()) <
           std::tuple(right.kind, right.title.size(), right.title, right.identity());
}

/// Found as a recent place, a stream need not be offered once more.
bool isElsewhere(const Place& place) {
    return place.kind == PlaceKind::Stream || place.kind == PlaceKind::EventType;
}

} // namespace

QString Place::identity() const {
    const QString rest = kind == PlaceKind::Command    ? command
                         : kind == PlaceKind::Position ? title
                         : kind == PlaceKind::ViewRow  ? moment.view + u'\n' + moment.row
                         : kind == PlaceKind::Stream   ? moment.stream
                                                       : title + u'\n' + moment.toLink().toString();
    return QString::number(static_cast<int>(kind)) + u'\n' + rest;
}

QString titleOf(const Moment& moment) {
    if (moment.comparison)
        return Words::tr("%1 beside %2")
            .arg(shownSide(moment.comparison->left), shownSide(moment.comparison->right));
    if (moment.page == Page::Statistics)
        return Words::tr("Statistics");
    if (moment.page == Page::Log) {
        if (!moment.filter.isEmpty())
            return Words::tr("Log: %1").arg(moment.filter);
        return moment.playhead ? Words::tr("Log at %1").arg(numbered(*moment.playhead))
                               : Words::tr("Log");
    }
    if (!moment.stream.isEmpty())
        return moment.stream;
    if (!moment.row.isEmpty())
        return Words::tr("%1 of %2").arg(moment.row, moment.view);
    return moment.playhead ? numbered(*moment.playhead) : Words::tr("The head of the log");
}

QString detailOf(const Moment& moment) {
    QStringList parts;
    if (moment.playhead)
        parts.append(Words::tr("at %1").arg(numbered(*moment.playhead)));
    else
        parts.append(Words::tr("live"));
    if (moment.page == Page::Aggregate) {
        if (!moment.pointer.isEmpty())
            parts.append(moment.pointer);
        if (!moment.row.isEmpty() && !moment.stream.isEmpty())
            parts.append(Words::tr("%1 of %2").arg(moment.row, moment.view));
    }
    return parts.join(QStringLiteral(" · "));
}

QString placeKeyOf(const Moment& moment) {
    if (moment.comparison)
        return QStringLiteral("comparison\n%1\n%2")
            .arg(moment.comparison->left.stream, moment.comparison->right.stream);
    if (moment.page == Page::Statistics)
        return QStringLiteral("statistics");
    if (moment.page == Page::Log) {
        if (!moment.filter.isEmpty())
            return QStringLiteral("log\n") + moment.filter;
        return moment.playhead ? QStringLiteral("log\n\n%1").arg(moment.playhead->value())
                               : QString();
    }
    if (!moment.stream.isEmpty())
        return QStringLiteral("stream\n") + moment.stream;
    if (!moment.row.isEmpty())
        return QStringLiteral("row\n%1\n%2").arg(moment.view, moment.row);
    return moment.playhead ? QStringLiteral("position\n%1").arg(moment.playhead->value())
                           : QString();
}

void addPlaces(std::vector<Place>& places, std::vector<Place> more, std::size_t limit) {
    QHash<QString, std::size_t> known;
    for (std::size_t i = 0; i < places.size(); ++i)
        known.insert(places[i].identity(), i);
    for (Place& place : more) {
        const auto [at, isNew] =
            std::pair(known.constFind(place.identity()), !known.contains(place.identity()));
        if (!isNew) {
            places[*at] = std::move(place);
            continue;
        }
        known.insert(place.identity(), places.size());
        places.push_back(std::move(place));
    }
    QSet<QString> recent;
    for (const Place& place : places) {
        if (place.kind == PlaceKind::Recent)
            recent.insert(placeKeyOf(place.moment));
    }
    std::erase_if(places, [&recent](const Place& place) {
        return isElsewhere(place) && recent.contains(placeKeyOf(place.moment));
    });
    std::sort(places.begin(), places.end(), comesBefore);
    if (places.size() > limit)
        places.resize(limit);
}

} // namespace rewindow
