// What the models of statistics tell besides what they show; see also export_role.h.
#pragma once

#include <Qt>

namespace rewindow::statistics {

enum Role {
    FractionRole = Qt::UserRole + 1, ///< of a bar: from 0 to 1; none where there is no bar
    TypeRole, ///< what the row is about: an event type, a stream, a path; each may be empty
    StreamRole,
    PathRole,
    PositionRole, ///< where to look, as a number; 0: nowhere
    KindRole      ///< of a finding: a Finding::Kind
};

} // namespace rewindow::statistics
