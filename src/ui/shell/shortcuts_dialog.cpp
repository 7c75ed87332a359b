// A table of the registry, narrowed by what is typed.
#include "ui/shell/shortcuts_dialog.h"

#include "ui/shell/actions.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QPointer>
#include <QTableWidget>
#include <QVBoxLayout>

namespace rewindow {

namespace {

enum Column { NameColumn, KeysColumn, WhatColumn, ColumnCount };
constexpr int kActionRole = Qt::UserRole + 1;

QString keysOf(const QAction& action) {
    QStringList keys;
    for (const QKeySequence& shortcut : action.shortcuts())
        keys.append(shortcut.toString(QKeySequence::NativeText));
    return keys.join(QStringLiteral(", "));
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const Actions& actions, QWidget* parent)
    : QDialog(parent)
    , m_filter(new QLineEdit(this))
    , m_table(new QTableWidget(this)) {
    setWindowTitle(tr("Actions and shortcuts"));
    resize(Theme::instance().scaled(820), Theme::instance().scaled(560));
    m_filter->setPlaceholderText(tr("Find an action…"));
    m_filter->setAccessibleName(tr("Find an action"));
    m_filter->setClearButtonEnabled(true);

    const QList<QAction*> all = actions.all();
    m_table->setAccessibleName(tr("Actions"));
    m_table->setColumnCount(ColumnCount);
    m_table->setHorizontalHeaderLabels({tr("action"), tr("keys"), tr("what it does")});
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::instance().rowHeight());
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setRowCount(static_cast<int>(all.size()));
    for (int row = 0; row < all.size(); ++row) {
        QAction* action = all[row];
        auto* name = new QTableWidgetItem(action->icon(), action->text());
        name->setData(kActionRole, QVariant::fromValue(QPointer<QAction>(action)));
        m_table->setItem(row, NameColumn, name);
        auto* keys = new QTableWidgetItem(keysOf(*action));
        keys->setData(Qt::AccessibleTextRole,
                      keys->text().isEmpty() ? tr("no keys") : keys->text());
        m_table->setItem(row, KeysColumn, keys);
        const QString what = action->statusTip().isEmpty() ? action->text() : action->statusTip();
        m_table->setItem(row, WhatColumn, new QTableWidgetItem(what));
    }
    m_table->resizeColumnsToContents();
    if (m_table->rowCount() > 0)
        m_table->setCurrentCell(0, 0);

    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_filter);
    layout->addWidget(m_table);
    connect(m_filter, &QLineEdit::textChanged, this, &ShortcutsDialog::showMatching);
    connect(m_filter, &QLineEdit::returnPressed, this, [this] { run(m_table->currentRow()); });
    connect(m_table, &QTableWidget::cellActivated, this, [this](int row) { run(row); });
    m_filter->setFocus();
}

void ShortcutsDialog::showMatching(const QString& words) {
    int first = -1;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        bool matches = words.isEmpty();
        for (int column = 0; column < ColumnCount; ++column)
            matches |= m_table->item(row, column)->text().contains(words, Qt::CaseInsensitive);
        m_table->setRowHidden(row, !matches);
        if (matches && first < 0)
            first = row;
    }
    if (first >= 0)
        m_table->setCurrentCell(first, 0);
}

void ShortcutsDialog::run(int row) {
    if (row < 0 || m_table->isRowHidden(row))
        return;
    const auto action =
        m_table->item(row, NameColumn)->data(kActionRole).value<QPointer<QAction>>();
    accept();
    if (action)
        action->trigger();
}

} // namespace rewindow
