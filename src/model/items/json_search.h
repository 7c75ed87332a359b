// Finding a text in JSON values: in keys and in values.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "base/json.h"

#include <QHash>
#include <QString>

#include <vector>

namespace rewindow {

/// A place whose key or value holds what was looked for.
struct JsonHit {
    std::size_t root = 0;          ///< of the values that were searched
    std::vector<std::size_t> path; ///< which member or element, from the root inwards

    /// The place as text: the root's number, then its JSON pointer.
    QString place(const std::vector<Json>& roots) const;
};

struct JsonHits {
    /// More places than these are counted, but not kept.
    static constexpr std::size_t kMost = 5000;

    enum Part { InKey = 1, InValue = 2 };

    std::vector<JsonHit> hits;  ///< in the order in which a tree shows them
    QHash<QString, int> places; ///< of the hits: which Parts
    qint64 count = 0;           ///< places, kept or not
};

/// Capitals count as small letters. Strings are searched by their content, numbers, booleans and
/// null by their JSON text; indices of arrays and the roots themselves are no keys. An empty text
/// is nowhere. Fails with Cancelled.
Result<JsonHits> findInJson(const std::vector<Json>& roots, const QString& text,
                            const CancelToken& cancel = {});

} // namespace rewindow
