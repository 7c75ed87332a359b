// Escaping and shortening, within bounds that do not depend on the size of the text.
#include "ui/shell/plain_text.h"

#include "model/items/json_preview.h"

namespace rewindow {

namespace {

enum class Breaks { Escaped, Kept };

QString escaped(QStringView text, Breaks breaks) {
    QString shown;
    shown.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t unit = text[i].unicode();
        const bool pair =
            text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair) {
            shown += text[i];
            shown += text[++i];
        } else if (unit == u'\n' || unit == u'\t') {
            if (breaks == Breaks::Kept)
                shown += text[i];
            else
                shown += unit == u'\n' ? QLatin1String("\\n") : QLatin1String("\\t");
        } else if (unit == u'\r') {
            shown += QLatin1String("\\r");
        } else if (isUnshowable(unit) || text[i].isSurrogate()) {
            shown += QStringLiteral("\\u%1").arg(unit, 4, 16, QLatin1Char('0'));
        } else {
            shown += text[i];
        }
    }
    return shown;
}

QString withSize(const QString& part, qint64 bytes) {
    return QStringLiteral("%1… (%2)").arg(part, byteCountText(bytes));
}

QString shown(std::string_view utf8, qsizetype limit, Breaks breaks) {
    const auto size = static_cast<qsizetype>(utf8.size());
    const std::string_view part = utf8Beginning(utf8, static_cast<std::size_t>(limit));
    const QString text =
        escaped(QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size())), breaks);
    return size > limit ? withSize(text, size) : text;
}

} // namespace

bool isUnshowable(char16_t character) {
    return character < 0x20 || (character >= 0x7f && character <= 0x9f) || character == 0x061c ||
           character == 0x200e || character == 0x200f ||
           (character >= 0x2028 && character <= 0x202e) ||
           (character >= 0x2066 && character <= 0x2069) || character == 0xfeff;
}

QString onOneLine(std::string_view utf8, qsizetype limit) {
    return shown(utf8, limit, Breaks::Escaped);
}

QString onOneLine(QStringView text, qsizetype limit) {
    if (text.size() <= limit)
        return escaped(text, Breaks::Escaped);
    if (limit > 0 && text[limit].isLowSurrogate())
        --limit;
    return withSize(escaped(text.first(limit), Breaks::Escaped), text.toUtf8().size());
}

QString onLines(std::string_view utf8, qsizetype limit) {
    return shown(utf8, limit, Breaks::Kept);
}

QString menuText(QStringView text, qsizetype limit) {
    return onOneLine(text, limit).replace(u'&', QLatin1String("&&"));
}

QString toolTip(QStringView text) {
    const QString shownText =
        onLines(text.first(qMin(text.size(), kShownInDetail)).toUtf8().toStdString());
    return QStringLiteral("<p style=\"white-space:pre-wrap\">%1</p>")
        .arg(shownText.toHtmlEscaped());
}

} // namespace rewindow
