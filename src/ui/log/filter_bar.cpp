// Tabs over a line, a menu and a pill; below, a sentence that shows while something is wrong.
#include "ui/log/filter_bar.h"

#include "model/filter/filter_knowledge.h"
#include "model/filter/kept_filter_tabs.h"
#include "model/filter/saved_filters.h"
#include "model/session/session.h"
#include "ui/log/filter_completer.h"
#include "ui/log/filter_line.h"
#include "ui/log/filter_saved_dialog.h"
#include "ui/log/filter_tabs.h"
#include "ui/log/log_action.h"
#include "ui/shell/icons.h"
#include "ui/shell/pill.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace rewindow {

namespace {
constexpr int kSpacing = 8;
constexpr int kMistakeSpacing = 6;
} // namespace

FilterBar::FilterBar(Session& session, LogOverview& overview, QWidget* parent)
    : QWidget(parent)
    , m_knowledge(new FilterKnowledge(session.info(), overview, this))
    , m_saved(&SavedFilters::of(session))
    , m_kept(new KeptFilterTabs(session.reading(), this))
    , m_tabs(new FilterTabs(this))
    , m_line(new FilterLine(this))
    , m_menuButton(new QToolButton(this))
    , m_count(new Pill)
    , m_mistake(new QLabel) {
    m_completer = new FilterCompleter(*m_line, *m_knowledge);
    makeActions();
    layOut();
    connect(m_line, &FilterLine::filterChanged, this, [this](const EventFilter& filter) {
        m_list.now().text = filter.toString();
        presentTabs();
        emit filterChanged(filter);
    });
    connect(m_line, &FilterLine::mistaken, this, [this](const QString& sentence) {
        m_mistake->setText(sentence);
        m_mistake->setVisible(!sentence.isEmpty());
    });
    connect(m_tabs, &FilterTabs::chosen, this, [this](int tab) {
        if (tab == m_list.current()) // it was dragged
            return;
        leaveTab();
        m_list.setCurrent(tab);
        arriveInTab();
    });
    connect(m_tabs, &QTabBar::tabCloseRequested, this, &FilterBar::closeTab);
    connect(m_tabs, &QTabBar::tabMoved, this, [this](int from, int to) {
        m_list.move(from, to);
        if (m_keeps)
            m_kept->keep(m_list);
    });
    connect(m_kept, &KeptFilterTabs::failed, &session, &Session::failed);
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, &FilterBar::takeTheme);
}

FilterBar::~FilterBar() {
    delete m_completer;
}

void FilterBar::makeActions() {
    m_save = logAction(this, tr("Saved filters…"), QStringLiteral("bookmark"),
                       tr("Save this filter under a name; use, rename or remove others."),
                       QKeySequence(Qt::CTRL | Qt::Key_S));
    m_open = logAction(this, tr("New filter tab"), QStringLiteral("expand"),
                       tr("Filter the log in another way, and come back to this one."),
                       QKeySequence(Qt::CTRL | Qt::Key_T));
    m_close = logAction(this, tr("Close filter tab"), QStringLiteral("close"),
                        tr("Close this filter's tab."), QKeySequence(Qt::CTRL | Qt::Key_F4));
    m_next = logAction(this, tr("Next filter tab"), QStringLiteral("forward"),
                       tr("Go to the next filter."), QKeySequence(Qt::CTRL | Qt::Key_Tab));
    m_previous =
        logAction(this, tr("Previous filter tab"), QStringLiteral("back"),
                  tr("Go to the filter before."), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Tab));
    connect(m_save, &QAction::triggered, this, &FilterBar::showSaved);
    connect(m_open, &QAction::triggered, this, &FilterBar::openTab);
    connect(m_close, &QAction::triggered, this, [this] { closeTab(m_list.current()); });
    connect(m_next, &QAction::triggered, this, [this] { nextTab(1); });
    connect(m_previous, &QAction::triggered, this, [this] { nextTab(-1); });
}

QList<QAction*> FilterBar::actions() const {
    return {m_save, m_open, m_close, m_next, m_previous};
}

void FilterBar::layOut() {
    m_mistake->setTextFormat(Qt::PlainText);
    m_mistake->setWordWrap(true);
    m_mistake->hide();
    auto* menu = new QMenu(m_menuButton);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillMenu(*menu); });
    m_menuButton->setMenu(menu);
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->setIcon(icon(QStringLiteral("bookmark")));
    m_menuButton->setAutoRaise(true);
    m_menuButton->setFocusPolicy(Qt::StrongFocus);
    m_menuButton->setAccessibleName(tr("Saved filters and filter tabs"));
    m_menuButton->setToolTip(rewindow::toolTip(tr("Saved filters and filter tabs")));

    auto* row = new QHBoxLayout;
    row->setSpacing(kSpacing);
    row->addWidget(m_line, 1);
    row->addWidget(m_menuButton);
    row->addWidget(m_count);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kMistakeSpacing);
    layout->addWidget(m_tabs);
    layout->addLayout(row);
    layout->addWidget(m_mistake);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    presentTabs();
}

void FilterBar::takeTheme() {
    QPalette trouble = palette();
    trouble.setColor(QPalette::WindowText, Theme::instance().color(Theme::Role::Trouble));
    m_mistake->setPalette(trouble);
}

FilterCompleter* FilterBar::completer() const {
    return m_completer;
}

bool FilterBar::isQuiet() const {
    return m_knowledge->isQuiet();
}

const EventFilter& FilterBar::filter() const {
    return m_line->filter();
}

void FilterBar::showFilter(const EventFilter& filter) {
    showText(filter.toString());
}

void FilterBar::showText(const QString& text) {
    m_line->showFilter(text);
}

void FilterBar::followMoment(const QString& text) {
    const int other = text == filter().toString() ? -1 : m_list.otherWith(text);
    if (other < 0) {
        showText(text);
        return;
    }
    leaveTab();
    m_list.setCurrent(other);
    arriveInTab();
}

void FilterBar::narrowTo(const FilterExpression& wanted) {
    showFilter(filter().narrowedTo(wanted));
}

void FilterBar::leaveOut(const FilterExpression& unwanted) {
    showFilter(filter().without(unwanted));
}

void FilterBar::setCount(const QString& count) {
    m_count->setText(count);
    m_count->setAccessibleName(count);
    m_count->updateGeometry();
}

void FilterBar::startTyping() {
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
}

/// What is typed counts; what is no filter is not kept.
void FilterBar::leaveTab() {
    m_line->settle();
    m_list.now().text = filter().toString();
    if (m_placeOf)
        m_list.now().place = m_placeOf();
}

void FilterBar::arriveInTab() {
    const TablePlace place = m_list.now().place;
    presentTabs();
    m_line->present(m_list.now().text);
    emit placeWanted(place);
}

void FilterBar::presentTabs() {
    m_tabs->present(m_list);
    if (m_keeps)
        m_kept->keep(m_list);
}

void FilterBar::keepTabs() {
    m_kept->load([this](const FilterTabList& kept) {
        if (m_list.count() > 1)
            return; // others were opened meanwhile
        FilterTabList list = kept;
        list.showOrOpen(filter().toString());
        m_list = list;
        presentTabs();
    });
    m_keeps = true;
}

void FilterBar::openTab() {
    leaveTab();
    m_list.open({});
    arriveInTab();
    startTyping();
}

void FilterBar::closeTab(int tab) {
    const bool isCurrent = tab == m_list.current();
    m_list.close(tab);
    if (isCurrent)
        arriveInTab();
    else
        presentTabs();
}

void FilterBar::nextTab(int step) {
    if (m_list.count() < 2)
        return;
    leaveTab();
    m_list.setCurrent((m_list.current() + step + m_list.count()) % m_list.count());
    arriveInTab();
}

void FilterBar::fillMenu(QMenu& menu) {
    menu.clear();
    for (const SavedFilter& saved : m_saved->filters()) {
        QAction* use = menu.addAction(icon(QStringLiteral("filter")), menuText(saved.name), this,
                                      [this, text = saved.filter] { showText(text); });
        use->setToolTip(rewindow::toolTip(saved.filter));
    }
    if (m_saved->filters().empty())
        menu.addAction(tr("No filter is saved for this store yet"))->setEnabled(false);
    menu.setToolTipsVisible(true);
    menu.addSeparator();
    menu.addAction(m_save);
    menu.addSeparator();
    menu.addAction(m_open);
    menu.addAction(m_close);
}

void FilterBar::showSaved() {
    m_line->settle();
    auto* dialog = new FilterSavedDialog(*m_saved, filter(), this);
    connect(dialog, &FilterSavedDialog::filterWanted, this, &FilterBar::showText);
    dialog->open();
}

} // namespace rewindow
