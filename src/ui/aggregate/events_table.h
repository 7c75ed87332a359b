// The table of a stream's events.
#pragma once

#include "ui/shell/row_in_sight.h"

#include "base/ordinals.h"

#include <QTableView>

namespace rewindow {

class StreamEventsModel;

/// The selected row is the version shown. Up and Down, clicks and drags ask for another; the row
/// follows when the version does.
class EventsTable : public QTableView {
    Q_OBJECT

  public:
    explicit EventsTable(StreamEventsModel& events, QWidget* parent = nullptr);

    void showVersion(StreamVersion version);
    /// Shown in the middle while there are no events.
    void setPlaceholder(const QString& text);

  signals:
    void versionRequested(rewindow::StreamVersion version);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool viewportEvent(QEvent* event) override;

  private:
    void takeTheme();
    void fitColumns();
    void makeRoom();
    void keepCurrent();
    void copyPayload();
    void copyId();

    StreamEventsModel& m_events;
    RowInSight m_inSight{*this};
    QString m_placeholder;
    int m_recordedWidth = 0;  ///< pixels, also while it is hidden
    bool m_following = false; ///< the row is moved by the version, not by the user
};

} // namespace rewindow
