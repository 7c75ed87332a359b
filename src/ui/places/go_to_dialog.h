// Going to a stream, an event, a position, a type, a command, a row or a bookmark by its name.
#pragma once

#include "model/places/place_search.h"
#include "model/places/places_model.h"
#include "ui/places/palette_popup.h"

namespace rewindow {

class GoToDialog : public PalettePopup {
    Q_OBJECT

  public:
    /// All of them outlive it.
    GoToDialog(Session& session, const BookmarksModel& bookmarks, const RecentPlaces& recent,
               QWidget* window);

    const PlaceSearch& search() const { return m_search; }

  signals:
    void chosen(const rewindow::Place& place);

  protected:
    void typed(const QString& text) override;
    void choose(const QModelIndex& index) override;
    void moved(const QModelIndex& index) override;
    int standingRow() const override;

  private:
    void take();

    PlaceSearch m_search;
    PlacesModel m_model;
    QString m_kept; ///< identity of the place that was moved to; empty: the first one
};

/// The drawing for places of that kind.
QIcon iconOf(PlaceKind kind);

} // namespace rewindow
