// Quoting, and keeping spreadsheets from running what they read.
#include "base/csv.h"

namespace rewindow {

void appendCsvCell(std::string& out, std::string_view text) {
    const bool formula =
        !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    if (!formula && text.find_first_of("\",\r\n") == std::string_view::npos) {
        out.append(text);
        return;
    }
    out.push_back('"');
    if (formula)
        out.push_back('\'');
    for (const char byte : text) {
        if (byte == '"')
            out.push_back('"');
        out.push_back(byte);
    }
    out.push_back('"');
}

} // namespace rewindow
