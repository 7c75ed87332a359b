// Asks for a file: the desktop's own dialog, or Qt's where the desktop has none.
#pragma once

#include <QApplication>
#include <QFileDialog>

namespace rewindow {

/// Has no Q_OBJECT on purpose: Qt shows the desktop's own dialog for its own class alone.
class FileDialog : public QFileDialog {
  public:
    using QFileDialog::QFileDialog;

  protected:
    /// Return reaches Qt's dialog with the list of fitting names still open. Left open, that list
    /// keeps the application from noticing that its window is the active one again, and the window
    /// takes no keys from then on.
    void accept() override {
        if (QWidget* names = QApplication::activePopupWidget())
            names->hide();
        QFileDialog::accept();
    }
};

} // namespace rewindow
