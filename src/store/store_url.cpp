// Reading a store's address: a path, or a URL without its secrets.
#include "store/store_url.h"

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

Error unusable(const QString& text, const QString& why) {
    return Error{Error::Kind::Usage,
                 QStringLiteral("\"%1\" is no store: %2").arg(text, why),
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

    StoreUrl url;
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
        const QUrl parsed(text, QUrl::StrictMode);
        if (!parsed.isValid())
            return std::unexpected(unusable(text, parsed.errorString()));
        if (scheme == u"postgresql" || scheme == u"postgres" || scheme == u"mysql" ||
            scheme == u"mariadb") {
            const bool postgres = scheme.startsWith(u"postgres");
            QUrl address = parsed;
            address.setScheme(postgres ? QStringLiteral("postgresql") : QStringLiteral("mysql"));
            address.setPassword({});
            url.m_scheme = postgres ? Scheme::Postgres : Scheme::MySql;
            url.m_path = address.toString(QUrl::FullyEncoded);
            return url;
        }
        if (scheme != u"file")
            return std::unexpected(
                unusable(text, QStringLiteral("no store is reached by \"%1://\"").arg(scheme)));
        path = parsed.toLocalFile();
        if (path.isEmpty())
            return std::unexpected(unusable(text, QStringLiteral("it names no local file")));
    }
    url.m_scheme = looksLikeJsonLines(path) ? Scheme::JsonLines : Scheme::Sqlite;
    url.m_path = absolute(path);
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

QString StoreUrl::displayName() const {
    if (isFile())
        return QFileInfo(m_path).fileName();
    const QUrl address(m_path);
    return address.host() + address.path();
}

} // namespace rewindow
