// Where a database server is, and as whom it is spoken to.
#pragma once

#include "base/error.h"

#include <QMap>
#include <QString>

#include <vector>

namespace rewindow {

/// What stands behind the scheme of a server's URL: `[user@]host[:port][,host[:port]…]/database
/// [?option=value&…]`. An immutable value; it never holds a password.
class ServerAddress {
  public:
    struct Host {
        QString name; ///< without brackets, if an IPv6 address
        int port = 0; ///< 0: the database's own
        bool operator==(const Host&) const = default;
    };

    struct Parsed; ///< an address and the password that stood in it

    /// Of all after `scheme://`. `options` are the names of options there may be. Fails with Usage;
    /// `what` is the clause that says why, and tells nothing of a password.
    static Result<Parsed> parse(const QString& afterScheme, const QStringList& options);

    /// In the order they are to be tried; at least one.
    const std::vector<Host>& hosts() const { return m_hosts; }
    QString user() const { return m_user; } ///< empty: the one the system knows
    QString database() const { return m_database; }
    QString option(const QString& name) const { return m_options.value(name); } ///< or empty
    /// How long connecting to one host may take.
    int connectTimeoutSeconds() const;
    /// Whether no host but this machine is named.
    bool isLocal() const;

    /// Reads back the same.
    QString toString() const;
    QString displayName() const; ///< "db.example.org/shop"
    QString account() const;     ///< "ann@db.example.org:5433": the hosts, and who speaks to them

    bool operator==(const ServerAddress&) const = default;

  private:
    std::vector<Host> m_hosts;
    QString m_user;
    QString m_database;
    QMap<QString, QString> m_options;
};

struct ServerAddress::Parsed {
    ServerAddress address;
    QString password; ///< empty where there was none
};

} // namespace rewindow
