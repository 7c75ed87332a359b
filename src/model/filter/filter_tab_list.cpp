// Keeping the current one current while others come, go and move.
#include "model/filter/filter_tab_list.h"

#include <algorithm>

namespace rewindow {

void FilterTabList::open(const QString& text) {
    m_tabs.insert(m_tabs.begin() + m_current + 1, FilterTab{text, {}});
    ++m_current;
}

void FilterTabList::close(int tab) {
    if (tab < 0 || tab >= count())
        return;
    if (count() == 1) {
        m_tabs.front() = {};
        return;
    }
    m_tabs.erase(m_tabs.begin() + tab);
    if (m_current > tab || m_current == count())
        --m_current;
}

void FilterTabList::setCurrent(int tab) {
    m_current = std::clamp(tab, 0, count() - 1);
}

void FilterTabList::move(int from, int to) {
    if (from < 0 || to < 0 || from >= count() || to >= count() || from == to)
        return;
    const auto begin = m_tabs.begin();
    if (from < to)
        std::rotate(begin + from, begin + from + 1, begin + to + 1);
    else
        std::rotate(begin + to, begin + from, begin + from + 1);
    if (m_current == from)
        m_current = to;
    else if (from < m_current && to >= m_current)
        --m_current;
    else if (from > m_current && to <= m_current)
        ++m_current;
}

int FilterTabList::otherWith(const QString& text) const {
    for (int tab = 0; tab < count(); ++tab)
        if (tab != m_current && m_tabs[static_cast<std::size_t>(tab)].text == text)
            return tab;
    return -1;
}

} // namespace rewindow
