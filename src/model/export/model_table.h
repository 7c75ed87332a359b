// The rows of an item model, for exports.
#pragma once

#include "model/export/table_export.h"

#include <QAbstractItemModel>

namespace rewindow {

/// Every row, a tree's parents before what lies in them, all columns; see kExportRole. Written from
/// another thread than the model's, that thread asks for a handful of rows at a time, so that the
/// model's thread goes on with its own work; that one must run an event loop. Fails with BadInput
/// where the model lost its rows meanwhile. `makeMore`, where given, makes a portion of the
/// children of an index that a model makes on demand, beyond what its fetchMore() does.
TableSource modelTable(QAbstractItemModel& model, const QString& name,
                       std::function<void(const QModelIndex&)> makeMore = {});

} // namespace rewindow
