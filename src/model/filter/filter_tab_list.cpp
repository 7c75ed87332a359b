// Keeping the current one current while others come, go and move.
#include "model/filter/filter_tab_list.h"

#include "base/json.h"

#include <QCoreApplication>

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

void FilterTabList::showOrOpen(const QString& text) {
    if (now().text == text)
        return;
    if (const int other = otherWith(text); other >= 0)
        setCurrent(other);
    else
        open(text);
}

QString FilterTabList::toText() const {
    Json tabs = Json::parse("[]").value();
    for (const FilterTab& tab : m_tabs) {
        Json kept = Json::object({{"text", Json(tab.text)}});
        if (tab.place.position)
            kept = std::move(kept)
                       .with("position", Json(tab.place.position->value()))
                       .with("below", Json(qint64(tab.place.rowsBelowTop)));
        tabs = std::move(tabs).withAppended(std::move(kept));
    }
    return QString::fromStdString(
        Json::object({{"current", Json(qint64(m_current))}, {"tabs", std::move(tabs)}}).dump());
}

Result<FilterTabList> FilterTabList::fromText(const QString& text) {
    const auto bad = [] {
        return fail(Error::Kind::BadInput,
                    QCoreApplication::translate(
                        "FilterTabList", "the filter tabs kept for this log cannot be read"));
    };
    const auto json = Json::parse(text.toStdString());
    if (!json)
        return bad();
    const Json tabs = (*json)["tabs"];
    const auto current = (*json)["current"].toInteger();
    if (tabs.kind() != Json::Kind::Array || tabs.size() == 0 || tabs.size() > kMostKept ||
        !current || *current < 0 || *current >= static_cast<qint64>(tabs.size()))
        return bad();
    FilterTabList list;
    list.m_tabs.clear();
    for (std::size_t i = 0; i < tabs.size(); ++i) {
        const Json words = tabs.at(i)["text"];
        if (words.kind() != Json::Kind::String)
            return bad();
        FilterTab tab{.text = words.toQString(), .place = {}};
        if (const auto position = tabs.at(i)["position"].toInteger()) {
            tab.place.position = GlobalPosition(*position);
            tab.place.rowsBelowTop = static_cast<int>(
                std::clamp<qint64>(tabs.at(i)["below"].toInteger().value_or(0), 0, 10'000));
        }
        list.m_tabs.push_back(std::move(tab));
    }
    list.m_current = static_cast<int>(*current);
    return list;
}

} // namespace rewindow
