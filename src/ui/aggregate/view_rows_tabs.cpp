// The names of the views, flat, like the sheets of a workbook.
#include "ui/aggregate/view_rows_tabs.h"

#include "ui/shell/theme.h"

#include <QPainter>

namespace rewindow {

namespace {
constexpr int kHeight = 26;
constexpr int kPadding = 10; ///< at either side of a name
constexpr int kLine = 2;
} // namespace

ViewRowsTabs::ViewRowsTabs(QWidget* parent) : QTabBar(parent) {
    setShape(QTabBar::RoundedSouth);
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideRight);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); // what stands beside them gives way
    setMouseTracking(true);
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, &ViewRowsTabs::takeTheme);
}

void ViewRowsTabs::takeTheme() {
    setFont(Theme::instance().smallFont());
    update();
}

QSize ViewRowsTabs::tabSizeHint(int index) const {
    const Theme& theme = Theme::instance();
    return {fontMetrics().horizontalAdvance(tabText(index)) + 2 * theme.scaled(kPadding),
            theme.scaled(kHeight)};
}

void ViewRowsTabs::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setFont(font());
    for (int tab = 0; tab < count(); ++tab) {
        const QRect place = tabRect(tab);
        const bool current = tab == currentIndex();
        if (current)
            painter.fillRect(place.left(), place.top(), place.width(), kLine,
                             theme.color(Theme::Role::View));
        painter.setPen(theme.color(current ? Theme::Role::Text : Theme::Role::DimText));
        painter.drawText(place, Qt::AlignCenter | Qt::TextSingleLine,
                         fontMetrics().elidedText(tabText(tab), elideMode(),
                                                  place.width() - theme.scaled(kPadding)));
        if (current && hasFocus()) {
            painter.setPen(theme.color(Theme::Role::Accent));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(place.adjusted(2, kLine + 2, -3, -3), 3, 3);
        }
    }
}

} // namespace rewindow
