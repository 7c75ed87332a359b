// The tree of a state: field, value, set by.
#pragma once

#include "ui/shell/row_in_sight.h"

#include "base/ordinals.h"
#include "model/items/state_model.h"

#include <QHash>
#include <QTreeView>

#include <array>
#include <functional>

namespace rewindow {

/// What is expanded and selected is remembered by JSON pointer, so that it survives moving through
/// versions in which a place comes and goes, and from one aggregate to the next.
class StateTree : public QTreeView {
    Q_OBJECT

  public:
    explicit StateTree(StateModel& state, QWidget* parent = nullptr);

    /// Keeps rows that come and go from moving the selection: hold one while the model changes.
    class Quiet {
      public:
        explicit Quiet(StateTree& tree) : m_tree(tree), m_before(tree.m_following) {
            m_tree.m_following = true;
        }
        ~Quiet() { m_tree.m_following = m_before; }
        Quiet(const Quiet&) = delete;
        Quiet& operator=(const Quiet&) = delete;

      private:
        StateTree& m_tree;
        bool m_before;
    };

    /// Selects the row of a place, where there is one, without asking for it.
    void showPointer(const QString& pointer);
    void setPlaceholder(const QString& text);
    /// What a search found in a row: which JsonHits::Parts.
    void setFound(std::function<int(const QModelIndex&)> found) { m_found = std::move(found); }

  signals:
    void pointerChosen(const QString& pointer);
    void versionRequested(rewindow::StreamVersion version);
    void historyRequested(const QString& pointer, const QPoint& globalPlace);
    void wholeStateRequested();
    void linkRequested(const QString& pointer);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                 const QModelIndex& index) const override;
    void drawBranches(QPainter* painter, const QRect& rect,
                      const QModelIndex& index) const override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool viewportEvent(QEvent* event) override;

  private:
    QAction* addOwnAction(const QString& text, const QString& iconName, const QKeySequence& keys,
                          void (StateTree::*slot)());
    void takeTheme();
    void fitColumns();
    std::array<int, StateModel::ColumnCount> neededWidths() const; ///< pixels
    void expandInserted(const QModelIndex& parent, int first, int last);
    bool shouldExpand(const QModelIndex& index) const;
    void expandWanted(const QModelIndex& parent);
    void readOn();
    void keepCurrent();
    void askWhoSet();
    void askHistory();
    void copyValue();
    void copyPointer();
    void askForLink();
    void paintFound(QPainter& painter, const QModelIndex& row, int parts,
                    void (*paint)(QPainter&, const QRect&)) const;
    bool isLink(const QModelIndex& index) const;

    StateModel& m_state;
    QHash<QString, bool> m_expansion; ///< by pointer: what the user expanded and collapsed
    RowInSight m_inSight{*this};
    QString m_placeholder;
    std::function<int(const QModelIndex&)> m_found;
    bool m_following = false;
    bool m_expanding = false;
    bool m_userSized = false;
    bool m_fitting = false;
};

} // namespace rewindow
