// Choosing the columns of the log's table, and their order.
#pragma once

#include "model/items/log_columns.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace rewindow {

class MovableList;

class ColumnsDialog : public QDialog {
    Q_OBJECT

  public:
    explicit ColumnsDialog(const LogColumns& columns, QWidget* parent = nullptr);

    /// As they are ticked and ordered.
    LogColumns columns() const;

  signals:
    void chosen(const rewindow::LogColumns& columns);

  private:
    QWidget* makeButtons();
    QWidget* makeFieldRow();
    void show(const LogColumns& columns);
    void append(const LogColumn& column, bool isShown);
    void addField();
    void takeCurrent();
    int rowOf(const QString& word) const; ///< -1 where there is none

    MovableList* m_list = nullptr;
    QPushButton* m_remove = nullptr;
    QPushButton* m_ok = nullptr;
    QLineEdit* m_field = nullptr;
    QLabel* m_mistake = nullptr;
};

} // namespace rewindow
