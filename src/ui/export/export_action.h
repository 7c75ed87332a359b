// The action that every table and every picture has.
#pragma once

#include "model/export/table_export.h"
#include "ui/export/picture.h"

#include <functional>

class QAction;
class QWidget;

namespace rewindow {

/// `text` names what is exported: "Export the events…". The source is asked for when the action
/// runs. The action belongs to `owner`, is among its actions, and is for its panel's header.
QAction* tableExport(QWidget& owner, const QString& text, std::function<TableSource()> source);
QAction* pictureExport(QWidget& owner, const QString& text, std::function<PictureSource()> source);

} // namespace rewindow
