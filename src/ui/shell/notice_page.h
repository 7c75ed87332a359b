// A page that says one thing and offers ways out: opening, or what went wrong.
#pragma once

#include <QList>
#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QProgressBar;

namespace rewindow {

class NoticePage : public QWidget {
    Q_OBJECT

  public:
    explicit NoticePage(QWidget* parent = nullptr);

    /// Work is under way; the only way out is to cancel it.
    void showProgress(const QString& title, QAction* cancel);
    /// Both 0: it is not known how much there is to do.
    void setProgress(qint64 reached, qint64 total);
    /// A sentence, and a button for each way out, the first being the likely one.
    void showTrouble(const QString& title, const QString& sentence, const QList<QAction*>& waysOut);

    QString sentence() const;

  private:
    void setWaysOut(const QList<QAction*>& waysOut);
    void takeTheme();

    QLabel* m_icon = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_sentence = nullptr;
    QProgressBar* m_progress = nullptr;
    QHBoxLayout* m_buttons = nullptr;
};

} // namespace rewindow
