// The marked places of a store, with their notes.
#pragma once

#include "model/moment/moment.h"
#include "store/kept_places.h"

#include <QAbstractListModel>

#include <functional>
#include <optional>
#include <vector>

namespace rewindow {

class Session;
class Workspace;

/// A list, those made last first. Lives on the UI thread, works on the session's reading lane: what
/// is asked for shows when it is kept. Several windows may work on the same bookmarks: each answer
/// brings what the others did.
class BookmarksModel : public QAbstractListModel {
    Q_OBJECT

  public:
    enum Role {
        NoteRole = Qt::UserRole + 1,
        DetailRole, ///< when the place is, as detailOf() says
        IdRole,     ///< qint64
    };

    /// Those of a session: one model for all that show them, which goes when the session does.
    static BookmarksModel& of(Session& session);
    /// The session outlives it.
    explicit BookmarksModel(Session& session, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    const std::vector<Bookmark>& bookmarks() const { return m_bookmarks; }
    /// Nothing where its link cannot be read.
    std::optional<Moment> momentAt(int row) const;
    int rowOf(qint64 id) const; ///< -1 where there is none

    void load();
    /// A blank name becomes what titleOf() calls the moment. Emits added().
    void add(const Moment& moment, const QString& name = {}, const QString& note = {});
    void edit(int row, const QString& name, const QString& note);
    void remove(int row);
    /// Brings back what was removed last.
    void undoRemoval();
    /// What undoRemoval() would bring back, if anything.
    const Bookmark* lastRemoved() const { return m_removed.empty() ? nullptr : &m_removed.back(); }

  signals:
    void added(qint64 id);
    void removalsChanged();
    void failed(const rewindow::Error& error);

  private:
    using Work = std::function<Result<qint64>(KeptPlaces&)>;
    void run(Work work, std::function<void(qint64)> done = {});
    void install(std::vector<Bookmark> bookmarks);

    Session& m_session;
    std::vector<Bookmark> m_bookmarks; ///< descending by id
    std::vector<Bookmark> m_removed;
};

} // namespace rewindow
