// Telling stores from everything else that gets named by mistake.
#include "store/file_sniffer.h"

#include "store/open_files.h"

#include <QByteArray>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>

#include <array>
#include <cstring>
#include <optional>

#include <sys/stat.h>
#include <unistd.h>

namespace rewindow {

namespace {

constexpr qsizetype kLookedAt = 4096;
constexpr qsizetype kSqliteHeader = 100;

struct Look {
    struct stat status {};
    QByteArray head;
    bool failed = false;
};

struct KnownKind {
    QByteArrayView magic;
    const char16_t* name;
    const char16_t* wayOut;
};

// What people do hand in.
constexpr auto kOpenOther = u"open a SQLite file, or a .jsonl export";
const std::array kKnownKinds{
    KnownKind{"\x89PNG", u"a PNG picture", kOpenOther},
    KnownKind{"\xff\xd8\xff", u"a JPEG picture", kOpenOther},
    KnownKind{"GIF8", u"a GIF picture", kOpenOther},
    KnownKind{"%PDF", u"a PDF document", kOpenOther},
    KnownKind{"\x7f"
              "ELF",
              u"a program", kOpenOther},
    KnownKind{"<?xml", u"an XML document", kOpenOther},
    KnownKind{"<!DOCTYPE", u"a web page", kOpenOther},
    KnownKind{"\x1f\x8b", u"a gzip archive", u"unpack it first, with gunzip"},
    KnownKind{"(\xb5/\xfd", u"a zstd archive", u"unpack it first, with unzstd"},
    KnownKind{"\xfd"
              "7zXZ",
              u"an xz archive", u"unpack it first, with unxz"},
    KnownKind{"PK\x03\x04", u"a zip archive", u"unpack it first, with unzip"},
    KnownKind{"-- PostgreSQL database dump", u"a dump of a PostgreSQL database",
              u"load it into a server with psql"},
    KnownKind{"-- MariaDB dump", u"a dump of a MariaDB database",
              u"load it into a server with mariadb"},
    KnownKind{"-- MySQL dump", u"a dump of a MySQL database", u"load it into a server with mysql"},
    KnownKind{"PRAGMA foreign_keys", u"a dump of a SQLite database",
              u"load it first: sqlite3 store.db < dump.sql"},
    KnownKind{QByteArrayView("\x37\x7f\x06\x82", 4), u"a SQLite write-ahead log",
              u"open the database it belongs to, the name without -wal"},
    KnownKind{QByteArrayView("\x37\x7f\x06\x83", 4), u"a SQLite write-ahead log",
              u"open the database it belongs to, the name without -wal"},
    KnownKind{QByteArrayView("\xd9\xd5\x05\xf9", 4), u"a SQLite rollback journal",
              u"open the database it belongs to, the name without -journal"},
};

std::unexpected<Error> notAStore(const QString& path, const QString& isWhat,
                                 const QString& wayOut = QString::fromUtf16(kOpenOther)) {
    return fail(Error::Kind::Storage, QStringLiteral("%1 is %2, not a store").arg(path, isWhat),
                wayOut);
}

std::unexpected<Error> unreadable(const QString& path, int error) {
    if (error == ENOENT || error == ENOTDIR)
        return fail(
            Error::Kind::NotFound, QStringLiteral("%1 does not exist").arg(path),
            QStringLiteral(
                "check the path, or make a store there with rewindow demo or rewindow import"));
    if (error == EACCES || error == EPERM)
        return fail(
            Error::Kind::Storage,
            QStringLiteral("%1 cannot be read: you have no permission to read it").arg(path),
            QStringLiteral("ask its owner for read permission (chmod a+r), or work on a copy"));
    return fail(Error::Kind::Storage,
                QStringLiteral("%1 cannot be read: %2")
                    .arg(path, QString::fromLocal8Bit(std::strerror(error))),
                QStringLiteral("check the disk it lies on"));
}

QByteArrayView withoutLeadingBlanks(QByteArrayView text) {
    if (text.startsWith("\xef\xbb\xbf"))
        text = text.sliced(3);
    while (!text.isEmpty() && std::strchr(" \t\r\n", text.front()) && text.front() != '\0')
        text = text.sliced(1);
    return text;
}

Result<SniffedFile> sqliteKind(const QString& path, const Look& look) {
    const QByteArray& head = look.head;
    if (head.size() < kSqliteHeader)
        return fail(Error::Kind::Storage,
                    QStringLiteral("%1 is cut short: not even the header of a SQLite file is whole")
                        .arg(path),
                    QStringLiteral("copy it again, or restore it from a backup"));
    const auto* bytes = reinterpret_cast<const uchar*>(head.constData());
    const quint16 pageField = qFromBigEndian<quint16>(bytes + 16);
    const qint64 pageSize = pageField == 1 ? 65536 : pageField;
    const qint64 pages = qFromBigEndian<quint32>(bytes + 28);
    // The page count is only kept where the change counter agrees; and what is missing at the end
    // may still be in the log beside it.
    const bool countIsKept = std::memcmp(bytes + 24, bytes + 92, 4) == 0;
    const bool hasLog = QFileInfo(path + QStringLiteral("-wal")).size() > 0 ||
                        QFileInfo(path + QStringLiteral("-journal")).size() > 0;
    if (countIsKept && !hasLog && look.status.st_size < pages * pageSize)
        return fail(Error::Kind::Storage,
                    QStringLiteral("%1 is cut short: its header promises %2 bytes, it has %3")
                        .arg(path)
                        .arg(pages * pageSize)
                        .arg(qint64(look.status.st_size)),
                    QStringLiteral("copy it again, or restore it from a backup"));
    return SniffedFile{SniffedFile::Kind::Sqlite, bytes[18] == 2 && bytes[19] == 2};
}

} // namespace

Result<SniffedFile> sniffFile(const QString& path) {
    // What is no regular file is not opened at all: a pipe or a device may not like it.
    struct stat named {};
    if (::stat(QFile::encodeName(path).constData(), &named) != 0)
        return unreadable(path, errno);
    if (S_ISDIR(named.st_mode))
        return notAStore(path, QStringLiteral("a folder"), QStringLiteral("name a file in it"));
    if (!S_ISREG(named.st_mode))
        return notAStore(path, QStringLiteral("a device or a pipe"));

    Look look;
    const int error = lookInto(path, [&look](int descriptor) {
        look.failed = ::fstat(descriptor, &look.status) != 0;
        look.head.resize(kLookedAt);
        const ssize_t size = ::pread(descriptor, look.head.data(), kLookedAt, 0);
        look.failed = look.failed || size < 0;
        look.head.resize(std::max<ssize_t>(size, 0));
    });
    if (error != 0 || look.failed)
        return unreadable(path, error != 0 ? error : EIO);

    const QByteArrayView head(look.head);
    if (head.isEmpty())
        return notAStore(
            path, QStringLiteral("an empty file"),
            QStringLiteral("delete it and make a store with rewindow demo or rewindow import"));
    if (head.startsWith(QByteArrayView("SQLite format 3\0", 16)))
        return sqliteKind(path, look);
    for (const KnownKind& kind : kKnownKinds)
        if (head.startsWith(kind.magic))
            return notAStore(path, QString::fromUtf16(kind.name), QString::fromUtf16(kind.wayOut));

    const QByteArrayView text = withoutLeadingBlanks(head);
    if (text.startsWith('{'))
        return SniffedFile{SniffedFile::Kind::JsonLines, false};
    if (text.startsWith('['))
        return notAStore(path, QStringLiteral("a JSON array"),
                         QStringLiteral("write one event a line: jq -c '.[]'"));
    if (!head.contains('\0') && QString::fromUtf8(head).toUtf8() == head)
        return notAStore(path, QStringLiteral("a text file"));
    return notAStore(path, QStringLiteral("no SQLite file (it may be encrypted or damaged)"),
                     QStringLiteral("decrypt it first, or open another file"));
}

} // namespace rewindow
