// Every value a place in the state has had.
#pragma once

#include "base/error.h"
#include "model/timeline/timeline.h"

#include <QFrame>

class QLabel;
class QTableView;

namespace rewindow {

class ValueHistoryModel;

/// A small list over the window; choosing a row asks for its version. Closes on Escape and on a
/// click outside, and deletes itself.
class ValueHistoryPopup : public QFrame {
    Q_OBJECT

  public:
    ValueHistoryPopup(const QString& pointer, StreamVersion version, QWidget* parent);

    void setHistory(Result<std::vector<ValueChange>> history);
    void popUp(const QPoint& globalPlace);
    QTableView& list() { return *m_list; }

  signals:
    void versionRequested(rewindow::StreamVersion version);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void choose(const QModelIndex& index);

    StreamVersion m_version;
    ValueHistoryModel* m_history = nullptr;
    QLabel* m_message = nullptr;
    QTableView* m_list = nullptr;
};

} // namespace rewindow
