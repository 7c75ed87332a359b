// Says on standard error what there is to know of a log's end.
#include "cli/edge_teller.h"

#include "cli/output.h"

namespace rewindow::cli {

namespace {

/// On a busy server gaps open and close all the time.
constexpr qint64 kPatienceMs = 1000;

QString named(const LogGap& gap) {
    return gap.first == gap.last
               ? QStringLiteral("position %1").arg(gap.first.value())
               : QStringLiteral("positions %1 to %2").arg(gap.first.value()).arg(gap.last.value());
}

QString ending(const LogGap& gap) {
    return QStringLiteral("%1: missing, and may still be committed; what comes after is "
                          "provisional, and held back")
        .arg(named(gap));
}

} // namespace

void EdgeTeller::tell(const EventReader& reader) {
    const LogEdge edge = reader.edge();
    const GlobalPosition gap = edge.open ? edge.open->first : GlobalPosition(0);
    if (gap != m_gap) {
        m_gap = gap;
        m_isTold = false;
        m_since.start();
    }
    if (edge.open && !m_isTold && m_since.elapsed() >= kPatienceMs) {
        m_isTold = true;
        remark(ending(*edge.open));
    }
    qint64 gaps = 0;
    std::optional<LogGap> all;
    for (const LogGap& dead : edge.assumed) {
        if (dead.first <= m_assumed)
            continue;
        m_assumed = dead.last;
        all = LogGap{all ? all->first : dead.first, dead.last};
        ++gaps;
    }
    if (all)
        remark(QStringLiteral("%1: assumed to stay empty, as it cannot be seen here who might "
                              "still fill %2")
                   .arg(gaps == 1 ? named(*all)
                                  : QStringLiteral("%1 gaps within %2").arg(gaps).arg(named(*all)),
                        gaps == 1 ? QStringLiteral("it") : QStringLiteral("them")));
}

void EdgeTeller::tellEnd(const EventReader& reader) {
    if (const LogEdge edge = reader.edge(); edge.open)
        remark(ending(*edge.open));
}

void EdgeTeller::tellLate(const RecordedEvent& event) {
    remark(QStringLiteral("position %1: committed after later ones were printed; here it is, out "
                          "of its order")
               .arg(event.position().value()));
}

} // namespace rewindow::cli
