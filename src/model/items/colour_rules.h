// Rules that give rows of the log a colour and a sign, by what a filter says of their events.
#pragma once

#include "base/error.h"

#include <QMetaType>
#include <QString>

#include <vector>

namespace rewindow {

/// How a row looks that a rule is about: no two of these are told apart by colour alone.
struct RowLook {
    enum class Tint : unsigned char { Cyan, Orange, Yellow, Green, Red, Violet };
    enum class Sign : unsigned char { Circle, Triangle, Square, Diamond, Star, Cross };
    static constexpr int kTints = 6;
    static constexpr int kSigns = 6;

    Tint tint = Tint::Cyan;
    Sign sign = Sign::Circle;
    bool isBold = false;
    bool operator==(const RowLook&) const = default;
};

struct ColourRule {
    QString filter; ///< as it was typed: times that are relative stay so
    RowLook look;
    bool operator==(const ColourRule&) const = default;
};

/// In their order: of those that find an event the first one counts.
using ColourRules = std::vector<ColourRule>;

inline constexpr std::size_t kMostColourRules = 50;

/// A JSON array of objects {filter, tint, sign, bold}; reads back the same.
QString colourRulesText(const ColourRules& rules);
/// Fails with BadInput where it is none of ours. Filters are not looked into.
Result<ColourRules> colourRulesOf(const QString& text);

/// A look that none of the rules has, while there is one left.
RowLook unusedLook(const ColourRules& rules);

/// "cyan", "circle": for people.
QString tintName(RowLook::Tint tint);
QString signName(RowLook::Sign sign);

} // namespace rewindow

Q_DECLARE_METATYPE(rewindow::RowLook)
