// A line, a count and three buttons; the keys work in the tree as well.
#include "ui/shell/json_find.h"

#include "model/items/shown_locale.h"
#include "ui/shell/icons.h"
#include "ui/shell/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

namespace rewindow {

namespace {
constexpr int kTypingMs = 120;
constexpr int kUnderline = 2;
} // namespace

JsonFind::JsonFind(StoreLane& lane, Shown shown, QWidget* parent)
    : QWidget(parent)
    , m_lane(lane)
    , m_shown(std::move(shown))
    , m_line(new QLineEdit(this))
    , m_message(new QLabel(this))
    , m_roots(std::make_shared<std::vector<Json>>()) {
    m_line->setPlaceholderText(tr("Find in keys and values"));
    m_line->setAccessibleName(tr("Find in keys and values"));
    m_message->setTextFormat(Qt::PlainText);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_message);
    const auto button = [&](const char* drawing, const QString& name, void (JsonFind::*does)()) {
        auto* pushed = new QToolButton(this);
        pushed->setIcon(icon(QLatin1String(drawing)));
        pushed->setToolTip(name);
        pushed->setAccessibleName(name);
        pushed->setAutoRaise(true);
        connect(pushed, &QToolButton::clicked, this, does);
        layout->addWidget(pushed);
    };
    button("arrow-up", tr("Find previous (Shift+F3)"), &JsonFind::findPrevious);
    button("arrow-down", tr("Find next (F3)"), &JsonFind::findNext);
    button("close", tr("Close the search (Escape)"), &JsonFind::close);
    m_line->installEventFilter(this);
    m_shown.tree.installEventFilter(this);
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingMs);
    connect(m_line, &QLineEdit::textChanged, this, [this] {
        m_goesOn = true;
        m_typing.start();
    });
    connect(&m_typing, &QTimer::timeout, this, &JsonFind::search);
    hide();
}

JsonFind::~JsonFind() {
    m_searching.cancel();
}

void JsonFind::setValues(std::vector<Json> roots) {
    const auto areSame = [](const Json& left, const Json& right) {
        return left.isSharedWith(right);
    };
    if (std::ranges::equal(roots, *m_roots, areSame))
        return;
    m_roots = std::make_shared<std::vector<Json>>(std::move(roots));
    clear();
    if (!isHidden())
        search();
}

void JsonFind::open() {
    show();
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
    if (!m_line->text().isEmpty())
        search();
}

void JsonFind::close() {
    hide();
    clear();
    m_shown.tree.setFocus(Qt::OtherFocusReason);
}

void JsonFind::clear() {
    m_searching.cancel();
    m_typing.stop();
    m_isSearching = false;
    m_hits = {};
    m_current = -1;
    say();
    m_shown.tree.viewport()->update();
}

void JsonFind::search() {
    const bool goesOn = m_goesOn;
    clear();
    m_goesOn = goesOn;
    const QString text = m_line->text();
    if (text.isEmpty())
        return;
    m_isSearching = true;
    m_searching = m_lane.run<JsonHits>(
        this,
        [roots = m_roots, text](Store&, const CancelToken& cancel) {
            return findInJson(*roots, text, cancel);
        },
        [this](const Result<JsonHits>& hits) {
            if (hits)
                take(*hits);
        });
}

void JsonFind::take(const JsonHits& hits) {
    m_isSearching = false;
    m_hits = hits;
    say();
    m_shown.tree.viewport()->update();
    if (std::exchange(m_goesOn, false))
        go(true);
}

void JsonFind::go(bool forward) {
    if (!isQuiet()) {
        m_goesOn = true;
        return;
    }
    const auto count = static_cast<qint64>(m_hits.hits.size());
    if (count == 0)
        return;
    if (m_current < 0)
        m_current = forward ? 0 : count - 1;
    else
        m_current = (m_current + (forward ? 1 : count - 1)) % count;
    const QModelIndex index = m_shown.indexOf(m_hits.hits[static_cast<std::size_t>(m_current)]);
    if (index.isValid()) {
        for (QModelIndex above = index.parent(); above.isValid(); above = above.parent())
            m_shown.tree.expand(above);
        m_shown.tree.setCurrentIndex(index);
        m_shown.tree.scrollTo(index);
    }
    say();
}

void JsonFind::say() {
    const auto kept = static_cast<qint64>(m_hits.hits.size());
    QString text;
    if (m_line->text().isEmpty())
        text = QString();
    else if (m_isSearching)
        text = tr("searching…");
    else if (m_hits.count == 0)
        text = tr("not found");
    else if (m_current < 0)
        text = tr("%1 found").arg(shownNumber(m_hits.count));
    else
        text = tr("%1 of %2").arg(shownNumber(m_current + 1), shownNumber(m_hits.count));
    m_message->setToolTip(
        kept < m_hits.count
            ? tr("The first %1 places can be gone to; make the text longer for the others")
                  .arg(shownNumber(kept))
            : QString());
    m_message->setText(text);
    m_line->setAccessibleDescription(text);
}

QString JsonFind::message() const {
    return m_message->text();
}

int JsonFind::found(const QModelIndex& index) const {
    return m_hits.places.isEmpty() ? 0 : m_hits.places.value(m_shown.place(index));
}

void JsonFind::paintGround(QPainter& painter, const QRect& cell) {
    painter.fillRect(cell, Theme::instance().color(Theme::Role::Changed));
}

void JsonFind::paintLine(QPainter& painter, const QRect& cell) {
    painter.fillRect(QRect(cell.left(), cell.bottom() - kUnderline, cell.width(), kUnderline),
                     Theme::instance().color(Theme::Role::ChangedText));
}

bool JsonFind::takeKey(int key, Qt::KeyboardModifiers modifiers) {
    const bool isShifted = modifiers == Qt::ShiftModifier;
    if (key == Qt::Key_F3 && (isShifted || modifiers == Qt::NoModifier) && !isHidden()) {
        go(!isShifted);
        return true;
    }
    if (key == Qt::Key_F && modifiers == Qt::ControlModifier) {
        open();
        return true;
    }
    if (key == Qt::Key_Escape && modifiers == Qt::NoModifier && !isHidden()) {
        close();
        return true;
    }
    return false;
}

/// Before the page's own shortcuts, which have the same keys for the whole page.
bool JsonFind::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(watched, event);
    const auto* pressed = static_cast<QKeyEvent*>(event);
    const int key = pressed->key();
    const Qt::KeyboardModifiers modifiers = pressed->modifiers() & ~Qt::KeypadModifier;
    if (event->type() == QEvent::ShortcutOverride) {
        const bool isOurs = (key == Qt::Key_F && modifiers == Qt::ControlModifier) ||
                            ((key == Qt::Key_F3 || key == Qt::Key_Escape) && !isHidden());
        if (isOurs)
            event->accept();
        return isOurs;
    }
    if (takeKey(key, modifiers))
        return true;
    if (watched == m_line && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        go(modifiers != Qt::ShiftModifier);
        return true;
    }
    if (watched == m_line && key == Qt::Key_Down) {
        m_shown.tree.setFocus(Qt::TabFocusReason);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace rewindow
