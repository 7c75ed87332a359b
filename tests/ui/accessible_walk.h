// Going through everything assistive technology can reach in a window, and what is wrong with it.
#pragma once

#include <QAbstractItemView>
#include <QAccessible>
#include <QRandomGenerator>
#include <QStringList>
#include <QTest>
#include <QWidget>

namespace rewindow::test {

/// Collects what a person who hears the window could make nothing of: what can have the focus and
/// has no name, a painted value without words, a cell without text, a table without a current cell.
class AccessibleWalk {
  public:
    static constexpr int kRandomCells = 200; ///< of a table, besides those in sight

    void walk(QWidget& window) {
        walk(QAccessible::queryAccessibleInterface(&window),
             classOf(*QAccessible::queryAccessibleInterface(&window)));
    }

    const QStringList& problems() const { return m_problems; }
    int nodes() const { return m_nodes; }
    int focusable() const { return m_focusable; }
    int cells() const { return m_cells; }

  private:
    static QString classOf(QAccessibleInterface& node) {
        return node.object() ? QString::fromLatin1(node.object()->metaObject()->className())
                             : QStringLiteral("item");
    }

    void complain(const QString& place, const QString& what) {
        m_problems.append(QStringLiteral("%1: %2").arg(place, what));
    }

    void walk(QAccessibleInterface* node, const QString& place) {
        if (!node || !node->isValid()) {
            complain(place, QStringLiteral("no interface"));
            return;
        }
        ++m_nodes;
        const QAccessible::State state = node->state();
        if (state.invisible)
            return;
        if (state.focusable) {
            ++m_focusable;
            if (node->text(QAccessible::Name).trimmed().isEmpty())
                complain(place, QStringLiteral("can have the focus and has no name"));
        }
        if (node->role() == QAccessible::Slider)
            lookAtSlider(*node, place);
        if (auto* view = qobject_cast<QAbstractItemView*>(node->object())) {
            lookAtView(*node, *view, place);
            return;
        }
        for (int i = 0; i < node->childCount(); ++i) {
            QAccessibleInterface* child = node->child(i);
            walk(child, child ? QStringLiteral("%1 > %2").arg(place, classOf(*child)) : place);
        }
    }

    void lookAtSlider(QAccessibleInterface& node, const QString& place) {
        if (node.text(QAccessible::Value).trimmed().isEmpty())
            complain(place, QStringLiteral("paints a value it has no words for"));
        if (node.text(QAccessible::Description).trimmed().isEmpty())
            complain(place, QStringLiteral("does not say how its value is moved"));
        if (!node.valueInterface())
            complain(place, QStringLiteral("has no value"));
    }

    void lookAtView(QAccessibleInterface& node, const QAbstractItemView& view,
                    const QString& place) {
        const QAbstractItemModel* model = view.model();
        if (!model || model->rowCount(view.rootIndex()) == 0)
            return;
        if (!view.currentIndex().isValid())
            complain(place, QStringLiteral("has rows and no current one"));
        const int rows = model->rowCount(view.rootIndex());
        const int columns = model->columnCount(view.rootIndex());
        const int first = std::max(0, view.indexAt({1, 1}).row());
        const QModelIndex below = view.indexAt({1, view.viewport()->height() - 2});
        const int last = below.isValid() ? below.row() : std::min(rows - 1, first + 40);
        for (int row = first; row <= last; ++row)
            for (int column = 0; column < columns; ++column)
                lookAtCell(node, view, row, column, place);
        for (int i = 0; i < kRandomCells; ++i)
            lookAtCell(node, view, m_random.bounded(rows), m_random.bounded(columns), place);
    }

    /// By the table's interface, as a bridge asks; only what is shown has a cell.
    void lookAtCell(QAccessibleInterface& node, const QAbstractItemView& view, int row, int column,
                    const QString& place) {
        const QModelIndex index = view.model()->index(row, column, view.rootIndex());
        if (view.visualRect(index).width() == 0 && view.visualRect(index).height() == 0 &&
            view.model()->columnCount() > 1)
            return; // a hidden column
        QAccessibleTableInterface* table = node.tableInterface();
        QAccessibleInterface* cell = table ? table->cellAt(row, column) : node.child(row);
        if (!cell) {
            complain(place, QStringLiteral("no cell at %1, %2").arg(row).arg(column));
            return;
        }
        ++m_cells;
        if (cell->state().focusable &&
            !QTest::qWaitFor([cell] { return !cell->text(QAccessible::Name).trimmed().isEmpty(); },
                             0))
            complain(place, QStringLiteral("cell %1, %2 says nothing").arg(row).arg(column));
    }

    QStringList m_problems;
    QRandomGenerator m_random{4711};
    int m_nodes = 0;
    int m_focusable = 0;
    int m_cells = 0;
};

} // namespace rewindow::test
