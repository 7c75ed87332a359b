// Reading a store's address: a path, or a URL without its secrets.
#include "store/store_url.h"

#include "store/passwords.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>

namespace rewindow {

namespace {

bool looksLikeJsonLines(const QString& path) {
    return path.endsWith(u".jsonl", Qt::CaseInsensitive) ||
           path.endsWith(u".ndjson", Qt::CaseInsensitive);
}

QString absolute(const QString& path) {
    return QDir::cleanPath(QFileInfo(path).absoluteFilePath());
}

/// What may be asked of a connection; anything else could make the client read or run what is not
/// meant.
QStringList optionsOf(StoreUrl::Scheme scheme) {
    if (scheme == StoreUrl::Scheme::Postgres)
        return {QStringLiteral("connect_timeout"), QStringLiteral("schema"),
                QStringLiteral("sslmode"), QStringLiteral("sslrootcert"),
                QStringLiteral("target_session_attrs")};
    return {QStringLiteral("connect_timeout"), QStringLiteral("sslmode"),
            QStringLiteral("sslrootcert"), QStringLiteral("target_session_attrs")};
}

Error unusable(const QString& text, const QString& why) {
    return Error{Error::Kind::Usage,
                 QStringLiteral("\"%1\" is no store: %2").arg(rewindow::withoutPassword(text), why),
                 {},
                 QStringLiteral("name a file, or a URL: sqlite:PATH, postgresql://…, mysql://…")};
}

} // namespace

Result<StoreUrl> StoreUrl::parse(const QString& text) {
    if (text.isEmpty())
        return std::unexpected(unusable(text, QStringLiteral("the name is empty")));
    if (text.contains(QChar(0)))
        return std::unexpected(unusable(text.section(QChar(0), 0, 0),
                                        QStringLiteral("the name holds a NUL character")));

    static const QRegularExpression withScheme(QStringLiteral("^([A-Za-z][A-Za-z0-9+.-]*)://"));
    static const QString sqlite = QStringLiteral("sqlite:");
    QString path = text;
    if (text.startsWith(sqlite, Qt::CaseInsensitive)) {
        path = text.mid(sqlite.size());
        if (path.isEmpty())
            return std::unexpected(unusable(text, QStringLiteral("it names no file")));
        return sqliteFile(path);
    }
    if (const auto match = withScheme.match(text); match.hasMatch()) {
        const QString scheme = match.captured(1).toLower();
        if (scheme == u"postgresql" || scheme == u"postgres")
            return onServer(Scheme::Postgres, QStringLiteral("postgresql://"),
                            text.mid(match.capturedLength()));
        if (scheme == u"mysql" || scheme == u"mariadb")
            return onServer(Scheme::MySql, QStringLiteral("mysql://"),
                            text.mid(match.capturedLength()));
        const QUrl parsed(text, QUrl::StrictMode);
        if (!parsed.isValid())
            return std::unexpected(unusable(text, parsed.errorString()));
        if (scheme != u"file")
            return std::unexpected(
                unusable(text, QStringLiteral("no store is reached by \"%1://\"").arg(scheme)));
        path = parsed.toLocalFile();
        if (path.isEmpty())
            return std::unexpected(unusable(text, QStringLiteral("it names no local file")));
    }
    StoreUrl url;
    url.m_scheme = looksLikeJsonLines(path) ? Scheme::JsonLines : Scheme::Sqlite;
    url.m_path = absolute(path);
    return url;
}

Result<StoreUrl> StoreUrl::onServer(Scheme scheme, const QString& prefix,
                                    const QString& afterScheme) {
    auto parsed = ServerAddress::parse(afterScheme, optionsOf(scheme));
    if (!parsed)
        return std::unexpected(unusable(prefix + QStringLiteral("…"), parsed.error().what));
    StoreUrl url;
    url.m_scheme = scheme;
    url.m_path = prefix + parsed->address.toString();
    url.m_server = std::move(parsed->address);
    url.m_password = std::move(parsed->password);
    return url;
}

StoreUrl StoreUrl::sqliteFile(const QString& path) {
    StoreUrl url;
    url.m_scheme = Scheme::Sqlite;
    url.m_path = absolute(path);
    return url;
}

QString StoreUrl::toString() const {
    if (m_scheme == Scheme::Sqlite && looksLikeJsonLines(m_path))
        return QStringLiteral("sqlite:") + m_path;
    return m_path;
}

StoreUrl StoreUrl::withoutPassword() const {
    return withPassword({});
}

StoreUrl StoreUrl::withPassword(const QString& password) const {
    StoreUrl url = *this;
    url.m_password = password;
    return url;
}

QString StoreUrl::account() const {
    if (isFile())
        return {};
    return (m_scheme == Scheme::Postgres ? QStringLiteral("postgresql://")
                                         : QStringLiteral("mysql://")) +
           m_server.account();
}

QString StoreUrl::displayName() const {
    if (isFile())
        return QFileInfo(m_path).fileName();
    return m_server.displayName();
}

} // namespace rewindow
