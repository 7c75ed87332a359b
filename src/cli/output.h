// Standard output and standard error of a subcommand.
#pragma once

#include "base/error.h"
#include "base/json.h"

#include <QString>

#include <string>
#include <string_view>

namespace rewindow::cli {

/// Writes standard output through one big buffer; flushed when it is full, by flush(), and at the
/// end. When the reader has gone (a closed pipe) it falls silent, and isClosed() says so.
class Output {
  public:
    Output();
    ~Output();
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    void write(std::string_view bytes) {
        m_buffer.append(bytes);
        if (m_buffer.size() >= kFlushAt)
            flush();
    }
    void line(std::string_view text) {
        m_buffer.append(text);
        write("\n");
    }
    void line(const QString& text);
    /// A value, compact, as one line.
    void json(const Json& value) { line(std::string_view(value.dump())); }
    void flush();

    /// The buffer itself, for whoever writes much: append to it, then call written().
    std::string& buffer() { return m_buffer; }
    void written() {
        if (m_buffer.size() >= kFlushAt)
            flush();
    }
    bool isClosed() const { return m_closed; }

  private:
    static constexpr std::size_t kFlushAt = 1u << 18;
    std::string m_buffer;
    bool m_closed = false;
};

/// One line on standard error: the error's sentence, control characters made visible.
void complain(const Error& error);
void remark(const QString& sentence);

/// Text from a store as a terminal may show it: on one line, control characters and bidirectional
/// overrides written as escapes ("\x1b", "\u202e"), nothing else altered.
std::string harmless(std::string_view utf8);
std::string harmless(const QString& text);

} // namespace rewindow::cli
