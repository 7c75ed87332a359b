// How one value becomes another, as operations of RFC 6902.
#include "base/json_node.h"
#include "base/json_patch.h"

namespace rewindow {

namespace {

using Op = JsonPatchOperation::Op;

class Differ {
  public:
    std::vector<JsonPatchOperation> run(const Json& from, const Json& to) {
        compare(from, to);
        while (!m_open.empty()) {
            // Copied: comparing an element may open it, and move m_open.
            Open innermost = m_open.back();
            const bool more = innermost.isObject() ? nextMember(innermost) : nextElement(innermost);
            m_open[innermost.depth] = innermost;
            if (more)
                continue;
            m_open.pop_back();
            if (!m_open.empty())
                m_path.pop_back();
        }
        return std::move(m_operations);
    }

  private:
    /// Two containers of one kind, compared element after element.
    struct Open {
        const json::Node* from;
        const json::Node* to;
        std::size_t depth;
        std::size_t next = 0;    ///< in `from`, then in `to` where `adding`
        std::size_t hint = 0;    ///< where in the other the next key is likely to be
        std::size_t matched = 0; ///< keys of `from` that `to` has
        bool adding = false;
        std::size_t prefix = 0; ///< of arrays: elements alike at the start
        std::size_t suffix = 0; ///< and at the end

        bool isObject() const { return from->kind == Json::Kind::Object; }
    };

    /// The operations of one place, which `m_path` names; containers are opened, to be done next.
    void compare(const Json& from, const Json& to) {
        if (from.isSharedWith(to))
            return;
        if (from.kind() == to.kind() && from.isContainer()) {
            m_open.push_back({.from = from.node(), .to = to.node(), .depth = m_open.size()});
            if (!m_open.back().isObject())
                trim(m_open.back());
        } else if (from != to) {
            report(Op::Replace, to);
        }
    }

    /// compare() one level down; the path is taken back once what it opened is done.
    void compareBelow(std::string token, const Json& from, const Json& to) {
        if (from.isSharedWith(to))
            return;
        const std::size_t before = m_open.size();
        m_path.push_back(std::move(token));
        compare(from, to);
        if (m_open.size() == before)
            m_path.pop_back();
    }

    void report(Op op, const Json& value) {
        m_operations.push_back({.op = op, .path = JsonPointer(m_path), .from = {}, .value = value});
    }
    void reportBelow(Op op, std::string token, const Json& value) {
        m_path.push_back(std::move(token));
        report(op, value);
        m_path.pop_back();
    }

    bool nextMember(Open& open) {
        if (open.adding)
            return nextAdded(open);
        if (open.next == json::sizeOf(*open.from)) {
            open.adding = true;
            open.next = 0;
            open.hint = 0;
            return open.matched < json::sizeOf(*open.to);
        }
        if (const auto run = json::sharedRun(*open.from, open.next, *open.to, open.hint)) {
            open.next += run;
            open.hint += run;
            open.matched += run;
            return true;
        }
        const Json& key = json::keyAt(*open.from, open.next);
        const Json& value = json::valueAt(*open.from, open.next);
        ++open.next;
        const auto there = json::indexOf(*open.to, key, open.hint);
        if (there == json::kAbsent) {
            reportBelow(Op::Remove, std::string(json::textOf(key)), Json());
            return true;
        }
        open.hint = static_cast<std::size_t>(there) + 1;
        ++open.matched;
        const Json& now = json::valueAt(*open.to, static_cast<std::size_t>(there));
        if (!value.isSharedWith(now))
            compareBelow(std::string(json::textOf(key)), value, now);
        return true;
    }

    bool nextAdded(Open& open) {
        if (open.next == json::sizeOf(*open.to))
            return false;
        if (const auto run = json::sharedRun(*open.to, open.next, *open.from, open.hint)) {
            open.next += run;
            open.hint += run;
            return true;
        }
        const Json& key = json::keyAt(*open.to, open.next);
        const auto there = json::indexOf(*open.from, key, open.hint);
        if (there == json::kAbsent)
            reportBelow(Op::Add, std::string(json::textOf(key)),
                        json::valueAt(*open.to, open.next));
        else
            open.hint = static_cast<std::size_t>(there) + 1;
        ++open.next;
        return true;
    }

    /// Of arrays as long as each other, pairs tell all there is to tell.
    void trim(Open& open) {
        const std::size_t fromSize = json::sizeOf(*open.from);
        const std::size_t toSize = json::sizeOf(*open.to);
        if (fromSize == toSize)
            return;
        const std::size_t shorter = std::min(fromSize, toSize);
        while (open.prefix < shorter) {
            if (const auto run = json::sharedRun(*open.from, open.prefix, *open.to, open.prefix))
                open.prefix += run;
            else if (json::valueAt(*open.from, open.prefix) == json::valueAt(*open.to, open.prefix))
                ++open.prefix;
            else
                break;
        }
        while (open.suffix < shorter - open.prefix &&
               json::valueAt(*open.from, fromSize - open.suffix - 1) ==
                   json::valueAt(*open.to, toSize - open.suffix - 1))
            ++open.suffix;
        open.next = open.prefix;
    }

    /// Between the parts alike: pairs first, then what is left over is removed or added. Removing
    /// goes backwards, so that every index still holds when its turn comes.
    bool nextElement(Open& open) {
        const std::size_t fromEnd = json::sizeOf(*open.from) - open.suffix;
        const std::size_t toEnd = json::sizeOf(*open.to) - open.suffix;
        const std::size_t pairs = std::min(fromEnd, toEnd);
        const std::size_t at = open.next++;
        if (at < pairs) {
            compareBelow(std::to_string(at), json::valueAt(*open.from, at),
                         json::valueAt(*open.to, at));
            return true;
        }
        if (at < fromEnd) {
            reportBelow(Op::Remove, std::to_string(fromEnd - 1 - (at - pairs)), Json());
            return true;
        }
        if (at < toEnd) {
            reportBelow(Op::Add, std::to_string(at), json::valueAt(*open.to, at));
            return true;
        }
        return false;
    }

    std::vector<Open> m_open;
    std::vector<std::string> m_path;
    std::vector<JsonPatchOperation> m_operations;
};

} // namespace

std::vector<JsonPatchOperation> jsonDiff(const Json& from, const Json& to) {
    return Differ().run(from, to);
}

} // namespace rewindow
