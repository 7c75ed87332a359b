#include "base/json.h"

#include "base/json_node.h"
#include "base/json_number.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace rewindow {

namespace {

template <class Value>
const Json::Node* numberNode(Value value) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    return json::TextNode::make(Json::Kind::Number, {text, static_cast<std::size_t>(end - text)});
}

const json::Node* boolNode(bool value) {
    static const json::BoolNode yes(true);
    static const json::BoolNode no(false);
    const json::Node* node = value ? &yes : &no;
    node->retain();
    return node;
}

} // namespace

Json::Json(bool value) : m_node(boolNode(value)) {}
Json::Json(int value) : m_node(numberNode(value)) {}
Json::Json(qint64 value) : m_node(numberNode(value)) {}
Json::Json(double value) : m_node(std::isfinite(value) ? numberNode(value) : nullptr) {}
Json::Json(std::string_view utf8) : m_node(json::TextNode::make(Kind::String, utf8)) {}

Json::Json(const QString& text) {
    const QByteArray utf8 = text.toUtf8();
    m_node = json::TextNode::make(Kind::String,
                                  {utf8.constData(), static_cast<std::size_t>(utf8.size())});
}

Json::Json(const Json& other) noexcept : m_node(other.m_node) {
    if (m_node)
        m_node->retain();
}

Json Json::number(std::string_view text) {
    Q_ASSERT(json::isNumber(text));
    return Json(json::TextNode::make(Kind::Number, text));
}

Json Json::array(std::vector<Json> elements) {
    std::vector<const Node*> nodes;
    nodes.reserve(elements.size());
    for (Json& element : elements)
        nodes.push_back(std::exchange(element.m_node, nullptr));
    return json::makeArray(nodes.data(), nodes.size());
}

Json Json::object(std::vector<std::pair<std::string, Json>> members) {
    std::vector<const Node*> nodes;
    nodes.reserve(2 * members.size());
    for (auto& [key, value] : members) {
        Json name = json::keyNode(key);
        nodes.push_back(std::exchange(name.m_node, nullptr));
        nodes.push_back(std::exchange(value.m_node, nullptr));
    }
    return json::makeObject(nodes.data(), members.size(), false);
}

Json::Kind Json::kind() const noexcept {
    return m_node ? m_node->kind : Kind::Null;
}

bool Json::toBool(bool otherwise) const noexcept {
    return kind() == Kind::Bool ? static_cast<const json::BoolNode*>(m_node)->value : otherwise;
}

std::optional<qint64> Json::toInteger() const noexcept {
    return kind() == Kind::Number ? json::integerOf(text()) : std::nullopt;
}

double Json::toDouble(double otherwise) const noexcept {
    return kind() == Kind::Number ? json::doubleOf(text()) : otherwise;
}

std::string_view Json::text() const noexcept {
    if (kind() != Kind::String && kind() != Kind::Number)
        return {};
    return json::textOf(*this);
}

QString Json::toQString() const {
    const std::string_view utf8 = text();
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::size_t Json::size() const noexcept {
    return isContainer() ? json::sizeOf(*m_node) : 0;
}

const Json& Json::at(std::size_t index) const {
    Q_ASSERT(index < size());
    return json::valueAt(*m_node, index);
}

std::string_view Json::keyAt(std::size_t index) const {
    Q_ASSERT(kind() == Kind::Object && index < size());
    return json::textOf(json::keyAt(*m_node, index));
}

const Json* Json::find(std::string_view key) const noexcept {
    if (kind() != Kind::Object)
        return nullptr;
    const auto at = json::indexOf(*m_node, key);
    return at == json::kAbsent ? nullptr : &json::valueAt(*m_node, static_cast<std::size_t>(at));
}

Json Json::operator[](std::string_view key) const {
    const Json* member = find(key);
    return member ? *member : Json();
}

} // namespace rewindow
