// What caused the event that is shown, and what it caused.
#pragma once

#include "model/items/causation_model.h"
#include "ui/shell/panel.h"
#include "ui/shell/row_in_sight.h"

class QLabel;
class QStackedLayout;
class QTreeView;

namespace rewindow {

class CausationLanesView;

/// The events of one correlation, as a tree of causes or as lanes, the shown one current. Enter, or
/// a click on another event, asks to show that one, Ctrl+Enter its aggregate; holds no session.
class CausationPanel : public Panel {
    Q_OBJECT

  public:
    explicit CausationPanel(QWidget* parent = nullptr);

    /// `shown`: the event that the tree was read for.
    void present(const Causation& causation, GlobalPosition shown);
    /// Instead of a tree, a sentence.
    void presentNothing(const QString& why);

    QTreeView* tree() const { return m_tree; }
    CausationLanesView* lanes() const { return m_lanes; }
    bool showsLanes() const;
    void setShowsLanes(bool shows);
    CausationModel* model() const { return m_model; }

  signals:
    void eventChosen(rewindow::GlobalPosition position);
    void aggregateChosen(const QString& stream, rewindow::GlobalPosition position);
    void linkWanted(rewindow::GlobalPosition position);
    /// To see only the events of this correlation.
    void correlationChosen(const QString& correlationId);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void makeLanes();
    void choose(GlobalPosition position);
    const CausationNode* currentNode() const;
    void showMenu(const CausationNode& node, const QPoint& globalPlace);
    void takeView();

    CausationModel* m_model;
    QTreeView* m_tree;
    RowInSight m_inSight; ///< of the tree: the shown event
    CausationLanesView* m_lanes;
    QLabel* m_empty;
    QStackedLayout* m_stack;
    QAction* m_filter;
    QAction* m_asLanes;
    QAction* m_picture = nullptr; ///< exports the lanes
    GlobalPosition m_shown;
};

} // namespace rewindow
