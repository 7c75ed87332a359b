// Rules that colour the rows of the log: adding, changing, ordering and removing them.
#pragma once

#include "model/items/colour_rules.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace rewindow {

class MovableList;

/// The list above, the rule at hand below. Rules whose filter cannot be read are not let go.
class ColourRulesDialog : public QDialog {
    Q_OBJECT

  public:
    explicit ColourRulesDialog(const ColourRules& rules, QWidget* parent = nullptr);

    ColourRules rules() const;
    /// Shows this one, to be changed.
    void setCurrent(int rule);

  signals:
    void chosen(const rewindow::ColourRules& rules);

  private:
    QWidget* makeEditor();
    QWidget* makeButtons();
    void append(const ColourRule& rule);
    void showCurrent();
    void takeEdited();
    void sayMistake();
    void finish();

    MovableList* m_list = nullptr;
    QWidget* m_editor = nullptr;
    QLineEdit* m_filter = nullptr;
    QComboBox* m_tint = nullptr;
    QComboBox* m_sign = nullptr;
    QCheckBox* m_bold = nullptr;
    QLabel* m_mistake = nullptr;
    QPushButton* m_remove = nullptr;
    bool m_isFilling = false;
};

} // namespace rewindow
