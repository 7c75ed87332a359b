// Reading and writing the address of a server, without its secrets.
#include "store/server_address.h"

#include <QRegularExpression>
#include <QStringList>
#include <QUrl>

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kMostPorts = 65535;
constexpr int kConnectTimeoutSeconds = 10;

std::unexpected<Error> unusable(const QString& why) {
    return fail(Error::Kind::Usage, why);
}

QString decoded(const QString& text) {
    return QUrl::fromPercentEncoding(text.toUtf8());
}

QString encoded(const QString& text, const QByteArray& kept = {}) {
    return QString::fromLatin1(QUrl::toPercentEncoding(text, kept));
}

/// Whether an @ comes after a character that ends where users and hosts stand.
bool hasPasswordCutShort(const QString& text) {
    static const QRegularExpression ends(QStringLiteral("[/?#]"));
    const qsizetype end = text.indexOf(ends);
    return end >= 0 && text.indexOf(u'@', end) >= 0 && text.left(end).contains(u':');
}

/// Nothing: the text is no host.
std::optional<ServerAddress::Host> hostOf(const QString& text) {
    ServerAddress::Host host;
    QString port;
    if (text.startsWith(u'[')) {
        const qsizetype end = text.indexOf(u']');
        if (end < 0)
            return std::nullopt;
        host.name = text.mid(1, end - 1);
        const QString rest = text.mid(end + 1);
        if (!rest.isEmpty() && !rest.startsWith(u':'))
            return std::nullopt;
        port = rest.mid(1);
        if (!rest.isEmpty() && port.isEmpty())
            return std::nullopt;
    } else {
        const qsizetype colon = text.indexOf(u':');
        host.name = decoded(text.left(colon));
        if (colon >= 0) {
            port = text.mid(colon + 1);
            if (port.isEmpty())
                return std::nullopt;
        }
    }
    if (host.name.isEmpty() || host.name.contains(u','))
        return std::nullopt;
    if (!port.isEmpty()) {
        bool isNumber = false;
        host.port = port.toInt(&isNumber);
        if (!isNumber || host.port < 1 || host.port > kMostPorts)
            return std::nullopt;
    }
    return host;
}

} // namespace

Result<ServerAddress::Parsed> ServerAddress::parse(const QString& afterScheme,
                                                   const QStringList& options) {
    Parsed parsed;
    ServerAddress& address = parsed.address;
    QString rest = afterScheme;
    // What follows may then be part of a password, and is not to be told to anyone.
    if (hasPasswordCutShort(rest))
        return unusable(QStringLiteral("it has an @ in an odd place: a / ? # or @ in a password is "
                                       "written with a percent sign, as %2F %3F %23 %40"));
    if (rest.contains(u'#'))
        return unusable(QStringLiteral("a server's address has no part after #"));
    QString asked;
    if (const qsizetype question = rest.indexOf(u'?'); question >= 0) {
        asked = rest.mid(question + 1);
        rest.truncate(question);
    }
    if (const qsizetype slash = rest.indexOf(u'/'); slash >= 0) {
        address.m_database = decoded(rest.mid(slash + 1));
        rest.truncate(slash);
    }
    if (const qsizetype at = rest.lastIndexOf(u'@'); at >= 0) {
        const QString who = rest.left(at);
        const qsizetype colon = who.indexOf(u':');
        address.m_user = decoded(who.left(colon));
        if (colon >= 0)
            parsed.password = decoded(who.mid(colon + 1));
        rest = rest.mid(at + 1);
    }
    if (address.m_database.isEmpty() || address.m_database.contains(u'/'))
        return unusable(QStringLiteral("it names no database after the host, as in //host/shop"));
    for (const QString& one : rest.split(u',')) {
        const auto host = hostOf(one);
        if (!host)
            return unusable(QStringLiteral("\"%1\" is no host with a port").arg(one));
        address.m_hosts.push_back(*host);
    }
    for (const QString& one : asked.split(u'&', Qt::SkipEmptyParts)) {
        const QString name = one.section(u'=', 0, 0);
        if (!options.contains(name))
            return unusable(QStringLiteral("there is no option \"%1\"; there are %2")
                                .arg(decoded(name), options.join(QStringLiteral(", "))));
        address.m_options.insert(name, decoded(one.section(u'=', 1)));
    }
    for (const QString& text : {address.m_user, address.m_database, parsed.password})
        if (text.contains(QChar(0)))
            return unusable(QStringLiteral("it holds a NUL character"));
    return parsed;
}

int ServerAddress::connectTimeoutSeconds() const {
    const int asked = option(QStringLiteral("connect_timeout")).toInt();
    return asked > 0 ? asked : kConnectTimeoutSeconds;
}

bool ServerAddress::isLocal() const {
    return std::ranges::all_of(m_hosts, [](const Host& host) {
        return host.name == u"localhost" || host.name == u"127.0.0.1" || host.name == u"::1" ||
               host.name.startsWith(u'/');
    });
}

QString ServerAddress::account() const {
    QStringList hosts;
    for (const Host& host : m_hosts) {
        QString text = host.name.contains(u':') ? u'[' + host.name + u']' : encoded(host.name);
        if (host.port != 0)
            text += u':' + QString::number(host.port);
        hosts << text;
    }
    return (m_user.isEmpty() ? QString() : encoded(m_user) + u'@') + hosts.join(u',');
}

QString ServerAddress::toString() const {
    const QString text = account() + u'/' + encoded(m_database);
    QStringList options;
    for (auto option = m_options.begin(); option != m_options.end(); ++option)
        options << option.key() + u'=' + encoded(option.value(), "/,");
    return options.isEmpty() ? text : text + u'?' + options.join(u'&');
}

QString ServerAddress::displayName() const {
    return m_hosts.empty() ? QString() : m_hosts.front().name + u'/' + m_database;
}

} // namespace rewindow
