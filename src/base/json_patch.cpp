#include "base/json_patch.h"

#include "base/json_index.h"
#include "base/json_node.h"

#include <algorithm>
#include <array>

namespace rewindow {

namespace {

using Op = JsonPatchOperation::Op;

constexpr std::array<std::string_view, 6> kNames = {"add",  "remove", "replace",
                                                    "move", "copy",   "test"};

std::string_view nameOf(Op op) {
    return kNames[static_cast<std::size_t>(op)];
}

QString shown(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString nothingAt(const JsonPointer& path) {
    return QStringLiteral("there is nothing at \"%1\"").arg(shown(path.toString()));
}

/// A value in the course of being patched. Each edit goes down its path, taking every container
/// out of the one around it, changes the innermost, and puts them back on its way up: what nobody
/// else holds is changed in place.
class Patching {
  public:
    explicit Patching(Json root) : m_root(std::move(root)) {}

    Result<void> apply(const JsonPatchOperation& operation) {
        switch (operation.op) {
        case Op::Add:
            return add(operation.path, operation.value);
        case Op::Remove:
            return remove(operation.path);
        case Op::Replace:
            return replace(operation.path, operation.value);
        case Op::Move:
            return move(operation.from, operation.path);
        case Op::Copy: {
            const Json* source = operation.from.in(m_root);
            if (!source)
                return no(nothingAt(operation.from));
            return add(operation.path, Json(*source));
        }
        case Op::Test: {
            const Json* value = operation.path.in(m_root);
            if (!value)
                return no(nothingAt(operation.path));
            if (*value != operation.value)
                return no(QStringLiteral("the value at \"%1\" is another")
                              .arg(shown(operation.path.toString())));
            return {};
        }
        }
        return {};
    }

    Json take() { return std::move(m_root); }

  private:
    static std::unexpected<Error> no(QString why) {
        return fail(Error::Kind::BadInput, std::move(why));
    }

    Result<void> add(const JsonPointer& path, const Json& value) {
        if (path.isRoot()) {
            m_root = value;
            return {};
        }
        return edit(path, [&](Json& container, const std::string& token) -> Result<void> {
            if (container.kind() == Json::Kind::Object) {
                container = std::move(container).with(token, value);
                return {};
            }
            const auto index = token == "-" ? container.size() : json::arrayIndex(token);
            if (!index || *index > container.size())
                return no(QStringLiteral("\"%1\" is no place in an array of %2")
                              .arg(shown(path.toString()))
                              .arg(container.size()));
            json::insert(container, *index, value);
            return {};
        });
    }

    Result<void> remove(const JsonPointer& path) {
        if (path.isRoot()) {
            m_root = Json();
            return {};
        }
        return edit(path, [&](Json& container, const std::string& token) -> Result<void> {
            const auto index = placeIn(container, token);
            if (!index)
                return no(nothingAt(path));
            json::erase(container, *index);
            return {};
        });
    }

    Result<void> replace(const JsonPointer& path, const Json& value) {
        if (path.isRoot()) {
            m_root = value;
            return {};
        }
        return edit(path, [&](Json& container, const std::string& token) -> Result<void> {
            const auto index = placeIn(container, token);
            if (!index)
                return no(nothingAt(path));
            json::editable(container, *index) = value;
            return {};
        });
    }

    Result<void> move(const JsonPointer& from, const JsonPointer& path) {
        const Json* source = from.in(m_root);
        if (!source)
            return no(nothingAt(from));
        if (from == path)
            return {};
        const auto& inner = path.tokens();
        const auto& outer = from.tokens();
        if (inner.size() > outer.size() && std::equal(outer.begin(), outer.end(), inner.begin()))
            return no(QStringLiteral("a value cannot be moved into itself"));
        const Json value = *source;
        if (auto removed = remove(from); !removed)
            return removed;
        return add(path, value);
    }

    static std::optional<std::size_t> placeIn(const Json& container, const std::string& token) {
        if (container.kind() == Json::Kind::Array) {
            const auto index = json::arrayIndex(token);
            return index && *index < container.size() ? index : std::nullopt;
        }
        if (container.kind() != Json::Kind::Object)
            return std::nullopt;
        const auto at = json::indexOf(*container.node(), std::string_view(token));
        return at == json::kAbsent ? std::nullopt : std::optional(static_cast<std::size_t>(at));
    }

    /// Calls `change` with the container around `path`, and the last token. After a failure the
    /// root is unusable.
    template <class Change>
    Result<void> edit(const JsonPointer& path, const Change& change) {
        std::vector<std::pair<Json, std::size_t>> around;
        Json current = std::move(m_root);
        const auto& tokens = path.tokens();
        for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
            const auto index = placeIn(current, tokens[i]);
            if (!index)
                return no(nothingAt(path.parent()));
            Json inner = json::isOwned(current, *index)
                             ? std::exchange(json::editable(current, *index), Json())
                             : json::valueAt(*current.node(), *index);
            around.emplace_back(std::move(current), *index);
            current = std::move(inner);
        }
        if (!current.isContainer())
            return no(nothingAt(path));
        if (auto changed = change(current, tokens.back()); !changed)
            return changed;
        while (!around.empty()) {
            auto [container, index] = std::move(around.back());
            around.pop_back();
            json::editable(container, index) = std::move(current);
            current = std::move(container);
        }
        m_root = std::move(current);
        return {};
    }

    Json m_root;
};

std::unexpected<Error> badOperation(std::size_t index, const QString& why) {
    return fail(Error::Kind::BadInput, why, {},
                QStringLiteral("operation %1 of the patch").arg(index + 1));
}

Result<JsonPointer> pointerOf(const Json& operation, std::string_view key) {
    const Json* text = operation.find(key);
    if (!text || text->kind() != Json::Kind::String)
        return fail(Error::Kind::BadInput,
                    QStringLiteral("\"%1\" must be a JSON pointer").arg(shown(key)));
    return JsonPointer::parse(text->text());
}

Result<JsonPatchOperation> operationOf(const Json& document) {
    const Json* name = document.find("op");
    const auto found = name ? std::find(kNames.begin(), kNames.end(), name->text()) : kNames.end();
    if (found == kNames.end() || name->kind() != Json::Kind::String)
        return fail(Error::Kind::BadInput,
                    QStringLiteral("\"op\" must be add, remove, replace, move, copy or test"));
    JsonPatchOperation operation{
        .op = static_cast<Op>(found - kNames.begin()), .path = {}, .from = {}, .value = {}};
    auto path = pointerOf(document, "path");
    if (!path)
        return std::unexpected(path.error());
    operation.path = std::move(*path);
    if (operation.op == Op::Move || operation.op == Op::Copy) {
        auto from = pointerOf(document, "from");
        if (!from)
            return std::unexpected(from.error());
        operation.from = std::move(*from);
    } else if (operation.op != Op::Remove) {
        const Json* value = document.find("value");
        if (!value)
            return fail(Error::Kind::BadInput, QStringLiteral("\"value\" is missing"));
        operation.value = *value;
    }
    return operation;
}

} // namespace

Json JsonPatchOperation::toJson() const {
    Json document = Json().with("op", nameOf(op));
    if (op == Op::Move || op == Op::Copy)
        document = std::move(document).with("from", from.toString());
    document = std::move(document).with("path", path.toString());
    if (op == Op::Add || op == Op::Replace || op == Op::Test)
        document = std::move(document).with("value", value);
    return document;
}

Json toJson(const std::vector<JsonPatchOperation>& patch) {
    std::vector<Json> operations;
    operations.reserve(patch.size());
    for (const JsonPatchOperation& operation : patch)
        operations.push_back(operation.toJson());
    return Json::array(std::move(operations));
}

Result<Json> applyPatch(const Json& target, const std::vector<JsonPatchOperation>& patch) {
    Patching patching(target);
    for (std::size_t i = 0; i < patch.size(); ++i)
        if (const auto applied = patching.apply(patch[i]); !applied)
            return badOperation(i, applied.error().what);
    return patching.take();
}

Result<std::vector<JsonPatchOperation>> parsePatch(const Json& document) {
    if (document.kind() != Json::Kind::Array)
        return fail(Error::Kind::BadInput,
                    QStringLiteral("a JSON patch is an array of operations"));
    std::vector<JsonPatchOperation> patch;
    patch.reserve(document.size());
    for (std::size_t i = 0; i < document.size(); ++i) {
        auto operation = operationOf(document.at(i));
        if (!operation)
            return badOperation(i, operation.error().what);
        patch.push_back(std::move(*operation));
    }
    return patch;
}

} // namespace rewindow
