// Rules as text, and the names of what they give.
#include "model/items/colour_rules.h"

#include "base/json.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <optional>

namespace rewindow {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(ColourRules)
};

/// As they are kept, in the order of the enumerations.
constexpr std::array<const char*, RowLook::kTints> kTintWords{"cyan",  "orange", "yellow",
                                                              "green", "red",    "violet"};
constexpr std::array<const char*, RowLook::kSigns> kSignWords{"circle",  "triangle", "square",
                                                              "diamond", "star",     "cross"};

template <class Value, std::size_t Size>
std::optional<Value> named(const std::array<const char*, Size>& words, const Json& word) {
    const auto known = std::ranges::find(words, word.text());
    if (known == words.end())
        return std::nullopt;
    return static_cast<Value>(known - words.begin());
}

template <class Value, std::size_t Size>
Json wordOf(const std::array<const char*, Size>& words, Value value) {
    return Json(words[static_cast<std::size_t>(value)]);
}

} // namespace

QString colourRulesText(const ColourRules& rules) {
    std::vector<Json> kept;
    for (const ColourRule& rule : rules)
        kept.push_back(Json::object({{"filter", Json(rule.filter)},
                                     {"tint", wordOf(kTintWords, rule.look.tint)},
                                     {"sign", wordOf(kSignWords, rule.look.sign)},
                                     {"bold", Json(rule.look.isBold)}}));
    return QString::fromStdString(Json::array(std::move(kept)).dump());
}

Result<ColourRules> colourRulesOf(const QString& text) {
    const Result<Json> kept = Json::parse(text.toStdString());
    if (!kept)
        return std::unexpected(kept.error());
    if (kept->kind() != Json::Kind::Array)
        return fail(Error::Kind::BadInput, QStringLiteral("colour rules are a JSON array"));
    ColourRules rules;
    for (std::size_t i = 0; i < std::min(kept->size(), kMostColourRules); ++i) {
        const Json& rule = kept->at(i);
        const auto tint = named<RowLook::Tint>(kTintWords, rule["tint"]);
        const auto sign = named<RowLook::Sign>(kSignWords, rule["sign"]);
        if (!tint || !sign || rule["filter"].kind() != Json::Kind::String)
            return fail(Error::Kind::BadInput,
                        QStringLiteral("colour rule %1 has no filter, or a tint or sign that is "
                                       "not known")
                            .arg(i + 1));
        rules.push_back({rule["filter"].toQString(), {*tint, *sign, rule["bold"].toBool()}});
    }
    return rules;
}

RowLook unusedLook(const ColourRules& rules) {
    const auto isUsed = [&rules](RowLook::Tint tint, RowLook::Sign sign) {
        return std::ranges::any_of(rules, [&](const ColourRule& rule) {
            return rule.look.tint == tint || rule.look.sign == sign;
        });
    };
    for (int i = 0; i < RowLook::kTints; ++i) {
        const RowLook look{static_cast<RowLook::Tint>(i), static_cast<RowLook::Sign>(i), false};
        if (!isUsed(look.tint, look.sign))
            return look;
    }
    const auto next = static_cast<int>(rules.size());
    return {static_cast<RowLook::Tint>(next % RowLook::kTints),
            static_cast<RowLook::Sign>((next + next / RowLook::kTints) % RowLook::kSigns), false};
}

QString tintName(RowLook::Tint tint) {
    switch (tint) {
    case RowLook::Tint::Cyan:
        return Words::tr("cyan");
    case RowLook::Tint::Orange:
        return Words::tr("orange");
    case RowLook::Tint::Yellow:
        return Words::tr("yellow");
    case RowLook::Tint::Green:
        return Words::tr("green");
    case RowLook::Tint::Red:
        return Words::tr("red");
    case RowLook::Tint::Violet:
        break;
    }
    return Words::tr("violet");
}

QString signName(RowLook::Sign sign) {
    switch (sign) {
    case RowLook::Sign::Circle:
        return Words::tr("circle");
    case RowLook::Sign::Triangle:
        return Words::tr("triangle");
    case RowLook::Sign::Square:
        return Words::tr("square");
    case RowLook::Sign::Diamond:
        return Words::tr("diamond");
    case RowLook::Sign::Star:
        return Words::tr("star");
    case RowLook::Sign::Cross:
        break;
    }
    return Words::tr("cross");
}

} // namespace rewindow
