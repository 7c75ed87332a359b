// Telling a store that has no id of its own from others.
#include "store/store_identity.h"

#include "store/event_reader.h"

#include <QUuid>

namespace rewindow {

Result<QString> storeIdentity(EventReader& reader, const QString& profile, const QString& address) {
    EventQuery first;
    first.limit = 1;
    const auto events = reader.read(first);
    if (!events)
        return std::unexpected(events.error());
    QByteArray name = profile.toUtf8();
    if (events->empty()) {
        name += '\n' + address.toUtf8();
    } else {
        // Not the time, which a file need not hold and then differs from one opening to the next.
        const RecordedEvent& event = events->front();
        for (const std::string_view text : {event.stream(), event.id(), event.type(), event.data()})
            (name += '\n').append(text.data(), static_cast<qsizetype>(text.size()));
    }
    static const QUuid space(QStringLiteral("{8d3f6a34-8e57-4c7b-9a55-4a1d50bb0a6f}"));
    return QUuid::createUuidV5(space, name).toString(QUuid::WithoutBraces);
}

} // namespace rewindow
