// A tree over the event's data, metadata and circumstances, and buttons below it.
#include "ui/log/event_panel.h"

#include "model/filter/event_conditions.h"
#include "model/items/json_preview.h"
#include "model/items/json_tree_model.h"
#include "ui/log/json_delegate.h"
#include "ui/shell/icons.h"
#include "ui/shell/number_text.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedLayout>
#include <QTreeView>
#include <QVBoxLayout>

#include <iterator>
#include <string_view>

namespace rewindow {

namespace {
/// Small containers are unfolded down to the second level.
constexpr std::size_t kUnfolded = 12;
/// Bytes of a payload that nobody reads to the end.
constexpr std::size_t kLarge = 10'000;

/// Of what is shown in part only, how much there is.
QString withSize(const QString& name, std::string_view text) {
    return text.size() < kLarge
               ? name
               : EventPanel::tr("%1, %2").arg(name, byteCountText(std::ssize(text)));
}

} // namespace

EventPanel::EventPanel(QWidget* parent)
    : Panel(Theme::Role::Event, tr("Event"), parent)
    , m_model(new JsonTreeModel(this))
    , m_tree(new QTreeView)
    , m_empty(new QLabel)
    , m_open(new QPushButton(icon(QStringLiteral("aggregate")), {}))
    , m_copy(new QPushButton(icon(QStringLiteral("copy")), tr("Copy"))) {
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new JsonDelegate(m_tree));
    m_tree->setAccessibleName(tr("Data and metadata of the event"));
    // JSON is read from left to right in every language.
    m_tree->setLayoutDirection(Qt::LeftToRight);
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setIndentation(14);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->header()->setStretchLastSection(true);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &EventPanel::showMenu);

    m_empty->setTextFormat(Qt::PlainText);
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
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_tree);
    layout->addLayout(m_stack, 1);
    layout->addLayout(buttons);
    setBody(body);
    takeDetailTheme();
    connect(&Theme::instance(), &Theme::changed, this, &EventPanel::takeDetailTheme);
    presentNothing({});
}

void EventPanel::takeDetailTheme() {
    m_tree->setColumnWidth(0, Theme::instance().scaled(130));
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, Theme::instance().color(Theme::Role::DimText));
    m_empty->setPalette(dim);
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
    roots.push_back({withSize(detail.dataIsJson ? tr("data") : tr("data (not JSON)"), event.data()),
                     detail.data});
    if (!event.metadata().empty())
        roots.push_back(
            {withSize(detail.metadataIsJson ? tr("metadata") : tr("metadata (not JSON)"),
                      event.metadata()),
             detail.metadata});
    roots.push_back({tr("event"), detail.circumstances()});
    m_model->setRoots(std::move(roots));
    for (int root = 0; root < m_model->rowCount(); ++root) {
        const QModelIndex index = m_model->index(root, 0);
        m_tree->expand(index);
        for (int row = 0; row < m_model->rowCount(index); ++row) {
            const QModelIndex child = m_model->index(row, 0, index);
            if (const Json value = m_model->value(child);
                value.size() > 0 && value.size() <= kUnfolded)
                m_tree->expand(child);
        }
    }
    m_tree->setCurrentIndex(m_model->index(0, 0));
    m_stack->setCurrentWidget(m_tree);
    m_open->setText(tr("Open aggregate at v%1").arg(event.version().value()));
    m_open->setAccessibleName(m_open->text());
    m_open->setEnabled(true);
    m_copy->setEnabled(true);
}

void EventPanel::presentNothing(const QString& why) {
    m_detail.reset();
    m_model->setRoots({});
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
    QModelIndex root = current;
    while (root.parent().isValid())
        root = root.parent();
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
    if (m_fillMenu)
        m_fillMenu(*menu);
    menu->addActions(m_copyActions);
    menu->popup(m_tree->viewport()->mapToGlobal(place));
}

} // namespace rewindow
