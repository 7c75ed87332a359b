// An action of the Log page.
#pragma once

#include <QKeySequence>
#include <QString>

class QAction;
class QWidget;

namespace rewindow {

/// Works while the keyboard is in `place`, and belongs to it. `tip` is a sentence; the keys are
/// added to what the tooltip says.
QAction* logAction(QWidget* place, const QString& name, const QString& drawing, const QString& tip,
                   const QKeySequence& keys = {});

} // namespace rewindow
