// The places a search found, as a list.
#pragma once

#include "model/places/place_search.h"

#include <QAbstractListModel>

namespace rewindow {

/// Shows what the search found so far.
class PlacesModel : public QAbstractListModel {
    Q_OBJECT

  public:
    /// The search outlives it.
    explicit PlacesModel(const PlaceSearch& search, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    const Place& placeAt(int row) const { return m_places[static_cast<std::size_t>(row)]; }
    int rowOf(const QString& identity) const; ///< -1 where there is none

  private:
    void take();

    const PlaceSearch& m_search;
    std::vector<Place> m_places; ///< as the views know them
};

/// "stream", "event type": for people.
QString kindName(PlaceKind kind);

} // namespace rewindow
