// A line to type into over a list to choose from, in the middle of the window.
#include "ui/places/palette_popup.h"

#include "ui/places/palette_steps.h"
#include "ui/shell/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QScreen>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kWidth = 720;
constexpr int kHeight = 440;
constexpr int kFromTop = 56;
constexpr int kMargin = 10;
constexpr int kPage = 10;

QLabel* dimLabel(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    QPalette dim = label->palette();
    dim.setColor(QPalette::WindowText, Theme::instance().color(Theme::Role::DimText));
    label->setPalette(dim);
    return label;
}

} // namespace

PalettePopup::PalettePopup(const QString& title, const QString& placeholder, const QString& hint,
                           QWidget* window)
    : QFrame(window, Qt::Popup)
    , m_line(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_empty(dimLabel({}, this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    setWindowTitle(title);
    setAccessibleName(title);
    const Theme& theme = Theme::instance();
    m_line->setPlaceholderText(placeholder);
    m_line->setAccessibleName(title);
    m_line->setAccessibleDescription(placeholder);
    m_line->installEventFilter(this);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMargin(3 * kMargin);
    QLabel* help = dimLabel(hint, this);
    help->setFont(theme.smallFont());
    help->setWordWrap(false);

    auto* body = new QWidget(this);
    m_stack = new QStackedLayout(body);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin - 2);
    layout->setSpacing(kMargin - 2);
    layout->addWidget(m_line);
    layout->addWidget(body, 1);
    layout->addWidget(help);
    setFocusProxy(m_line);

    connect(m_line, &QLineEdit::textChanged, this, &PalettePopup::typed);
    connect(m_list, &QAbstractItemView::clicked, this, &PalettePopup::choose);
}

void PalettePopup::setList(QAbstractItemModel& model, PaletteDelegate::RowOf rowOf,
                           const QString& name) {
    m_list->setAccessibleName(name);
    m_list->setItemDelegate(
        new PaletteDelegate(std::move(rowOf), PaletteDelegate::Lines::One, m_list));
    m_list->setModel(&model);
    connect(&model, &QAbstractItemModel::modelReset, this, &PalettePopup::takeRows);
    takeRows();
}

void PalettePopup::takeRows() {
    const bool hasRows = m_list->model()->rowCount() > 0;
    m_stack->setCurrentIndex(hasRows ? 0 : 1);
    if (hasRows)
        m_list->setCurrentIndex(m_list->model()->index(standingRow(), 0));
}

void PalettePopup::setEmptyText(const QString& text) {
    m_empty->setText(text);
    m_empty->setAccessibleName(text);
}

QString PalettePopup::emptyText() const {
    return m_stack->currentIndex() == 1 ? m_empty->text() : QString();
}

void PalettePopup::popUp() {
    const Theme& theme = Theme::instance();
    const QWidget* window = parentWidget()->window();
    constexpr int gap = 4 * kMargin;
    resize(std::min(theme.scaled(kWidth), std::max(240, window->width() - gap)),
           std::min(theme.scaled(kHeight), std::max(160, window->height() - 2 * gap)));
    const QPoint middle((window->width() - width()) / 2, theme.scaled(kFromTop));
    const QRect room = window->screen()->availableGeometry();
    const QPoint place = window->mapToGlobal(middle);
    move(std::clamp(place.x(), room.left(), std::max(room.left(), room.right() - width())),
         std::clamp(place.y(), room.top(), std::max(room.top(), room.bottom() - height())));
    show();
    m_line->setFocus(Qt::PopupFocusReason);
}

void PalettePopup::moveBy(int rows) {
    const int count = m_list->model()->rowCount();
    if (count == 0)
        return;
    const int there = paletteRow(m_list->currentIndex().row(), rows, count);
    m_list->setCurrentIndex(m_list->model()->index(there, 0));
    moved(m_list->currentIndex());
}

bool PalettePopup::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_line || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (const int rows = paletteStep(key, kPage); rows != 0) {
        moveBy(rows);
        return true;
    }
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_list->currentIndex().isValid())
            choose(m_list->currentIndex());
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

} // namespace rewindow
