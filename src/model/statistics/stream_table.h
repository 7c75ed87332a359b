// What is known of each stream, for a million of them.
#pragma once

#include "model/statistics/statistics.h"

#include <memory>
#include <string_view>
#include <vector>

namespace rewindow {

/// A hash table of some 100 bytes a stream, in pages, so that it grows without copying them.
class StreamTable {
  public:
    static constexpr std::size_t kMostStreams = 1'500'000;
    static constexpr std::size_t kMostNameBytes = 64u << 20;

    StreamTable();
    ~StreamTable();

    /// Whether there was room for the event's stream.
    bool add(std::string_view stream, qint64 bytes, const EventPlace& place);
    std::size_t size() const { return m_size; }

    /// Fills in all that a Statistics tells of streams: costs some 100 ns a stream.
    void describe(Statistics& into) const;

  private:
    struct Record;
    static constexpr std::size_t kPageRecords = 4096;

    Record& at(std::size_t index) const;
    Record* find(std::string_view stream, quint32 hash);
    void growSlots();
    const char* keepName(std::string_view name);
    void rank(std::vector<StreamStatistics>& into) const;

    std::vector<std::unique_ptr<Record[]>> m_pages;
    std::size_t m_size = 0;
    std::vector<quint32> m_slots; ///< index of a record plus 1, or 0
    std::vector<std::unique_ptr<char[]>> m_names;
    std::size_t m_nameBytes = 0;
    std::size_t m_nameLeft = 0; ///< in the last page of names
};

} // namespace rewindow
