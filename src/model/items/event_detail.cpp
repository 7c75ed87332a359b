// Reading, parsing, and putting an event together again.
#include "model/items/event_detail.h"

#include "store/store.h"

#include <QCoreApplication>
#include <QStringDecoder>

#include <optional>

namespace rewindow {

namespace {

bool isText(std::string_view bytes) {
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded =
        utf8(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return !utf8.hasError() && !decoded.contains(QChar(u'\0'));
}

/// "89 50 4e 47", and an ellipsis where there is more.
QString hexadecimal(std::string_view bytes) {
    const std::string_view shown = bytes.substr(0, EventDetail::kBinaryShown);
    const QByteArray digits =
        QByteArray::fromRawData(shown.data(), static_cast<qsizetype>(shown.size())).toHex(' ');
    return QString::fromLatin1(digits) +
           (shown.size() < bytes.size() ? QStringLiteral(" …") : QString());
}

Json parsed(std::string_view bytes, PayloadKind& kind) {
    if (bytes.empty())
        return {};
    if (auto json = Json::parse(bytes))
        return *json;
    kind = isText(bytes) ? PayloadKind::Text : PayloadKind::Binary;
    return kind == PayloadKind::Text ? Json(bytes) : Json(hexadecimal(bytes));
}

} // namespace

Json EventDetail::circumstances() const {
    std::vector<std::pair<std::string, Json>> members;
    const auto add = [&members](const char* key, std::string_view text) {
        if (!text.empty())
            members.emplace_back(key, Json(text));
    };
    if (event.position().value() > 0)
        members.emplace_back("position", Json(event.position().value()));
    add("stream", event.stream());
    members.emplace_back("version", Json(event.version().value()));
    add("id", event.id());
    add("type", event.type());
    add("correlationId", event.correlationId());
    add("causationId", event.causationId());
    if (event.cause())
        members.emplace_back("causation",
                             Json::object({{"stream", Json(event.cause()->stream)},
                                           {"version", Json(event.cause()->version.value())}}));
    members.emplace_back("recordedAt", Json(event.recordedAt().toString()));
    return Json::object(std::move(members));
}

Json EventDetail::whole() const {
    const Json around = circumstances();
    std::vector<std::pair<std::string, Json>> members;
    for (std::size_t i = 0; i < around.size(); ++i) {
        members.emplace_back(std::string(around.keyAt(i)), around.at(i));
        if (around.keyAt(i) == "type") {
            members.emplace_back("data", data);
            if (!metadata.isNull())
                members.emplace_back("metadata", metadata);
        }
    }
    return Json::object(std::move(members));
}

EventDetail eventDetail(RecordedEvent event) {
    EventDetail detail;
    detail.data = parsed(event.data(), detail.dataKind);
    detail.metadata = parsed(event.metadata(), detail.metadataKind);
    detail.event = std::move(event);
    return detail;
}

Result<EventDetail> readEventDetail(Store& store, GlobalPosition position) {
    auto event = store.reader().eventAt(position);
    if (!event)
        return std::unexpected(event.error());
    if (!*event)
        return fail(Error::Kind::NotFound,
                    QCoreApplication::translate("event_detail", "There is no event at position %1")
                        .arg(position.value()));
    return eventDetail(std::move(**event));
}

} // namespace rewindow
