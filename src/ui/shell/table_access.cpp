// A table's interface, and those of its cells, made when they are asked for.
#include "ui/shell/table_access.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QHeaderView>
#include <QPersistentModelIndex>
#include <QPointer>
#include <QTableView>

#include <algorithm>
#include <vector>

namespace rewindow {

namespace {

constexpr int kRowsListed = 200; ///< as children; any other is found by its row and column
constexpr std::size_t kMostKept = 20'000;

QRect onScreen(const QWidget& viewport, const QRect& place) {
    return {viewport.mapToGlobal(place.topLeft()), place.size()};
}

/// What cells and headers have in common: no object, no children.
class PartOfTable : public QAccessibleInterface {
  public:
    explicit PartOfTable(QTableView* view) : m_view(view) {}

    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(m_view);
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    void setText(QAccessible::Text, const QString&) override {}

  protected:
    QPointer<QTableView> m_view;
};

class HeaderAccess : public PartOfTable {
  public:
    HeaderAccess(QTableView* view, int section, Qt::Orientation orientation)
        : PartOfTable(view)
        , m_section(section)
        , m_orientation(orientation) {}

    int section() const { return m_section; }
    bool isOfColumn() const { return m_orientation == Qt::Horizontal; }

    bool isValid() const override {
        return m_view && m_view->model() && m_section >= 0 && m_section < header().count();
    }
    QString text(QAccessible::Text kind) const override {
        if (!isValid() || (kind != QAccessible::Name && kind != QAccessible::Description))
            return {};
        const auto asked = [this](int role) {
            return m_view->model()->headerData(m_section, m_orientation, role).toString();
        };
        if (kind == QAccessible::Description)
            return asked(Qt::AccessibleDescriptionRole);
        const QString spoken = asked(Qt::AccessibleTextRole);
        return spoken.isEmpty() ? asked(Qt::DisplayRole) : spoken;
    }
    QRect rect() const override {
        if (!isValid() || header().isHidden())
            return {};
        const int begin = header().sectionViewportPosition(m_section);
        const int size = header().sectionSize(m_section);
        return onScreen(*header().viewport(), isOfColumn()
                                                  ? QRect(begin, 0, size, header().height())
                                                  : QRect(0, begin, header().width(), size));
    }
    QAccessible::Role role() const override {
        return isOfColumn() ? QAccessible::ColumnHeader : QAccessible::RowHeader;
    }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.invisible = !isValid() || header().isHidden() || header().isSectionHidden(m_section);
        return state;
    }

  private:
    const QHeaderView& header() const {
        return isOfColumn() ? *m_view->horizontalHeader() : *m_view->verticalHeader();
    }

    int m_section;
    Qt::Orientation m_orientation;
};

class TableAccess;

class CellAccess : public PartOfTable,
                   public QAccessibleTableCellInterface,
                   public QAccessibleActionInterface {
  public:
    CellAccess(QTableView* view, const QModelIndex& index) : PartOfTable(view), m_index(index) {}

    const QPersistentModelIndex& index() const { return m_index; }

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::TableCellInterface)
            return static_cast<QAccessibleTableCellInterface*>(this);
        if (type == QAccessible::ActionInterface)
            return static_cast<QAccessibleActionInterface*>(this);
        return nullptr;
    }
    bool isValid() const override {
        return m_view && m_index.isValid() && m_index.model() == m_view->model();
    }
    QString text(QAccessible::Text kind) const override;
    QRect rect() const override {
        return isValid() ? onScreen(*m_view->viewport(), m_view->visualRect(m_index)) : QRect();
    }
    QAccessible::Role role() const override { return QAccessible::Cell; }
    QAccessible::State state() const override;

    bool isSelected() const override {
        return isValid() && m_view->selectionModel()->isSelected(m_index);
    }
    QList<QAccessibleInterface*> columnHeaderCells() const override;
    QList<QAccessibleInterface*> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return m_index.column(); }
    int rowIndex() const override { return m_index.row(); }
    int columnExtent() const override {
        return isValid() ? m_view->columnSpan(row(), column()) : 1;
    }
    int rowExtent() const override { return isValid() ? m_view->rowSpan(row(), column()) : 1; }
    QAccessibleInterface* table() const override { return parent(); }

    QStringList actionNames() const override { return {setFocusAction()}; }
    void doAction(const QString& name) override {
        if (isValid() && name == setFocusAction()) {
            m_view->setFocus();
            m_view->setCurrentIndex(m_index);
        }
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

  private:
    int row() const { return m_index.row(); }
    int column() const { return m_index.column(); }

    QPersistentModelIndex m_index;
};

/// Numbers its children as Qt does, which tells of the current cell by its number: row by row, a
/// header before each. The first rows are listed, any row can be asked for.
class TableAccess : public QAccessibleWidget, public QAccessibleTableInterface {
  public:
    explicit TableAccess(QTableView* view) : QAccessibleWidget(view, QAccessible::Table) {}
    ~TableAccess() override { forgetAll(); }

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::TableInterface)
            return static_cast<QAccessibleTableInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    int childCount() const override {
        return (std::min(rowCount(), kRowsListed) + 1) * (columnCount() + 1);
    }
    QAccessibleInterface* child(int number) const override {
        const int columns = columnCount() + 1;
        const int row = number / columns - 1;
        const int column = number % columns - 1;
        if (number < 0 || row >= rowCount())
            return nullptr;
        return row < 0 || column < 0 ? header(row, column) : cellAt(row, column);
    }
    int indexOfChild(const QAccessibleInterface* part) const override {
        if (const auto* cell = dynamic_cast<const CellAccess*>(part))
            return cell->isValid() ? numberOf(cell->rowIndex(), cell->columnIndex()) : -1;
        if (const auto* head = dynamic_cast<const HeaderAccess*>(part))
            return head->isOfColumn() ? numberOf(-1, head->section())
                                      : numberOf(head->section(), -1);
        return -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override {
        const QModelIndex index = view().indexAt(view().viewport()->mapFromGlobal(QPoint(x, y)));
        return index.isValid() ? cellAt(index.row(), index.column()) : nullptr;
    }
    QAccessibleInterface* focusChild() const override {
        const QModelIndex current = view().currentIndex();
        return current.isValid() ? cellAt(current.row(), current.column()) : nullptr;
    }

    QAccessibleInterface* caption() const override { return nullptr; }
    QAccessibleInterface* summary() const override { return nullptr; }
    QAccessibleInterface* cellAt(int row, int column) const override {
        if (row < 0 || column < 0 || row >= rowCount() || column >= columnCount())
            return nullptr;
        return kept(numberOf(row, column), [&]() -> QAccessibleInterface* {
            return new CellAccess(&view(), view().model()->index(row, column, view().rootIndex()));
        });
    }
    int selectedCellCount() const override { return static_cast<int>(selected().size()); }
    QList<QAccessibleInterface*> selectedCells() const override {
        QList<QAccessibleInterface*> cells;
        for (const QModelIndex& index : selected())
            cells.append(cellAt(index.row(), index.column()));
        return cells;
    }
    QString columnDescription(int column) const override {
        return view().model()
                   ? view().model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()
                   : QString();
    }
    QString rowDescription(int) const override { return {}; }
    int selectedColumnCount() const override { return static_cast<int>(selectedColumns().size()); }
    int selectedRowCount() const override { return static_cast<int>(selectedRows().size()); }
    int columnCount() const override {
        return view().model() ? view().model()->columnCount(view().rootIndex()) : 0;
    }
    int rowCount() const override {
        return view().model() ? view().model()->rowCount(view().rootIndex()) : 0;
    }
    QList<int> selectedColumns() const override {
        QList<int> columns;
        if (const auto* selection = view().selectionModel())
            for (const QModelIndex& index : selection->selectedColumns())
                columns.append(index.column());
        return columns;
    }
    QList<int> selectedRows() const override {
        QList<int> rows;
        if (const auto* selection = view().selectionModel())
            for (const QModelIndex& index : selection->selectedRows())
                rows.append(index.row());
        return rows;
    }
    bool isColumnSelected(int column) const override { return selectedColumns().contains(column); }
    bool isRowSelected(int row) const override { return selectedRows().contains(row); }
    bool selectRow(int row) override {
        if (row < 0 || row >= rowCount())
            return false;
        view().selectRow(row);
        return true;
    }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int) override { return false; }
    bool unselectColumn(int) override { return false; }

    /// What is kept goes where its index went.
    void modelChange(QAccessibleTableModelChangeEvent* event) override {
        if (event->modelChangeType() == QAccessibleTableModelChangeEvent::DataChanged)
            return;
        QHash<int, QAccessible::Id> moved;
        for (auto at = m_kept.cbegin(); at != m_kept.cend(); ++at) {
            QAccessibleInterface* part = QAccessible::accessibleInterface(at.value());
            const int number = part && part->isValid() ? indexOfChild(part) : -1;
            if (number >= 0 && !moved.contains(number))
                moved.insert(number, at.value());
            else
                QAccessible::deleteAccessibleInterface(at.value());
        }
        m_kept = moved;
    }

    QAccessibleInterface* header(int row, int column) const {
        if (row < 0 && column < 0)
            return kept(0, [&] { return new HeaderAccess(&view(), -1, Qt::Vertical); });
        return kept(numberOf(row, column), [&]() -> QAccessibleInterface* {
            return row < 0 ? new HeaderAccess(&view(), column, Qt::Horizontal)
                           : new HeaderAccess(&view(), row, Qt::Vertical);
        });
    }

  private:
    QTableView& view() const { return *static_cast<QTableView*>(object()); }
    int numberOf(int row, int column) const { return (row + 1) * (columnCount() + 1) + column + 1; }
    QModelIndexList selected() const {
        return view().selectionModel() ? view().selectionModel()->selectedIndexes()
                                       : QModelIndexList();
    }

    template <class Make>
    QAccessibleInterface* kept(int number, const Make& make) const {
        if (const auto found = m_kept.constFind(number); found != m_kept.constEnd())
            return QAccessible::accessibleInterface(*found);
        if (static_cast<std::size_t>(m_kept.size()) >= kMostKept)
            forgetAll();
        QAccessibleInterface* made = make();
        m_kept.insert(number, QAccessible::registerAccessibleInterface(made));
        return made;
    }
    void forgetAll() const {
        for (const QAccessible::Id id : std::exchange(m_kept, {}))
            QAccessible::deleteAccessibleInterface(id);
    }

    mutable QHash<int, QAccessible::Id> m_kept;
};

QString CellAccess::text(QAccessible::Text kind) const {
    if (!isValid())
        return {};
    if (kind == QAccessible::Description)
        return m_index.data(Qt::AccessibleDescriptionRole).toString();
    if (kind != QAccessible::Name)
        return {};
    const QString spoken = m_index.data(Qt::AccessibleTextRole).toString();
    return spoken.isEmpty() ? m_index.data(Qt::DisplayRole).toString() : spoken;
}

QAccessible::State CellAccess::state() const {
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    const QRect seen = m_view->viewport()->rect();
    state.invisible = !m_view->isVisible() || m_view->isColumnHidden(column());
    state.offscreen = !seen.intersects(m_view->visualRect(m_index));
    state.selectable = m_index.flags().testFlag(Qt::ItemIsSelectable);
    state.focusable = !state.invisible && m_index.flags().testFlag(Qt::ItemIsEnabled);
    state.selected = isSelected();
    state.focused = m_view->hasFocus() && m_view->currentIndex() == m_index;
    const QVariant check = m_index.data(Qt::CheckStateRole);
    state.checkable = check.isValid();
    state.checked = check.toInt() == Qt::Checked;
    return state;
}

QList<QAccessibleInterface*> CellAccess::columnHeaderCells() const {
    const auto* table = isValid() ? dynamic_cast<TableAccess*>(parent()) : nullptr;
    return table ? QList<QAccessibleInterface*>{table->header(-1, column())}
                 : QList<QAccessibleInterface*>();
}

QAccessibleInterface* tableInterface(const QString&, QObject* object) {
    auto* view = qobject_cast<QTableView*>(object);
    return view ? new TableAccess(view) : nullptr;
}

} // namespace

void installTableAccess() {
    static const bool installed = [] {
        QAccessible::installFactory(tableInterface);
        return true;
    }();
    static_cast<void>(installed);
}

} // namespace rewindow
