// JSON as the log holds it: immutable, shared, ordered, its numbers unaltered.
#pragma once

#include "base/error.h"

#include <QString>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rewindow {

/// An immutable JSON value. Copying shares; `with…` and `without…` return a value that shares all
/// that did not change, and work in place on an rvalue nobody else holds. Keys keep their order;
/// of a repeated key the last value counts, at the first one's place. A number keeps its source
/// text, so 300 digits survive. Strings are UTF-8; a surrogate escaped alone reads as U+FFFD.
/// Thread-safe as a value: copies may be used from several threads.
class Json {
  public:
    enum class Kind : unsigned char { Null, Bool, Number, String, Array, Object };

    /// Arrays and objects nested deeper than this are refused by parse().
    static constexpr int kMaxDepth = 12'000;

    Json() noexcept = default; ///< null
    Json(bool value);
    Json(int value);
    Json(qint64 value);
    Json(double value); ///< shortest text that reads back the same; not finite becomes null
    Json(std::string_view utf8);
    Json(const char* utf8) : Json(std::string_view(utf8)) {}
    Json(const std::string& utf8) : Json(std::string_view(utf8)) {}
    Json(const QString& text);

    /// A number by its source text, which must be a JSON number.
    static Json number(std::string_view text);
    static Json array(std::vector<Json> elements = {});
    static Json object(std::vector<std::pair<std::string, Json>> members = {});

    /// Exactly one JSON document (RFC 8259). Fails with BadInput; `where` is "line L, column C".
    static Result<Json> parse(std::string_view utf8);

    Json(const Json& other) noexcept;
    Json(Json&& other) noexcept : m_node(std::exchange(other.m_node, nullptr)) {}
    Json& operator=(const Json& other) noexcept { return *this = Json(other); }
    Json& operator=(Json&& other) noexcept {
        std::swap(m_node, other.m_node);
        return *this;
    }
    ~Json() {
        if (m_node)
            release(m_node);
    }

    Kind kind() const noexcept;
    bool isNull() const noexcept { return m_node == nullptr; }
    bool isContainer() const noexcept { return kind() >= Kind::Array; }

    bool toBool(bool otherwise = false) const noexcept;
    /// The number as int64 where it is a whole number that fits, else nothing.
    std::optional<qint64> toInteger() const noexcept;
    double toDouble(double otherwise = 0) const noexcept;
    /// A string's content, or a number's source text; empty for anything else.
    std::string_view text() const noexcept;
    QString toQString() const; ///< text() as QString

    /// Elements of an array or members of an object; 0 for anything else.
    std::size_t size() const noexcept;
    /// Element or member value number `index`, which must be below size().
    const Json& at(std::size_t index) const;
    /// Key of member number `index`, which must be below size(); of an object only.
    std::string_view keyAt(std::size_t index) const;
    /// The member named `key`, or nullptr; valid as long as this value lives.
    const Json* find(std::string_view key) const noexcept;
    /// The member named `key`, or null: for reading what may be absent.
    Json operator[](std::string_view key) const;

    /// An object with `key` set (appended where it is new). On anything but an object: a new one.
    Json with(std::string_view key, Json value) const&;
    Json with(std::string_view key, Json value) &&;
    Json without(std::string_view key) const&;
    Json without(std::string_view key) &&;
    /// An array with element `index` replaced (index < size()).
    Json withElement(std::size_t index, Json value) const;
    Json withAppended(Json value) const&;
    Json withAppended(Json value) &&;
    Json withInserted(std::size_t index, Json value) const;
    Json withoutElement(std::size_t index) const;

    /// Compact JSON text; numbers as they were written.
    std::string dump() const;
    /// Indented by `indent` blanks a level, for people.
    std::string dumpPretty(int indent = 2) const;

    /// Same structure and values, the order of keys aside; numbers equal when they denote the same
    /// number (1.0 and 1, 1e2 and 100), compared exactly, never through double.
    friend bool operator==(const Json& left, const Json& right) noexcept;
    /// The same node: equal without looking. Never true of two separately parsed containers.
    bool isSharedWith(const Json& other) const noexcept { return m_node == other.m_node; }

    /// Heap bytes reachable from here; with `besides`, only those it does not share.
    std::size_t byteSize(const Json* besides = nullptr) const;

    class Node; ///< private to json.cpp and its neighbours in src/base
    explicit Json(const Node* adopted) noexcept : m_node(adopted) {}
    const Node* node() const noexcept { return m_node; }

  private:
    static void release(const Node* node) noexcept;

    const Node* m_node = nullptr;
};

/// `utf8` as a JSON string, quoted and escaped, at the end of `out`. Bytes that are no UTF-8 become
/// U+FFFD: what comes of it is JSON whatever a store held.
void appendQuoted(std::string& out, std::string_view utf8);

/// Whether `utf8` is exactly one JSON document, as Json::parse() would say, without making it.
bool isJson(std::string_view utf8);

/// One member of a JSON object with its value's text exactly as it stands in the source.
struct RawMember {
    std::string key;        ///< decoded
    std::string_view value; ///< into the source: verbatim, without surrounding blanks
};

/// The members of the object `utf8` holds, validated like Json::parse(). Fails with BadInput.
Result<std::vector<RawMember>> rawMembers(std::string_view utf8);

/// `utf8`, which must be valid JSON, without the blanks between tokens; nothing else is altered.
std::string withoutBlanks(std::string_view utf8);

} // namespace rewindow
