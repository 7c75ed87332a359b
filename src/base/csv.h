// Comma-separated values, RFC 4180, for spreadsheets.
#pragma once

#include <string>
#include <string_view>

namespace rewindow {

/// Appends one cell, quoted where it must be. Text a spreadsheet would take for a formula (it
/// starts with = + - @, a tab or a carriage return) gets an apostrophe in front: text from a store
/// is never run. JSON Lines is the format that alters nothing.
void appendCsvCell(std::string& out, std::string_view text);

} // namespace rewindow
