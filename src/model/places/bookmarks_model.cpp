// Every change is made on the lane, and answered with all the bookmarks there are then.
#include "model/places/bookmarks_model.h"

#include "model/moment/link_text.h"
#include "model/places/place.h"
#include "model/session/session.h"
#include "store/workspace.h"

#include <algorithm>

namespace rewindow {

namespace {

struct Answer {
    qint64 id = 0;
    std::vector<Bookmark> bookmarks;
};

} // namespace

BookmarksModel& BookmarksModel::of(Session& session) {
    if (auto* known = session.findChild<BookmarksModel*>({}, Qt::FindDirectChildrenOnly))
        return *known;
    return *new BookmarksModel(session, &session);
}

BookmarksModel::BookmarksModel(Session& session, QObject* parent)
    : QAbstractListModel(parent)
    , m_session(session) {}

int BookmarksModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_bookmarks.size());
}

QVariant BookmarksModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Bookmark& bookmark = m_bookmarks[static_cast<std::size_t>(index.row())];
    const auto detail = [&] {
        const auto moment = momentAt(index.row());
        return moment ? titleOf(*moment) + QStringLiteral(" · ") + detailOf(*moment)
                      : tr("a link that cannot be read");
    };
    switch (role) {
    case Qt::DisplayRole:
        return bookmark.name;
    case NoteRole:
        return bookmark.note;
    case DetailRole:
        return detail();
    case IdRole:
        return bookmark.id;
    case Qt::AccessibleTextRole:
        return tr("Bookmark %1, %2, %3").arg(bookmark.name, detail(), bookmark.note);
    default:
        return {};
    }
}

std::optional<Moment> BookmarksModel::momentAt(int row) const {
    if (row < 0 || row >= rowCount())
        return std::nullopt;
    auto moment = momentOfLinkText(m_bookmarks[static_cast<std::size_t>(row)].link);
    if (!moment)
        return std::nullopt;
    return *moment;
}

int BookmarksModel::rowOf(qint64 id) const {
    const auto at = std::find_if(m_bookmarks.begin(), m_bookmarks.end(),
                                 [id](const Bookmark& bookmark) { return bookmark.id == id; });
    return at == m_bookmarks.end() ? -1 : static_cast<int>(at - m_bookmarks.begin());
}

void BookmarksModel::load() {
    run([](KeptPlaces&) { return Result<qint64>(0); });
}

void BookmarksModel::add(const Moment& moment, const QString& name, const QString& note) {
    const QString given = name.trimmed();
    const Bookmark bookmark{.id = 0,
                            .name = given.isEmpty() ? titleOf(moment) : given,
                            .note = note,
                            .link = linkTextOf(moment),
                            .madeAt = Timestamp::now()};
    run(
        [bookmark](KeptPlaces& places) {
            const Result<Bookmark> kept = places.keep(bookmark);
            return kept ? Result<qint64>(kept->id) : std::unexpected(kept.error());
        },
        [this](qint64 id) { emit added(id); });
}

void BookmarksModel::edit(int row, const QString& name, const QString& note) {
    if (row < 0 || row >= rowCount())
        return;
    Bookmark bookmark = m_bookmarks[static_cast<std::size_t>(row)];
    if (!name.trimmed().isEmpty())
        bookmark.name = name.trimmed();
    bookmark.note = note;
    if (bookmark == m_bookmarks[static_cast<std::size_t>(row)])
        return;
    run([bookmark](KeptPlaces& places) {
        const Result<Bookmark> kept = places.keep(bookmark);
        return kept ? Result<qint64>(kept->id) : std::unexpected(kept.error());
    });
}

void BookmarksModel::remove(int row) {
    if (row < 0 || row >= rowCount())
        return;
    const Bookmark bookmark = m_bookmarks[static_cast<std::size_t>(row)];
    run(
        [id = bookmark.id](KeptPlaces& places) {
            const Result<void> removed = places.remove(id);
            return removed ? Result<qint64>(id) : std::unexpected(removed.error());
        },
        [this, bookmark](qint64) {
            m_removed.push_back(bookmark);
            emit removalsChanged();
        });
}

void BookmarksModel::undoRemoval() {
    if (m_removed.empty())
        return;
    const Bookmark bookmark = m_removed.back();
    m_removed.pop_back();
    emit removalsChanged();
    run(
        [bookmark](KeptPlaces& places) {
            const Result<Bookmark> kept = places.keep(bookmark);
            return kept ? Result<qint64>(kept->id) : std::unexpected(kept.error());
        },
        [this](qint64 id) { emit added(id); });
}

void BookmarksModel::run(Work work, std::function<void(qint64)> done) {
    m_session.reading().run<Answer>(
        this,
        [work = std::move(work)](Store& store, const CancelToken&) -> Result<Answer> {
            const Result<Workspace*> workspace = store.workspace();
            if (!workspace)
                return std::unexpected(workspace.error());
            KeptPlaces& places = (*workspace)->places();
            const Result<qint64> id = work(places);
            if (!id)
                return std::unexpected(id.error());
            auto bookmarks = places.bookmarks();
            if (!bookmarks)
                return std::unexpected(bookmarks.error());
            return Answer{*id, std::move(*bookmarks)};
        },
        [this, done = std::move(done)](Result<Answer> answer) {
            if (!answer) {
                emit failed(answer.error());
                return;
            }
            install(std::move(answer->bookmarks));
            if (done)
                done(answer->id);
        },
        StoreLane::AtEnd::StillRun);
}

/// Both lists descend by id, so that one walk finds what came, went and changed.
void BookmarksModel::install(std::vector<Bookmark> bookmarks) {
    std::size_t row = 0;
    for (Bookmark& bookmark : bookmarks) {
        while (row < m_bookmarks.size() && m_bookmarks[row].id > bookmark.id) {
            beginRemoveRows({}, static_cast<int>(row), static_cast<int>(row));
            m_bookmarks.erase(m_bookmarks.begin() + static_cast<std::ptrdiff_t>(row));
            endRemoveRows();
        }
        const QModelIndex here = index(static_cast<int>(row));
        if (row == m_bookmarks.size() || m_bookmarks[row].id != bookmark.id) {
            beginInsertRows({}, static_cast<int>(row), static_cast<int>(row));
            m_bookmarks.insert(m_bookmarks.begin() + static_cast<std::ptrdiff_t>(row),
                               std::move(bookmark));
            endInsertRows();
        } else if (m_bookmarks[row] != bookmark) {
            m_bookmarks[row] = std::move(bookmark);
            emit dataChanged(here, here);
        }
        ++row;
    }
    if (row < m_bookmarks.size()) {
        beginRemoveRows({}, static_cast<int>(row), rowCount() - 1);
        m_bookmarks.resize(row);
        endRemoveRows();
    }
}

} // namespace rewindow
