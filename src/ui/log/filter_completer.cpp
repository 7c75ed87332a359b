// A list that lies over the page, below the word that is written.
#include "ui/log/filter_completer.h"

#include "model/filter/filter_knowledge.h"
#include "ui/log/filter_line.h"
#include "ui/places/palette_delegate.h"
#include "ui/places/palette_steps.h"
#include "ui/shell/icons.h"
#include "ui/shell/number_text.h"
#include "ui/shell/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QVBoxLayout>

#include <algorithm>

namespace rewindow {

namespace {

using Kind = FilterSuggestion::Kind;

constexpr int kWidth = 560;
constexpr int kMostRows = 9;
constexpr int kPage = 8;
constexpr int kGap = 2;
constexpr int kFrame = 1;

QString iconOf(Kind kind) {
    switch (kind) {
    case Kind::Type:
        return QStringLiteral("event");
    case Kind::Category:
        return QStringLiteral("aggregate");
    case Kind::Stream:
        return QStringLiteral("stream");
    case Kind::Time:
        return QStringLiteral("history");
    case Kind::Keyword:
    case Kind::Operator:
        return QStringLiteral("command");
    case Kind::Member:
    case Kind::Value:
        return QStringLiteral("view");
    case Kind::Field:
        break;
    }
    return QStringLiteral("filter");
}

QString kindText(Kind kind) {
    switch (kind) {
    case Kind::Field:
        return FilterCompleter::tr("field");
    case Kind::Keyword:
        return FilterCompleter::tr("word");
    case Kind::Operator:
        return FilterCompleter::tr("comparison");
    case Kind::Member:
        return FilterCompleter::tr("value of events");
    case Kind::Type:
        return FilterCompleter::tr("type");
    case Kind::Category:
        return FilterCompleter::tr("category");
    case Kind::Stream:
        return FilterCompleter::tr("stream");
    case Kind::Value:
        return FilterCompleter::tr("value");
    case Kind::Time:
        return FilterCompleter::tr("time");
    }
    return {};
}

PaletteRow rowOf(const FilterSuggestion& suggestion) {
    PaletteRow row;
    row.icon = icon(iconOf(suggestion.kind));
    row.title = suggestion.shown;
    row.matched = suggestion.matched;
    row.detail = suggestion.detail;
    if (suggestion.count < 0)
        row.trailing = kindText(suggestion.kind);
    else if (suggestion.kind == Kind::Value)
        row.trailing = FilterCompleter::tr("seen %1×").arg(numberText(suggestion.count));
    else
        row.trailing = FilterCompleter::tr("%1 · %2 events")
                           .arg(kindText(suggestion.kind), numberText(suggestion.count));
    return row;
}

} // namespace

FilterCompleter::FilterCompleter(FilterLine& line, FilterKnowledge& knowledge)
    : QFrame(line.window())
    , m_line(line)
    , m_knowledge(knowledge)
    , m_model(new FilterSuggestionsModel(this))
    , m_list(new QListView(this))
    , m_hint(new QLabel(tr("↓ ↑ choose · Tab or Enter insert · Esc close"), this))
    , m_description(line.accessibleDescription()) {
    hide();
    setAutoFillBackground(true);
    setFrameShape(QFrame::StyledPanel);
    setFocusPolicy(Qt::NoFocus);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(
        [this](const QModelIndex& index) { return rowOf(m_model->at(index.row())); },
        PaletteDelegate::Lines::One, m_list));
    m_list->setAccessibleName(tr("Suggestions for the filter"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setMargin(4);
    const auto takeTheme = [this] {
        QPalette dim = palette();
        dim.setColor(QPalette::WindowText, Theme::instance().color(Theme::Role::DimText));
        m_hint->setPalette(dim);
        m_hint->setFont(Theme::instance().smallFont());
    };
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, takeTheme);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kFrame, kFrame, kFrame, kFrame);
    layout->setSpacing(0);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_hint);

    line.installEventFilter(this);
    connect(&line, &QLineEdit::textEdited, this, [this] {
        if (!m_isAccepting)
            suggest();
    });
    connect(&line, &QLineEdit::cursorPositionChanged, this, [this] {
        // What is typed moves the cursor, too.
        const bool isKnown = m_line.text() == m_text && m_line.cursorPosition() == m_cursor;
        if (isVisible() && !m_isAccepting && !isKnown)
            refresh();
    });
    connect(&knowledge, &FilterKnowledge::learnt, this, [this] {
        if (m_isWanted)
            refresh();
    });
    connect(m_list, &QAbstractItemView::clicked, this,
            [this](const QModelIndex& index) { accept(index.row()); });
}

void FilterCompleter::suggest() {
    m_knowledge.learn();
    m_isWanted = true;
    refresh();
}

/// A row that was chosen stays so while more becomes known.
void FilterCompleter::refresh() {
    m_text = m_line.text();
    m_cursor = m_line.cursorPosition();
    const int row = m_list->currentIndex().row();
    const QString chosen = row >= 0 && isVisible() ? m_model->at(row).text : QString();
    m_model->setSuggestions(filterSuggestions(m_text, m_cursor, m_knowledge.vocabulary(),
                                              m_knowledge.at(m_text, m_cursor)));
    const int rows = m_model->rowCount();
    if (rows == 0 || !m_line.hasFocus()) {
        hide();
        tell();
        return;
    }
    for (int i = 0; i < rows && !chosen.isEmpty(); ++i)
        if (m_model->at(i).text == chosen)
            m_list->setCurrentIndex(m_model->index(i));
    if (!m_list->currentIndex().isValid())
        m_list->scrollToTop();
    place();
    show();
    raise();
    tell();
}

void FilterCompleter::place() {
    QWidget* window = m_line.window();
    if (parentWidget() != window)
        setParent(window);
    const Theme& theme = Theme::instance();
    const int rowHeight = std::max(1, m_list->sizeHintForRow(0));
    const int shown = std::min(m_model->rowCount(), kMostRows);
    resize(std::min(theme.scaled(kWidth), window->width() - 2 * kGap),
           shown * rowHeight + m_hint->sizeHint().height() + 2 * kFrame + kGap);
    const QRect cursor = m_line.inputMethodQuery(Qt::ImCursorRectangle).toRect();
    const QPoint below = m_line.mapTo(window, QPoint(cursor.left(), m_line.height() + kGap));
    move(std::clamp(below.x() - theme.scaled(24), kGap,
                    std::max(kGap, window->width() - width() - kGap)),
         below.y());
}

/// A screen reader stays in the line: what is chosen is told there.
void FilterCompleter::tell() {
    const QModelIndex current = m_list->currentIndex();
    QString text = m_description;
    if (isVisible())
        text = current.isValid()
                   ? tr("Suggestion %1 of %2: %3")
                         .arg(numberText(current.row() + 1), numberText(m_model->rowCount()),
                              current.data(Qt::AccessibleTextRole).toString())
                   : tr("%1 suggestions, Down goes to them").arg(numberText(m_model->rowCount()));
    if (m_line.accessibleDescription() != text)
        m_line.setAccessibleDescription(text);
}

void FilterCompleter::moveBy(int rows) {
    m_list->setCurrentIndex(
        m_model->index(paletteRow(m_list->currentIndex().row(), rows, m_model->rowCount())));
    tell();
}

void FilterCompleter::accept(int row) {
    const FilterSuggestion suggestion = m_model->at(row);
    const EditedText edited = withSuggestion(m_line.text(), suggestion);
    m_isAccepting = true;
    m_line.edit(edited.text, static_cast<int>(edited.cursor));
    m_isAccepting = false;
    m_list->setCurrentIndex({});
    m_line.setFocus();
    if (suggestion.goesOn) {
        suggest();
    } else {
        m_isWanted = false;
        hide();
        tell();
    }
}

bool FilterCompleter::eventFilter(QObject* watched, QEvent* event) {
    if (watched != &m_line)
        return QFrame::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::FocusOut:
    case QEvent::Hide:
        m_isWanted = false;
        hide();
        tell();
        return false;
    case QEvent::ShortcutOverride:
        // While the list shows, its keys are no shortcuts of the window.
        if (isVisible() && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape)
            event->accept();
        return false;
    case QEvent::KeyPress:
        return takeKey(*static_cast<QKeyEvent*>(event));
    default:
        return false;
    }
}

bool FilterCompleter::takeKey(const QKeyEvent& event) {
    const bool isPlain =
        event.modifiers() == Qt::NoModifier || event.modifiers() == Qt::KeypadModifier;
    if (!isVisible()) {
        const bool isAsked =
            (event.key() == Qt::Key_Down && isPlain) ||
            (event.key() == Qt::Key_Space && event.modifiers() == Qt::ControlModifier);
        if (isAsked)
            suggest();
        return isAsked;
    }
    if (!isPlain)
        return false;
    if (const int rows = paletteStep(event.key(), kPage); rows != 0) {
        moveBy(rows);
        return true;
    }
    switch (event.key()) {
    case Qt::Key_Tab:
        accept(std::max(0, m_list->currentIndex().row()));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_list->currentIndex().isValid()) {
            accept(m_list->currentIndex().row());
            return true;
        }
        m_isWanted = false;
        hide();
        tell();
        return false;
    case Qt::Key_Escape:
        m_isWanted = false;
        hide();
        tell();
        return true;
    default:
        return false;
    }
}

} // namespace rewindow
