// Sections follow a LogColumns, and make one where they are moved.
#include "ui/log/log_header.h"

#include "model/items/log_model.h"
#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kSignsWidth = 38;
constexpr int kLeastDrawn = 16;
constexpr int kMostDrawn = 4000;
constexpr int kCellPadding = 18;
constexpr int kTypeSquare = 15;

/// A column is as wide as this text.
QString widest(LogColumn::Kind kind) {
    switch (kind) {
    case LogColumn::Kind::Position:
        return QStringLiteral("00,000,000");
    case LogColumn::Kind::Recorded:
        return QStringLiteral("2026-11-23 14:59:00.000");
    case LogColumn::Kind::Type:
        return QStringLiteral("QuantityChangedXX");
    case LogColumn::Kind::Stream:
        return QStringLiteral("application-000000");
    case LogColumn::Kind::Version:
        return QStringLiteral("00000");
    case LogColumn::Kind::Since:
        return QStringLiteral("+00 d 00:00:00.000");
    case LogColumn::Kind::Correlation:
    case LogColumn::Kind::Causation:
    case LogColumn::Kind::Id:
        return QStringLiteral("0193b2c4-0000-7000");
    default:
        return QStringLiteral("0000000000000000");
    }
}

} // namespace

LogHeader::LogHeader(LogModel& model, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_model(model) {
    setSectionsMovable(true);
    setHighlightSections(false);
    setStretchLastSection(true);
    setTextElideMode(Qt::ElideRight);
    connect(this, &QHeaderView::sectionResized, this, [this](int section) {
        if (QGuiApplication::mouseButtons() != Qt::NoButton)
            m_resized.insert(section);
    });
    connect(this, &QHeaderView::sectionMoved, this, [this] {
        if (!m_isShowing)
            emit columnsChanged(columns());
    });
}

void LogHeader::showColumns(const LogColumns& columns) {
    m_isShowing = true;
    const LogColumns before = this->columns();
    m_model.setFields(columns.fields());
    std::vector<int> wanted{LogModel::SignColumn};
    for (const LogColumn& column : columns.list())
        wanted.push_back(m_model.columnOf(column));
    for (int section = 0; section < count(); ++section) {
        const bool isWanted = std::ranges::find(wanted, section) != wanted.end();
        const auto column = m_model.columnAt(section);
        const bool isNewField = section >= LogModel::FirstField && column && !before.has(*column);
        const bool isNew =
            isWanted && (isSectionHidden(section) || sectionSize(section) == 0 || isNewField);
        setSectionHidden(section, !isWanted);
        if (isNew)
            resizeSection(section, widthOf(section));
    }
    for (std::size_t place = 0; place < wanted.size(); ++place)
        moveSection(visualIndex(wanted[place]), static_cast<int>(place));
    setSectionResizeMode(LogModel::SignColumn, QHeaderView::Fixed);
    setFirstSectionMovable(false); // a table allows it when it is given its header
    m_isShowing = false;
}

LogColumns LogHeader::columns() const {
    std::vector<LogColumn> columns;
    for (int place = 0; place < count(); ++place) {
        const int section = logicalIndex(place);
        const auto column = m_model.columnAt(section);
        if (column && !isSectionHidden(section))
            columns.push_back(*column);
    }
    return LogColumns(columns);
}

void LogHeader::fitColumns() {
    for (int section = 0; section < count(); ++section) {
        if (!isSectionHidden(section))
            resizeSection(section, widthOf(section));
    }
}

void LogHeader::setDrawnWidths(const QHash<QString, int>& widths) {
    m_drawn = widths;
    fitColumns();
}

/// The last one is as wide as there is room, drawn or not.
void LogHeader::mouseReleaseEvent(QMouseEvent* event) {
    QHeaderView::mouseReleaseEvent(event);
    for (const int section : std::exchange(m_resized, {})) {
        const auto column = m_model.columnAt(section);
        if (column && visualIndex(section) < count() - hiddenSectionCount() - 1)
            m_drawn.insert(column->word(), sectionSize(section) * 100 / Theme::instance().zoom());
    }
}

int LogHeader::widthOf(int section) const {
    const Theme& theme = Theme::instance();
    const auto column = m_model.columnAt(section);
    if (!column)
        return theme.scaled(kSignsWidth);
    if (const auto drawn = m_drawn.constFind(column->word()); drawn != m_drawn.constEnd())
        return theme.scaled(std::clamp(*drawn, kLeastDrawn, kMostDrawn));
    return usualWidth(column->kind, m_model.headerData(section, Qt::Horizontal).toString());
}

int LogHeader::usualWidth(LogColumn::Kind kind, const QString& title) {
    const Theme& theme = Theme::instance();
    const bool isType = kind == LogColumn::Kind::Type;
    const int text = QFontMetrics(isType ? theme.textFont() : theme.monospaceFont())
                         .horizontalAdvance(widest(kind));
    const int titled = QFontMetrics(theme.textFont()).horizontalAdvance(title);
    return std::max(text + (isType ? kTypeSquare : 0), std::min(titled, 2 * text)) + kCellPadding;
}

QMenu* LogHeader::menuOf(int section) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const LogColumns shown = columns();
    const auto& list = shown.list();
    const auto choose = [this](const LogColumns& columns) {
        return [this, columns] { emit columnsChanged(columns); };
    };
    if (const auto column = m_model.columnAt(section); column && shown.has(*column)) {
        const auto place = std::ranges::find(list, *column) - list.begin();
        const auto moved = [&](std::ptrdiff_t to) {
            std::vector<LogColumn> order = list;
            std::swap(order[static_cast<std::size_t>(place)], order[static_cast<std::size_t>(to)]);
            return LogColumns(order);
        };
        const QString name = menuText(m_model.headerData(section, Qt::Horizontal).toString());
        QAction* hide =
            menu->addAction(tr("Hide “%1”").arg(name), this, choose(shown.without(*column)));
        hide->setEnabled(list.size() > 1);
        if (place > 0)
            menu->addAction(tr("Move to the left"), this, choose(moved(place - 1)));
        if (place + 1 < std::ssize(list))
            menu->addAction(tr("Move to the right"), this, choose(moved(place + 1)));
        menu->addSeparator();
    }
    for (const LogColumn& column : LogColumn::fixed()) {
        const int at = m_model.columnOf(column);
        QAction* action =
            menu->addAction(menuText(m_model.headerData(at, Qt::Horizontal).toString()));
        action->setCheckable(true);
        action->setChecked(shown.has(column));
        action->setEnabled(!shown.has(column) || list.size() > 1);
        connect(action, &QAction::triggered, this,
                choose(shown.has(column) ? shown.without(column) : shown.with(column)));
    }
    menu->addSeparator();
    menu->addAction(icon(QStringLiteral("layout")), tr("Choose columns…"), this,
                    &LogHeader::dialogWanted);
    menu->addAction(icon(QStringLiteral("undo")), tr("The usual columns"), this,
                    choose(LogColumns()));
    return menu;
}

void LogHeader::contextMenuEvent(QContextMenuEvent* event) {
    menuOf(logicalIndexAt(event->pos()))->popup(event->globalPos());
}

} // namespace rewindow
