// An event as a store holds it.
#pragma once

#include "base/ordinals.h"
#include "base/timestamp.h"

#include <QByteArray>
#include <QString>

#include <array>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

namespace rewindow {

/// An event read from a store: an immutable value, cheap to copy. Its texts are UTF-8 exactly as
/// stored, side by side in one shared buffer; the views stay valid as long as any copy lives.
class RecordedEvent {
  public:
    enum class Text : unsigned char {
        Stream,
        Id,
        Type,
        Data,
        Metadata,
        CorrelationId,
        CausationId
    };
    static constexpr std::size_t kTexts = 7;
    /// In the order of Text.
    using Texts = std::array<std::string_view, kTexts>;

    /// Where a store names the cause of an event by its place instead of its id.
    struct Place {
        QString stream;
        StreamVersion version;
        bool operator==(const Place&) const = default;
    };

    RecordedEvent() = default;
    RecordedEvent(GlobalPosition position, StreamVersion version, Timestamp recordedAt,
                  const Texts& texts);

    GlobalPosition position() const { return m_position; } ///< 0 where the store has none
    StreamVersion version() const { return m_version; }
    Timestamp recordedAt() const { return m_recordedAt; }

    std::string_view stream() const { return text(Text::Stream); }
    std::string_view id() const { return text(Text::Id); } ///< empty where the store has none
    std::string_view type() const { return text(Text::Type); }
    /// JSON text, if the writer was sane.
    std::string_view data() const { return text(Text::Data); }
    std::string_view metadata() const { return text(Text::Metadata); } ///< JSON text, or empty
    std::string_view correlationId() const { return text(Text::CorrelationId); }
    std::string_view causationId() const { return text(Text::CausationId); }
    std::string_view text(Text which) const;

    const std::optional<Place>& cause() const { return m_cause; }
    void setCause(Place cause) { m_cause = std::move(cause); }

  private:
    QByteArray m_texts;
    std::array<quint32, kTexts> m_ends{};
    GlobalPosition m_position;
    StreamVersion m_version;
    Timestamp m_recordedAt;
    std::optional<Place> m_cause;
};

inline QString toQString(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// An event about to be appended.
struct NewEvent {
    QString id; ///< unique in the store; the same id again is a no-op
    QString type;
    QByteArray data;     ///< JSON text, kept verbatim
    QByteArray metadata; ///< JSON text, or empty for none
    QString correlationId;
    QString causationId;
    Timestamp recordedAt;
    bool operator==(const NewEvent&) const = default;
};

/// What a stream's name says its aggregate's type is: the part before the first '-', maybe empty.
std::string_view streamType(std::string_view stream);
/// The part after the first '-'; the whole name where there is none.
std::string_view streamId(std::string_view stream);

} // namespace rewindow
