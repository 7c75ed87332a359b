#include "model/export/event_lines.h"

#include "base/csv.h"
#include "base/json.h"

#include <charconv>

namespace rewindow {

namespace {

void appendInteger(std::string& out, qint64 value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

void appendText(std::string& out, std::string_view utf8) {
    if (utf8.empty())
        out.append("null");
    else
        appendQuoted(out, utf8);
}

void appendPayload(std::string& out, std::string_view payload) {
    if (payload.empty()) {
        out.append("null");
        return;
    }
    if (!isJson(payload)) {
        appendQuoted(out, payload);
        return;
    }
    // Two searches for one byte are far quicker than one for either of two.
    if (payload.find('\n') == std::string_view::npos &&
        payload.find('\r') == std::string_view::npos)
        out.append(payload);
    else
        out.append(withoutBlanks(payload));
}

} // namespace

void appendEventLine(std::string& out, const RecordedEvent& event) {
    out.append("{\"position\":");
    appendInteger(out, event.position().value());
    out.append(",\"stream\":");
    appendQuoted(out, event.stream());
    out.append(",\"version\":");
    appendInteger(out, event.version().value());
    out.append(",\"id\":");
    appendText(out, event.id());
    out.append(",\"type\":");
    appendQuoted(out, event.type());
    out.append(",\"data\":");
    appendPayload(out, event.data());
    out.append(",\"metadata\":");
    appendPayload(out, event.metadata());
    out.append(",\"correlationId\":");
    appendText(out, event.correlationId());
    out.append(",\"causationId\":");
    appendText(out, event.causationId());
    out.append(",\"recordedAt\":\"");
    event.recordedAt().appendTo(out);
    out.append("\"");
    if (const auto& cause = event.cause()) {
        out.append(",\"causation\":{\"stream\":");
        appendQuoted(out, cause->stream.toStdString());
        out.append(",\"version\":");
        appendInteger(out, cause->version.value());
        out.append("}");
    }
    out.append("}\n");
}

void appendEventCsvRow(std::string& out, const RecordedEvent& event) {
    appendInteger(out, event.position().value());
    out.push_back(',');
    appendCsvCell(out, event.stream());
    out.push_back(',');
    appendInteger(out, event.version().value());
    for (const std::string_view text : {event.id(), event.type(), event.data(), event.metadata(),
                                        event.correlationId(), event.causationId()}) {
        out.push_back(',');
        appendCsvCell(out, text);
    }
    out.push_back(',');
    event.recordedAt().appendTo(out);
    out.append("\r\n");
}

} // namespace rewindow
