// A column in the middle: a title, the ways in, and the list of recent stores.
#include "ui/shell/start_page.h"

#include "store/store_url.h"
#include "ui/shell/panel.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QAction>
#include <QCommandLinkButton>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QVBoxLayout>

namespace rewindow {

namespace {

constexpr int kColumnWidth = 620;
constexpr int kRecentRows = 6;
constexpr int kAddressRole = Qt::UserRole + 1;

QCommandLinkButton* wayIn(QAction* action, QWidget* parent) {
    auto* button = new QCommandLinkButton(action->text(), action->statusTip(), parent);
    button->setIcon(action->icon());
    button->setIconSize({24, 24});
    button->setAccessibleName(action->text());
    button->setAutoDefault(true); // Return presses it, not the space bar alone
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

QString recentText(const QString& address) {
    const auto url = StoreUrl::parse(address);
    const QString name = url ? url->displayName() : address;
    return url && url->isFile() ? QStringLiteral("%1   %2").arg(name, url->path()) : name;
}

} // namespace

StartPage::StartPage(const QList<QAction*>& waysIn, QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(tr("Rewindow"), this))
    , m_subtitle(new QLabel(tr("Open an event store, and step through what happened."), this))
    , m_hint(new QLabel(tr("Or drop a file anywhere on this window. Stores of other frameworks are "
                           "never written to."),
                        this))
    , m_column(new QWidget(this))
    , m_recentPanel(new Panel(Theme::Role::Event, tr("Recent stores"), this))
    , m_recent(new QListWidget(m_recentPanel)) {
    m_hint->setWordWrap(true);
    m_recent->setAccessibleName(tr("Recent stores"));
    m_recent->setContextMenuPolicy(Qt::CustomContextMenu);
    m_recent->setTextElideMode(Qt::ElideMiddle);
    m_recent->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_recentPanel->setBody(m_recent);
    connect(m_recent, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) {
        emit recentChosen(item->data(kAddressRole).toString());
    });
    connect(m_recent, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) {
        emit recentChosen(item->data(kAddressRole).toString());
    });
    connect(m_recent, &QWidget::customContextMenuRequested, this, [this](const QPoint& place) {
        QListWidgetItem* item = m_recent->itemAt(place);
        if (!item)
            return;
        const QString address = item->data(kAddressRole).toString();
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addAction(tr("Open"), this, [this, address] { emit recentChosen(address); });
        menu->addAction(tr("Take off this list"), this,
                        [this, address] { emit forgetRecent(address); });
        menu->popup(m_recent->viewport()->mapToGlobal(place));
    });

    auto* column = new QVBoxLayout(m_column);
    column->setSpacing(10);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_title);
    column->addWidget(m_subtitle);
    column->addSpacing(14);
    for (QAction* action : waysIn) {
        m_waysIn.append(wayIn(action, this));
        column->addWidget(m_waysIn.last());
    }
    column->addWidget(m_hint);
    column->addSpacing(14);
    column->addWidget(m_recentPanel);
    auto* rows = new QVBoxLayout(this);
    rows->addStretch(2);
    auto* middle = new QHBoxLayout; // an alignment would not ask how high the column is
    middle->addStretch(1);
    middle->addWidget(m_column);
    middle->addStretch(1);
    rows->addLayout(middle);
    rows->addStretch(3);
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, &StartPage::takeTheme);
    setRecent({});
}

void StartPage::takeTheme() {
    const Theme& theme = Theme::instance();
    QFont large = theme.textFont();
    large.setPixelSize(theme.scaled(28));
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, theme.color(Theme::Role::DimText));
    m_subtitle->setPalette(dim);
    m_hint->setPalette(dim);
    const int width = theme.scaled(kColumnWidth);
    m_column->setFixedWidth(width);
    for (QWidget* way : std::as_const(m_waysIn))
        way->setMinimumHeight(way->heightForWidth(width)); // its layout takes one line's height
    m_recent->setFixedHeight(theme.rowHeight() * kRecentRows);
}

void StartPage::setRecent(const QStringList& addresses) {
    m_recent->clear();
    for (const QString& address : addresses) {
        auto* item = new QListWidgetItem(onOneLine(recentText(address)), m_recent);
        item->setData(kAddressRole, address);
        item->setToolTip(rewindow::toolTip(address));
    }
    if (m_recent->count() > 0)
        m_recent->setCurrentRow(0);
    m_recentPanel->setVisible(!addresses.isEmpty());
}

} // namespace rewindow
