// Sending commands to the aggregate at hand, and what became of those sent.
#pragma once

#include "model/command/command_bus.h"
#include "ui/shell/panel.h"

class QComboBox;
class QLabel;
class QPushButton;
class QScrollArea;

namespace rewindow {

class AggregateReplay;
class CommandForm;
class CommandHistoryModel;
class CommandHistoryView;
class Session;
struct Moment;

/// A form made from the chosen command's fields above the history of those sent. Where nothing can
/// be sent it says why instead.
class CommandPanel : public Panel {
    Q_OBJECT

  public:
    CommandPanel(Session& session, AggregateReplay& replay, QWidget* parent = nullptr);
    ~CommandPanel() override;

    QAction* sendAction() const { return m_send; }
    /// Chooses the command and puts the keyboard into its form.
    void chooseCommand(const QString& name);

  private:
    QWidget* buildRefusal(const QString& sentence);
    QWidget* buildForm();
    void takeMoment();
    void offerCommands();
    void describeVersion();
    void takeCommand();
    void send();
    void send(const CommandRequest& request);
    void answered(quint64 number, const Result<CommandOutcome>& outcome, qint64 microseconds);
    void showTrouble(const QString& sentence);

    Session& m_session;
    AggregateReplay& m_replay;
    CommandHistoryModel* m_history = nullptr;
    QAction* m_send = nullptr;
    QComboBox* m_commands = nullptr;
    QScrollArea* m_scroll = nullptr;
    CommandForm* m_form = nullptr;
    QLabel* m_present = nullptr; ///< says that commands act on the present version
    QPushButton* m_sendButton = nullptr;
    QLabel* m_trouble = nullptr;
    CommandHistoryView* m_historyView = nullptr;
    QString m_offeredType; ///< the aggregate type the commands were listed for
};

} // namespace rewindow
