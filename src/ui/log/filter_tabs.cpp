// A tab bar whose texts are plain.
#include "ui/log/filter_tabs.h"

#include "ui/shell/plain_text.h"

namespace rewindow {

namespace {
constexpr int kTextShown = 36;
} // namespace

FilterTabs::FilterTabs(QWidget* parent) : QTabBar(parent) {
    setAccessibleName(tr("Filters"));
    setTabsClosable(true);
    setMovable(true);
    setExpanding(false);
    setAutoHide(true);
    setDrawBase(false);
    setElideMode(Qt::ElideRight);
    setUsesScrollButtons(true);
    connect(this, &QTabBar::currentChanged, this, [this](int tab) {
        if (!m_isPresenting)
            emit chosen(tab);
    });
}

void FilterTabs::present(const FilterTabList& list) {
    m_isPresenting = true;
    while (count() > list.count())
        removeTab(count() - 1);
    for (int tab = 0; tab < list.count(); ++tab) {
        const QString& text = list.tabs()[static_cast<std::size_t>(tab)].text;
        const QString whole = text.isEmpty() ? tr("all events") : text;
        if (tab == count())
            addTab(QString());
        setTabText(tab, menuText(whole, kTextShown));
        setTabToolTip(tab, rewindow::toolTip(whole));
        setAccessibleTabName(tab, tr("Filter: %1").arg(whole));
    }
    setCurrentIndex(list.current());
    m_isPresenting = false;
}

} // namespace rewindow
