// A line to type into over a list to choose from, in the middle of the window.
#include "ui/places/palette_popup.h"

#include "ui/places/palette_steps.h"
#include "ui/shell/theme.h"

#include <QApplication>
#include <QCloseEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
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
    : QFrame(window)
    , m_placeholder(placeholder)
    , m_line(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_empty(dimLabel({}, this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    hide();
    setAccessibleName(title);
    const Theme& theme = Theme::instance();
    m_line->setPlaceholderText(placeholder);
    m_line->setAccessibleName(title);
    m_line->setAccessibleDescription(placeholder);
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

    qApp->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, const QWidget* now) {
        if (now && isVisible() && now != this && !isAncestorOf(now) &&
            now->window() == this->window())
            close();
    });
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
    tellRow();
}

/// The keyboard stays in the line: so does what reads aloud.
void PalettePopup::tellRow() {
    const QModelIndex current = m_list->currentIndex();
    if (m_stack->currentIndex() == 1)
        m_line->setAccessibleDescription(m_empty->text().isEmpty() ? m_placeholder
                                                                   : m_empty->text());
    else if (current.isValid())
        m_line->setAccessibleDescription(current.data(Qt::AccessibleTextRole).toString());
}

void PalettePopup::setEmptyText(const QString& text) {
    m_empty->setText(text);
    m_empty->setAccessibleName(text);
    tellRow();
}

QString PalettePopup::emptyText() const {
    return m_stack->currentIndex() == 1 ? m_empty->text() : QString();
}

void PalettePopup::popUp() {
    m_before = window()->focusWidget();
    lieInTheMiddle();
    show();
    raise();
    m_line->setFocus(Qt::PopupFocusReason);
}

void PalettePopup::lieInTheMiddle() {
    const Theme& theme = Theme::instance();
    const QWidget& over = *parentWidget();
    constexpr int gap = 4 * kMargin;
    const int fromTop = theme.scaled(kFromTop);
    resize(std::min(theme.scaled(kWidth), std::max(240, over.width() - gap)),
           std::min(theme.scaled(kHeight), std::max(160, over.height() - fromTop - gap)));
    move((over.width() - width()) / 2, fromTop);
}

void PalettePopup::moveBy(int rows) {
    const int count = m_list->model()->rowCount();
    if (count == 0)
        return;
    const int there = paletteRow(m_list->currentIndex().row(), rows, count);
    m_list->setCurrentIndex(m_list->model()->index(there, 0));
    moved(m_list->currentIndex());
    tellRow();
}

bool PalettePopup::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_line && event->type() == QEvent::ShortcutOverride) {
        event->accept(); // what the window does on keys waits until this is closed
        return true;
    }
    if (watched == m_line && event->type() == QEvent::KeyPress)
        return keyOfLine(*static_cast<QKeyEvent*>(event));
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        lieInTheMiddle();
    if (event->type() == QEvent::MouseButtonPress && isVisible()) {
        const auto* part = qobject_cast<QWidget*>(watched);
        if (part && part != this && !isAncestorOf(part))
            close();
    }
    return QFrame::eventFilter(watched, event);
}

bool PalettePopup::keyOfLine(QKeyEvent& event) {
    if (const int rows = paletteStep(event.key(), kPage); rows != 0) {
        moveBy(rows);
        return true;
    }
    switch (event.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_list->currentIndex().isValid())
            choose(m_list->currentIndex());
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

bool PalettePopup::focusNextPrevChild(bool) {
    return true; // it stays in the line
}

void PalettePopup::keyPressEvent(QKeyEvent* event) {
    event->accept(); // what the line leaves is nobody's
}

void PalettePopup::closeEvent(QCloseEvent* event) {
    if (m_before && isAncestorOf(window()->focusWidget()))
        m_before->setFocus(Qt::PopupFocusReason);
    QFrame::closeEvent(event);
}

} // namespace rewindow
