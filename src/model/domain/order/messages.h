// Commands and events as variants of structs: found by their name, read from JSON, written to it.
#pragma once

#include "model/domain/domain.h"
#include "model/domain/order/json_fields.h"

#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>

namespace rewindow {

/// What handling a command came to, with typed events: accepted, or rejected with a reason.
template <class Event>
using Handled = std::variant<std::vector<Event>, Rejection>;

namespace detail {

/// Reads `json()` as the alternative of Variant whose kName is `name`; nothing where none has it.
template <class Variant, std::size_t index = 0, class Source>
Result<std::optional<Variant>> readNamed(std::string_view name, const Source& json) {
    if constexpr (index == std::variant_size_v<Variant>) {
        return std::optional<Variant>();
    } else {
        using Message = std::variant_alternative_t<index, Variant>;
        if (name != Message::kName)
            return readNamed<Variant, index + 1>(name, json);
        const Result<Json> source = json();
        if (!source)
            return std::unexpected(source.error());
        if (source->kind() != Json::Kind::Object)
            return fail(Error::Kind::BadInput, QStringLiteral("its data is not an object"));
        Result<Message> message = fromJson<Message>(*source);
        if (!message)
            return std::unexpected(message.error());
        return std::optional<Variant>(std::move(*message));
    }
}

} // namespace detail

/// "version 9 of order-7f3a9c12": where an event stands, for an error's `where`.
inline QString placeOf(const RecordedEvent& event) {
    return QStringLiteral("version %1 of %2")
        .arg(QString::number(event.version().value()), toQString(event.stream()));
}

/// The event as the alternative of `Event` that bears its type's name; nothing where none does.
/// Fails with BadInput, naming type, field and version.
template <class Event>
Result<std::optional<Event>> typedEvent(const RecordedEvent& recorded) {
    Result<std::optional<Event>> event = detail::readNamed<Event>(
        recorded.type(), [&recorded] { return Json::parse(recorded.data()); });
    if (!event)
        return fail(Error::Kind::BadInput,
                    QStringLiteral("%1 cannot be understood: %2")
                        .arg(toQString(recorded.type()), event.error().what),
                    QStringLiteral("Look at the event's payload"), placeOf(recorded));
    return event;
}

/// Like typedEvent(), but an event of another type fails with BadInput too.
template <class Event>
Result<Event> knownEvent(const RecordedEvent& recorded) {
    Result<std::optional<Event>> event = typedEvent<Event>(recorded);
    if (!event)
        return std::unexpected(event.error());
    if (!*event)
        return fail(Error::Kind::BadInput,
                    QStringLiteral("the order domain knows no event %1 in such a stream")
                        .arg(toQString(recorded.type())),
                    QStringLiteral("Choose the domain the store was written with, or merge"),
                    placeOf(recorded));
    return std::move(**event);
}

/// The error of an event that contradicts the state it is applied to, with its place.
inline Error misplaced(const RecordedEvent& recorded, const Error& why) {
    return Error{
        Error::Kind::BadInput,
        QStringLiteral("%1 cannot be applied: %2").arg(toQString(recorded.type()), why.what),
        placeOf(recorded), QStringLiteral("Look at the events before it")};
}

/// The command as the alternative of `Command` that bears its name; nothing where none does.
template <class TypedCommand>
Result<std::optional<TypedCommand>> typedCommand(const Command& command) {
    return detail::readNamed<TypedCommand>(command.name.toStdString(),
                                           [&command] { return Result<Json>(command.data); });
}

/// The event as it is stored: its name and its fields.
template <class Event>
DecidedEvent storedEvent(const Event& event) {
    return std::visit(
        [](const auto& which) {
            return DecidedEvent{QLatin1String(std::decay_t<decltype(which)>::kName), toJson(which)};
        },
        event);
}

} // namespace rewindow
