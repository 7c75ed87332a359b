// A small text in a rounded outline: a state worth seeing at a glance.
#pragma once

#include "ui/shell/theme.h"

#include <QAbstractButton>

namespace rewindow {

/// "● live", "version 9 of 12". Can be clicked and focused only where setClickable(true) was said.
class Pill : public QAbstractButton {
    Q_OBJECT

  public:
    explicit Pill(QWidget* parent = nullptr);

    void setRole(Theme::Role role);
    Theme::Role role() const { return m_role; }
    void setDot(bool dot);
    void setClickable(bool clickable);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Theme::Role m_role = Theme::Role::DimText;
    bool m_dot = false;
};

} // namespace rewindow
