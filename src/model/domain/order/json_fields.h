// Structs that list their fields once, and from that are read from JSON and written to it.
#pragma once

#include "base/error.h"
#include "base/json.h"
#include "base/timestamp.h"

#include <QString>

#include <limits>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace rewindow {

/// One field of a struct: the key it has in JSON, and the member.
template <class Owner, class Value>
struct JsonField {
    const char* key;
    Value Owner::*member;
    qint64 minimum; ///< of a whole number
};

template <class Owner, class Value>
constexpr JsonField<Owner, Value> field(const char* key, Value Owner::*member,
                                        qint64 minimum = std::numeric_limits<qint64>::min()) {
    return {key, member, minimum};
}

/// A struct with `static constexpr auto fields() { return std::tuple(field("key", &S::key), …); }`.
/// A field of type std::optional may be absent.
template <class T>
concept HasJsonFields = requires {
    T::fields();
};

/// How a value of type T stands in JSON: `wanted`, for an error's sentence; `write`; and `read`,
/// which gives nothing for JSON of another kind.
template <class T>
struct JsonValue;

template <>
struct JsonValue<bool> {
    static constexpr const char* wanted = "true or false";
    static Json write(bool value) { return Json(value); }
    static std::optional<bool> read(const Json& json) {
        if (json.kind() != Json::Kind::Bool)
            return std::nullopt;
        return json.toBool();
    }
};

template <>
struct JsonValue<qint64> {
    static constexpr const char* wanted = "a whole number";
    static Json write(qint64 value) { return Json(value); }
    static std::optional<qint64> read(const Json& json) { return json.toInteger(); }
};

template <>
struct JsonValue<QString> {
    static constexpr const char* wanted = "a text";
    static Json write(const QString& value) { return Json(value); }
    static std::optional<QString> read(const Json& json) {
        if (json.kind() != Json::Kind::String)
            return std::nullopt;
        return json.toQString();
    }
};

template <>
struct JsonValue<Timestamp> {
    static constexpr const char* wanted = "a time such as 2026-11-20T14:02:34.128000Z";
    static Json write(Timestamp value) { return Json(value.toString()); }
    static std::optional<Timestamp> read(const Json& json) {
        if (json.kind() != Json::Kind::String)
            return std::nullopt;
        const Result<Timestamp> time = Timestamp::parse(json.text());
        return time ? std::optional(*time) : std::nullopt;
    }
};

template <HasJsonFields T>
Result<T> fromJson(const Json& json);
/// `previous` with the fields of `value`; what is equal to what was there stays shared with it.
template <HasJsonFields T>
Json toJson(const T& value, Json previous = Json::object());

template <HasJsonFields T>
struct JsonValue<std::vector<T>> {
    static constexpr const char* wanted = "a list";
    static Json write(const std::vector<T>& values) {
        std::vector<Json> elements;
        elements.reserve(values.size());
        for (const T& value : values)
            elements.push_back(toJson(value));
        return Json::array(std::move(elements));
    }
    static std::optional<std::vector<T>> read(const Json& json) {
        if (json.kind() != Json::Kind::Array)
            return std::nullopt;
        std::vector<T> values;
        values.reserve(json.size());
        for (std::size_t i = 0; i < json.size(); ++i) {
            Result<T> value = fromJson<T>(json.at(i));
            if (!value)
                return std::nullopt;
            values.push_back(std::move(*value));
        }
        return values;
    }
};

namespace detail {

template <class T>
struct Optional {
    using Value = T;
    static constexpr bool isOptional = false;
};
template <class T>
struct Optional<std::optional<T>> {
    using Value = T;
    static constexpr bool isOptional = true;
};

template <class Owner, class Member>
Result<void> readField(const Json& json, const JsonField<Owner, Member>& field, Owner& owner) {
    using Value = typename Optional<Member>::Value;
    const auto bad = [&field](const QString& problem) {
        return fail(Error::Kind::BadInput,
                    QStringLiteral("field \"%1\" %2").arg(QLatin1String(field.key), problem));
    };
    const Json* found = json.find(field.key);
    if (Optional<Member>::isOptional && (!found || found->isNull()))
        return {};
    if (!found)
        return bad(QStringLiteral("is missing"));
    std::optional<Value> value = JsonValue<Value>::read(*found);
    if (!value)
        return bad(QStringLiteral("is not %1").arg(QLatin1String(JsonValue<Value>::wanted)));
    if constexpr (std::is_same_v<Value, qint64>)
        if (*value < field.minimum)
            return bad(QStringLiteral("is below %1").arg(field.minimum));
    owner.*field.member = std::move(*value);
    return {};
}

template <class Owner, class Member>
void writeField(Json& json, const JsonField<Owner, Member>& field, const Owner& owner) {
    using Value = typename Optional<Member>::Value;
    Json value;
    if constexpr (Optional<Member>::isOptional) {
        if (!(owner.*field.member))
            return;
        value = JsonValue<Value>::write(*(owner.*field.member));
    } else {
        value = JsonValue<Value>::write(owner.*field.member);
    }
    const Json* there = json.find(field.key);
    if (!there || !(*there == value))
        json = std::move(json).with(field.key, std::move(value));
}

} // namespace detail

/// Fails with BadInput, naming the first field that is missing or mistyped.
template <HasJsonFields T>
Result<T> fromJson(const Json& json) {
    T value;
    Result<void> outcome;
    std::apply(
        [&](const auto&... fields) {
            static_cast<void>(
                ((outcome = detail::readField(json, fields, value)).has_value() && ...));
        },
        T::fields());
    if (!outcome)
        return std::unexpected(outcome.error());
    return value;
}

template <HasJsonFields T>
Json toJson(const T& value, Json previous) {
    std::apply([&](const auto&... fields) { (detail::writeField(previous, fields, value), ...); },
               T::fields());
    return previous;
}

} // namespace rewindow
