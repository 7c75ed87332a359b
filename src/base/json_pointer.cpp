#include "base/json_pointer.h"

#include "base/json_index.h"

namespace rewindow {

Result<JsonPointer> JsonPointer::parse(std::string_view text) {
    const auto refuse = [text](const QString& why) {
        const auto shown = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        return fail(
            Error::Kind::Usage, QStringLiteral("\"%1\" is no JSON pointer: %2").arg(shown, why),
            QStringLiteral("write it as /items/0/sku, with ~1 for a / in a key and ~0 for a ~"));
    };
    if (text.empty())
        return JsonPointer();
    if (text.front() != '/')
        return refuse(QStringLiteral("it does not start with /"));
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '/') {
            tokens.emplace_back();
        } else if (text[i] != '~') {
            tokens.back() += text[i];
        } else {
            ++i;
            if (i == text.size() || (text[i] != '0' && text[i] != '1'))
                return refuse(QStringLiteral("a ~ is followed by neither 0 nor 1"));
            tokens.back() += text[i] == '0' ? '~' : '/';
        }
    }
    return JsonPointer(std::move(tokens));
}

std::string JsonPointer::toString() const {
    std::string text;
    for (const std::string& token : m_tokens) {
        text += '/';
        text += escapedPointerToken(token);
    }
    return text;
}

JsonPointer JsonPointer::child(std::string_view key) const {
    std::vector<std::string> tokens = m_tokens;
    tokens.emplace_back(key);
    return JsonPointer(std::move(tokens));
}

JsonPointer JsonPointer::child(std::size_t index) const {
    return child(std::to_string(index));
}

JsonPointer JsonPointer::parent() const {
    if (isRoot())
        return *this;
    return JsonPointer(std::vector<std::string>(m_tokens.begin(), m_tokens.end() - 1));
}

const Json* JsonPointer::in(const Json& root) const noexcept {
    const Json* value = &root;
    for (const std::string& token : m_tokens) {
        if (value->kind() == Json::Kind::Array) {
            const auto index = json::arrayIndex(token);
            value = index && *index < value->size() ? &value->at(*index) : nullptr;
        } else {
            value = value->find(token);
        }
        if (!value)
            return nullptr;
    }
    return value;
}

std::string escapedPointerToken(std::string_view token) {
    std::string escaped;
    escaped.reserve(token.size());
    for (const char c : token) {
        if (c == '~')
            escaped += "~0";
        else if (c == '/')
            escaped += "~1";
        else
            escaped += c;
    }
    return escaped;
}

} // namespace rewindow
