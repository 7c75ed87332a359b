// A label that gives way: text too long for its place ends in "…" instead of widening the window.
#pragma once

#include <QLabel>

namespace rewindow {

/// Always plain text, on one line. The whole text is the tooltip while it does not fit.
class ElidedLabel : public QLabel {
    Q_OBJECT

  public:
    explicit ElidedLabel(const QString& text = {}, QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    bool fits() const;
};

} // namespace rewindow
