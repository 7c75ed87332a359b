// Names quoted, so that nothing in them means something.
#include "model/statistics/statistics_filter.h"

#include "store/event_filter.h"
#include "store/filter/filter_text.h"

namespace rewindow {

namespace {

QString equality(FilterField field, const QString& value) {
    return FilterExpression::comparison({.field = field, .path = {}}, FilterOperator::Match, value)
        .toString();
}

} // namespace

QString filterPathName(const QString& key) {
    return isPlainName(key) ? key : quoted(key);
}

QString typeWord(const QString& type) {
    return equality(FilterField::Type, type);
}

QString streamWords(const QStringList& streams) {
    QStringList words;
    for (const QString& stream : streams)
        words.append(equality(FilterField::Stream, stream));
    return words.join(u' ');
}

QString hasWord(const QString& path) {
    return path.contains(u'.') || path.contains(u'[') ? QStringLiteral("has:") + path : QString();
}

QString timeWords(Timestamp from, Timestamp to) {
    return QStringLiteral("after:%1 before:%2").arg(from.toString(), to.toString());
}

QString filteredOut(const QString& present, const QString& words) {
    const auto now = EventFilter::parse(present);
    const auto unwanted = EventFilter::parse(words);
    if (words.isEmpty() || !now || !unwanted)
        return {};
    return now->without(unwanted->expression()).toString();
}

} // namespace rewindow
