// Which stream, at which version: one side of a comparison.
#pragma once

#include "model/timeline/state_comparison.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSpinBox;
class QStringListModel;

namespace rewindow {

class Session;

/// Offers the streams whose names contain what is typed.
class CompareSide : public QWidget {
    Q_OBJECT

  public:
    /// `name` is what a screen reader calls it: "Left".
    CompareSide(Session& session, const QString& name, const ComparedSide& side,
                QWidget* parent = nullptr);
    ~CompareSide() override;

    ComparedSide side() const;
    void setSide(const ComparedSide& side);
    /// What was asked for, as it was found.
    void setFound(const ComparedState& found);
    QLineEdit& stream() const { return *m_stream; }
    QSpinBox& version() const { return *m_version; }

  signals:
    /// Another stream, or another version.
    void changed();

  private:
    void offerStreams(const QString& typed);

    Session& m_session;
    QStringListModel* m_offered = nullptr;
    CancelToken m_looking;
    QLineEdit* m_stream = nullptr;
    QSpinBox* m_version = nullptr;
    QLabel* m_last = nullptr;
    QString m_asked;        ///< the stream that was asked for last, found or not
    bool m_isLatest = true; ///< no version was given
};

} // namespace rewindow
