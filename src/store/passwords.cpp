// Keeping passwords in memory, and out of the command line.
#include "store/passwords.h"

#include "store/store_url.h"

#include <QHash>
#include <QRegularExpression>
#include <QUrl>

#include <cstring>
#include <mutex>

namespace rewindow {

namespace {

struct Kept {
    std::mutex mutex;
    QHash<QString, QString> byAccount;
};

Kept& kept() {
    static Kept all;
    return all;
}

/// Writes `text` over `argument`, which is at least as long, and zeros over the rest.
void overwrite(char* argument, const QByteArray& text) {
    const std::size_t length = std::strlen(argument);
    const std::size_t taken = std::min(length, std::size_t(text.size()));
    // Not to be left out because nobody reads it.
    auto* bytes = static_cast<volatile char*>(argument);
    for (std::size_t i = 0; i < length; ++i)
        bytes[i] = i < taken ? text[qsizetype(i)] : '\0';
}

/// What is to stand in the place of an argument; the same where it holds no password.
QString scrubbed(const QString& argument) {
    static const QRegularExpression ofLink(QStringLiteral("^rewindow:.*?[?&]store=([^&#]*)"),
                                           QRegularExpression::CaseInsensitiveOption);
    if (const auto store = ofLink.match(argument.trimmed()); store.hasMatch()) {
        const QString address = QUrl::fromPercentEncoding(store.captured(1).toUtf8());
        const QString bare = scrubbed(address);
        return bare == address
                   ? argument
                   : argument.trimmed().replace(store.capturedStart(1), store.capturedLength(1),
                                                QString::fromLatin1(QUrl::toPercentEncoding(bare)));
    }
    static const QRegularExpression isServer(
        QStringLiteral("^(postgres|postgresql|mysql|mariadb)://"),
        QRegularExpression::CaseInsensitiveOption);
    if (!isServer.match(argument).hasMatch())
        return argument;
    const auto url = StoreUrl::parse(argument);
    if (url && url->password().isEmpty())
        return argument;
    if (url)
        passwords::keep(*url, url->password());
    return withoutPassword(argument);
}

} // namespace

void passwords::keep(const StoreUrl& url, const QString& password) {
    const std::scoped_lock lock(kept().mutex);
    kept().byAccount.insert(url.account(), password);
}

void passwords::forget(const StoreUrl& url) {
    const std::scoped_lock lock(kept().mutex);
    kept().byAccount.remove(url.account());
}

QString passwords::of(const StoreUrl& url) {
    if (!url.password().isEmpty())
        return url.password();
    const std::scoped_lock lock(kept().mutex);
    return kept().byAccount.value(url.account());
}

void takePasswordsFrom(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        const QString argument = QString::fromLocal8Bit(argv[i]);
        if (const QString bare = scrubbed(argument); bare != argument)
            overwrite(argv[i], bare.toLocal8Bit());
    }
}

QString withoutPassword(const QString& address) {
    const qsizetype begin = address.indexOf(QStringLiteral("://"));
    if (begin < 0)
        return address;
    const qsizetype who = begin + 3;
    static const QRegularExpression ends(QStringLiteral("[/?#]"));
    qsizetype end = address.indexOf(ends, who);
    if (end < 0)
        end = address.size();
    qsizetype at = address.lastIndexOf(u'@', end - 1);
    // A character that should have been written with a percent sign may cut the password short.
    const qsizetype colon = address.indexOf(u':', who);
    if (at < who && colon >= 0 && colon < end)
        at = address.lastIndexOf(u'@');
    if (at < who || colon < 0 || colon > at)
        return address;
    return address.left(colon) + address.mid(at);
}

} // namespace rewindow
