// Ids of events that came without one.
#include "store/event_writer.h"

#include <QByteArray>
#include <QUuid>

namespace rewindow {

QString derivedEventId(const QString& stream, StreamVersion version, const QString& type,
                       const QByteArray& data) {
    // Storage format: another namespace or another way to join would give other ids.
    static constexpr QUuid kNamespace(0x5f1c8d1e, 0x2f4b, 0x4f0a, 0x9d, 0x53, 0x71, 0x0b, 0x8a,
                                      0x42, 0xe6, 0x19);
    const QByteArray streamBytes = stream.toUtf8();
    const QByteArray typeBytes = type.toUtf8();
    QByteArray name;
    name.reserve(streamBytes.size() + typeBytes.size() + data.size() + 64);
    // Each part behind its length, so that no two different events join to the same name.
    for (const QByteArray& part :
         {streamBytes, QByteArray::number(version.value()), typeBytes, data}) {
        name += QByteArray::number(part.size());
        name += ':';
        name += part;
    }
    return QUuid::createUuidV5(kNamespace, name).toString(QUuid::WithoutBraces);
}

} // namespace rewindow
