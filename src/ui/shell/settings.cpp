// A thin face of QSettings: every key stands here once.
#include "ui/shell/settings.h"

#include <QDir>
#include <QFile>
#include <QSettings>

namespace rewindow {

namespace {

QString recentKey() {
    return QStringLiteral("recentStores");
}
QString serversKey() {
    return QStringLiteral("recentServers");
}
QString openKey() {
    return QStringLiteral("openStore");
}
QString themeKey() {
    return QStringLiteral("theme");
}
QString localTimesKey() {
    return QStringLiteral("localTimes");
}
QString zoomKey() {
    return QStringLiteral("zoom");
}
QString geometryKey() {
    return QStringLiteral("windowGeometry");
}
QString folderKey() {
    return QStringLiteral("lastFolder");
}
QString layoutKey(const QString& page) {
    return QStringLiteral("layout/") + page;
}

std::unique_ptr<QSettings> settingsFile() {
    const QString folder = qEnvironmentVariable("REWINDOW_CONFIG_HOME");
    if (folder.isEmpty())
        return std::make_unique<QSettings>(QStringLiteral("rewindow"), QStringLiteral("rewindow"));
    return std::make_unique<QSettings>(QDir(folder).filePath(QStringLiteral("rewindow.ini")),
                                       QSettings::IniFormat);
}

/// A file that cannot be read makes way, and stays to be looked at; where it is then.
QString setAsideIfSpoilt() {
    const auto settings = settingsFile();
    if (settings->status() == QSettings::NoError)
        return {};
    const QString aside = settings->fileName() + QStringLiteral(".spoilt");
    QFile::remove(aside);
    return QFile::rename(settings->fileName(), aside) ? aside : QString();
}

} // namespace

Settings::Settings(Storage storage) {
    if (storage == Storage::Nowhere)
        return;
    m_setAside = setAsideIfSpoilt();
    m_settings = settingsFile();
}
Settings::~Settings() = default;

QVariant Settings::value(const QString& key, const QVariant& otherwise) const {
    return m_settings ? m_settings->value(key, otherwise) : otherwise;
}

void Settings::setValue(const QString& key, const QVariant& value) {
    if (m_settings)
        m_settings->setValue(key, value);
}

QStringList Settings::recentStores() const {
    return value(recentKey()).toStringList();
}

void Settings::addRecentStore(const QString& address) {
    QStringList recent = recentStores();
    recent.removeAll(address);
    recent.prepend(address);
    setValue(recentKey(), recent.mid(0, kMostRecent));
}

QStringList Settings::recentServers() const {
    return value(serversKey()).toStringList();
}

void Settings::addRecentServer(const QString& address) {
    QStringList recent = recentServers();
    recent.removeAll(address);
    recent.prepend(address);
    setValue(serversKey(), recent.mid(0, kMostRecent));
}

void Settings::removeRecentStore(const QString& address) {
    QStringList recent = recentStores();
    recent.removeAll(address);
    setValue(recentKey(), recent);
    QStringList servers = recentServers();
    servers.removeAll(address);
    setValue(serversKey(), servers);
}

QString Settings::openStore() const {
    return value(openKey()).toString();
}

void Settings::setOpenStore(const QString& address) {
    setValue(openKey(), address);
}

ThemeChoice Settings::themeChoice() const {
    const QString word = value(themeKey()).toString();
    if (word == u"dark")
        return ThemeChoice::Dark;
    return word == u"light" ? ThemeChoice::Light : ThemeChoice::Auto;
}

void Settings::setThemeChoice(ThemeChoice choice) {
    setValue(themeKey(), choice == ThemeChoice::Dark    ? QStringLiteral("dark")
                         : choice == ThemeChoice::Light ? QStringLiteral("light")
                                                        : QStringLiteral("auto"));
}

int Settings::zoom() const {
    return value(zoomKey(), 100).toInt();
}

void Settings::setZoom(int percent) {
    setValue(zoomKey(), percent);
}

bool Settings::hasLocalTimes() const {
    return value(localTimesKey(), false).toBool();
}

void Settings::setLocalTimes(bool local) {
    setValue(localTimesKey(), local);
}

QByteArray Settings::windowGeometry() const {
    return value(geometryKey()).toByteArray();
}

void Settings::setWindowGeometry(const QByteArray& geometry) {
    setValue(geometryKey(), geometry);
}

QByteArray Settings::layout(const QString& page) const {
    return value(layoutKey(page)).toByteArray();
}

void Settings::setLayout(const QString& page, const QByteArray& layout) {
    setValue(layoutKey(page), layout);
}

void Settings::forgetLayouts() {
    if (m_settings)
        m_settings->remove(QStringLiteral("layout"));
}

QString Settings::lastFolder() const {
    return value(folderKey(), QDir::homePath()).toString();
}

void Settings::setLastFolder(const QString& folder) {
    setValue(folderKey(), folder);
}

} // namespace rewindow
