// Two versions of an aggregate, or two aggregates, side by side.
#pragma once

#include "base/cancel_token.h"
#include "model/timeline/state_comparison.h"

#include <QDialog>

#include <memory>

class QCheckBox;
class QLabel;
class QPushButton;
class QTreeView;

namespace rewindow {

class CompareSide;
class ComparisonModel;
class Session;

/// Stands over the window it was asked for in; Escape, and Back, return there. Replays in the
/// background whenever a side is changed, the latest wish wins. The session outlives it.
class CompareWindow : public QDialog {
    Q_OBJECT

  public:
    CompareWindow(Session& session, const Comparison& comparison, QWidget* parent = nullptr);
    ~CompareWindow() override;

    /// What is compared, or is going to be.
    Comparison comparison() const;
    void present(const Comparison& comparison);
    bool isQuiet() const { return !m_isReading; }
    ComparisonModel& model() { return *m_model; }
    CompareSide& left() { return *m_left; }
    CompareSide& right() { return *m_right; }
    QTreeView& tree() { return *m_tree; }
    QString message() const; ///< what differs, or why nothing is shown

  signals:
    /// Both states are there; each side has its version.
    void compared(const rewindow::Comparison& comparison);

  private:
    QWidget* buildSides(const Comparison& comparison);
    QWidget* buildTools();
    void buildTree();
    void addAction(const QString& text, const QKeySequence& keys, void (CompareWindow::*slot)());
    void compare();
    void take(Result<ComparedStates> found);
    QString description() const;
    void swap();
    void goToNext() { goToDifference(true); }
    void goToPrevious() { goToDifference(false); }
    void goToDifference(bool forward);
    void expandDifferences();
    void copyPatch();
    void copyLinkToThis();
    void goBack();
    /// The whole states.
    struct Compared {
        Json left;
        Json right;
    };
    void setCompared(std::shared_ptr<const Compared> compared);

    Session& m_session;
    ComparisonModel* m_model = nullptr;
    CompareSide* m_left = nullptr;
    CompareSide* m_right = nullptr;
    QTreeView* m_tree = nullptr;
    QLabel* m_message = nullptr;
    QCheckBox* m_only = nullptr;
    QPushButton* m_copy = nullptr;
    std::shared_ptr<const Compared> m_compared; ///< nothing while there is no result
    CancelToken m_asked;
    bool m_isReading = false;
};

} // namespace rewindow
