// The search's places as they come; a row chosen by hand stays chosen.
#include "ui/places/go_to_dialog.h"

#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"

#include <QLineEdit>
#include <QListView>

#include <algorithm>

namespace rewindow {

QIcon iconOf(PlaceKind kind) {
    switch (kind) {
    case PlaceKind::Link:
        return icon(QStringLiteral("link"));
    case PlaceKind::Position:
        return icon(QStringLiteral("pin"));
    case PlaceKind::Event:
        return icon(QStringLiteral("event"));
    case PlaceKind::Stream:
        return icon(QStringLiteral("stream"));
    case PlaceKind::ViewRow:
        return icon(QStringLiteral("view"));
    case PlaceKind::Recent:
        return icon(QStringLiteral("recent"));
    case PlaceKind::Bookmark:
        return icon(QStringLiteral("bookmark"));
    case PlaceKind::EventType:
    case PlaceKind::SavedFilter:
        return icon(QStringLiteral("filter"));
    case PlaceKind::Command:
        break;
    }
    return icon(QStringLiteral("command"));
}

GoToDialog::GoToDialog(Session& session, const BookmarksModel& bookmarks,
                       const RecentPlaces& recent, QWidget* window)
    : PalettePopup(tr("Go to"),
                   tr("Stream, event id, #position, type, command, row, bookmark, filter or link"),
                   tr("↑ ↓ choose · Enter goes there · Escape closes"), window)
    , m_search(session, bookmarks, recent)
    , m_model(m_search) {
    setList(
        m_model,
        [this](const QModelIndex& index) {
            const Place& place = m_model.placeAt(index.row());
            return PaletteRow{.icon = iconOf(place.kind),
                              .title = place.title,
                              .matched = place.matched,
                              .detail = place.detail,
                              .trailing = kindName(place.kind)};
        },
        tr("Places"));
    connect(&m_search, &PlaceSearch::changed, this, &GoToDialog::take);
    m_search.search({});
}

void GoToDialog::typed(const QString& text) {
    m_kept.clear();
    m_search.search(text);
}

void GoToDialog::moved(const QModelIndex& index) {
    m_kept = m_model.placeAt(index.row()).identity();
}

int GoToDialog::standingRow() const {
    return m_kept.isEmpty() ? 0 : std::max(0, m_model.rowOf(m_kept));
}

void GoToDialog::take() {
    if (!m_search.trouble().isEmpty())
        setEmptyText(m_search.trouble());
    else if (m_search.isSearching())
        setEmptyText(tr("Looking…"));
    else if (m_search.text().isEmpty())
        setEmptyText(tr("Type part of a stream's name, an event's id, a position such as #123, an "
                        "event type, a command, the id of a view's row, or paste a rewindow:// "
                        "link. Places you go to and bookmarks (Ctrl+D) will be listed here."));
    else
        setEmptyText(tr("Nothing here is called “%1”. Streams, events and rows are found by the "
                        "beginning of their names or ids, positions by their number.")
                         .arg(onOneLine(m_search.text(), 60)));
}

void GoToDialog::choose(const QModelIndex& index) {
    const Place place = m_model.placeAt(index.row());
    close();
    emit chosen(place);
}

} // namespace rewindow
