// What a window shows while no store is open: the demo, a file, a server, recent stores.
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QListWidget;

namespace rewindow {

class Panel;

class StartPage : public QWidget {
    Q_OBJECT

  public:
    /// Big buttons for these actions.
    explicit StartPage(const QList<QAction*>& waysIn, QWidget* parent = nullptr);

    /// Addresses of stores, the latest first.
    void setRecent(const QStringList& addresses);

  signals:
    void recentChosen(const QString& address);
    void forgetRecent(const QString& address);

  private:
    void takeTheme();

    QLabel* m_title = nullptr;
    QLabel* m_subtitle = nullptr;
    QLabel* m_hint = nullptr;
    QWidget* m_column = nullptr;
    Panel* m_recentPanel = nullptr;
    QListWidget* m_recent = nullptr;
    QList<QWidget*> m_waysIn;
};

} // namespace rewindow
