// The scroll bar tells where the view is; the model, what came.
#include "ui/log/log_follow.h"

#include "ui/log/log_action.h"
#include "ui/log/log_table.h"
#include "ui/shell/number_text.h"
#include "ui/shell/pill.h"
#include "ui/shell/plain_text.h"

#include <QAction>
#include <QScrollBar>

#include <algorithm>

namespace rewindow {

LogFollow::LogFollow(LogModel& model, LogTable& table, QWidget* page)
    : QObject(page)
    , m_model(&model)
    , m_table(table)
    , m_action(logAction(page, tr("Follow new events"), QStringLiteral("live"),
                         tr("Stay at the newest end of the log while events arrive. Scrolling away "
                            "pauses it."),
                         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G)))
    , m_pill(new Pill(page)) {
    m_action->setCheckable(true);
    m_pill->setClickable(true);
    m_pill->setAccessibleName(m_action->text());
    m_pill->setDot(true);
    connect(m_action, &QAction::toggled, this, [this](bool on) {
        setState(on ? State::Following : State::Off);
        stay();
    });
    connect(m_pill, &QAbstractButton::clicked, this, [this] {
        setState(State::Following);
        stay();
    });
    QScrollBar* bar = table.verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this, &LogFollow::takeScrolling);
    connect(bar, &QScrollBar::rangeChanged, this, &LogFollow::stay);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &LogFollow::stay);
    // After those who choose a row of what is shown anew.
    connect(&model, &QAbstractItemModel::modelReset, this, &LogFollow::stay, Qt::QueuedConnection);
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        if (m_state == State::Following)
            m_isStaying = true;
    });
    // What a count finds was there before.
    connect(&model, &LogModel::counted, this, [this] { m_seen = m_model->total(); });
    connect(&model, &LogModel::stateChanged, this, &LogFollow::showState);
    showState();
}

bool LogFollow::isAtNewest() const {
    if (m_model->hasNewer())
        return false;
    const QScrollBar* bar = m_table.verticalScrollBar();
    return bar->value() == (m_model->isNewestFirst() ? bar->minimum() : bar->maximum());
}

void LogFollow::stay() {
    if (!m_model)
        return;
    m_isStaying = false;
    if (m_state != State::Following || isAtNewest() || m_model->rowCount() == 0)
        return showState();
    m_isStaying = true;
    if (m_model->hasNewer())
        m_model->showNewest();
    QScrollBar* bar = m_table.verticalScrollBar();
    bar->setValue(m_model->isNewestFirst() ? bar->minimum() : bar->maximum());
    m_isStaying = false;
    showState();
}

void LogFollow::takeScrolling() {
    if (m_isStaying || !m_model)
        return;
    if (m_state == State::Following && !isAtNewest())
        setState(State::Paused);
    else if (m_state == State::Paused && isAtNewest())
        setState(State::Following);
}

void LogFollow::setState(State state) {
    if (state == m_state)
        return;
    m_state = state;
    m_seen = m_model->total();
    m_action->setChecked(state != State::Off);
    showState();
}

qint64 LogFollow::missed() const {
    const bool isCounting = m_model->state() == LogModel::State::Counting;
    return m_state == State::Paused && !isCounting ? std::max<qint64>(0, m_model->total() - m_seen)
                                                   : 0;
}

void LogFollow::showState() {
    m_pill->setVisible(m_state != State::Off);
    const bool isPaused = m_state == State::Paused;
    m_pill->setRole(isPaused ? Theme::Role::ChangedText : Theme::Role::View);
    const QString text = !isPaused      ? tr("following")
                         : missed() > 0 ? tr("paused · %1 new").arg(numberText(missed()))
                                        : tr("paused");
    if (text == m_pill->text())
        return;
    m_pill->setText(text);
    m_pill->setAccessibleName(isPaused ? tr("Following is %1. Resume").arg(text)
                                       : tr("Following new events"));
    m_pill->setToolTip(rewindow::toolTip(
        isPaused ? tr("You scrolled away from the newest events. Click to go back to them.")
                 : tr("New events show as they arrive. Scrolling away pauses this.")));
    m_pill->updateGeometry();
}

} // namespace rewindow
