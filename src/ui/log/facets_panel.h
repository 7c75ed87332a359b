// What the events under the filter have in common: beside the table.
#pragma once

#include "model/overview/facets_model.h"
#include "ui/shell/panel.h"

class QAction;
class QComboBox;
class QTreeView;

namespace rewindow {

class FilterKnowledge;

/// Types, categories, correlation ids, and the values of a field one chooses, each with its count.
/// A click or Enter asks for a value, with Shift for all but it. Shown where the page has room,
/// unless a person has chosen.
class FacetsPanel : public Panel {
    Q_OBJECT

  public:
    /// All must outlive it. The action works while the keyboard is in `page`.
    FacetsPanel(LogCounts& counts, FilterKnowledge& knowledge, QWidget* page);

    QAction* action() const { return m_action; } ///< shows it, or not
    QTreeView* tree() const { return m_tree; }
    QComboBox* fieldBox() const { return m_field; }
    FacetsModel* model() const { return m_model; }
    /// What finds the events of the value the keyboard stands on.
    std::optional<FilterExpression> currentCondition() const;
    QString currentText() const;

    /// What a person chose; nothing: it depends on the room.
    std::optional<bool> choice() const { return m_choice; }
    void setChoice(std::optional<bool> choice);

    /// The path of the field whose values are counted; empty: none.
    QString field() const;
    /// Chosen as soon as the log is known to have it.
    void wantField(const QString& path);

    QSize sizeHint() const override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  signals:
    void onlyWanted(const rewindow::FilterExpression& condition);
    void withoutWanted(const rewindow::FilterExpression& condition);

  private:
    void layOut();
    void takeRoom();
    void takeVisibility(bool visible);
    void enableActions(bool enabled);
    void fillFields();
    void takeField(int row);
    void choose(const QModelIndex& index, bool excluded);
    void makeActions();
    void copyAll() const;
    void copyRow() const;

    LogCounts& m_counts;
    FilterKnowledge& m_knowledge;
    QWidget* m_page;
    FacetsModel* m_model = nullptr;
    QTreeView* m_tree = nullptr;
    QComboBox* m_field = nullptr;
    QAction* m_action = nullptr;
    QList<QAction*> m_ofCounts; ///< nothing is counted while the panel is hidden
    std::optional<bool> m_choice;
    QString m_wanted; ///< field
};

} // namespace rewindow
