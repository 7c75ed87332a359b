// What is shown of a log, as words of a filter.
#pragma once

#include "base/timestamp.h"

#include <QString>
#include <QStringList>

namespace rewindow {

/// A member's name as a path of a filter writes it: in quotes where it needs them.
QString filterPathName(const QString& key);

QString typeWord(const QString& type);           ///< `type:OrderPaid`
QString streamWords(const QStringList& streams); ///< `stream:a stream:b`: any of them
/// `has:data.coupon`, of a path as SchemaPath tells it; empty for the whole payload.
QString hasWord(const QString& path);
QString timeWords(Timestamp from, Timestamp to); ///< at or after the one, before the other

/// `present` without what `words` find; empty where either is no filter.
QString filteredOut(const QString& present, const QString& words);

} // namespace rewindow
