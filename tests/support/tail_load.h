// What a tail is put under: writers side by side, and a reader that is stopped and goes on.
#pragma once

#include <QtGlobal>

#include <vector>

namespace rewindow::test {

struct TailLoad {
    int writers = 8;
    int events = 250; ///< of each
    int mostDelayMs = 5;
    int kills = 5;

    static TailLoad now() {
        return qEnvironmentVariableIsSet("REWINDOW_NIGHTLY") ? TailLoad{8, 5000, 50, 50}
                                                             : TailLoad{};
    }
};

using Positions = std::vector<qint64>;

} // namespace rewindow::test
