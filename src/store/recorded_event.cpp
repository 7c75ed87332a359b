// An event's texts, gathered in one buffer.
#include "store/recorded_event.h"

#include <algorithm>

namespace rewindow {

RecordedEvent::RecordedEvent(GlobalPosition position, StreamVersion version, Timestamp recordedAt,
                             const Texts& texts)
    : m_position(position)
    , m_version(version)
    , m_recordedAt(recordedAt) {
    std::size_t total = 0;
    for (std::size_t i = 0; i < kTexts; ++i) {
        total += texts[i].size();
        m_ends[i] = static_cast<quint32>(total);
    }
    m_texts = QByteArray(static_cast<qsizetype>(total), Qt::Uninitialized);
    char* out = m_texts.data();
    for (const std::string_view text : texts)
        out = std::copy(text.begin(), text.end(), out);
}

std::string_view RecordedEvent::text(Text which) const {
    const auto index = static_cast<std::size_t>(which);
    const quint32 begin = index == 0 ? 0 : m_ends[index - 1];
    return {m_texts.constData() + begin, m_ends[index] - begin};
}

std::string_view streamType(std::string_view stream) {
    const std::size_t dash = stream.find('-');
    return dash == std::string_view::npos ? std::string_view() : stream.substr(0, dash);
}

std::string_view streamId(std::string_view stream) {
    const std::size_t dash = stream.find('-');
    return dash == std::string_view::npos ? stream : stream.substr(dash + 1);
}

} // namespace rewindow
