// A tree of counts, and a box to choose the field whose values are counted.
#include "ui/log/facets_panel.h"

#include "model/export/table_export.h"
#include "model/filter/filter_knowledge.h"
#include "store/event_filter.h"
#include "ui/export/export_action.h"
#include "ui/log/facets_delegate.h"
#include "ui/log/log_action.h"
#include "ui/places/why_disabled.h"
#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"

#include <QAbstractItemView>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QTreeView>
#include <QVBoxLayout>

namespace rewindow {

namespace {

constexpr int kWidth = 230;
constexpr int kLeastWidth = 150;
/// A page as wide has room for it beside the table.
constexpr int kRoomyPage = 1500;
constexpr int kMargin = 6;
constexpr int kNameShown = 80;

std::optional<FilterPlace> placeOf(const QString& path) {
    const auto filter = EventFilter::parse(QStringLiteral("has:") + path);
    if (!filter || filter->expression().kind() != FilterExpression::Kind::Presence)
        return std::nullopt;
    return filter->expression().place();
}

} // namespace

FacetsPanel::FacetsPanel(LogCounts& counts, FilterKnowledge& knowledge, QWidget* page)
    : Panel(Theme::Role::View, tr("Facets"))
    , m_counts(counts)
    , m_knowledge(knowledge)
    , m_page(page)
    , m_model(new FacetsModel(counts, this))
    , m_tree(new QTreeView)
    , m_field(new QComboBox)
    , m_action(logAction(page, tr("Facets"), QStringLiteral("layout"),
                         tr("Count the events by type, category, correlation and any field."),
                         QKeySequence(Qt::CTRL | Qt::Key_J))) {
    m_action->setCheckable(true);
    layOut();
    makeActions();
    hide();
    connect(m_action, &QAction::triggered, this, [this](bool shown) { setChoice(shown); });
    connect(&knowledge, &FilterKnowledge::learnt, this, &FacetsPanel::fillFields);
    connect(m_field, &QComboBox::activated, this, &FacetsPanel::takeField);
    connect(m_tree, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        choose(index, QGuiApplication::keyboardModifiers().testFlag(Qt::ShiftModifier));
    });
    const auto takeExpansion = [this](bool expanded) {
        return [this, expanded](const QModelIndex& index) {
            if (index.row() == FacetsModel::CorrelationSection)
                m_model->setCorrelationWanted(expanded);
        };
    };
    connect(m_tree, &QTreeView::expanded, this, takeExpansion(true));
    connect(m_tree, &QTreeView::collapsed, this, takeExpansion(false));
    page->installEventFilter(this);
    m_tree->installEventFilter(this);
}

void FacetsPanel::layOut() {
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new FacetsDelegate(m_tree));
    m_tree->setAccessibleName(tr("Facets of the events"));
    m_tree->setAccessibleDescription(
        tr("Return shows only the events of a value, Shift+Return all but them."));
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setIndentation(14);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(FacetsModel::NameColumn, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(FacetsModel::CountColumn, QHeaderView::ResizeToContents);
    m_tree->expand(m_model->index(FacetsModel::TypesSection, 0));
    m_tree->expand(m_model->index(FacetsModel::CategoriesSection, 0));
    m_tree->expand(m_model->index(FacetsModel::FieldSection, 0));
    m_tree->setCurrentIndex(m_model->index(0, 0));

    m_field->setAccessibleName(tr("Field whose values are counted"));
    m_field->view()->setAccessibleName(m_field->accessibleName());
    m_field->setToolTip(
        rewindow::toolTip(tr("Count the values of a field of the payload or the metadata.")));
    m_field->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_field->setMinimumContentsLength(8);
    fillFields();

    auto* body = new QWidget;
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, kMargin);
    layout->setSpacing(kMargin);
    layout->addWidget(m_tree, 1);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(kMargin, 0, kMargin, 0);
    row->addWidget(m_field);
    layout->addLayout(row);
    setBody(body);
    setMinimumWidth(Theme::instance().scaled(kLeastWidth));
}

void FacetsPanel::makeActions() {
    QAction* whole = tableExport(*this, tr("Export the facets…"), [this] {
        std::vector<std::vector<Json>> rows;
        for (const FacetsModel::Value& value : m_model->values())
            rows.push_back({Json(value.facet), value.text ? Json(*value.text) : Json(),
                            Json(value.count), Json(value.isComplete)});
        return valuesTable(QStringLiteral("facets"), {"facet", "value", "count", "complete"},
                           std::move(rows));
    });
    addHeaderAction(whole);
    auto* all = new QAction(icon(QStringLiteral("copy")), tr("Copy the facets"), this);
    all->setStatusTip(tr("All values and their counts, as a table for a spreadsheet."));
    connect(all, &QAction::triggered, this, &FacetsPanel::copyAll);
    addAction(all);
    m_ofCounts = {whole, all};
    enableActions(false);
    auto* row = new QAction(icon(QStringLiteral("copy")), tr("Copy value and count"), m_tree);
    row->setShortcut(QKeySequence::Copy);
    row->setShortcutContext(Qt::WidgetShortcut);
    connect(row, &QAction::triggered, this, &FacetsPanel::copyRow);
    m_tree->addAction(row);
}

void FacetsPanel::copyAll() const {
    QString text;
    for (const FacetsModel::Value& value : m_model->values())
        text += value.facet + u'\t' + onOneLine(value.text.value_or(tr("others"))) + u'\t' +
                QString::number(value.count) + u'\n';
    QGuiApplication::clipboard()->setText(text);
}

void FacetsPanel::copyRow() const {
    const QModelIndex current = m_tree->currentIndex();
    const QVariant count = current.siblingAtColumn(0).data(FacetsModel::CountRole);
    if (current.isValid())
        QGuiApplication::clipboard()->setText(
            count.isValid() ? currentText() + u'\t' + count.toString() : currentText());
}

QSize FacetsPanel::sizeHint() const {
    return {Theme::instance().scaled(kWidth), Panel::sizeHint().height()};
}

void FacetsPanel::setChoice(std::optional<bool> choice) {
    m_choice = choice;
    takeRoom();
}

void FacetsPanel::takeRoom() {
    takeVisibility(m_choice.value_or(m_page->width() >= Theme::instance().scaled(kRoomyPage)));
}

void FacetsPanel::takeVisibility(bool visible) {
    m_action->setChecked(visible);
    setVisible(visible);
    m_counts.setFacetsWanted(visible);
    enableActions(visible);
    if (visible)
        m_knowledge.learn();
}

void FacetsPanel::enableActions(bool enabled) {
    for (QAction* action : m_ofCounts)
        setEnabledOr(*action, enabled, tr("Show the facets first (Ctrl+J)."));
}

void FacetsPanel::fillFields() {
    const QSignalBlocker quiet(m_field);
    const QString chosen = m_field->currentData().toString();
    m_field->clear();
    m_field->addItem(tr("Count a field…"), QString());
    for (const VocabularyPath& path : m_knowledge.vocabulary().paths)
        if (path.isScalar() && !path.parent.isEmpty() && !path.path.contains(u'*'))
            m_field->addItem(onOneLine(path.path, kNameShown), path.path);
    m_field->setCurrentIndex(std::max(0, m_field->findData(chosen)));
    if (const int wanted = m_wanted.isEmpty() ? -1 : m_field->findData(m_wanted); wanted > 0) {
        m_field->setCurrentIndex(wanted);
        takeField(wanted);
    }
}

QString FacetsPanel::field() const {
    return m_wanted.isEmpty() ? m_field->currentData().toString() : m_wanted;
}

void FacetsPanel::wantField(const QString& path) {
    m_wanted = path;
    fillFields();
}

void FacetsPanel::takeField(int row) {
    m_wanted.clear();
    const QString path = m_field->itemData(row).toString();
    m_model->setField(path.isEmpty() ? std::nullopt : placeOf(path));
    m_tree->expand(m_model->index(FacetsModel::FieldSection, 0));
}

std::optional<FilterExpression> FacetsPanel::currentCondition() const {
    return m_model->conditionAt(m_tree->currentIndex());
}

QString FacetsPanel::currentText() const {
    return m_model->textAt(m_tree->currentIndex());
}

void FacetsPanel::choose(const QModelIndex& index, bool excluded) {
    const QModelIndex name = index.siblingAtColumn(FacetsModel::NameColumn);
    if (name.data(FacetsModel::MoreRole).toBool()) {
        const QModelIndex parent = name.parent();
        const int row = name.row();
        m_model->showMore(name);
        m_tree->setCurrentIndex(m_model->index(row, FacetsModel::NameColumn, parent));
    } else if (const auto condition = m_model->conditionAt(name)) {
        if (excluded)
            emit withoutWanted(*condition);
        else
            emit onlyWanted(*condition);
    }
}

bool FacetsPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_page && event->type() == QEvent::Resize)
        takeRoom();
    if (watched == m_tree && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        const auto modifiers = key->modifiers() & ~Qt::KeypadModifier;
        if (isEnter && (modifiers == Qt::NoModifier || modifiers == Qt::ShiftModifier)) {
            const QModelIndex current = m_tree->currentIndex();
            if (!current.parent().isValid())
                m_tree->setExpanded(current, !m_tree->isExpanded(current));
            else
                choose(current, modifiers == Qt::ShiftModifier);
            return true;
        }
    }
    return Panel::eventFilter(watched, event);
}

} // namespace rewindow
