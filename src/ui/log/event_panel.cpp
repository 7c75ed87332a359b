// A tree over the event's data, metadata and circumstances, and buttons below it.
#include "ui/log/event_panel.h"

#include "model/filter/event_conditions.h"
#include "model/items/json_preview.h"
#include "model/items/json_tree_model.h"
#include "ui/log/json_delegate.h"
#include "ui/shell/icons.h"
#include "ui/shell/json_find.h"
#include "ui/shell/number_text.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QStackedLayout>
#include <QTreeView>
#include <QVBoxLayout>

#include <iterator>
#include <string_view>

namespace rewindow {

namespace {
/// Small containers are unfolded down to the second level.
constexpr std::size_t kUnfolded = 12;
constexpr qsizetype kFoldingsKept = 200;
/// Bytes of a payload that nobody reads to the end.
constexpr std::size_t kLarge = 10'000;

QModelIndex rootOf(QModelIndex index) {
    while (index.parent().isValid())
        index = index.parent();
    return index;
}

/// A root's key, with what its payload is where that is not plain, and of what is shown in part
/// only, how much there is.
QString named(const QString& part, PayloadKind kind, std::string_view text) {
    const QString name = kind == PayloadKind::Json   ? part
                         : kind == PayloadKind::Text ? EventPanel::tr("%1 (not JSON)").arg(part)
                                                     : EventPanel::tr("%1 (binary)").arg(part);
    return text.size() < kLarge && kind != PayloadKind::Binary
               ? name
               : EventPanel::tr("%1, %2").arg(name, byteCountText(std::ssize(text)));
}
} // namespace

EventPanel::EventPanel(StoreLane& lane, QWidget* parent)
    : Panel(Theme::Role::Event, tr("Event"), parent)
    , m_model(new JsonTreeModel(this))
    , m_tree(new QTreeView)
    , m_empty(new QLabel)
    , m_open(new QPushButton(icon(QStringLiteral("aggregate")), {}))
    , m_copy(new QPushButton(icon(QStringLiteral("copy")), tr("Copy"))) {
    m_tree->setModel(m_model);
    auto* delegate = new JsonDelegate(m_tree);
    m_tree->setItemDelegate(delegate);
    m_tree->setAccessibleName(tr("Data and metadata of the event"));
    // JSON is read from left to right in every language.
    m_tree->setLayoutDirection(Qt::LeftToRight);
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setIndentation(14);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->header()->setStretchLastSection(true);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &EventPanel::showMenu);
    connect(m_tree, &QTreeView::activated, this, &EventPanel::follow);
    connect(m_tree, &QTreeView::expanded, this,
            [this](const QModelIndex& index) { takeFolding(index, false); });
    connect(m_tree, &QTreeView::collapsed, this,
            [this](const QModelIndex& index) { takeFolding(index, true); });
    m_find = new JsonFind(lane,
                          {.tree = *m_tree,
                           .indexOf =
                               [this](const JsonHit& hit) {
                                   return m_model->indexOf(static_cast<int>(hit.root), hit.path);
                               },
                           .place = [this](const QModelIndex& index) { return placeOf(index); }},
                          this);
    delegate->setFound([this](const QModelIndex& index) { return m_find->found(index); });
    delegate->setLinks([this](const QModelIndex& index) { return linkAt(index) != Link::None; });
    auto* find = new QAction(icon(QStringLiteral("search")), tr("Find in the event"), this);
    find->setStatusTip(tr("Goes through the keys and values that hold a text (Ctrl+F there)."));
    connect(find, &QAction::triggered, m_find, &JsonFind::open);
    addAction(find);

    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMargin(16);

    const auto add = [this](const QString& name, const QKeySequence& keys,
                            void (EventPanel::*copy)() const) {
        auto* action = new QAction(icon(QStringLiteral("copy")), name, this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, copy);
        addAction(action);
        m_copyActions.append(action);
    };
    add(tr("Copy value"), QKeySequence::Copy, &EventPanel::copyValue);
    add(tr("Copy path"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C), &EventPanel::copyPath);
    add(tr("Copy whole event"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E),
        &EventPanel::copyWhole);
    auto* menu = new QMenu(m_copy);
    menu->addActions(m_copyActions);
    m_copy->setMenu(menu);
    m_copy->setAccessibleName(tr("Copy"));
    connect(m_open, &QPushButton::clicked, this, &EventPanel::openAggregate);

    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(8, 8, 8, 6);
    buttons->setSpacing(8);
    buttons->addWidget(m_open);
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    auto* body = new QWidget(this);
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_stack = new QStackedLayout;
    // First of all, or what it is given would be shown as a window of its own.
    layout->addLayout(m_stack, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_tree);
    layout->addWidget(m_find);
    layout->addLayout(buttons);
    setBody(body);
    takeDetailTheme();
    connect(&Theme::instance(), &Theme::changed, this, &EventPanel::takeDetailTheme);
    presentNothing({});
}

void EventPanel::takeDetailTheme() {
    m_tree->setColumnWidth(0, Theme::instance().scaled(130));
    if (m_detail)
        setSquare(Theme::instance().eventColor(toQString(m_detail->event.type())));
}

void EventPanel::present(const EventDetail& detail) {
    m_detail = detail;
    const RecordedEvent& event = detail.event;
    setTitle(toQString(event.type()));
    setSubject({});
    setBadge(tr("position %1").arg(numberText(event.position().value())));
    setSquare(Theme::instance().eventColor(toQString(event.type())));
    std::vector<JsonTreeModel::Root> roots;
    roots.push_back({named(tr("data"), detail.dataKind, event.data()), detail.data});
    if (!event.metadata().empty())
        roots.push_back(
            {named(tr("metadata"), detail.metadataKind, event.metadata()), detail.metadata});
    roots.push_back({tr("event"), detail.circumstances()});
    std::vector<Json> values;
    for (const JsonTreeModel::Root& root : roots)
        values.push_back(root.value);
    m_model->setRoots(std::move(roots));
    m_find->setValues(std::move(values));
    unfold();
    m_tree->setCurrentIndex(m_model->index(0, 0));
    m_stack->setCurrentWidget(m_tree);
    m_open->setText(tr("Open aggregate at v%1").arg(event.version().value()));
    m_open->setAccessibleName(m_open->text());
    m_open->setEnabled(true);
    m_copy->setEnabled(true);
}

QString EventPanel::placeOf(const QModelIndex& index) const {
    return QString::number(rootOf(index).row()) +
           QString::fromStdString(m_model->pointer(index).toString());
}

void EventPanel::takeFolding(const QModelIndex& index, bool isFolded) {
    if (m_isUnfolding)
        return;
    if (m_folded.size() >= kFoldingsKept)
        m_folded.clear();
    m_folded.insert(placeOf(index), isFolded);
}

/// As a person left the same places of other events; else what is small, to the second level.
void EventPanel::unfold() {
    const QScopedValueRollback unfolding(m_isUnfolding, true);
    const auto isWanted = [this](const QModelIndex& index, bool otherwise) {
        return !m_folded.value(placeOf(index), !otherwise);
    };
    for (int root = 0; root < m_model->rowCount(); ++root) {
        const QModelIndex index = m_model->index(root, 0);
        m_tree->setExpanded(index, isWanted(index, true));
        for (int row = 0; row < m_model->rowCount(index); ++row) {
            const QModelIndex child = m_model->index(row, 0, index);
            const Json value = m_model->value(child);
            if (value.size() > 0 && isWanted(child, value.size() <= kUnfolded))
                m_tree->expand(child);
        }
    }
}

EventPanel::Link EventPanel::linkAt(const QModelIndex& index) const {
    const QModelIndex row = index.siblingAtColumn(JsonTreeModel::KeyColumn);
    if (!m_detail || rootOf(row).row() != m_model->rowCount() - 1)
        return Link::None;
    const std::string place = m_model->pointer(row).toString();
    if (place == "/causationId" || place.starts_with("/causation"))
        return Link::Cause;
    return place == "/correlationId" ? Link::Correlation : Link::None;
}

void EventPanel::follow(const QModelIndex& index) {
    switch (linkAt(index)) {
    case Link::Cause:
        emit causeWanted();
        break;
    case Link::Correlation:
        emit correlationWanted(toQString(m_detail->event.correlationId()));
        break;
    case Link::None:
        break;
    }
}

void EventPanel::presentNothing(const QString& why) {
    m_detail.reset();
    m_model->setRoots({});
    m_find->setValues({});
    setTitle(tr("Event"));
    setSubject({});
    setBadge({});
    setSquare({});
    m_empty->setText(why);
    m_empty->setAccessibleName(why);
    m_stack->setCurrentWidget(m_empty);
    m_open->setText(tr("Open aggregate"));
    m_open->setAccessibleName(m_open->text());
    m_open->setEnabled(false);
    m_copy->setEnabled(false);
}

std::optional<FilterExpression> EventPanel::currentCondition() const {
    const QModelIndex current = m_tree->currentIndex();
    if (!m_detail || !current.isValid())
        return std::nullopt;
    const QModelIndex root = rootOf(current);
    const bool isLast = root.row() == m_model->rowCount() - 1;
    const EventPart part = root.row() == 0 ? EventPart::Data
                           : isLast        ? EventPart::Circumstances
                                           : EventPart::Metadata;
    return conditionOf(*m_detail, part, m_model->pointer(current));
}

QString EventPanel::currentText() const {
    return m_model->wholeText(m_tree->currentIndex());
}

void EventPanel::copyValue() const {
    QGuiApplication::clipboard()->setText(m_model->wholeText(m_tree->currentIndex()));
}

void EventPanel::copyPath() const {
    QGuiApplication::clipboard()->setText(
        QString::fromStdString(m_model->pointer(m_tree->currentIndex()).toString()));
}

void EventPanel::copyWhole() const {
    if (m_detail)
        QGuiApplication::clipboard()->setText(
            QString::fromStdString(m_detail->whole().dumpPretty()));
}

void EventPanel::showMenu(const QPoint& place) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QModelIndex index = m_tree->indexAt(place);
    if (const Link link = linkAt(index); link != Link::None) {
        menu->addAction(icon(QStringLiteral("forward")),
                        link == Link::Cause ? tr("Go to the event that caused this one")
                                            : tr("Only this correlation"),
                        this, [this, index = QPersistentModelIndex(index)] { follow(index); });
        menu->addSeparator();
    }
    if (m_fillMenu)
        m_fillMenu(*menu);
    menu->addActions(m_copyActions);
    menu->popup(m_tree->viewport()->mapToGlobal(place));
}

} // namespace rewindow
