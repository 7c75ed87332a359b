// The line at the window's foot: how long the log is, what was replayed, how far the views are.
#pragma once

#include <QPointer>
#include <QStatusBar>

namespace rewindow {

class ElidedLabel;
class Session;

class StatusLine : public QStatusBar {
    Q_OBJECT

  public:
    explicit StatusLine(QWidget* parent = nullptr);

    void setSession(Session* session); ///< nullptr: none is open
    void setReplay(const QString& text);

  private:
    void update();
    QString viewsText() const;
    void showAssumed();

    QPointer<Session> m_session;
    ElidedLabel* m_log = nullptr;
    ElidedLabel* m_streams = nullptr;
    ElidedLabel* m_replay = nullptr;
    ElidedLabel* m_assumed = nullptr; ///< of gaps in the log
    ElidedLabel* m_readOnly = nullptr;
    ElidedLabel* m_views = nullptr;
};

} // namespace rewindow
