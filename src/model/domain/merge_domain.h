// The domain that knows nothing: every payload merged onto the state.
#pragma once

#include "model/domain/domain.h"

namespace rewindow {

/// Reads any store: a state is the RFC 7396 merge of its stream's payloads, from {} on. An event
/// without payload changes nothing; a payload that is no object replaces the state, as the RFC
/// says. Has no commands and no projections.
class MergeDomain final : public Domain {
  public:
    QString name() const override;
    bool merges() const override { return true; }
    Json initialState(const QString& stream) const override;
    Result<Json> evolve(Json state, const RecordedEvent& event) const override;
};

} // namespace rewindow
