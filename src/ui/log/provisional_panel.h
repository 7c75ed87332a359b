// What was committed beyond a gap of the log, apart from the log itself.
#pragma once

#include "base/ordinals.h"
#include "ui/shell/panel.h"

#include <QTimer>

class QLabel;
class QTableView;

namespace rewindow {

class ProvisionalModel;
class Session;

/// Hidden unless the log has ended before the same gap for a while: on a busy server gaps open and
/// close all the time.
class ProvisionalPanel : public Panel {
    Q_OBJECT

  public:
    /// The session outlives it.
    explicit ProvisionalPanel(Session& session, QWidget* parent = nullptr);

    ProvisionalModel* model() const { return m_model; }
    QTableView* table() const { return m_table; }
    QString sentence() const; ///< what is missing, and what that means

  private:
    void take();
    void present();
    void fit();

    Session& m_session;
    ProvisionalModel* m_model = nullptr;
    QLabel* m_sentence = nullptr;
    QTableView* m_table = nullptr;
    GlobalPosition m_gap; ///< where the gap begins that is, or is to be, shown; 0: there is none
    QTimer m_patience;
};

} // namespace rewindow
