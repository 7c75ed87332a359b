// A button of words that becomes its icon where there is no room for them.
#pragma once

#include <QToolButton>

namespace rewindow {

/// Whoever lays it out decides: see Panel. Its action has an icon, and its tooltip and accessible
/// name say what the icon does not.
class YieldingButton : public QToolButton {
    Q_OBJECT

  public:
    explicit YieldingButton(QAction* action, QWidget* parent = nullptr);

    void setWords(bool words);
    /// In pixels: what its words need beyond its icon.
    int widthOfWords() const;

    QSize minimumSizeHint() const override;

  private:
    QSize sizeAs(Qt::ToolButtonStyle style) const;
};

} // namespace rewindow
