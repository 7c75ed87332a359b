// A note, to write.
#pragma once

#include <QDialog>

class QPlainTextEdit;

namespace rewindow {

class NoteDialog : public QDialog {
    Q_OBJECT

  public:
    NoteDialog(const QString& title, const QString& note, QWidget* parent = nullptr);

    QPlainTextEdit& text() { return *m_text; }

  signals:
    void written(const QString& note);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override; ///< Ctrl+Enter is OK

  private:
    QPlainTextEdit* m_text = nullptr;
};

} // namespace rewindow
