// The strip below a view's rows: which view, who set a cell, how far long work is.
#pragma once

#include "base/ordinals.h"
#include "model/session/session.h"
#include "store/recorded_event.h"

#include <QWidget>

#include <optional>

class QProgressBar;
class QPushButton;
class QToolButton;

namespace rewindow {

class ElidedLabel;
class ViewRowsTabs;

/// Tabs at the left, like the sheets of a workbook; at the right either progress with a way to
/// cancel, or the answer to *who set this* with a way to go there, or nothing.
class ViewRowsFooter : public QWidget {
    Q_OBJECT

  public:
    explicit ViewRowsFooter(QWidget* parent = nullptr);

    void setViews(const QStringList& names);
    void setCurrentView(const QString& name);

    /// `event` set what `cell` holds.
    void showSetter(const QString& cell, const RecordedEvent& event);
    void showSentence(const QString& sentence);
    void clearAnswer();

    /// `total` 0: how far it is cannot be told.
    void showProgress(const QString& what, qint64 reached, qint64 total);
    void hideProgress();

  signals:
    void viewChosen(const QString& name);
    void goTo(const QString& stream, rewindow::GlobalPosition position);
    void cancelled();

  private:
    void showAnswer(const QString& sentence);

    ViewRowsTabs* m_tabs = nullptr;
    ElidedLabel* m_answer = nullptr;
    QPushButton* m_go = nullptr;
    QToolButton* m_dismiss = nullptr;
    ElidedLabel* m_work = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_cancel = nullptr;
    QString m_setterStream;
    GlobalPosition m_setterPosition;
};

} // namespace rewindow
