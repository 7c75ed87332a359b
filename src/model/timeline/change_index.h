// For every place a state ever had, the versions that changed it.
#pragma once

#include "base/json.h"
#include "base/ordinals.h"
#include "model/timeline/change_walk.h"
#include "model/timeline/version_list.h"

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rewindow {

/// Grows version by version, within a budget of bytes and of work; when that is used up it takes in
/// no more, and answers for the versions up to there. What it answers for a version never changes,
/// so one thread may ask while another records.
class ChangeIndex {
  public:
    struct Budget {
        std::size_t bytes = 128u << 20;
        qint64 looks = 1'000'000'000; ///< members compared
    };

    explicit ChangeIndex(Budget budget) : m_budget(budget) {}

    /// Takes in what `version` changed; versions come in order, without a gap. Returns whether it
    /// did: false once the budget is used up.
    bool record(const Json& before, const Json& after, StreamVersion version);
    bool isOpen() const;
    /// The last version it answers for.
    StreamVersion upTo() const;

    struct Change {
        StreamVersion version;
        bool present; ///< something was there afterwards
    };
    /// The last change of the place at `pointer` at or before `version`, which is at most upTo().
    std::optional<Change> lastChange(std::string_view pointer, StreamVersion version) const;

    std::size_t byteSize() const;

  private:
    /// A step below a place: an array index with the top bit set, or a number for a key. A key that
    /// reads like an index is taken for one, as a pointer does.
    using Token = quint32;
    using NodeId = quint32;
    struct Node {
        NodeId parent;
        Token token;
        VersionList versions;
    };

    std::size_t bytes() const;
    bool note(const Place& place, bool present, StreamVersion version);
    NodeId nodeFor(const Place& place);
    NodeId childFor(NodeId parent, Token token);
    std::optional<NodeId> childOf(NodeId parent, Token token) const;
    Token tokenFor(const Place& step);
    std::optional<Token> tokenOf(std::string_view text) const;
    std::string_view keyText(Token key) const;

    /// Open addressing: numbers by hash, 0 for an empty slot.
    class NumberTable {
      public:
        /// The number in the table for which `isIt` holds, or 0.
        template <class IsIt>
        quint32 find(std::size_t hash, const IsIt& isIt) const;
        template <class HashOf>
        void insert(std::size_t hash, quint32 number, const HashOf& hashOf);
        std::size_t heapBytes() const { return m_slots.capacity() * sizeof(quint32); }

      private:
        void place(std::size_t hash, quint32 number);
        std::vector<quint32> m_slots;
        std::size_t m_used = 0;
    };

    mutable std::mutex m_mutex;
    const Budget m_budget;
    qint64 m_looks = 0;
    bool m_open = true;
    StreamVersion m_upTo;

    std::vector<Node> m_nodes; ///< the root at 0; made with the first change
    NumberTable m_children;
    std::size_t m_listBytes = 0;
    std::string m_keys;                 ///< one after another
    std::vector<std::size_t> m_keyEnds; ///< key number n ends there; n counts from 1
    NumberTable m_keyNumbers;
};

} // namespace rewindow
