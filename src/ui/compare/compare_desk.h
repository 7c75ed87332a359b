// Shows the comparison of the session's moment, while there is one.
#pragma once

#include <QObject>
#include <QPointer>

namespace rewindow {

class CompareWindow;
class Session;
struct Comparison;

/// The window of a comparison comes and goes with the moment, so that Back, bookmarks, links and
/// the restored session lead to it. Goes before the session does.
class CompareDesk : public QObject {
    Q_OBJECT

  public:
    /// The comparison stands over the window of `over`, which outlives this.
    CompareDesk(Session& session, QWidget& over);
    ~CompareDesk() override;

    /// Shows what the moment compares, if anything, from now on.
    void begin();
    bool isQuiet() const;
    CompareWindow* window() const; ///< nullptr while nothing is compared

  private:
    void follow();
    void open(const Comparison& comparison);
    void take(const Comparison& found);
    void end();

    Session& m_session;
    QWidget& m_over;
    QPointer<CompareWindow> m_window;
};

} // namespace rewindow
