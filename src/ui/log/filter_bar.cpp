// A line and a pill over a sentence that shows while something is wrong.
#include "ui/log/filter_bar.h"

#include "model/filter/filter_knowledge.h"
#include "model/session/session.h"
#include "ui/log/filter_completer.h"
#include "ui/log/filter_line.h"
#include "ui/shell/pill.h"
#include "ui/shell/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace rewindow {

namespace {
constexpr int kSpacing = 8;
constexpr int kMistakeSpacing = 6;
} // namespace

FilterBar::FilterBar(Session& session, LogOverview& overview, QWidget* parent)
    : QWidget(parent)
    , m_knowledge(new FilterKnowledge(session.info(), overview, this))
    , m_line(new FilterLine(this))
    , m_count(new Pill)
    , m_mistake(new QLabel) {
    m_mistake->setTextFormat(Qt::PlainText);
    m_mistake->setWordWrap(true);
    m_mistake->hide();

    auto* row = new QHBoxLayout;
    row->setSpacing(kSpacing);
    row->addWidget(m_line, 1);
    row->addWidget(m_count);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kMistakeSpacing);
    layout->addLayout(row);
    layout->addWidget(m_mistake);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_completer = new FilterCompleter(*m_line, *m_knowledge);

    connect(m_line, &FilterLine::filterChanged, this, &FilterBar::filterChanged);
    connect(m_line, &FilterLine::mistaken, this, [this](const QString& sentence) {
        m_mistake->setText(sentence);
        m_mistake->setVisible(!sentence.isEmpty());
    });
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, &FilterBar::takeTheme);
}

FilterBar::~FilterBar() {
    delete m_completer;
}

FilterCompleter* FilterBar::completer() const {
    return m_completer;
}

void FilterBar::takeTheme() {
    QPalette trouble = palette();
    trouble.setColor(QPalette::WindowText, Theme::instance().color(Theme::Role::Trouble));
    m_mistake->setPalette(trouble);
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

} // namespace rewindow
