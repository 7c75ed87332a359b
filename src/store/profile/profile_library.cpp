// The profiles there are: those built in, and those of the user's folder.
#include "store/profile.h"

#include "store/data_home.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace rewindow {

namespace {

const QString kOwnSchema = QStringLiteral("rewindow");

Result<Profile> readProfile(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error::Kind::Storage,
                    QStringLiteral("the profile cannot be read: %1").arg(file.errorString()), {},
                    path);
    return Profile::parse(file.readAll(), path);
}

QStringList profileFiles(const QString& folder) {
    QStringList paths;
    const QDir dir(folder);
    for (const QString& name : dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name))
        paths << dir.filePath(name);
    return paths;
}

void add(std::vector<Profile>& profiles, Result<Profile> profile, const QString& path,
         std::vector<Error>* problems) {
    if (profile && std::any_of(profiles.begin(), profiles.end(),
                               [&](const Profile& other) { return other.name == profile->name; }))
        profile = fail(Error::Kind::BadInput,
                       QStringLiteral("expected another name: there is a profile \"%1\" already")
                           .arg(profile->name),
                       {}, path + QStringLiteral(": /name"));
    if (profile)
        profiles.push_back(std::move(*profile));
    else if (problems != nullptr)
        problems->push_back(profile.error());
}

/// Read once: each store that is opened asks for them.
const std::vector<Profile>& builtInProfiles() {
    static const std::vector<Profile> builtIn = [] {
        std::vector<Profile> profiles;
        for (const QString& path : profileFiles(QStringLiteral(":/rewindow/profiles"))) {
            auto profile = readProfile(path);
            if (!profile)
                qFatal("%s", qPrintable(profile.error().sentence()));
            profile->writable = profile->name == kOwnSchema;
            profiles.push_back(std::move(*profile));
        }
        return profiles;
    }();
    return builtIn;
}

} // namespace

QString Profile::userFolder() {
    return dataHome() + QStringLiteral("/profiles");
}

std::vector<Profile> Profile::all(std::vector<Error>* problems) {
    std::vector<Profile> profiles = builtInProfiles();
    for (const QString& path : profileFiles(userFolder()))
        add(profiles, readProfile(path), path, problems);
    return profiles;
}

} // namespace rewindow
