// What caused the event that is shown, and what it caused.
#pragma once

#include "model/items/causation_model.h"
#include "ui/shell/panel.h"

class QLabel;
class QStackedLayout;
class QTreeView;

namespace rewindow {

/// The tree of one correlation, the shown event current in it. Enter, or a click on another event,
/// asks to show that one; holds no session.
class CausationPanel : public Panel {
    Q_OBJECT

  public:
    explicit CausationPanel(QWidget* parent = nullptr);

    /// `shown`: the event that the tree was read for.
    void present(const Causation& causation, GlobalPosition shown);
    /// Instead of a tree, a sentence.
    void presentNothing(const QString& why);

    QTreeView* tree() const { return m_tree; }
    CausationModel* model() const { return m_model; }

  signals:
    void eventChosen(rewindow::GlobalPosition position);
    void aggregateChosen(const QString& stream, rewindow::GlobalPosition position);
    /// To see only the events of this correlation.
    void correlationChosen(const QString& correlationId);

  private:
    void choose(const QModelIndex& index);
    void showMenu(const QPoint& place);
    void takePanelTheme();

    CausationModel* m_model;
    QTreeView* m_tree;
    QLabel* m_empty;
    QStackedLayout* m_stack;
    QAction* m_filter;
    GlobalPosition m_shown;
};

} // namespace rewindow
