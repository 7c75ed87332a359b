// All actions with their keys, to read and to run.
#pragma once

#include <QDialog>

class QLineEdit;
class QTableWidget;

namespace rewindow {

class Actions;

/// Enter or a double click runs the action of the row.
class ShortcutsDialog : public QDialog {
    Q_OBJECT

  public:
    ShortcutsDialog(const Actions& actions, QWidget* parent);

  private:
    void showMatching(const QString& words);
    void run(int row);

    QLineEdit* m_filter = nullptr;
    QTableWidget* m_table = nullptr;
};

} // namespace rewindow
