// The streams of the store, to choose one from.
#pragma once

#include "ui/shell/panel.h"

#include <QTimer>

class QLineEdit;

namespace rewindow {

class Session;
class StreamsModel;
class StreamsTree;

/// The selection follows the moment; choosing a stream moves the moment.
class StreamsPanel : public Panel {
    Q_OBJECT

  public:
    explicit StreamsPanel(Session& session, QWidget* parent = nullptr);

    QAction* filterAction() const { return m_focusFilter; }
    QLineEdit& filterLine() { return *m_filter; }
    StreamsTree& tree() { return *m_tree; }
    StreamsModel& streams() { return *m_streams; }
    /// Nothing waits to be looked for.
    bool isQuiet() const { return !m_typing.isActive() && !m_news.isActive(); }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void followMoment();
    void copyLinkToStream();
    void describe();

    Session& m_session;
    StreamsModel* m_streams = nullptr;
    QLineEdit* m_filter = nullptr;
    StreamsTree* m_tree = nullptr;
    QAction* m_focusFilter = nullptr;
    QTimer m_typing; ///< the filter is taken when typing pauses
    QTimer m_news;   ///< many appends are taken in at once
};

} // namespace rewindow
