// Actions that ask the view with the keyboard what it stands on.
#include "ui/log/filter_actions.h"

#include "model/items/log_model.h"
#include "model/overview/filter_selection.h"
#include "store/event_filter.h"
#include "ui/log/event_panel.h"
#include "ui/log/facets_panel.h"
#include "ui/log/filter_bar.h"
#include "ui/log/histogram_panel.h"
#include "ui/log/log_action.h"
#include "ui/log/log_table.h"
#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QTreeView>

#include <algorithm>

namespace rewindow {

namespace {

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

/// Of a panel whose texts are what is copied.
template <class Shown>
auto shownIn(const Shown& panel) {
    return [&panel]() -> std::optional<FilterTarget> {
        const auto condition = panel.currentCondition();
        if (!condition)
            return std::nullopt;
        return FilterTarget{*condition, panel.currentText()};
    };
}

void addCopy(QMenu& menu, const QString& label, const QString& text) {
    menu.addAction(icon(QStringLiteral("copy")), label, &menu,
                   [text] { QGuiApplication::clipboard()->setText(text); });
}

} // namespace

FilterActions::FilterActions(FilterBar& bar, QWidget* page) : QObject(page), m_bar(bar) {
    m_only = make(page, tr("Filter for this value"), QStringLiteral("filter"),
                  tr("Show only the events that have the value the keyboard stands on."),
                  QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), &FilterActions::only);
    m_without = make(page, tr("Filter out this value"), QStringLiteral("cross"),
                     tr("Leave out the events that have the value the keyboard stands on."),
                     QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_X), &FilterActions::without);
    m_colour = make(page, tr("Colour by this value"), QStringLiteral("theme"),
                    tr("Give the events that have this value a look of their own."),
                    QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L), &FilterActions::colourWanted);
}

QAction* FilterActions::make(QWidget* page, const QString& name, const QString& drawing,
                             const QString& tip, const QKeySequence& keys, Act act) {
    QAction* action = logAction(page, name, drawing, tip, keys);
    connect(action, &QAction::triggered, this, [this, act] {
        if (const auto found = target())
            (this->*act)(found->condition);
    });
    return action;
}

/// `target` tells what the keyboard stands on while it is in `view`.
void FilterActions::watch(QWidget* view, TargetOf target) {
    m_watched.emplace_back(view, std::move(target));
}

std::optional<FilterTarget> FilterActions::target() const {
    for (const auto& [view, targetOf] : m_watched)
        if (view->hasFocus())
            return targetOf();
    return std::nullopt;
}

void FilterActions::only(const FilterExpression& condition) {
    // Of times there is one span, in the place of any other.
    const EventFilter wanted(condition);
    if (const auto span = spanOf(wanted); span && confinedTo(wanted, std::nullopt).isEmpty())
        m_bar.showFilter(confinedTo(m_bar.filter(), span));
    else
        m_bar.narrowTo(condition);
}

void FilterActions::without(const FilterExpression& condition) {
    m_bar.leaveOut(condition);
}

void FilterActions::fill(QMenu& menu, const FilterTarget& target) {
    offerFilters(menu, target.condition, true);
    offerColour(menu, target.condition, true);
    menu.addSeparator();
    addCopy(menu, tr("Copy “%1”").arg(menuText(target.text)), target.text);
}

void FilterActions::fillOfCell(QMenu& menu, const LogModel& model, const QModelIndex& index) {
    const auto own = model.conditionAt(index);
    const std::vector<FilterExpression> conditions = conditionsOf(model, index);
    for (const FilterExpression& condition : conditions)
        offerFilters(menu, condition, condition == own);
    if (!conditions.empty())
        offerColour(menu, conditions.front(), conditions.front() == own);
    menu.addSeparator();
    const auto column = model.columnAt(index.column());
    const bool isBelow = column && (column->kind == LogColumn::Kind::Position ||
                                    column->kind == LogColumn::Kind::Type ||
                                    column->kind == LogColumn::Kind::Stream);
    if (column && !isBelow)
        addCopy(menu, tr("Copy “%1”").arg(menuText(column->word())), index.data().toString());
    addCopy(menu, tr("Copy position"), index.data(LogModel::PositionRole).toString());
    addCopy(menu, tr("Copy stream's name"),
            index.siblingAtColumn(LogModel::StreamColumn).data().toString());
    addCopy(menu, tr("Copy type"), index.siblingAtColumn(LogModel::TypeColumn).data().toString());
}

/// `isAtHand`: the condition is what the action acts on by its keys, which are shown. They belong
/// to the action of the page.
void FilterActions::offer(QMenu& menu, const QString& label, const QAction& like, Act act,
                          const FilterExpression& condition, bool isAtHand) {
    const QString text = label.arg(menuText(EventFilter(condition).toString()));
    const QString keys = like.shortcut().toString(QKeySequence::NativeText);
    menu.addAction(like.icon(), isAtHand ? text + u'\t' + keys : text, this,
                   [this, act, condition] { (this->*act)(condition); });
}

void FilterActions::offerFilters(QMenu& menu, const FilterExpression& condition, bool isAtHand) {
    offer(menu, tr("Only %1"), *m_only, &FilterActions::only, condition, isAtHand);
    offer(menu, tr("Not %1"), *m_without, &FilterActions::without, condition, isAtHand);
}

void FilterActions::offerColour(QMenu& menu, const FilterExpression& condition, bool isAtHand) {
    offer(menu, tr("Colour by %1"), *m_colour, &FilterActions::colourWanted, condition, isAtHand);
}

/// `area` is what is clicked in the view.
void FilterActions::giveMenu(QWidget* view, QWidget* area, const Filler& filler) {
    view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(view, &QWidget::customContextMenuRequested, this,
            [view, area, filler](const QPoint& place) {
                view->setFocus(Qt::MouseFocusReason);
                auto* menu = new QMenu(view);
                menu->setAttribute(Qt::WA_DeleteOnClose);
                filler(*menu, place);
                if (menu->isEmpty())
                    delete menu;
                else
                    menu->popup(area->mapToGlobal(place));
            });
}

void FilterActions::giveMenu(QWidget* view, QWidget* area, const TargetOf& target) {
    giveMenu(view, area, [this, target](QMenu& menu, const QPoint&) {
        if (const auto found = target())
            fill(menu, *found);
    });
}

void FilterActions::watchTable(LogTable& table, const LogModel& model,
                               const QList<QAction*>& ofRow) {
    watch(&table, [&table, &model]() -> std::optional<FilterTarget> {
        const auto condition = model.conditionAt(table.currentIndex());
        if (!condition)
            return std::nullopt;
        return FilterTarget{*condition, table.currentIndex().data().toString()};
    });
    giveMenu(&table, table.viewport(),
             [this, &table, &model, ofRow](QMenu& menu, const QPoint& place) {
                 const QModelIndex index = table.indexAt(place);
                 if (!index.isValid())
                     return;
                 for (QAction* action : ofRow) {
                     if (action)
                         menu.addAction(action);
                     else
                         menu.addSeparator();
                 }
                 menu.addSeparator();
                 fillOfCell(menu, model, index);
             });
}

void FilterActions::watchEvent(EventPanel& panel) {
    const TargetOf target = shownIn(panel);
    watch(panel.tree(), target);
    panel.setMenuFiller([this, target](QMenu& menu) {
        if (const auto found = target()) {
            fill(menu, *found);
            menu.addSeparator();
        }
    });
}

void FilterActions::watchHistogram(HistogramPanel& panel) {
    const TargetOf target = [&panel]() -> std::optional<FilterTarget> {
        const auto condition = panel.currentCondition();
        if (!condition)
            return std::nullopt;
        return FilterTarget{*condition, panel.view()->barText(panel.view()->currentBar())};
    };
    watch(panel.view(), target);
    giveMenu(panel.view(), panel.view(), target);
}

void FilterActions::watchFacets(FacetsPanel& panel) {
    const TargetOf target = shownIn(panel);
    watch(panel.tree(), target);
    giveMenu(panel.tree(), panel.tree()->viewport(), target);
    connect(&panel, &FacetsPanel::onlyWanted, this, &FilterActions::only);
    connect(&panel, &FacetsPanel::withoutWanted, this, &FilterActions::without);
}

} // namespace rewindow
