// What is looked at, and when. Everything on screen is a function of store, domain and moment.
#pragma once

#include "base/error.h"
#include "base/ordinals.h"
#include "model/moment/compared_side.h"

#include <QString>
#include <QUrl>

#include <optional>

namespace rewindow {

enum class Page { Aggregate, Log, Statistics };
QString
pageName(Page page); ///< "aggregate", "log", "statistics": the words of links and of `--page`
std::optional<Page> pageNamed(const QString& name);

/// A small value. It holds no version: the version shown is the stream's last one at or before the
/// playhead.
struct Moment {
    QString store;                          ///< StoreUrl::toString()
    std::optional<GlobalPosition> playhead; ///< nothing: live, following the head
    QString stream;
    QString pointer; ///< JSON pointer of the place looked at in the state
    QString view;
    QString row;
    QString column; ///< of the row: the cell looked at
    QString filter;
    std::optional<GlobalPosition> event;  ///< looked at on the Log page; nothing: the playhead's
    std::optional<GlobalPosition> top;    ///< first in sight there; nothing: wherever it fits
    QString type;                         ///< of events, looked at on the Statistics page
    std::optional<Comparison> comparison; ///< in a window over the page
    Page page = Page::Aggregate;

    bool isLive() const { return !playhead; }

    /// `rewindow://open?store=…&stream=…&at=…&pointer=…&view=…&row=…&column=…&filter=…&event=…&top=…
    /// &type=…&compare=…&with=…&page=…`, the words of the command line's options; what is empty,
    /// live or the first page is left out. Reads back the same.
    QUrl toLink() const;
    /// Fails with Usage, naming the word that is unknown, twice there, or has no such value.
    static Result<Moment> fromLink(const QUrl& link);

    bool operator==(const Moment&) const = default;
};

} // namespace rewindow
