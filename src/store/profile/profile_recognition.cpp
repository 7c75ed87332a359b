// Matching what profiles ask for against what a database has.
#include "store/profile/profile_recognition.h"

#include <QSet>

namespace rewindow {

namespace {

using Needs = QMap<QString, QSet<QString>>; // table, columns; in lower case

Needs needsOf(const Profile& profile) {
    Needs needs;
    for (const Profile::TableShape& shape : profile.recognisedBy)
        for (const QString& column : shape.columns)
            needs[shape.table.toLower()].insert(column.toLower());
    QSet<QString>& events = needs[profile.table.toLower()];
    for (const Profile::Column* column :
         {&profile.position, &profile.stream, &profile.aggregateType, &profile.aggregateId,
          &profile.version, &profile.id, &profile.type, &profile.data, &profile.metadata,
          &profile.correlationId, &profile.causationId, &profile.recordedAt})
        if (column->isPresent())
            events.insert(column->name.toLower());
    for (const Profile::Condition& condition : profile.conditions)
        events.insert(condition.column.toLower());
    return needs;
}

/// How many columns it asks for, or -1 where one of them is missing.
qsizetype fit(const Needs& needs, const Needs& has) {
    qsizetype columns = 0;
    for (auto need = needs.begin(); need != needs.end(); ++need) {
        if (!has.value(need.key()).contains(need.value()))
            return -1;
        columns += need.value().size();
    }
    return columns;
}

} // namespace

QSet<QString> tablesAskedFor(const std::vector<Profile>& profiles, const QString& database) {
    QSet<QString> tables;
    for (const Profile& profile : profiles) {
        if (!profile.databases.contains(database))
            continue;
        tables.insert(profile.table.toLower());
        for (const Profile::TableShape& shape : profile.recognisedBy)
            tables.insert(shape.table.toLower());
    }
    return tables;
}

const Profile* recognise(const std::vector<Profile>& profiles, const QString& database,
                         const Catalogue& catalogue) {
    Needs has;
    for (auto table = catalogue.begin(); table != catalogue.end(); ++table)
        for (const QString& column : table.value())
            has[table.key().toLower()].insert(column.toLower());

    const Profile* best = nullptr;
    qsizetype bestFit = -1;
    for (const Profile& profile : profiles) {
        if (!profile.databases.contains(database))
            continue;
        if (const qsizetype columns = fit(needsOf(profile), has); columns > bestFit) {
            best = &profile;
            bestFit = columns;
        }
    }
    return best;
}

} // namespace rewindow
