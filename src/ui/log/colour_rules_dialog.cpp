// Each row of the list holds its rule; the editor writes into the row at hand.
#include "ui/log/colour_rules_dialog.h"

#include "store/event_filter.h"
#include "ui/log/list_buttons.h"
#include "ui/log/movable_list.h"
#include "ui/log/row_look_paint.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace rewindow {

namespace {

constexpr int kFilterRole = Qt::UserRole + 1;
// Whole numbers: a row that is dragged is written down and read again.
constexpr int kTintRole = Qt::UserRole + 2;
constexpr int kSignRole = Qt::UserRole + 3;
constexpr int kBoldRole = Qt::UserRole + 4;
constexpr int kIcon = 20;

ColourRule ruleOf(const QListWidgetItem& item) {
    return {item.data(kFilterRole).toString(),
            {static_cast<RowLook::Tint>(item.data(kTintRole).toInt()),
             static_cast<RowLook::Sign>(item.data(kSignRole).toInt()),
             item.data(kBoldRole).toBool()}};
}

void show(QListWidgetItem& item, const ColourRule& rule) {
    item.setData(kFilterRole, rule.filter);
    item.setData(kTintRole, static_cast<int>(rule.look.tint));
    item.setData(kSignRole, static_cast<int>(rule.look.sign));
    item.setData(kBoldRole, rule.look.isBold);
    item.setText(rule.filter.isEmpty() ? ColourRulesDialog::tr("every event")
                                       : onOneLine(rule.filter));
    item.setIcon(lookIcon(rule.look, Theme::instance().scaled(kIcon)));
    QFont font = Theme::instance().monospaceFont();
    font.setBold(rule.look.isBold);
    item.setFont(font);
    item.setData(Qt::AccessibleTextRole,
                 ColourRulesDialog::tr("%1 %2: %3")
                     .arg(tintName(rule.look.tint), signName(rule.look.sign), item.text()));
}

} // namespace

ColourRulesDialog::ColourRulesDialog(const ColourRules& rules, QWidget* parent)
    : QDialog(parent)
    , m_list(new MovableList(this)) {
    setWindowTitle(tr("Colours of the log"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(Theme::instance().scaled(580), Theme::instance().scaled(480));
    auto* hint = new QLabel(tr("The first rule that finds an event gives its row a colour and a "
                               "sign beside it. Rules are filters, as above the log."),
                            this);
    hint->setTextFormat(Qt::PlainText);
    hint->setWordWrap(true);
    m_list->setAccessibleName(tr("Colour rules, in their order"));
    m_list->setIconSize(QSize(1, 1) * Theme::instance().scaled(kIcon));

    auto* lists = new QHBoxLayout;
    lists->addWidget(m_list, 1);
    lists->addWidget(makeButtons());
    auto* box = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    connect(box, &QDialogButtonBox::accepted, this, &ColourRulesDialog::finish);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (QAbstractButton* button : box->buttons())
        button->setAccessibleName(button->text().remove(u'&'));

    auto* layout = new QVBoxLayout(this);
    layout->addWidget(hint);
    layout->addLayout(lists, 1);
    layout->addWidget(makeEditor());
    layout->addWidget(box);
    for (const ColourRule& rule : rules)
        append(rule);
    connect(m_list, &QListWidget::currentRowChanged, this, &ColourRulesDialog::showCurrent);
    connect(m_list, &MovableList::orderChanged, this, &ColourRulesDialog::showCurrent);
    setCurrent(0);
    m_list->setFocus();
}

QWidget* ColourRulesDialog::makeButtons() {
    auto* side = new ListButtons(*m_list, this);
    QPushButton* more = side->add(tr("Add"), tr("Add a rule after the others"));
    m_remove = side->add(tr("Remove"), tr("Take this rule off the list"));
    side->addMoves(tr("Before the rule above it (Alt+Up)"),
                   tr("After the rule below it (Alt+Down)"));
    connect(more, &QPushButton::clicked, this, [this] {
        if (static_cast<std::size_t>(m_list->count()) >= kMostColourRules)
            return;
        append({QStringLiteral("type:"), unusedLook(rules())});
        setCurrent(m_list->count() - 1);
        m_filter->setFocus();
        m_filter->end(false);
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        delete m_list->takeItem(m_list->currentRow());
        showCurrent();
    });
    return side;
}

QWidget* ColourRulesDialog::makeEditor() {
    m_editor = new QWidget(this);
    m_filter = new QLineEdit(m_editor);
    m_filter->setFont(Theme::instance().monospaceFont());
    m_filter->setAccessibleName(tr("Filter of the rule"));
    m_filter->setPlaceholderText(tr("type:Order* data.quantity>2"));
    m_tint = new QComboBox(m_editor);
    m_tint->setAccessibleName(tr("Colour"));
    m_sign = new QComboBox(m_editor);
    m_sign->setAccessibleName(tr("Sign"));
    for (int tint = 0; tint < RowLook::kTints; ++tint)
        m_tint->addItem(tintName(static_cast<RowLook::Tint>(tint)));
    for (int sign = 0; sign < RowLook::kSigns; ++sign)
        m_sign->addItem(signName(static_cast<RowLook::Sign>(sign)));
    m_bold = new QCheckBox(tr("bold"), m_editor);
    m_bold->setAccessibleName(tr("Bold text"));
    m_mistake = new QLabel(m_editor);
    m_mistake->setTextFormat(Qt::PlainText);
    m_mistake->setWordWrap(true);
    QPalette trouble = palette();
    trouble.setColor(QPalette::WindowText, Theme::instance().color(Theme::Role::Trouble));
    m_mistake->setPalette(trouble);

    auto* look = new QHBoxLayout;
    look->addWidget(m_tint);
    look->addWidget(m_sign);
    look->addWidget(m_bold);
    look->addStretch(1);
    auto* form = new QFormLayout(m_editor);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("Filter"), m_filter);
    form->addRow(tr("Look"), look);
    form->addRow(m_mistake);
    connect(m_filter, &QLineEdit::textEdited, this, &ColourRulesDialog::takeEdited);
    connect(m_tint, &QComboBox::currentIndexChanged, this, &ColourRulesDialog::takeEdited);
    connect(m_sign, &QComboBox::currentIndexChanged, this, &ColourRulesDialog::takeEdited);
    connect(m_bold, &QCheckBox::toggled, this, &ColourRulesDialog::takeEdited);
    return m_editor;
}

void ColourRulesDialog::append(const ColourRule& rule) {
    auto* item = new QListWidgetItem(m_list);
    item->setSizeHint({0, Theme::instance().rowHeight()});
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled);
    rewindow::show(*item, rule);
}

void ColourRulesDialog::setCurrent(int rule) {
    m_list->setCurrentRow(rule);
    showCurrent();
}

ColourRules ColourRulesDialog::rules() const {
    ColourRules rules;
    for (int row = 0; row < m_list->count(); ++row)
        rules.push_back(ruleOf(*m_list->item(row)));
    return rules;
}

void ColourRulesDialog::showCurrent() {
    const QListWidgetItem* item = m_list->currentItem();
    m_editor->setEnabled(item);
    m_remove->setEnabled(item);
    const ColourRule rule = item ? ruleOf(*item) : ColourRule();
    m_isFilling = true;
    if (m_filter->text() != rule.filter)
        m_filter->setText(rule.filter);
    m_tint->setCurrentIndex(static_cast<int>(rule.look.tint));
    m_sign->setCurrentIndex(static_cast<int>(rule.look.sign));
    m_bold->setChecked(rule.look.isBold);
    m_isFilling = false;
    sayMistake();
}

void ColourRulesDialog::takeEdited() {
    QListWidgetItem* item = m_list->currentItem();
    if (m_isFilling || !item)
        return;
    const RowLook look{static_cast<RowLook::Tint>(m_tint->currentIndex()),
                       static_cast<RowLook::Sign>(m_sign->currentIndex()), m_bold->isChecked()};
    rewindow::show(*item, {m_filter->text(), look});
    sayMistake();
}

void ColourRulesDialog::sayMistake() {
    const auto filter = EventFilter::parse(m_filter->text());
    m_mistake->setText(filter ? QString() : filter.error().sentence());
    m_mistake->setAccessibleName(m_mistake->text());
    m_filter->setAccessibleDescription(m_mistake->text());
    m_mistake->setVisible(!filter);
}

void ColourRulesDialog::finish() {
    const ColourRules all = rules();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (EventFilter::parse(all[i].filter))
            continue;
        setCurrent(static_cast<int>(i));
        m_filter->setFocus();
        return;
    }
    emit chosen(all);
    accept();
}

} // namespace rewindow
