// A state as indented JSON text.
#pragma once

#include "base/json.h"
#include "model/items/json_preview.h"
#include "model/store_lane.h"

#include <QPlainTextEdit>

namespace rewindow {

/// Read-only. The text is made off the UI thread; of a huge state the beginning is shown.
class RawStateView : public QPlainTextEdit {
    Q_OBJECT

  public:
    explicit RawStateView(StoreLane& lane, QWidget* parent = nullptr);

    void setState(const Json& state);
    /// Puts all of it on the clipboard.
    void copyWhole(const Json& state);
    /// Whole text in bytes where only its beginning is shown; else 0.
    qint64 cutFrom() const { return m_cutFrom; }

  signals:
    void shown();

  private:
    struct Text {
        PrettyJson pretty;
        qint64 bytes = 0;
    };

    StoreLane& m_lane;
    CancelToken m_cancel;
    qint64 m_cutFrom = 0;
};

} // namespace rewindow
