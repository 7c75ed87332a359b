// One line about work that goes on: a sentence, how far it is, a button.
#pragma once

#include <QString>
#include <QWidget>

class QProgressBar;
class QPushButton;
class QTimer;

namespace rewindow {

class ElidedLabel;

/// Hidden at first. What it says, and whether it shows, is up to whoever has it.
class WorkStrip : public QWidget {
    Q_OBJECT

  public:
    /// `progressName` is what a screen reader calls the bar.
    explicit WorkStrip(const QString& progressName, QWidget* parent = nullptr);

    /// On one line, what cannot be shown escaped.
    void setText(const QString& text);
    void setButton(const QString& text);
    void setTrouble(bool trouble);
    /// `total` 0 or less: nobody knows how much there is.
    void setProgress(qint64 reached, qint64 total);
    void setProgressShown(bool shown);
    /// Shows it after a moment, unless hideNow() comes first: what is over before a person could
    /// read a line is not spoken of.
    void showSoon();
    void showNow();
    void hideNow();

  signals:
    void pressed();

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    ElidedLabel* m_text = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_button = nullptr;
    QTimer* m_patience = nullptr;
    bool m_trouble = false;
};

} // namespace rewindow
