// The names of the views, flat, like the sheets of a workbook.
#pragma once

#include <QTabBar>

namespace rewindow {

/// Drawn as text; a line in the views' colour stands over the current one.
class ViewRowsTabs : public QTabBar {
    Q_OBJECT

  public:
    explicit ViewRowsTabs(QWidget* parent);

  protected:
    void paintEvent(QPaintEvent* event) override;
    QSize tabSizeHint(int index) const override;

  private:
    void takeTheme();
};

} // namespace rewindow
