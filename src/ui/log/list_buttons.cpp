// The buttons beside a list whose rows can be put into another order.
#include "ui/log/list_buttons.h"

#include "ui/log/movable_list.h"
#include "ui/shell/plain_text.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace rewindow {

ListButtons::ListButtons(MovableList& list, QWidget* parent) : QWidget(parent), m_list(list) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setAlignment(Qt::AlignTop);
}

QPushButton* ListButtons::add(const QString& name, const QString& tip) {
    auto* button = new QPushButton(name, this);
    button->setAutoDefault(false);
    button->setAccessibleName(name);
    button->setToolTip(rewindow::toolTip(tip));
    layout()->addWidget(button);
    return button;
}

void ListButtons::addMoves(const QString& upTip, const QString& downTip) {
    const auto addMove = [this](const QString& name, const QString& tip, bool down) {
        QPushButton* button = add(name, tip);
        const auto takeList = [this, button, down] {
            button->setEnabled(m_list.canMoveCurrent(down));
        };
        connect(button, &QPushButton::clicked, &m_list, [this, down] { m_list.moveCurrent(down); });
        connect(&m_list, &QListWidget::currentRowChanged, button, takeList);
        connect(&m_list, &MovableList::orderChanged, button, takeList);
        connect(m_list.model(), &QAbstractItemModel::rowsInserted, button, takeList);
        connect(m_list.model(), &QAbstractItemModel::rowsRemoved, button, takeList);
        takeList();
    };
    addMove(tr("Up"), upTip, false);
    addMove(tr("Down"), downTip, true);
}

} // namespace rewindow
