// Running any action of the window by its name.
#pragma once

#include "ui/places/action_list_model.h"
#include "ui/places/palette_popup.h"

namespace rewindow {

/// Disabled actions are listed too, with why; choosing one does nothing.
class ActionPalette : public PalettePopup {
    Q_OBJECT

  public:
    ActionPalette(const QList<QAction*>& actions, QWidget* window);

  protected:
    void typed(const QString& text) override;
    void choose(const QModelIndex& index) override;

  private:
    ActionListModel m_model;
};

} // namespace rewindow
