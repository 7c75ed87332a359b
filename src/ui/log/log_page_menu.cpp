// Actions of the row; filter for, filter out, colour by; copy.
#include "ui/log/log_page_menu.h"

#include "model/items/log_model.h"
#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"

#include <QAction>
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMenu>

#include <algorithm>
#include <vector>

namespace rewindow {

namespace {

constexpr int kNameShown = 48;

class Words {
    Q_DECLARE_TR_FUNCTIONS(LogCellMenu)
};

QString menuText(const QString& text) {
    return onOneLine(text, kNameShown).replace(u'&', QLatin1String("&&"));
}

/// Of the cell itself, then of the row's type and stream.
std::vector<FilterExpression> conditionsOf(const LogModel& model, const QModelIndex& index) {
    std::vector<FilterExpression> conditions;
    for (const int column :
         {index.column(), int(LogModel::TypeColumn), int(LogModel::StreamColumn)}) {
        const auto condition = model.conditionAt(index.siblingAtColumn(column));
        if (condition && std::ranges::find(conditions, *condition) == conditions.end())
            conditions.push_back(*condition);
    }
    return conditions;
}

void addCopies(QMenu& menu, const LogModel& model, const QModelIndex& index) {
    const auto copy = [&](const QString& label, const QString& text) {
        menu.addAction(icon(QStringLiteral("copy")), label, &menu,
                       [text] { QGuiApplication::clipboard()->setText(text); });
    };
    const auto column = model.columnAt(index.column());
    const bool hasOwn = column && (column->kind == LogColumn::Kind::Position ||
                                   column->kind == LogColumn::Kind::Type ||
                                   column->kind == LogColumn::Kind::Stream);
    if (column && !hasOwn)
        copy(Words::tr("Copy “%1”").arg(menuText(column->word())), index.data().toString());
    copy(Words::tr("Copy position"), index.data(LogModel::PositionRole).toString());
    copy(Words::tr("Copy stream's name"),
         index.siblingAtColumn(LogModel::StreamColumn).data().toString());
    copy(Words::tr("Copy type"), index.siblingAtColumn(LogModel::TypeColumn).data().toString());
}

} // namespace

QMenu* logCellMenu(const LogModel& model, const QModelIndex& index, const QList<QAction*>& actions,
                   const LogCellWishes& wishes, QWidget* parent) {
    auto* menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction* action : actions) {
        if (action)
            menu->addAction(action);
        else
            menu->addSeparator();
    }
    menu->addSeparator();
    const std::vector<FilterExpression> conditions = conditionsOf(model, index);
    const auto offer = [&](const QString& label, const QString& drawing, const auto& wish,
                           const FilterExpression& condition) {
        if (wish)
            menu->addAction(icon(drawing), label.arg(menuText(EventFilter(condition).toString())),
                            menu, [wish, condition] { wish(condition); });
    };
    for (const FilterExpression& condition : conditions) {
        offer(Words::tr("Only %1"), QStringLiteral("filter"), wishes.only, condition);
        offer(Words::tr("Not %1"), QStringLiteral("filter"), wishes.without, condition);
    }
    if (!conditions.empty())
        offer(Words::tr("Colour by %1"), QStringLiteral("theme"), wishes.colour,
              conditions.front());
    menu->addSeparator();
    addCopies(*menu, model, index);
    return menu;
}

} // namespace rewindow
