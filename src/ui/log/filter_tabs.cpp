// A tab bar whose texts are plain.
#include "ui/log/filter_tabs.h"

#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"

#include <QToolButton>

namespace rewindow {

namespace {
constexpr qsizetype kTextShown = 36;

/// Its beginning; the tooltip has all of it.
QString shortened(const QString& text) {
    if (text.size() <= kTextShown)
        return text;
    const bool isInPair = text[kTextShown - 2].isHighSurrogate();
    return text.first(kTextShown - (isInPair ? 2 : 1)) + u'…';
}

} // namespace

FilterTabs::FilterTabs(QWidget* parent) : QTabBar(parent) {
    setAccessibleName(tr("Filters"));
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

QToolButton* FilterTabs::makeCloseButton() {
    auto* button = new QToolButton(this);
    button->setIcon(icon(QStringLiteral("close")));
    button->setFocusPolicy(Qt::NoFocus); // there is a key for it
    button->setAccessibleName(tr("Close this filter"));
    button->setToolTip(button->accessibleName());
    connect(button, &QToolButton::clicked, this, [this, button] {
        for (int tab = 0; tab < count(); ++tab)
            if (tabButton(tab, RightSide) == button)
                return emit tabCloseRequested(tab);
    });
    return button;
}

void FilterTabs::present(const FilterTabList& list) {
    m_isPresenting = true;
    while (count() > list.count())
        removeTab(count() - 1);
    for (int tab = 0; tab < list.count(); ++tab) {
        const QString& text = list.tabs()[static_cast<std::size_t>(tab)].text;
        const QString whole = text.isEmpty() ? tr("all events") : text;
        if (tab == count())
            setTabButton(addTab(QString()), RightSide, makeCloseButton());
        setTabText(tab, menuText(shortened(whole)));
        setTabToolTip(tab, rewindow::toolTip(whole));
        setAccessibleTabName(tab, tr("Filter: %1").arg(whole));
    }
    setCurrentIndex(list.current());
    m_isPresenting = false;
}

} // namespace rewindow
