// Which domain a store is looked at through.
#pragma once

#include "base/error.h"
#include "model/domain/domain.h"
#include "store/store.h"

#include <QString>

#include <memory>

namespace rewindow {

/// The domain `wanted` names; when that is empty the one the store's metadata names, else the one
/// remembered in the workspace, else merge. Fails with NotFound for a name nobody knows, where the
/// person asking gave it; an unknown name in a store falls through to merge.
Result<std::shared_ptr<const Domain>> chooseDomain(Store& store, const QString& wanted);

/// The key under which a workspace remembers the choice.
inline const QString kRememberedDomain = QStringLiteral("domain");

} // namespace rewindow
