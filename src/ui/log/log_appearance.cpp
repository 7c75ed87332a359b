// Choices go to every table; tables and dialogs go to the choices.
#include "ui/log/log_appearance.h"

#include "model/items/log_model.h"
#include "model/session/session.h"
#include "ui/log/colour_rules_dialog.h"
#include "ui/log/columns_dialog.h"
#include "ui/log/log_action.h"
#include "ui/log/log_header.h"
#include "ui/log/log_table.h"

#include <QAction>

#include <algorithm>

namespace rewindow {

LogAppearance::LogAppearance(Session& session, QWidget* page)
    : QObject(page)
    , m_page(page)
    , m_choices(session.reading()) {
    connect(&m_choices, &LogChoices::failed, &session, &Session::failed);
    m_columns = logAction(page, tr("Choose columns…"), QStringLiteral("layout"),
                          tr("Which columns the log shows, values of payloads among them, and in "
                             "which order."));
    connect(m_columns, &QAction::triggered, this, &LogAppearance::chooseColumns);
    m_colours = logAction(page, tr("Colour rules…"), QStringLiteral("theme"),
                          tr("Give the events that a filter finds a colour and a sign."));
    connect(m_colours, &QAction::triggered, this, &LogAppearance::chooseColours);
    m_choices.load();
}

void LogAppearance::dress(LogModel& model, LogTable& table) {
    const auto takeColumns = [this, &table] { table.header()->showColumns(m_choices.columns()); };
    const auto takeRules = [this, &model] { model.setRules(m_choices.rules()); };
    takeColumns();
    takeRules();
    connect(&m_choices, &LogChoices::columnsChanged, &table, takeColumns);
    connect(&m_choices, &LogChoices::rulesChanged, &model, takeRules);
    connect(table.header(), &LogHeader::columnsChanged, &m_choices, &LogChoices::setColumns);
    connect(table.header(), &LogHeader::dialogWanted, this, &LogAppearance::chooseColumns);
}

void LogAppearance::showColumn(const LogColumn& column) {
    m_choices.setColumns(m_choices.columns().with(column));
}

void LogAppearance::chooseColumns() {
    auto* dialog = new ColumnsDialog(m_choices.columns(), m_page);
    connect(dialog, &ColumnsDialog::chosen, &m_choices, &LogChoices::setColumns);
    dialog->open();
}

void LogAppearance::chooseColours() {
    auto* dialog = new ColourRulesDialog(m_choices.rules(), m_page);
    connect(dialog, &ColourRulesDialog::chosen, &m_choices, &LogChoices::setRules);
    dialog->open();
}

void LogAppearance::colourBy(const FilterExpression& condition) {
    ColourRules rules = m_choices.rules();
    const QString filter = EventFilter(condition).toString();
    const auto known = std::ranges::find(rules, filter, &ColourRule::filter);
    const RowLook look = known == rules.end() ? unusedLook(rules) : known->look;
    if (known != rules.end())
        rules.erase(known);
    else if (rules.size() >= kMostColourRules)
        rules.pop_back();
    rules.insert(rules.begin(), {filter, look});
    m_choices.setRules(rules);
}

} // namespace rewindow
