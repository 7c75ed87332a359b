// Several filters of one log, each with the place that was looked at under it.
#pragma once

#include "base/error.h"
#include "base/ordinals.h"

#include <QString>

#include <optional>
#include <vector>

namespace rewindow {

/// Where one is in a table.
struct TablePlace {
    std::optional<GlobalPosition> position; ///< of the current row's event
    int rowsBelowTop = 0;                   ///< of the current row
    bool operator==(const TablePlace&) const = default;
};

struct FilterTab {
    QString text; ///< as it stands in the line, maybe no filter yet
    TablePlace place;
    bool operator==(const FilterTab&) const = default;
};

/// At least one, one of them current.
class FilterTabList {
  public:
    static constexpr std::size_t kMostKept = 200;

    const std::vector<FilterTab>& tabs() const { return m_tabs; }
    int count() const { return static_cast<int>(m_tabs.size()); }
    int current() const { return m_current; }
    FilterTab& now() { return m_tabs[static_cast<std::size_t>(m_current)]; }
    const FilterTab& now() const { return m_tabs[static_cast<std::size_t>(m_current)]; }

    /// Right of the current one, which it takes over from.
    void open(const QString& text);
    /// The last one that is left becomes empty.
    void close(int tab);
    void setCurrent(int tab);
    void move(int from, int to);
    /// Another than the current one with that text; -1 where there is none.
    int otherWith(const QString& text) const;
    /// The tab with that text becomes the current one, or a new one does.
    void showOrOpen(const QString& text);

    /// What is kept, as JSON: `{"current":0,"tabs":[{"text":…,"position":…,"below":…},…]}`. Reads
    /// back the same.
    QString toText() const;
    /// Fails with BadInput where it is anything else.
    static Result<FilterTabList> fromText(const QString& text);
    bool operator==(const FilterTabList&) const = default;

  private:
    std::vector<FilterTab> m_tabs{FilterTab()};
    int m_current = 0;
};

} // namespace rewindow
