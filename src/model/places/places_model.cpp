// The places a search found, as a list.
#include "model/places/places_model.h"

#include <QCoreApplication>

#include <algorithm>

namespace rewindow {

QString kindName(PlaceKind kind) {
    const auto word = [](const char* text) { return QCoreApplication::translate("Place", text); };
    switch (kind) {
    case PlaceKind::Link:
        return word(QT_TRANSLATE_NOOP("Place", "link"));
    case PlaceKind::Position:
        return word(QT_TRANSLATE_NOOP("Place", "position"));
    case PlaceKind::Event:
        return word(QT_TRANSLATE_NOOP("Place", "event"));
    case PlaceKind::Stream:
        return word(QT_TRANSLATE_NOOP("Place", "stream"));
    case PlaceKind::ViewRow:
        return word(QT_TRANSLATE_NOOP("Place", "view row"));
    case PlaceKind::Recent:
        return word(QT_TRANSLATE_NOOP("Place", "recent"));
    case PlaceKind::SavedFilter:
        return word(QT_TRANSLATE_NOOP("Place", "saved filter"));
    case PlaceKind::Bookmark:
        return word(QT_TRANSLATE_NOOP("Place", "bookmark"));
    case PlaceKind::EventType:
        return word(QT_TRANSLATE_NOOP("Place", "event type"));
    case PlaceKind::Command:
        break;
    }
    return word(QT_TRANSLATE_NOOP("Place", "command"));
}

PlacesModel::PlacesModel(const PlaceSearch& search, QObject* parent)
    : QAbstractListModel(parent)
    , m_search(search)
    , m_places(search.places()) {
    connect(&search, &PlaceSearch::changed, this, &PlacesModel::take);
}

void PlacesModel::take() {
    beginResetModel();
    m_places = m_search.places();
    endResetModel();
}

int PlacesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_places.size());
}

QVariant PlacesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Place& place = placeAt(index.row());
    if (role == Qt::DisplayRole)
        return place.title;
    if (role == Qt::AccessibleTextRole)
        return QStringLiteral("%1 %2, %3").arg(kindName(place.kind), place.title, place.detail);
    return {};
}

int PlacesModel::rowOf(const QString& identity) const {
    const auto at = std::find_if(m_places.begin(), m_places.end(),
                                 [&](const Place& place) { return place.identity() == identity; });
    return at == m_places.end() ? -1 : static_cast<int>(at - m_places.begin());
}

} // namespace rewindow
