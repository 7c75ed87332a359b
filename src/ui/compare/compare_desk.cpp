// A window that follows the moment, and tells it which versions it found.
#include "ui/compare/compare_desk.h"

#include "model/session/session.h"
#include "ui/compare/compare_window.h"

namespace rewindow {

namespace {
constexpr int kMargin = 40; ///< of the window below, around the comparison
}

CompareDesk::CompareDesk(Session& session, QWidget& over) : m_session(session), m_over(over) {}

CompareDesk::~CompareDesk() {
    delete m_window;
}

void CompareDesk::begin() {
    connect(&m_session, &Session::momentChanged, this, &CompareDesk::follow);
    follow();
}

bool CompareDesk::isQuiet() const {
    return !m_window || m_window->isQuiet();
}

CompareWindow* CompareDesk::window() const {
    return m_window;
}

void CompareDesk::follow() {
    const auto wanted = m_session.moment().comparison;
    if (wanted && m_window)
        m_window->present(*wanted);
    else if (wanted)
        open(*wanted);
    else if (CompareWindow* window = std::exchange(m_window, nullptr))
        window->close();
}

void CompareDesk::open(const Comparison& comparison) {
    const QWidget* below = m_over.window();
    m_window = new CompareWindow(m_session, comparison, &m_over);
    m_window->resize(m_window->size().boundedTo(below->size() - QSize(kMargin, kMargin)));
    m_window->setAttribute(Qt::WA_DontShowOnScreen, below->testAttribute(Qt::WA_DontShowOnScreen));
    connect(m_window, &CompareWindow::compared, this, &CompareDesk::take);
    connect(m_window, &QDialog::finished, this, &CompareDesk::end);
    m_window->show();
}

/// "The last version" was one of a moment: a link leads to what was seen.
void CompareDesk::take(const Comparison& found) {
    Moment moment = m_session.moment();
    moment.comparison = found;
    m_session.amend(std::move(moment));
}

void CompareDesk::end() {
    if (!m_window)
        return; // the moment has gone on already
    m_window = nullptr;
    Moment moment = m_session.moment();
    moment.comparison.reset();
    m_session.go(std::move(moment));
}

} // namespace rewindow
