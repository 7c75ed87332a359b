// Going anywhere: places that fit what is typed, as they are found.
#pragma once

#include "base/cancel_token.h"
#include "model/places/place.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace rewindow {

class BookmarksModel;
class RecentPlaces;
class SavedFilters;
class Session;

/// Without a text the recent places, the bookmarks and the saved filters; with one, what is known
/// at once (links, positions, recent places, bookmarks, saved filters, event types, commands), then
/// what a few look-ups by key find, then streams that have the text somewhere in their names. Each
/// search takes the place of the one before, whose answers do not arrive any more. Lives on the UI
/// thread.
class PlaceSearch : public QObject {
    Q_OBJECT

  public:
    static constexpr std::size_t kMost = 60; ///< places at a time

    /// All of them outlive it.
    PlaceSearch(Session& session, const BookmarksModel& bookmarks, const RecentPlaces& recent,
                QObject* parent = nullptr);
    ~PlaceSearch() override;

    void search(const QString& text);
    void cancel();

    const QString& text() const { return m_text; }
    const std::vector<Place>& places() const { return m_places; } ///< the best first
    bool isSearching() const { return m_pending > 0; }
    /// Why a part of the search failed; empty where none did.
    const QString& trouble() const { return m_trouble; }

  signals:
    void changed(); ///< places(), isSearching() or trouble()

  private:
    void addKnown();
    void addRecent();
    void addBookmarks();
    void addFilters();
    void addTypes();
    void addCommands();
    void addLink();
    void lookUp();
    void learnTypes();
    QStringList streamTypes() const;
    void take(const Result<std::vector<Place>>& found);

    Session& m_session;
    const BookmarksModel& m_bookmarks;
    const RecentPlaces& m_recent;
    const SavedFilters& m_filters;
    QString m_text;
    std::vector<Place> m_places;
    QStringList m_types; ///< of events
    int m_pending = 0;
    QString m_trouble;
    CancelToken m_lookup;
    CancelToken m_streams;
    CancelToken m_learning;
};

} // namespace rewindow
