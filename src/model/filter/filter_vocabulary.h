// What a store's filters can be about: its types, categories, and the fields of its payloads.
#pragma once

#include "base/json.h"
#include "model/statistics/statistics.h"
#include "store/filter/filter_expression.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace rewindow {

/// One place in payloads or metadata, as filters write it.
struct VocabularyPath {
    QString path;         ///< "data.items[*].sku"
    QString parent;       ///< "data.items[*]"
    QString name;         ///< the last step: a key as it is, or "[*]"
    qint64 events = 0;    ///< of those looked at, with such a value
    QStringList examples; ///< short, as JSON
    std::vector<ValueKind> kinds;

    bool isA(ValueKind kind) const;
    /// Whether some of its values are neither objects nor arrays.
    bool isScalar() const;
    bool operator==(const VocabularyPath&) const = default;
};

struct VocabularyName {
    QString name;
    qint64 count = -1; ///< events; -1: not known
    bool operator==(const VocabularyName&) const = default;
};

/// A value some events have at a place.
struct SeenValue {
    Json value;
    qint64 count = 0; ///< of those looked at
};

/// An immutable value once it is shown.
struct FilterVocabulary {
    std::vector<VocabularyName> types; ///< most frequent first
    std::vector<VocabularyName> categories;
    std::vector<VocabularyPath> paths; ///< a place after what it lies in

    const VocabularyPath* find(const QString& path) const;
};

/// The path with every index an `[*]`, as VocabularyPath tells it.
QString vocabularyPathOf(const FilterPlace& place);

} // namespace rewindow
