// Reading, parsing, and putting an event together again.
#include "model/items/event_detail.h"

#include "store/store.h"

#include <QCoreApplication>

#include <optional>

namespace rewindow {

namespace {

Json parsed(std::string_view text, bool& isJson) {
    if (text.empty())
        return {};
    auto json = Json::parse(text);
    isJson = json.has_value();
    return isJson ? *json : Json(text);
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
    detail.data = parsed(event.data(), detail.dataIsJson);
    detail.metadata = parsed(event.metadata(), detail.metadataIsJson);
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
