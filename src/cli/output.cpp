#include "cli/output.h"

#include <QList>

#include <cerrno>
#include <cstdio>
#include <unistd.h>

namespace rewindow::cli {

Output::Output() {
    m_buffer.reserve(kFlushAt + 4096);
}

Output::~Output() {
    flush();
}

void Output::line(const QString& text) {
    line(std::string_view(text.toStdString()));
}

void Output::flush() {
    std::string_view rest = m_buffer;
    while (!rest.empty() && !m_closed) {
        const ssize_t taken = ::write(STDOUT_FILENO, rest.data(), rest.size());
        if (taken < 0) {
            if (errno == EINTR)
                continue;
            m_closed = true;
            break;
        }
        rest.remove_prefix(static_cast<std::size_t>(taken));
    }
    m_buffer.clear();
}

void remark(const QString& sentence) {
    const std::string text = "rewindow: " + harmless(sentence) + "\n";
    std::fwrite(text.data(), 1, text.size(), stderr);
}

void complain(const Error& error) {
    remark(error.kind == Error::Kind::Cancelled
               ? QStringLiteral("Interrupted; nothing was changed.")
               : error.sentence());
}

namespace {

bool isHarmful(char32_t character) {
    return character < 0x20 || (character >= 0x7f && character < 0xa0) ||
           (character >= 0x200e && character <= 0x200f) ||
           (character >= 0x2028 && character <= 0x202e) ||
           (character >= 0x2066 && character <= 0x2069) || character == 0xfeff;
}

} // namespace

std::string harmless(const QString& text) {
    std::string safe;
    safe.reserve(static_cast<std::size_t>(text.size()));
    QString run;
    for (const char32_t character : text.toUcs4()) {
        if (!isHarmful(character)) {
            run.append(QString::fromUcs4(&character, 1));
            continue;
        }
        safe += run.toStdString();
        run.clear();
        char escape[16];
        std::snprintf(escape, sizeof escape, character < 0x100 ? "\\x%02x" : "\\u%04x",
                      static_cast<unsigned>(character));
        safe += escape;
    }
    return safe + run.toStdString();
}

std::string harmless(std::string_view utf8) {
    // Most text is plain ASCII: then there is nothing to do.
    bool plain = true;
    for (const char byte : utf8)
        plain = plain && byte >= 0x20 && byte < 0x7f;
    if (plain)
        return std::string(utf8);
    return harmless(QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())));
}

} // namespace rewindow::cli
