// Text from a store, made fit to be shown: never interpreted, never altered where it is copied.
#pragma once

#include <QString>
#include <QStringView>

#include <string_view>

namespace rewindow {

/// Longest part of a text that a cell shows.
inline constexpr qsizetype kShownInCell = 400;
/// Longest part of a text that an entry of a menu shows.
inline constexpr qsizetype kShownInMenu = 48;
/// Longest part of a text that a tooltip or a detail shows.
inline constexpr qsizetype kShownInDetail = 20'000;

/// Whether this character would move the text around it or cannot be seen: control characters,
/// line and paragraph separators, marks that override the direction of text.
bool isUnshowable(char16_t character);

/// One line: what cannot be shown stands escaped (`\n`, `\u001b`, `\u202e`), and of a text longer
/// than `limit` (in UTF-8 bytes, or in characters of a QString) the beginning with its size:
/// "… (5.2 MB)". Costs no more than `limit`.
QString onOneLine(std::string_view utf8, qsizetype limit = kShownInCell);
QString onOneLine(QStringView text, qsizetype limit = kShownInCell);

/// Several lines: line feeds and tabs stay, the rest as onOneLine().
QString onLines(std::string_view utf8, qsizetype limit = kShownInDetail);

/// For an entry of a menu, a tab or a button: onOneLine(), in which an ampersand is one.
QString menuText(QStringView text, qsizetype limit = kShownInMenu);

/// For setToolTip(): markup in `text` stays text.
QString toolTip(QStringView text);

} // namespace rewindow
