// The list of commands sent, with what can be done about each.
#pragma once

#include "model/command/command_bus.h"

#include <QWidget>

class QListView;
class QPushButton;

namespace rewindow {

class CommandHistoryModel;

/// Newest first; the mark, the word and the colour say what became of a command.
class CommandHistoryView : public QWidget {
    Q_OBJECT

  public:
    CommandHistoryView(CommandHistoryModel& history, QWidget* parent);

    /// Makes the newest command the current one.
    void selectNewest();

  signals:
    void goTo(const QString& stream, rewindow::StreamVersion version);
    void fillIn(const rewindow::CommandRequest& request);
    void sendAt(const rewindow::CommandRequest& request, rewindow::StreamVersion version);

  private:
    void offerActions();
    void activate();

    CommandHistoryModel& m_history;
    QListView* m_list = nullptr;
    QPushButton* m_go = nullptr;
    QPushButton* m_again = nullptr;
    QPushButton* m_sendAt = nullptr;
};

} // namespace rewindow
