// Why a database on a server is no store that is known.
#include "store/sql/server_store.h"

#include <QStringList>

namespace rewindow {

Error noKnownTables(const QString& name, const ServerKind& kind,
                    const std::vector<Profile>& profiles, const std::vector<Error>& problems,
                    const QString& furtherWayOut) {
    QStringList known;
    for (const Profile& profile : profiles)
        if (profile.databases.contains(kind.inProfiles))
            known << profile.name;
    QString wayOut = QStringLiteral("describe it in a profile of your own in %1 (docs/profiles.md)")
                         .arg(Profile::userFolder()) +
                     furtherWayOut;
    if (!problems.empty())
        wayOut += QStringLiteral("; of the profiles there, one is broken: ") +
                  problems.front().sentence();
    return Error{Error::Kind::NoStore,
                 QStringLiteral("%1 is a %2 database, but none of its tables that you may read are "
                                "those of an event store that is known (%3)")
                     .arg(name, kind.forAPerson, known.join(QStringLiteral(", "))),
                 {},
                 wayOut};
}

} // namespace rewindow
