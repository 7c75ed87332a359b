// The wide button amid the tool row that opens the list of places to go to.
#pragma once

#include <QAbstractButton>

class QAction;

namespace rewindow {

/// Looks like a field to type in, and is left by what it opens. Narrow, it elides its words; what
/// it does and by which keys stays in its tooltip.
class GoToButton : public QAbstractButton {
    Q_OBJECT

  public:
    explicit GoToButton(QAction* goTo, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void takeTheme();

    QString m_keys;
};

} // namespace rewindow
