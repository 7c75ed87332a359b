// The list of commands sent, with what can be done about each.
#include "ui/aggregate/command_history_view.h"

#include "model/items/command_history_model.h"
#include "ui/aggregate/command_history_delegate.h"
#include "ui/shell/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace rewindow {

namespace {

/// "History" on the ground of a table's header, between hairlines.
class SectionHeader : public QLabel {
  public:
    using QLabel::QLabel;

  protected:
    void paintEvent(QPaintEvent* event) override {
        QPainter painter(this);
        const Theme& theme = Theme::instance();
        painter.fillRect(rect(), theme.color(Theme::Role::PanelHeader));
        painter.fillRect(0, 0, width(), 1, theme.color(Theme::Role::Border));
        painter.fillRect(0, height() - 1, width(), 1, theme.color(Theme::Role::Border));
        painter.end();
        QLabel::paintEvent(event);
    }
};

class HistoryList : public QListView {
  public:
    using QListView::QListView;

  protected:
    void paintEvent(QPaintEvent* event) override {
        QListView::paintEvent(event);
        if (model()->rowCount() > 0)
            return;
        QPainter painter(viewport());
        painter.setFont(Theme::instance().textFont());
        painter.setPen(Theme::instance().color(Theme::Role::DimText));
        painter.drawText(viewport()->rect().adjusted(16, 14, -16, 0),
                         int(Qt::AlignHCenter | Qt::AlignTop) | Qt::TextWordWrap,
                         CommandHistoryView::tr("What you send is listed here, with what came of "
                                                "it."));
    }
};

} // namespace

CommandHistoryView::CommandHistoryView(CommandHistoryModel& history, QWidget* parent)
    : QWidget(parent)
    , m_history(history)
    , m_list(new HistoryList(this))
    , m_go(new QPushButton(this))
    , m_again(new QPushButton(tr("Send again…"), this))
    , m_sendAt(new QPushButton(this)) {
    auto* title = new SectionHeader(tr("History"), this);
    QFont bold = Theme::instance().textFont();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    title->setContentsMargins(10, 6, 10, 6);
    m_list->setObjectName(QStringLiteral("command.history"));
    m_list->setAccessibleName(tr("Commands sent, newest first"));
    m_list->setModel(&history);
    m_list->setItemDelegate(new CommandHistoryDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_go->setObjectName(QStringLiteral("command.go-to"));
    m_go->setText(tr("Go to its event"));
    m_again->setObjectName(QStringLiteral("command.again"));
    m_again->setToolTip(tr("Fill the form with this command"));
    m_sendAt->setObjectName(QStringLiteral("command.send-at"));
    m_sendAt->setText(tr("Send again"));

    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(8, 4, 8, 4);
    buttons->setSpacing(6);
    for (QPushButton* button : {m_go, m_sendAt, m_again})
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(title);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);

    const auto current = [this] { return m_list->currentIndex().row(); };
    connect(m_list, &QListView::clicked, this, &CommandHistoryView::activate);
    connect(m_list, &QListView::activated, this, &CommandHistoryView::activate);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &CommandHistoryView::offerActions);
    connect(&history, &QAbstractItemModel::dataChanged, this, &CommandHistoryView::offerActions);
    connect(m_go, &QPushButton::clicked, this, &CommandHistoryView::activate);
    connect(m_again, &QPushButton::clicked, this,
            [this, current] { emit fillIn(m_history.entry(current()).request); });
    connect(m_sendAt, &QPushButton::clicked, this, [this, current] {
        const CommandHistoryEntry& entry = m_history.entry(current());
        emit sendAt(entry.request, entry.conflict()->actual);
    });
    offerActions();
}

void CommandHistoryView::selectNewest() {
    m_list->setCurrentIndex(m_history.index(0));
    m_list->scrollToTop();
}

void CommandHistoryView::offerActions() {
    const QModelIndex index = m_list->currentIndex();
    const CommandHistoryEntry* entry = index.isValid() ? &m_history.entry(index.row()) : nullptr;
    const CommandAccepted* accepted = entry ? entry->accepted() : nullptr;
    const VersionConflict* conflict = entry ? entry->conflict() : nullptr;
    m_go->setVisible(accepted);
    if (accepted)
        m_go->setText(tr("Go to v%1").arg(accepted->version.value()));
    m_sendAt->setVisible(conflict);
    if (conflict)
        m_sendAt->setText(tr("Send at v%1").arg(conflict->actual.value()));
    m_again->setVisible(entry);
}

void CommandHistoryView::activate() {
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid())
        return;
    if (const CommandAccepted* accepted = m_history.entry(index.row()).accepted())
        emit goTo(accepted->stream, accepted->version);
}

} // namespace rewindow
