// A JSON value on one line, in part where it is long.
#pragma once

#include "base/json.h"

#include <QString>

namespace rewindow {

/// Longest text of a value that jsonPreview() shows, in bytes.
inline constexpr std::size_t kPreviewBytes = 400;

/// As a cell shows it: `"paid"`, `120.50`, `[2]` and `{3}` for containers by their size. A string
/// or number longer than `limit` bytes is cut, its size added: `"aaa… (5.2 MB)`. Costs no more
/// than `limit`.
QString jsonPreview(const Json& value, std::size_t limit = kPreviewBytes);

/// A value indented for people, as far as `limit` bytes go.
struct PrettyJson {
    QString text;
    bool whole = true; ///< false: something was left out, or cut
};
/// Stops near `limit`; cuts strings longer than a screen, and leaves out what is nested deeper than
/// anybody reads.
PrettyJson prettyJson(const Json& value, std::size_t limit);

/// At most `limit` bytes of `utf8`, ending between two characters.
std::string_view utf8Beginning(std::string_view utf8, std::size_t limit);

/// "812 bytes", "4.1 kB", "5.2 MB".
QString byteCountText(qint64 bytes);

} // namespace rewindow
