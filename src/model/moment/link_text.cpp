// The text of a link, as it is copied and typed.
#include "model/moment/link_text.h"

#include "store/event_filter.h"

namespace rewindow {

QString linkTextOf(Moment moment) {
    // A filter that is being typed may have a mistake: it is passed on as it stands.
    if (const auto filter = EventFilter::parse(moment.filter))
        moment.filter = filter->toString();
    if (moment.page != Page::Log) {
        moment.event.reset();
        moment.top.reset();
    }
    if (moment.event == moment.playhead)
        moment.event.reset();
    if (moment.page != Page::Statistics)
        moment.type.clear();
    return moment.toLink().toString(QUrl::FullyEncoded);
}

Result<Moment> momentOfLinkText(const QString& text) {
    const QUrl link(text.trimmed(), QUrl::StrictMode);
    if (!link.isValid())
        return fail(Error::Kind::Usage,
                    QStringLiteral("this link cannot be followed: it is broken or cut short, or "
                                   "something was added to it"),
                    QStringLiteral("copy it anew, and put it between quotes in a terminal"));
    return Moment::fromLink(link);
}

bool looksLikeLink(const QString& text) {
    return text.trimmed().startsWith(QLatin1String("rewindow:"), Qt::CaseInsensitive);
}

} // namespace rewindow
