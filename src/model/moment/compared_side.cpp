// Streams may have any name: what stands after the last @ is a version, if it can be one.
#include "model/moment/compared_side.h"

namespace rewindow {

QString ComparedSide::toText() const {
    return stream + u'@' + (version ? QString::number(version->value()) : QString());
}

ComparedSide ComparedSide::fromText(const QString& text) {
    const qsizetype at = text.lastIndexOf(u'@');
    if (at < 0)
        return {text, std::nullopt};
    const QString version = text.mid(at + 1);
    if (version.isEmpty())
        return {text.left(at), std::nullopt};
    bool isNumber = false;
    const qint64 number = version.toLongLong(&isNumber);
    if (!isNumber || number < 0 || QString::number(number) != version)
        return {text, std::nullopt};
    return {text.left(at), StreamVersion(number)};
}

} // namespace rewindow
