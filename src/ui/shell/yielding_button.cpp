// Two looks, and the width of each whichever is shown.
#include "ui/shell/yielding_button.h"

#include <QAction>
#include <QStyle>
#include <QStyleOptionToolButton>

#include <algorithm>

namespace rewindow {

YieldingButton::YieldingButton(QAction* action, QWidget* parent) : QToolButton(parent) {
    setDefaultAction(action);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setIconSize({16, 16});
    const auto name = [this, action] { setAccessibleName(action->text()); };
    connect(action, &QAction::changed, this, name);
    name();
}

void YieldingButton::setWords(bool words) {
    setToolButtonStyle(words ? Qt::ToolButtonTextOnly : Qt::ToolButtonIconOnly);
}

int YieldingButton::widthOfWords() const {
    return std::max(0, sizeAs(Qt::ToolButtonTextOnly).width() -
                           sizeAs(Qt::ToolButtonIconOnly).width());
}

QSize YieldingButton::minimumSizeHint() const {
    return sizeAs(Qt::ToolButtonIconOnly);
}

QSize YieldingButton::sizeAs(Qt::ToolButtonStyle look) const {
    ensurePolished();
    QStyleOptionToolButton option;
    initStyleOption(&option);
    option.toolButtonStyle = look;
    QSize contents = option.iconSize;
    if (look == Qt::ToolButtonTextOnly) {
        contents = fontMetrics().size(Qt::TextShowMnemonic, text());
        contents.rwidth() += fontMetrics().horizontalAdvance(u' ') * 2;
    }
    return style()->sizeFromContents(QStyle::CT_ToolButton, &option, contents, this);
}

} // namespace rewindow
