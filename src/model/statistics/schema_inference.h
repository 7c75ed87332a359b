// Which values the payloads of one event type hold, and since when.
#pragma once

#include "base/json_scanner.h"
#include "model/statistics/statistics.h"

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rewindow {

/// Fed with one payload after another; costs one scan of each, and memory by the number of
/// different paths alone.
class SchemaInference {
  public:
    static constexpr std::size_t kMostPaths = 400; ///< of one type
    static constexpr std::size_t kMostKeys = 100;  ///< of one object
    static constexpr std::size_t kMostDepth = 16;
    static constexpr std::size_t kMostKeyBytes = 256;

    /// `budget`: how many paths all types together may still have; it must outlive this.
    explicit SchemaInference(std::size_t& budget);
    ~SchemaInference();
    SchemaInference(SchemaInference&&) noexcept;

    /// Whether it is JSON; if not, nothing of it is counted.
    bool add(std::string_view payload, GlobalPosition position);
    /// A tree, the root first, what stands deeper right after what it lies in.
    std::vector<SchemaPath> schema() const;

  private:
    struct Node;
    class Walk;

    std::size_t childNamed(std::size_t node, std::string_view key);
    std::size_t elementOf(std::size_t node);
    std::size_t makeChild(std::size_t node, std::string_view key, bool isElement);
    void note(std::size_t node, ValueKind kind, GlobalPosition position);
    void describe(std::size_t node, int parent, const QString& path,
                  std::vector<SchemaPath>& into) const;

    std::size_t* m_budget;
    std::vector<Node> m_nodes; ///< the root first, parents before children
    quint32 m_events = 0;      ///< payloads that are JSON
    /// Of the payload that is being looked at, to be counted if it is JSON.
    struct Seen {
        quint32 node;
        ValueKind kind;
    };
    std::vector<Seen> m_seen;
    std::vector<quint32> m_cut; ///< nodes with members that are not looked at
    std::vector<std::pair<quint32, std::string>> m_examples;
};

} // namespace rewindow
