// A list to tick and to order, and a line for values of payloads.
#include "ui/log/columns_dialog.h"

#include "ui/log/list_buttons.h"
#include "ui/log/movable_list.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace rewindow {

namespace {

constexpr int kWordRole = Qt::UserRole + 1;

QString meaning(const LogColumn& column) {
    switch (column.kind) {
    case LogColumn::Kind::Position:
        return ColumnsDialog::tr("position in the log");
    case LogColumn::Kind::Recorded:
        return ColumnsDialog::tr("time it was recorded at");
    case LogColumn::Kind::Type:
        return ColumnsDialog::tr("type of the event");
    case LogColumn::Kind::Stream:
        return ColumnsDialog::tr("stream");
    case LogColumn::Kind::Version:
        return ColumnsDialog::tr("version of the stream");
    case LogColumn::Kind::Data:
        return ColumnsDialog::tr("data: the beginning of the payload");
    case LogColumn::Kind::Since:
        return ColumnsDialog::tr("since: time from the event measured from");
    case LogColumn::Kind::Correlation:
        return ColumnsDialog::tr("correlation id");
    case LogColumn::Kind::Causation:
        return ColumnsDialog::tr("causation id");
    case LogColumn::Kind::Id:
        return ColumnsDialog::tr("event id");
    case LogColumn::Kind::Field:
        break;
    }
    return column.word();
}

} // namespace

ColumnsDialog::ColumnsDialog(const LogColumns& columns, QWidget* parent)
    : QDialog(parent)
    , m_list(new MovableList(this))
    , m_mistake(new QLabel(this)) {
    setWindowTitle(tr("Columns of the log"));
    setAttribute(Qt::WA_DeleteOnClose);
    const Theme& theme = Theme::instance();
    resize(theme.scaled(520), theme.scaled(480));
    m_list->setAccessibleName(tr("Columns, in their order"));
    auto* lists = new QHBoxLayout;
    lists->addWidget(m_list, 1);
    lists->addWidget(makeButtons());

    m_mistake->setTextFormat(Qt::PlainText);
    m_mistake->setWordWrap(true);
    m_mistake->hide();
    QPalette trouble = palette();
    trouble.setColor(QPalette::WindowText, theme.color(Theme::Role::Trouble));
    m_mistake->setPalette(trouble);

    auto* box = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    QPushButton* usual = box->addButton(tr("The usual columns"), QDialogButtonBox::ResetRole);
    connect(usual, &QPushButton::clicked, this, [this] { show(LogColumns()); });
    connect(box, &QDialogButtonBox::accepted, this, [this] {
        emit chosen(this->columns());
        accept();
    });
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (QAbstractButton* button : box->buttons()) {
        button->setAccessibleName(button->text().remove(u'&'));
        static_cast<QPushButton*>(button)->setAutoDefault(false);
    }
    m_ok = box->button(QDialogButtonBox::Ok);
    m_ok->setDefault(true);

    auto* layout = new QVBoxLayout(this);
    layout->addLayout(lists, 1);
    layout->addWidget(makeFieldRow());
    layout->addWidget(m_mistake);
    layout->addWidget(box);
    connect(m_list, &QListWidget::currentRowChanged, this, &ColumnsDialog::takeCurrent);
    connect(m_list, &MovableList::orderChanged, this, &ColumnsDialog::takeCurrent);
    show(columns);
    m_list->setFocus();
}

QWidget* ColumnsDialog::makeButtons() {
    auto* side = new ListButtons(*m_list, this);
    side->addMoves(tr("Further to the left (Alt+Up)"), tr("Further to the right (Alt+Down)"));
    m_remove = side->add(tr("Remove"), tr("Take a value of payloads off this list"));
    connect(m_remove, &QPushButton::clicked, this, [this] {
        delete m_list->takeItem(m_list->currentRow());
        takeCurrent();
    });
    return side;
}

QWidget* ColumnsDialog::makeFieldRow() {
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    m_field = new QLineEdit(line);
    m_field->setPlaceholderText(tr("A value of the payload, such as data.quantity"));
    m_field->setAccessibleName(tr("A value of the payload or the metadata"));
    auto* add = new QPushButton(tr("Add"), line);
    add->setAutoDefault(false);
    add->setAccessibleName(tr("Add as a column"));
    row->addWidget(m_field, 1);
    row->addWidget(add);
    connect(add, &QPushButton::clicked, this, &ColumnsDialog::addField);
    // While something is written, Enter adds it and does not close the dialog.
    connect(m_field, &QLineEdit::textChanged, this, [this, add](const QString& text) {
        (text.isEmpty() ? m_ok : add)->setDefault(true);
        m_mistake->hide();
    });
    return line;
}

int ColumnsDialog::rowOf(const QString& word) const {
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(kWordRole).toString() == word)
            return row;
    }
    return -1;
}

void ColumnsDialog::show(const LogColumns& columns) {
    const LogColumns before = m_list->count() > 0 ? this->columns() : columns;
    m_list->clear();
    for (const LogColumn& column : columns.list())
        append(column, true);
    for (const LogColumn& column : before.list()) {
        if (rowOf(column.word()) < 0)
            append(column, false);
    }
    for (const LogColumn& column : LogColumn::fixed()) {
        if (rowOf(column.word()) < 0)
            append(column, false);
    }
    m_list->setCurrentRow(0);
}

void ColumnsDialog::append(const LogColumn& column, bool isShown) {
    auto* item = new QListWidgetItem(onOneLine(meaning(column)), m_list);
    item->setData(kWordRole, column.word());
    item->setSizeHint({0, Theme::instance().rowHeight()});
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable |
                   Qt::ItemIsDragEnabled);
    item->setCheckState(isShown ? Qt::Checked : Qt::Unchecked);
}

void ColumnsDialog::addField() {
    const QString text = m_field->text().trimmed();
    const auto column = LogColumn::fromWord(text);
    if (!column) {
        m_mistake->setText(column.error().sentence());
        m_mistake->setAccessibleName(m_mistake->text());
        m_mistake->show();
        m_field->setFocus();
        return;
    }
    int row = rowOf(column->word());
    if (row < 0) {
        append(*column, true);
        row = m_list->count() - 1;
    }
    m_list->item(row)->setCheckState(Qt::Checked);
    m_list->setCurrentRow(row);
    m_field->clear();
}

void ColumnsDialog::takeCurrent() {
    const QListWidgetItem* item = m_list->currentItem();
    const auto column =
        item ? LogColumn::fromWord(item->data(kWordRole).toString()) : Result<LogColumn>();
    m_remove->setEnabled(item && column && column->kind == LogColumn::Kind::Field);
}

LogColumns ColumnsDialog::columns() const {
    std::vector<LogColumn> columns;
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem* item = m_list->item(row);
        if (item->checkState() != Qt::Checked)
            continue;
        if (const auto column = LogColumn::fromWord(item->data(kWordRole).toString()))
            columns.push_back(*column);
    }
    return LogColumns(columns);
}

} // namespace rewindow
