// One asynchronous question to the portal, then its signal.
#include "ui/shell/desktop_preference.h"

#include <QDBusAbstractInterface>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFileInfo>
#include <QGuiApplication>
#include <QPalette>

namespace rewindow {

namespace {

constexpr int kPatienceMs = 2000;
constexpr auto kInterface = "org.freedesktop.portal.Settings";

QString service() {
    return QStringLiteral("org.freedesktop.portal.Desktop");
}
QString path() {
    return QStringLiteral("/org/freedesktop/portal/desktop");
}
QString space() {
    return QStringLiteral("org.freedesktop.appearance");
}
QString key() {
    return QStringLiteral("color-scheme");
}

/// Without a running session bus, asking for a connection would start one.
bool hasSessionBus() {
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") ||
           QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

/// The portal's signal under its D-Bus name, so that it can be connected by its address.
class SettingsPortal : public QDBusAbstractInterface {
    Q_OBJECT

  public:
    explicit SettingsPortal(QObject* parent)
        : QDBusAbstractInterface(service(), path(), kInterface, QDBusConnection::sessionBus(),
                                 parent) {}

  signals:
    void SettingChanged(const QString& space, const QString& key, const QDBusVariant& value);
};

} // namespace

DesktopPreference::DesktopPreference(QObject* parent)
    : QObject(parent)
    , m_palette(QGuiApplication::palette().color(QPalette::Window).lightness() < 128
                    ? Theme::Kind::Dark
                    : Theme::Kind::Light) {
    if (hasSessionBus())
        ask();
}

void DesktopPreference::ask() {
    QDBusMessage read = QDBusMessage::createMethodCall(
        service(), path(), QString::fromLatin1(kInterface), QStringLiteral("Read"));
    read << space() << key();
    auto* watcher = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(read, kPatienceMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isError())
            return;
        take(reply.value().variant());
        listen();
    });
}

void DesktopPreference::listen() {
    auto* portal = new SettingsPortal(this);
    connect(
        portal, &SettingsPortal::SettingChanged, this,
        [this](const QString& changedSpace, const QString& changedKey, const QDBusVariant& value) {
            if (changedSpace == space() && changedKey == key())
                take(value.variant());
        });
}

void DesktopPreference::take(const QVariant& value) {
    QVariant plain = value;
    while (plain.canConvert<QDBusVariant>())
        plain = plain.value<QDBusVariant>().variant();
    const Theme::Kind before = kind();
    switch (plain.toUInt()) {
    case 1:
        m_portal = Theme::Kind::Dark;
        break;
    case 2:
        m_portal = Theme::Kind::Light;
        break;
    default:
        m_portal.reset();
    }
    if (kind() != before)
        emit changed(kind());
}

} // namespace rewindow

#include "desktop_preference.moc"
