// Reading how a store's views stand.
#pragma once

#include "model/session/session.h"

namespace rewindow {

/// The views of `domain`, in its order; one that has no table yet stands at position 0.
Result<std::vector<ViewState>> readViewStates(Store& store, const Domain& domain,
                                              GlobalPosition head);
/// Whether a person would see no difference.
bool areSame(const std::vector<ViewState>& left, const std::vector<ViewState>& right);

} // namespace rewindow
