// One side of a comparison, and its text.
#pragma once

#include "base/ordinals.h"

#include <QString>

#include <optional>

namespace rewindow {

/// What to compare: a stream, at a version or, where none is given, its last.
struct ComparedSide {
    QString stream;
    std::optional<StreamVersion> version;

    /// "order-7f3a@3", or "order-7f3a@" for the last version: the words of links.
    QString toText() const;
    /// A text without a last `@` before nothing or a number is the whole name of a stream.
    static ComparedSide fromText(const QString& text);

    bool operator==(const ComparedSide&) const = default;
};

struct Comparison {
    ComparedSide left;
    ComparedSide right;

    bool operator==(const Comparison&) const = default;
};

} // namespace rewindow
