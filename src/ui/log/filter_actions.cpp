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
#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QTableView>
#include <QTreeView>

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kNameShown = 48;

QString menuText(const QString& text) {
    return onOneLine(text, kNameShown).replace(u'&', QLatin1String("&&"));
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
                             const QString& tip, const QKeySequence& keys,
                             void (FilterActions::*act)(const FilterExpression& condition)) {
    QAction* action = logAction(page, name, drawing, tip, keys);
    connect(action, &QAction::triggered, this, [this, act] {
        if (const auto found = target())
            (this->*act)(found->condition);
    });
    return action;
}

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
    const QString shown = menuText(EventFilter(target.condition).toString());
    const auto offer = [&](const QString& label, const QAction* like, auto act) {
        // The keys are shown, but belong to the action of the page.
        const QString keys = like->shortcut().toString(QKeySequence::NativeText);
        menu.addAction(like->icon(), label.arg(shown) + u'\t' + keys, this,
                       [this, act, condition = target.condition] { (this->*act)(condition); });
    };
    offer(tr("Only %1"), m_only, &FilterActions::only);
    offer(tr("Not %1"), m_without, &FilterActions::without);
    offer(tr("Colour by %1"), m_colour, &FilterActions::colourWanted);
    menu.addSeparator();
    menu.addAction(icon(QStringLiteral("copy")), tr("Copy “%1”").arg(menuText(target.text)), this,
                   [text = target.text] { QGuiApplication::clipboard()->setText(text); });
}

/// For a view that has no context menu of its own; `area` is what is clicked in it.
void FilterActions::giveMenu(QWidget* view, QWidget* area) {
    view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(view, &QWidget::customContextMenuRequested, this,
            [this, view, area](const QPoint& place) {
                view->setFocus(Qt::MouseFocusReason);
                // Of this view, whether or not its window has the focus by now.
                const auto watched = std::ranges::find(
                    m_watched, view, [](const auto& entry) -> QWidget* { return entry.first; });
                const auto found = watched == m_watched.end() ? std::nullopt : watched->second();
                if (!found)
                    return;
                auto* menu = new QMenu(view);
                menu->setAttribute(Qt::WA_DeleteOnClose);
                fill(*menu, *found);
                menu->popup(area->mapToGlobal(place));
            });
}

void FilterActions::watchTable(QTableView& table, const LogModel& model) {
    watch(&table, [&table, &model]() -> std::optional<FilterTarget> {
        const auto condition = model.conditionAt(table.currentIndex());
        if (!condition)
            return std::nullopt;
        return FilterTarget{*condition, table.currentIndex().data().toString()};
    });
}

void FilterActions::watchEvent(EventPanel& panel) {
    const auto target = [&panel]() -> std::optional<FilterTarget> {
        const auto condition = panel.currentCondition();
        if (!condition)
            return std::nullopt;
        return FilterTarget{*condition, panel.currentText()};
    };
    watch(panel.tree(), target);
    panel.setMenuFiller([this, target](QMenu& menu) {
        if (const auto found = target()) {
            fill(menu, *found);
            menu.addSeparator();
        }
    });
}

void FilterActions::watchHistogram(HistogramPanel& panel) {
    watch(panel.view(), [&panel]() -> std::optional<FilterTarget> {
        const auto condition = panel.currentCondition();
        if (!condition)
            return std::nullopt;
        return FilterTarget{*condition, panel.view()->barText(panel.view()->currentBar())};
    });
    giveMenu(panel.view(), panel.view());
}

void FilterActions::watchFacets(FacetsPanel& panel) {
    watch(panel.tree(), [&panel]() -> std::optional<FilterTarget> {
        const auto condition = panel.currentCondition();
        if (!condition)
            return std::nullopt;
        return FilterTarget{*condition, panel.currentText()};
    });
    giveMenu(panel.tree(), panel.tree()->viewport());
    connect(&panel, &FacetsPanel::onlyWanted, this, &FilterActions::only);
    connect(&panel, &FacetsPanel::withoutWanted, this, &FilterActions::without);
}

} // namespace rewindow
